import { parseTable, type Table, type TableRow } from './csv-rows.rules';
import { isTotalRow, normalHeader } from './columns.rules';
import { readDate, type DateOrder } from './date-text.rules';
import { add, negate, sameValue, type Decimal } from './decimal.rules';
import { applyMapping, type ApplyContext, type RowOutcome } from './mapping-apply.rules';
import { findHeader, type ColumnMapping, type MappingProblem } from './mapping.rules';
import { guessMapping } from './mapping-guess.rules';
import {
  refusal,
  refusedFile,
  type Balance,
  type FileDraft,
  type FormatFacts,
  type LineDraft,
  type Progress,
  type StatementDraft,
  type StatementFlag,
} from './statement.rules';
import { readWallet, walletOf } from './wallet.rules';

export type TableOptions = {
  readonly mapping?: ColumnMapping | undefined;
  readonly currency?: string | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly onProgress?: Progress | undefined;
};

export type TableReading = {
  readonly mapping: ColumnMapping;
  readonly headerAt: number;
  readonly problems: readonly MappingProblem[];
  readonly outcomes: readonly RowOutcome[];
  readonly preamble: readonly TableRow[];
};

/** "2024年01月", "January 2024" or any full date above the table: the period of dates without a year. */
const periodOf = (preamble: readonly TableRow[]): ApplyContext['period'] => {
  const text = preamble.flatMap((row) => row.cells).join(' ');
  const month = /(\d{4})\s*[年\-/.]\s*(\d{1,2})/u.exec(text);
  return month ? { year: Number(month[1]), month: Number(month[2]) } : null;
};

/** Reads a table by a saved mapping, or by one guessed from it. */
export const mapTable = (table: Table, options: TableOptions = {}): TableReading | 'header_differs' => {
  const guess = guessMapping(table.rows);
  const chosen = options.mapping ?? guess.mapping;
  const headerAt = options.mapping ? findHeader(options.mapping, table.rows) : guess.headerAt;
  if (headerAt === null) return 'header_differs';
  const mapping: ColumnMapping = {
    ...chosen,
    dateOrder: options.dateOrder ?? chosen.dateOrder,
    currency: options.currency ?? chosen.currency,
  };
  const decided = mapping.dateOrder !== null || options.dateOrder !== undefined;
  const problems = (options.mapping ? [] : guess.problems).filter(
    (problem) =>
      !(problem === 'date_order_ambiguous' && decided) &&
      !(problem === 'currency_not_stated' && options.currency !== undefined),
  );
  const header = headerAt < 0 ? null : (table.rows[headerAt]?.cells ?? []);
  const preamble = headerAt < 0 ? [] : table.rows.slice(0, headerAt);
  const outcomes = applyMapping(table.rows.slice(headerAt + 1), mapping, {
    period: periodOf(preamble),
    width: header?.length ?? 0,
    ambiguousDates: problems.includes('date_order_ambiguous'),
  });
  return { mapping, headerAt, problems, outcomes, preamble };
};

/** Rows above the first movement of a table without header are its preamble, not refused movements. */
const withoutLead = (outcomes: readonly RowOutcome[], hasHeader: boolean): RowOutcome[] => {
  const first = outcomes.findIndex((one) => one.kind === 'line');
  return hasHeader || first <= 0
    ? [...outcomes]
    : outcomes.map((one, i) => (i < first && one.kind === 'refused' ? { kind: 'note', row: one.row } : one));
};

type Chain = { readonly opening: Decimal; readonly closing: Decimal; readonly breaks: ReadonlySet<number> };

/** The running balance, read in whichever order of time it fits better; null when not every line has one. */
const chainOf = (lines: readonly LineDraft[]): Chain | null => {
  const balances = lines.map((line) => line.balanceAfter);
  const [first, last] = [lines[0], lines.at(-1)];
  if (
    !first ||
    !last ||
    balances.some((one) => one === null) ||
    new Set(lines.map((line) => line.currency)).size > 1
  )
    return null;
  const breaksIn = (ordered: readonly LineDraft[]): Set<number> => {
    const breaks = new Set<number>();
    for (const [i, line] of ordered.entries()) {
      const before = ordered[i - 1]?.balanceAfter;
      if (before && line.balanceAfter && !sameValue(add(before, line.amount), line.balanceAfter))
        breaks.add(line.lineNo);
    }
    return breaks;
  };
  const reversed = [...lines].reverse();
  const [down, up] = [breaksIn(lines), breaksIn(reversed)];
  const [ordered, breaks] = up.size < down.size ? [reversed, up] : [lines, down];
  const [start, end] = [ordered[0], ordered.at(-1)];
  if (!start?.balanceAfter || !end?.balanceAfter) return null;
  return { opening: add(start.balanceAfter, negate(start.amount)), closing: end.balanceAfter, breaks };
};

const balance = (
  amount: Decimal | null | undefined,
  currency: string | null,
  on: string | null,
  code: string,
): Balance | null => (amount ? { amount, currency, on, code, dateText: null } : null);

