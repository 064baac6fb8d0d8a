import { readSwiftDate } from './date-text.rules';
import { absolute, negate, parseDecimal, sameValue, sum, type Decimal } from './decimal.rules';
import { readMt61, type Mt61 } from './mt61.rules';
import { readMt86, readNs, type MtInformation } from './mt86.rules';
import {
  refusal,
  refusedFile,
  type Balance,
  type FileDraft,
  type LineDraft,
  type Progress,
  type ReadingRefusal,
  type StatementDraft,
  type StatementFlag,
} from './statement.rules';

/**
 * SWIFT customer statements MT940 and MT950 and the interim report MT942, bare or wrapped in FIN blocks, as
 * banks send them: with or without the closing dash, with pages (60M/62M), control characters, free text in
 * several lines, and the :NS: fields of German and Hungarian cash management.
 */
type Field = { readonly tag: string; readonly line: number; readonly rows: string[] };

const TAG = /^:(\d{2}[A-Z]?|NS|[A-Z]{2}):(.*)$/u;
/** The end of a message: a lone dash, or the dash and brace of a FIN block. */
const END = /^-\s*(?:\}.*)?$/u;

export const isMt = (text: string): boolean =>
  /^(?:\s*(?:\{\d:[^\n]*)?:)(?:20|25|28C?|60[FM]|61|NS):/mu.test(text);

/** Splits the text into fields, and marks where messages end; a row without a tag continues the field above. */
const fieldsOf = (text: string): (Field | 'end')[] => {
  const fields: (Field | 'end')[] = [];
  let current: Field | null = null;
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const row = raw
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/gu, '')
      .replace(/^\{[1-3]:.*\{4:/u, '')
      .replace(/^\uFEFF/u, '');
    if (END.test(row)) {
      if (fields.at(-1) !== 'end' && fields.length > 0) fields.push('end');
      current = null;
      continue;
    }
    if (/^\{\d:/u.test(row) && !TAG.test(row)) continue;
    const tagged = TAG.exec(row.trimStart());
    if (tagged) {
      current = { tag: tagged[1] ?? '', line: index + 1, rows: [tagged[2] ?? ''] };
      fields.push(current);
    } else if (current) current.rows.push(row);
  }
  return fields;
};

const BALANCE = /^\s*([CD])?\s*(\d{6})?\s*([A-Z]{3})?\s*([\d.,]+)/u;

const balanceOf = (tag: string, text: string): Balance | null => {
  const match = BALANCE.exec(text);
  const amount = parseDecimal(match?.[4] ?? '', ',') ?? parseDecimal(match?.[4] ?? '', '.');
  if (!match || amount === null) return null;
  return {
    amount: match[1] === 'D' ? negate(amount) : amount,
    currency: match[3] ?? null,
    on: readSwiftDate(match[2] ?? '')?.iso ?? null,
    code: tag,
    dateText: match[2] ?? null,
  };
};

type OpenEntry = {
  readonly field: Field;
  readonly entry: Mt61 | null;
  /** Rows of every :86: below the movement: some banks repeat the tag for each row. */
  readonly words: string[];
  information: MtInformation | null;
};

type Draft = {
  reference: string | null;
  account: string | null;
  number: string | null;
  bankName: string | null;
  opening: Balance | null;
  closing: Balance | null;
  entries: OpenEntry[];
  /** Currency of the floor limit (:34F:) or of the totals (:90D: :90C:), which are not balances. */
  hintedCurrency: string | null;
  totals: { readonly credit: boolean; readonly count: number; readonly sum: Decimal | null }[];
  flags: Set<StatementFlag>;
};

const newDraft = (): Draft => ({
  reference: null,
  account: null,
  number: null,
  bankName: null,
  opening: null,
  closing: null,
  entries: [],
  hintedCurrency: null,
  totals: [],
  flags: new Set(),
});

const firstRow = (field: Field): string | null => {
  const text = (field.rows[0] ?? '').trim();
  return text === '' ? null : text;
};

const informationOf = ({ entry, words, information }: OpenEntry): MtInformation | null =>
  words.length > 0 ? readMt86(words, entry?.reference ?? null) : information;

const lineOf = (open: OpenEntry, stated: string | null, hinted: string | null): LineDraft | null => {
  const { field, entry } = open;
  if (entry === null) return null;
  const information = informationOf(open);
  const memo = [
    information?.memo ?? '',
    information === null || information.memo === '' ? (entry.supplement ?? '') : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
  return {
    lineNo: field.line,
    bookedOn: entry.bookedOn ?? entry.valueOn,
    valueOn: entry.valueOn,
    amount: entry.amount,
    inward: entry.inward,
    currency: stated ?? hinted,
    counterparty: information?.counterparty ?? entry.name,
    counterpartyAccount: information?.account ?? null,
    reference: information?.reference ?? (information?.account === entry.reference ? null : entry.reference),
    memo,
    bankReference: entry.bankReference,
    kind: information?.kind ?? entry.kind,
    reversal: entry.reversal,
    status: entry.expected ? 'pending' : 'booked',
    details: [],
    balanceAfter: null,
    flags: [
      ...(entry.clamped ? (['date_clamped'] as const) : []),
      ...(stated === null && hinted !== null ? (['currency_inferred'] as const) : []),
    ],
    source: null,
  };
};

const totalsDiffer = (draft: Draft, lines: readonly LineDraft[]): boolean =>
  draft.totals.some(({ credit, count, sum: declared }) => {
    const side = lines.filter((line) => line.inward === credit);
    return (
      count !== side.length ||
      (declared !== null && !sameValue(declared, absolute(sum(side.map((line) => line.amount)))))
    );
  });

const statementOf = (draft: Draft): StatementDraft => {
  const currency = draft.opening?.currency ?? draft.closing?.currency ?? null;
  const lines: LineDraft[] = [];
  const refused: ReadingRefusal[] = [];
  for (const open of draft.entries) {
    const line = lineOf(open, currency, draft.hintedCurrency);
    if (line) lines.push(line);
    else refused.push(refusal('entry_unreadable', open.field.line, open.field.rows.join(' ')));
  }
  if (draft.opening && !draft.closing) draft.flags.add('closing_missing');
  if (draft.closing && !draft.opening) draft.flags.add('opening_missing');
  if (totalsDiffer(draft, lines)) draft.flags.add('declared_totals_differ');
  return {
    id: draft.reference,
    number: draft.number,
    account: { id: draft.account, currency, bank: null, name: draft.bankName },
    from: draft.opening?.on ?? null,
    to: draft.closing?.on ?? null,
    opening: draft.opening,
    closing: draft.closing,
    lines,
    refused,
    flags: [...draft.flags],
    facts: {
      ...(currency === null && draft.hintedCurrency !== null && { currency_inferred: draft.hintedCurrency }),
    },
  };
};

/** Takes one field into the statement it belongs to. */
const takeField = (draft: Draft, field: Field): void => {
  const text = field.rows.join('\n');
  const last = draft.entries.at(-1);
  switch (field.tag) {
    case '20':
      draft.reference = firstRow(field);
      break;
    case '25':
    case '25P': {
      const account = firstRow(field);
      // A second, different account inside one message is damage: the first one stays and a person decides.
      if (draft.account !== null && account !== draft.account) draft.flags.add('account_contradicted');
      else draft.account = account;
      break;
    }
    case '28':
    case '28C':
      draft.number = firstRow(field);
      break;
    case '60F':
    case '60M':
      draft.opening ??= balanceOf(field.tag, text);
      break;
    case '62F':
    case '62M':
      draft.closing ??= balanceOf(field.tag, text);
      break;
    case '34F':
      draft.hintedCurrency ??= /^\s*([A-Z]{3})/u.exec(text)?.[1] ?? null;
      break;
    case '90C':
    case '90D': {
      const match = /^\s*(\d+)\s*([A-Z]{3})\s*([\d.,]+)/u.exec(text);
      if (!match) break;
      draft.hintedCurrency ??= match[2] ?? null;
      draft.totals.push({
        credit: field.tag === '90C',
        count: Number(match[1]),
        sum: parseDecimal(match[3] ?? '', ','),
      });
      break;
    }
    case '61':
      draft.entries.push({ field, entry: readMt61(field.rows), words: [], information: null });
      break;
    case '86':
      // After the closing balance the text belongs to the statement, not to the last movement.
      if (last && !draft.closing) last.words.push(...field.rows);
      break;
    case 'NS':
      if (last && !draft.closing) last.information ??= readNs(field.rows);
      else draft.bankName ??= /^22(.+)$/mu.exec(text)?.[1]?.trim() ?? null;
      break;
    default:
      break;
  }
};

const HEADER_TAGS = new Set(['20', '25', '25P', '28', '28C', '60F', '60M']);

/** Whether this field cannot belong to the open statement, so that the next one begins here. */
const begins = (draft: Draft | null, tag: string): boolean => {
  if (draft === null) return HEADER_TAGS.has(tag) || tag === '13D' || tag === '34F';
  if (tag === '20') return true;
  return draft.closing !== null && HEADER_TAGS.has(tag);
};

/** A page that ends with :62M: is carried on by the next one of its account, which begins with that balance. */
const withMissingPages = (statements: readonly StatementDraft[]): StatementDraft[] =>
  statements.map((one, i) => {
    const [before, after] = [statements[i - 1], statements[i + 1]];
    const carriedOn = after?.account.id === one.account.id && after.opening?.code === '60M';
    const continues = before?.account.id === one.account.id && before.closing?.code === '62M';
    const incomplete =
      (one.closing?.code === '62M' && !carriedOn) || (one.opening?.code === '60M' && !continues);
    return incomplete ? { ...one, flags: [...one.flags, 'pages_incomplete'] } : one;
  });

export const readMt = (text: string, onProgress?: Progress): FileDraft => {
  const fields = fieldsOf(text);
  const tags = new Set(fields.flatMap((field) => (field === 'end' ? [] : [field.tag])));
  const interim =
    !tags.has('60F') && !tags.has('60M') && ['34F', '13D', '90C', '90D'].some((tag) => tags.has(tag));
  const format = interim ? 'MT942' : 'MT940';
  const statements: StatementDraft[] = [];
  const stray: ReadingRefusal[] = [];
  let draft: Draft | null = null;
  const end = (): void => {
    if (draft) statements.push(statementOf(draft));
    draft = null;
  };
  for (const [index, field] of fields.entries()) {
    if (index % 2048 === 2047 && onProgress?.(index, fields.length) === false)
      return refusedFile('mt', format, refusal('cancelled', 1, ''));
    if (field === 'end') {
      end();
      continue;
    }
    if (begins(draft, field.tag)) {
      end();
      draft = newDraft();
    }
    if (draft) takeField(draft, field);
    else if (field.tag === '61')
      stray.push(refusal('entry_outside_statement', field.line, field.rows.join(' ')));
  }
  end();
  if (statements.length === 0) {
    const first = fields.find((field) => field !== 'end');
    return refusedFile('mt', format, refusal('no_statement', first?.line ?? 1, text.slice(0, 200)));
  }
  return {
    family: 'mt',
    format,
    statements: withMissingPages(statements),
    stray,
    flags: [],
    facts: { ...(stray.length > 0 && { orphan_61_after_end_of_message: stray.length }) },
    refusal: null,
  };
};
