import { readAmount, type AmountText } from './amount-text.rules';
import { announcesTotals, directionInText, directionOfWord, isBalanceRow, isTotalRow } from './columns.rules';
import type { TableRow } from './csv-rows.rules';
import { currencyOfWord } from './currency-words.rules';
import { day, readDate, readMonthDay, type DayRead } from './date-text.rules';
import { absolute, add, negate, ZERO, type Decimal } from './decimal.rules';
import { kindOfWords } from './kind-words.rules';
import type { ColumnMapping } from './mapping.rules';
import {
  refusal,
  type LineDraft,
  type LineFlag,
  type LineStatus,
  type ReadingRefusal,
} from './statement.rules';

/** What became of one row. Nothing is dropped silently: totals, balances and footers are notes. */
export type RowOutcome =
  | { readonly kind: 'line'; readonly row: TableRow; readonly line: LineDraft }
  | { readonly kind: 'refused'; readonly row: TableRow; readonly refusal: ReadingRefusal }
  | { readonly kind: 'note'; readonly row: TableRow }
  | {
      readonly kind: 'balance';
      readonly row: TableRow;
      readonly which: 'opening' | 'closing';
      readonly amount: Decimal | null;
    };

export type ApplyContext = {
  /** Year and month of the statement, for dates without a year. */
  readonly period: { readonly year: number; readonly month: number } | null;
  readonly width: number;
  readonly ambiguousDates: boolean;
};

const cellAt = (row: TableRow, index: number | null): string =>
  index === null ? '' : (row.cells[index] ?? '');

type Day = { readonly read: DayRead; readonly yearAssumed: boolean };

const readDay = (cell: string, mapping: ColumnMapping, context: ApplyContext): Day | null => {
  const read = readDate(cell, mapping.dateOrder);
  if (read) return { read, yearAssumed: false };
  const short = readMonthDay(cell);
  if (!short || !context.period) return null;
  // A statement of January lists late December: months after its own belong to the year before.
  const year = short.month > context.period.month ? context.period.year - 1 : context.period.year;
  const dated = day(year, short.month, short.date);
  return dated && { read: dated, yearAssumed: true };
};

type Money = { readonly value: Decimal; readonly inward: boolean; readonly currency: string | null };

const signedBy = (read: AmountText, inward: boolean): Money => ({
  value: inward ? absolute(read.value) : negate(absolute(read.value)),
  inward,
  currency: read.currency,
});

const asWritten = (read: AmountText): Money => ({
  value: read.value,
  inward: read.value.units >= 0n,
  currency: read.currency,
});

/** One signed column. Null when the row's direction is needed and missing. */
const single = (read: AmountText, row: TableRow, mapping: ColumnMapping): Money | null => {
  switch (mapping.sign) {
    case 'as_written':
      return asWritten(read);
    case 'inverted':
      return { value: negate(read.value), inward: read.value.units <= 0n, currency: read.currency };
    case 'by_direction':
    case 'by_words': {
      const said =
        mapping.sign === 'by_direction'
          ? directionOfWord(cellAt(row, mapping.columns.direction))
          : directionInText(row.cells.join(' '), true);
      if (said !== null) return signedBy(read, said === 'in');
      return read.signed ? asWritten(read) : null;
    }
  }
};

/**
 * A debit and a credit column. Banks that print minus signs in the debit column mean them; where the column is
 * plain, a minus in it is a debit taken back.
 */
const pair = (debit: AmountText | null, credit: AmountText | null, debitsAreSigned: boolean): Money => {
  const out = debit === null ? ZERO : debitsAreSigned ? debit.value : negate(debit.value);
  const value = add(out, credit?.value ?? ZERO);
  const inward =
    value.units > 0n ||
    (value.units === 0n && credit !== null && (debit === null || debit.value.units === 0n));
  return { value, inward, currency: credit?.currency ?? debit?.currency ?? null };
};

type Reader = {
  readonly mapping: ColumnMapping;
  readonly context: ApplyContext;
  readonly debitsAreSigned: boolean;
};

type MoneyRead =
  | { readonly state: 'read'; readonly money: Money }
  | { readonly state: 'empty' | 'unreadable' | 'undirected' };

const readMoney = (row: TableRow, { mapping, debitsAreSigned }: Reader): MoneyRead => {
  const { amount, debit, credit } = mapping.columns;
  const read = (index: number | null): AmountText | null =>
    readAmount(cellAt(row, index), mapping.decimalMark);
  if (amount !== null) {
    const cell = cellAt(row, amount);
    if (cell === '') return { state: 'empty' };
    const value = read(amount);
    if (value === null) return { state: 'unreadable' };
    const money = single(value, row, mapping);
    return money === null ? { state: 'undirected' } : { state: 'read', money };
  }
  const isEmpty = (index: number | null): boolean => /^[-–—]*$/u.test(cellAt(row, index));
  if (isEmpty(debit) && isEmpty(credit)) return { state: 'empty' };
  const [out, into] = [read(debit), read(credit)];
  if ((out === null && !isEmpty(debit)) || (into === null && !isEmpty(credit)))
    return { state: 'unreadable' };
  return { state: 'read', money: pair(out, into, debitsAreSigned) };
};

const currencyOfRow = (row: TableRow, mapping: ColumnMapping, money: Money): string | null => {
  const cell = cellAt(row, mapping.columns.currency);
  // An unknown code is kept as the bank wrote it, so that the line is flagged instead of silently rebooked.
  const said = currencyOfWord(cell) ?? (/^[A-Z]{3}$/u.test(cell) ? cell : null);
  return said ?? money.currency ?? mapping.currency;
};