/** One statement per account named in the rows. */
const statementsOf = (outcomes: readonly RowOutcome[], { mapping }: TableReading): StatementDraft[] => {
  const accountAt = mapping.columns.account;
  const accountOf = (row: TableRow): string | null =>
    accountAt === null ? null : (row.cells[accountAt] ?? '') || null;
  const accounts = [
    ...new Set(outcomes.filter((one) => one.kind === 'line').map((one) => accountOf(one.row))),
  ];
  if (accounts.length === 0) accounts.push(null);
  return accounts.map((account) => {
    const own = outcomes.filter(
      (one) => accountOf(one.row) === account || (accounts.length === 1 && one.kind !== 'line'),
    );
    const lines = own.flatMap((one) => (one.kind === 'line' ? [one.line] : []));
    const stated = (which: 'opening' | 'closing'): Decimal | null =>
      own.flatMap((one) => (one.kind === 'balance' && one.which === which ? [one.amount] : []))[0] ?? null;
    const chain = chainOf(lines);
    const days = lines.flatMap((line) => line.bookedOn ?? []).sort();
    const currencies = new Set(lines.map((line) => line.currency));
    const currency = currencies.size === 1 ? ([...currencies][0] ?? null) : null;
    return {
      id: null,
      number: null,
      account: { id: account, currency, bank: null, name: null },
      from: days[0] ?? null,
      to: days.at(-1) ?? null,
      opening: balance(stated('opening') ?? chain?.opening, currency, days[0] ?? null, 'opening'),
      closing: balance(stated('closing') ?? chain?.closing, currency, days.at(-1) ?? null, 'closing'),
      lines: chain
        ? lines.map((line) =>
            chain.breaks.has(line.lineNo)
              ? { ...line, flags: [...line.flags, 'balance_breaks_here' as const] }
              : line,
          )
        : lines,
      refused: own.flatMap((one) => (one.kind === 'refused' ? [one.refusal] : [])),
      flags: [],
      facts: {},
    };
  });
};

const FLAG_OF_PROBLEM: Partial<Record<MappingProblem, StatementFlag>> = {
  date_order_ambiguous: 'date_order_ambiguous',
  currency_not_stated: 'currency_guessed',
  sign_unknown: 'sign_unknown',
  no_header: 'columns_guessed',
};

const flagsOf = ({ problems, mapping }: TableReading, guessed: boolean): StatementFlag[] => {
  const flags = problems.flatMap((problem) => FLAG_OF_PROBLEM[problem] ?? []);
  if (guessed && mapping.sign === 'inverted') flags.push('sign_inverted');
  if (guessed && mapping.sign === 'by_words') flags.push('sign_from_words');
  return flags;
};

/** The header, or for a table without one the columns that are read. */
const layoutOf = ({ mapping }: TableReading): string =>
  mapping.header === null ? JSON.stringify(mapping.columns) : mapping.header.map(normalHeader).join('|');

const tableFacts = (table: Table, reading: TableReading): FormatFacts => {
  const header = reading.headerAt < 0 ? undefined : table.rows[reading.headerAt];
  const skipped = reading.outcomes.filter((one) => one.kind === 'note' && isTotalRow(one.row.cells)).length;
  return {
    delimiter: table.delimiter,
    physical_lines: table.physicalLines,
    ...(header && {
      preamble_lines: header.line - 1,
      header_columns: header.cells.length,
      first_header: header.cells[0] ?? '',
    }),
    ...(skipped > 0 && { total_rows: skipped }),
  };
};

/** Reads any table a bank or wallet exports; `line` numbers are those of the file. */
export const readTable = (table: Table, options: TableOptions = {}): FileDraft => {
  const first = table.rows[0];
  const wallet = options.mapping ? null : walletOf(table.rows);
  if (wallet) return readWallet(table, wallet);
  const reading = mapTable(table, options);
  if (reading === 'header_differs')
    return refusedFile(
      'csv',
      'CSV',
      refusal('header_differs', first?.line ?? 1, first?.cells.join(' | ') ?? ''),
      { delimiter: table.delimiter },
    );
  const hasHeader = reading.headerAt >= 0;
  const outcomes = withoutLead(reading.outcomes, hasHeader);
  const { columns } = reading.mapping;
  const mapped =
    columns.date !== null && (columns.amount !== null || columns.debit !== null || columns.credit !== null);
  const found = outcomes.some((one) => one.kind === 'line');
  if (!mapped || (!found && !hasHeader)) {
    const hasDates = table.rows.some(
      (row) => row.cells.length > 1 && row.cells.some((cell) => readDate(cell) !== null),
    );
    const reason = hasHeader || hasDates ? 'columns_not_found' : 'not_recognised';
    return refusedFile(
      reason === 'not_recognised' ? 'unknown' : 'csv',
      reason === 'not_recognised' ? 'unknown' : 'CSV',
      refusal(reason, first?.line ?? 1, first?.cells.join(' | ') ?? ''),
      {
        ...(reason === 'columns_not_found' && tableFacts(table, reading)),
      },
    );
  }
  if (options.onProgress?.(table.rows.length, table.rows.length) === false)
    return refusedFile('csv', 'CSV', refusal('cancelled', 1, ''));
  return {
    family: 'csv',
    format: 'CSV',
    layout: layoutOf(reading),
    statements: statementsOf(outcomes, reading),
    stray: [],
    flags: flagsOf(reading, options.mapping === undefined),
    facts: tableFacts(table, reading),
    refusal: null,
  };
};

export const readTableText = (text: string, options: TableOptions = {}): FileDraft =>
  readTable(parseTable(text), options);
