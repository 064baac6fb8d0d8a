import { guessDecimalMark, readAmount, type DecimalMark } from './amount-text.rules';
import { guessDateOrder, readDate, type DateOrder } from './date-text.rules';
import { kindOfWords } from './kind-words.rules';
import {
  refusal,
  refusedFile,
  type FileDraft,
  type LineDraft,
  type LineFlag,
  type Progress,
  type ReadingRefusal,
  type StatementDraft,
} from './statement.rules';

/**
 * Quicken Interchange Format. Only accounts that hold money are read; categories, classes, securities and
 * investments in the same file are passed over. The format has no currency, no balances and no fixed date
 * order: the account it is imported into gives the currency, and an undecided order is flagged.
 */
const MONEY_TYPES = /^!type:\s*(?:bank|cash|ccard|oth ?[al])\b/iu;

export const isQif = (text: string): boolean => /^\s*!(?:type|account|option|clear)\b/imu.test(text);

type Record_ = { readonly line: number; readonly rows: readonly string[] };
type Section = { readonly header: string; readonly account: string | null; readonly records: Record_[] };

const field = (record: Record_, code: string): string | null => {
  const row = record.rows.find((one) => one.startsWith(code));
  const text = row?.slice(1).trim() ?? '';
  return text === '' ? null : text;
};

/** Cuts the file into sections by header, and sections into records by ^. */
const sectionsOf = (text: string): { sections: Section[]; headers: Set<string> } => {
  const sections: Section[] = [];
  const headers = new Set<string>();
  let section: Section | null = null;
  let account: string | null = null;
  let rows: string[] = [];
  let start = 0;
  const flush = (): void => {
    const record: Record_ = { line: start, rows };
    if (rows.length > 0 && section) {
      if (/^!account\b/iu.test(section.header)) account = field(record, 'N');
      section.records.push(record);
    }
    rows = [];
  };
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const row = raw.trim();
    if (row.startsWith('!')) {
      flush();
      headers.add(row);
      section = { header: row, account, records: [] };
      sections.push(section);
    } else if (row === '^') flush();
    else if (row !== '' && section) {
      if (rows.length === 0) start = index + 1;
      rows.push(row);
    }
  }
  flush();
  return { sections, headers };
};

type Style = {
  readonly mark: DecimalMark | null;
  readonly order: DateOrder | null;
  readonly ambiguous: boolean;
};

/** "1/ 1'00" and "2/14'2020": the apostrophe stands before a year from 2000 on. */
const dateText = (record: Record_): string =>
  (field(record, 'D') ?? '').replace(/\s+/gu, '').replace(/'/u, '/');

const lineOf = (record: Record_, style: Style): LineDraft | ReadingRefusal => {
  const written = field(record, 'T') ?? field(record, 'U');
  const excerpt = record.rows.join(' ');
  if (written === null) return refusal('amount_missing', record.line, excerpt);
  const amount = readAmount(written, style.mark);
  if (amount === null) return refusal('amount_unreadable', record.line, excerpt);
  const date = dateText(record);
  if (date === '') return refusal('date_missing', record.line, excerpt, { amount: amount.value });
  const booked = readDate(date, style.order ?? 'mdy');
  if (booked === null) return refusal('date_unreadable', record.line, excerpt, { amount: amount.value });
  const memo = field(record, 'M');
  const payee = field(record, 'P');
  const number = field(record, 'N');
  const flags: LineFlag[] = [];
  if (booked.clamped) flags.push('date_clamped');
  if (style.ambiguous) flags.push('date_order_ambiguous');
  return {
    lineNo: record.line,
    bookedOn: booked.iso,
    valueOn: null,
    amount: amount.value,
    inward: amount.value.units >= 0n,
    currency: null,
    counterparty: payee,
    counterpartyAccount: null,
    reference: number,
    memo: memo ?? '',
    bankReference: null,
    kind: kindOfWords(payee) ?? kindOfWords(memo),
    reversal: false,
    status: 'booked',
    details: splitsOf(record, style),
    balanceAfter: null,
    flags,
    source: null,
  };
};

/** Split lines: S category, E memo, $ amount. */
const splitsOf = (record: Record_, style: Style): LineDraft['details'] => {
  const splits: { memo: string; amount: string | null }[] = [];
  for (const row of record.rows) {
    const last = splits.at(-1);
    if (row.startsWith('S')) splits.push({ memo: row.slice(1).trim(), amount: null });
    else if (last && row.startsWith('E')) last.memo = `${last.memo} ${row.slice(1).trim()}`.trim();
    else if (last && row.startsWith('$')) last.amount = row.slice(1).trim();
  }
  return splits.map(({ memo, amount }) => ({
    amount: readAmount(amount ?? '', style.mark)?.value ?? null,
    currency: null,
    counterparty: null,
    counterpartyAccount: null,
    reference: null,
    memo,
    kind: null,
  }));
};

const statementOf = (name: string | null, records: readonly Record_[], style: Style): StatementDraft => {
  const lines: LineDraft[] = [];
  const refused: ReadingRefusal[] = [];
  for (const record of records) {
    const read = lineOf(record, style);
    if ('reason' in read) refused.push(read);
    else lines.push(read);
  }
  return {
    id: null,
    number: null,
    account: { id: name, currency: null, bank: null, name },
    from: null,
    to: null,
    opening: null,
    closing: null,
    lines,
    refused,
    flags: [],
    facts: {},
  };
};

export const readQif = (text: string, onProgress?: Progress, chosen?: DateOrder): FileDraft => {
  const { sections, headers } = sectionsOf(text);
  const money = sections.filter((section) => MONEY_TYPES.test(section.header));
  const records = money.flatMap((section) => section.records);
  // Newer programs say the order themselves.
  const said = /^!option:\s*(mdy|dmy|ymd)\s*$/imu.exec(text)?.[1]?.toLowerCase() as DateOrder | undefined;
  const guess = guessDateOrder(records.map(dateText));
  const style: Style = {
    mark: guessDecimalMark(records.map((record) => field(record, 'T') ?? field(record, 'U') ?? '')),
    order: chosen ?? said ?? guess.order,
    ambiguous: (chosen ?? said) === undefined && guess.ambiguous,
  };
  const facts = {
    headers: [...headers].sort(),
    with_splits: records.filter((record) => record.rows.some((row) => row.startsWith('S'))).length,
  };
  if (money.length === 0)
    return refusedFile('qif', 'QIF', refusal('no_statement', 1, text.slice(0, 200)), facts);
  if (onProgress?.(records.length, records.length) === false)
    return refusedFile('qif', 'QIF', refusal('cancelled', 1, ''), facts);
  // Sections of one account are one statement; AutoSwitch files name the account before each section.
  const accounts = [...new Set(money.map((section) => section.account))];
  return {
    family: 'qif',
    format: 'QIF',
    statements: accounts.map((name) =>
      statementOf(
        name,
        money.filter((section) => section.account === name).flatMap((section) => section.records),
        style,
      ),
    ),
    stray: [],
    flags: style.ambiguous ? ['date_order_ambiguous'] : [],
    facts,
    refusal: null,
  };
};