const textOrNull = (text: string): string | null => (/^[-/\s]*$/u.test(text) ? null : text);

const statusOf = (cell: string): LineStatus => {
  if (/^(?:pending|处理中|處理中|待入账|未入账|authori[sz]ed|on hold)$/iu.test(cell)) return 'pending';
  return /^(?:reverted|declined|failed|cancell?ed|denied|失败|失敗|已撤销|已取消|交易关闭)$/iu.test(cell)
    ? 'void'
    : 'booked';
};

const lineOf = (row: TableRow, booked: Day, other: Day | null, money: Money, reader: Reader): LineDraft => {
  const { mapping, context } = reader;
  const { columns } = mapping;
  const memo = columns.memo
    .map((index) => textOrNull(cellAt(row, index)))
    .filter((text) => text !== null)
    .join(' ');
  const flags: LineFlag[] = [];
  if (booked.read.clamped) flags.push('date_clamped');
  if (booked.yearAssumed) flags.push('year_assumed');
  if (context.ambiguousDates && readDate(cellAt(row, columns.date), null)?.ambiguous === true)
    flags.push('date_order_ambiguous');
  if (row.cells.length < context.width) flags.push('short_row');
  return {
    lineNo: row.line,
    bookedOn: booked.read.iso,
    valueOn: other?.read.iso ?? null,
    amount: money.value,
    inward: money.inward,
    currency: currencyOfRow(row, mapping, money),
    counterparty: textOrNull(cellAt(row, columns.payer)),
    counterpartyAccount: textOrNull(cellAt(row, columns.payerAccount)),
    reference: textOrNull(cellAt(row, columns.reference)),
    memo,
    bankReference: textOrNull(cellAt(row, columns.bankReference)),
    kind: kindOfWords(memo),
    reversal: false,
    status: statusOf(cellAt(row, columns.status)),
    details: [],
    balanceAfter: readAmount(cellAt(row, columns.balance), mapping.decimalMark)?.value ?? null,
    flags,
    source: null,
  };
};

/** Only words can say that a row is a balance: the columns of dates and amounts are not looked at. */
const balanceStated = (row: TableRow, { columns }: ColumnMapping): 'opening' | 'closing' | null => {
  for (const index of columns.payer === null ? columns.memo : [...columns.memo, columns.payer]) {
    const which = isBalanceRow(cellAt(row, index));
    if (which !== null) return which;
  }
  return null;
};

const readRow = (row: TableRow, reader: Reader): RowOutcome => {
  const { mapping, context } = reader;
  const dateCell = cellAt(row, mapping.columns.date);
  const first = readDay(dateCell, mapping, context);
  const other = readDay(cellAt(row, mapping.columns.otherDate), mapping, context);
  const booked = first ?? other;
  const money = readMoney(row, reader);
  const excerpt = row.cells.join(' | ');
  const amount = money.state === 'read' ? money.money : null;
  const known = amount && { amount: amount.value, currency: currencyOfRow(row, mapping, amount) };
  const refused = (reason: Parameters<typeof refusal>[0]): RowOutcome => ({
    kind: 'refused',
    row,
    refusal: refusal(reason, row.line, excerpt, known ?? undefined),
  });
  if (booked === null) {
    if (isTotalRow(row.cells)) return { kind: 'note', row };
    if (amount) return refused(dateCell === '' ? 'date_missing' : 'date_unreadable');
    return row.cells.some((cell) => readAmount(cell)?.strong === true)
      ? refused('entry_unreadable')
      : { kind: 'note', row };
  }
  const which = balanceStated(row, mapping);
  if (which !== null) {
    const stated =
      amount?.value ?? readAmount(cellAt(row, mapping.columns.balance), mapping.decimalMark)?.value ?? null;
    return { kind: 'balance', row, which, amount: stated };
  }
  switch (money.state) {
    case 'read':
      return { kind: 'line', row, line: lineOf(row, booked, first ? other : null, money.money, reader) };
    case 'empty':
      return isTotalRow(row.cells) ? { kind: 'note', row } : refused('amount_missing');
    case 'undirected':
      return refused('direction_missing');
    case 'unreadable':
      return refused('amount_unreadable');
  }
};

/** Applies a mapping to the rows below the header. */
export const applyMapping = (
  rows: readonly TableRow[],
  mapping: ColumnMapping,
  context: ApplyContext,
): RowOutcome[] => {
  const { debit } = mapping.columns;
  const debits =
    debit === null
      ? []
      : rows
          .flatMap((row) => readAmount(cellAt(row, debit), mapping.decimalMark) ?? [])
          .filter((one) => one.value.units !== 0n);
  const reader: Reader = {
    mapping,
    context,
    debitsAreSigned: debits.filter((one) => one.value.units < 0n).length * 2 > debits.length,
  };
  // Below the movements some exports print a second little table of totals under a header of its own.
  let inTotals = false;
  return rows.map((row) => {
    const outcome = readRow(row, reader);
    if (outcome.kind === 'note' && announcesTotals(row.cells)) inTotals = true;
    return inTotals && outcome.kind === 'refused' && !dated(row, reader) ? { kind: 'note', row } : outcome;
  });
};

const dated = (row: TableRow, { mapping, context }: Reader): boolean =>
  readDay(cellAt(row, mapping.columns.date), mapping, context) !== null;
