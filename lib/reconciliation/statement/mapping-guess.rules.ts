import { isCurrency, minorDigits } from '@/lib/shared/money';
import { guessDecimalMark, readAmount } from './amount-text.rules';
import {
  amountRank,
  directionInText,
  directionOfWord,
  normalHeader,
  roleOfHeader,
  type ColumnRole,
} from './columns.rules';
import { guessColumnsByContent } from './columns-by-content.rules';
import type { TableRow } from './csv-rows.rules';
import { currenciesInText, currencyOfSymbol, currencyOfWord } from './currency-words.rules';
import { guessDateOrder, readDate, readMonthDay } from './date-text.rules';
import { NO_COLUMNS, type ColumnMapping, type MappedColumns, type MappingProblem } from './mapping.rules';

export type GuessedMapping = {
  readonly mapping: ColumnMapping;
  /** Index into the rows; -1 when there is no header. */
  readonly headerAt: number;
  readonly problems: readonly MappingProblem[];
  /** The currency follows from the file for certain. */
  readonly currencyStated: boolean;
};

const looksLikeDate = (cell: string): boolean => readDate(cell) !== null || readMonthDay(cell) !== null;

const HEADER_ROWS_MAX = 100;

/** Enough rows to tell what the columns are; a table may have a hundred thousand. */
const SAMPLE_ROWS = 3_000;

/** The row with the most known column names, which has neither dates nor amounts in it. */
const findHeaderRow = (rows: readonly TableRow[]): number => {
  let best = { at: -1, roles: 1 };
  for (const [at, { cells }] of rows.slice(0, HEADER_ROWS_MAX).entries()) {
    if (cells.some((cell) => looksLikeDate(cell) || (readAmount(cell)?.strong ?? false))) continue;
    if (cells.some((cell) => cell.length > 60)) continue;
    const roles = new Set(cells.map(roleOfHeader).filter((role) => role !== null && role !== 'ignore'));
    const telling = [...roles].some(
      (role) =>
        role === 'amount' ||
        role === 'debit' ||
        role === 'credit' ||
        role === 'date' ||
        role === 'bookingDate',
    );
    if (telling && roles.size > best.roles) best = { at, roles: roles.size };
  }
  return best.at;
};

const columnsOf = (header: readonly string[], data: readonly TableRow[]): MappedColumns => {
  const roles = header.map(roleOfHeader);
  const all = (role: ColumnRole): number[] => roles.flatMap((one, i) => (one === role ? [i] : []));
  const filled = (i: number, test: (cell: string) => boolean): number =>
    data.filter((row) => test(row.cells[i] ?? '')).length;
  const isAmount = (cell: string): boolean => readAmount(cell) !== null;
  // A column that holds none of what its name promises (an empty "value date") does not count.
  const dates = [...all('bookingDate'), ...all('date'), ...all('valueDate')].filter(
    (i) => data.length === 0 || filled(i, looksLikeDate) > 0,
  );
  const ranked = (role: ColumnRole): number | null =>
    all(role)
      .filter((i) => data.length === 0 || filled(i, isAmount) > 0)
      .sort((a, b) => amountRank(header[a] ?? '') - amountRank(header[b] ?? ''))[0] ?? null;
  const [debit, credit] = [ranked('debit'), ranked('credit')];
  const pair = debit !== null || credit !== null;
  const amount = ranked('amount');
  // With one named side only, the other may be empty in this file.
  const side = (role: 'debit' | 'credit', found: number | null): number | null =>
    found ?? all(role)[0] ?? null;
  const near = (role: ColumnRole, to: number | null): number | null =>
    all(role).sort((a, b) => Math.abs(a - (to ?? 0)) - Math.abs(b - (to ?? 0)))[0] ?? null;
  const usePair =
    pair &&
    (amount === null ||
      filled(debit ?? credit ?? 0, isAmount) +
        (debit !== null && credit !== null ? filled(credit, isAmount) : 0) >=
        filled(amount, isAmount));
  const amountAt = usePair ? null : amount;
  const direction =
    all('direction')[0] ?? header.findIndex((_, i) => roles[i] === 'memo' && isDirectionColumn(i, data));
  // The other side itself before the place where a card was used.
  const isPlace = (i: number): number => (/场所|商户|merchant/iu.test(header[i] ?? '') ? 1 : 0);
  const payers = all('payer').sort((a, b) => isPlace(a) - isPlace(b) || a - b);
  const accounts = all('account').filter(
    (i) => new Set(data.map((row) => row.cells[i] ?? '')).size * 2 <= data.length || data.length === 1,
  );
  return {
    date: dates[0] ?? null,
    otherDate: dates.find((i) => i !== dates[0]) ?? null,
    amount: amountAt,
    debit: usePair ? side('debit', debit) : null,
    credit: usePair ? side('credit', credit) : null,
    balance: all('balance').find((i) => filled(i, isAmount) > 0) ?? null,
    currency: near('currency', amountAt ?? debit ?? credit),
    direction: direction < 0 ? null : direction,
    payer: payers[0] ?? null,
    payerAccount: all('payerAccount')[0] ?? null,
    reference: all('reference')[0] ?? null,
    bankReference: all('bankReference')[0] ?? null,
    status: all('status')[0] ?? null,
    account: accounts[0] ?? null,
    memo: [
      ...all('memo'),
      ...payers.slice(1),
      ...header.flatMap((_, i) => (roles[i] === null && isWords(i, data) ? [i] : [])),
    ]
      .filter((i) => i !== direction)
      .sort((a, b) => a - b),
  };
};

/** Words under a header nobody knows: kept with the remark, where a reference may stand. */
const isWords = (column: number, data: readonly TableRow[]): boolean => {
  const cells = data.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '');
  return cells.filter((cell) => /\p{L}{2}/u.test(cell)).length * 2 > cells.length;
};

/** A column in which every filled cell is a word for in or out. */
export const isDirectionColumn = (column: number, data: readonly TableRow[]): boolean => {
  const words = data.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '');
  return words.length > 0 && words.every((word) => directionOfWord(word) !== null);
};

const amountCells = (columns: MappedColumns, row: TableRow): string[] =>
  [columns.amount, columns.debit, columns.credit]
    .flatMap((i) => (i === null ? [] : [row.cells[i] ?? '']))
    .filter((cell) => cell !== '');

type CurrencyGuess = { readonly currency: string | null; readonly stated: boolean };

const mostFrequent = (words: readonly string[]): string | null => {
  const tally = new Map<string, number>();
  for (const word of words) tally.set(word, (tally.get(word) ?? 0) + 1);
  return [...tally].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
};

/** From the surest source to the least sure: column, amount cells, header, signs, Chinese bank words, remarks. */
const guessCurrency = (
  columns: MappedColumns,
  header: readonly string[],
  preamble: readonly TableRow[],
  data: readonly TableRow[],
): CurrencyGuess => {
  if (columns.currency !== null) return { currency: null, stated: true };
  const cells = data.flatMap((row) => amountCells(columns, row)).flatMap((cell) => readAmount(cell) ?? []);
  const code = mostFrequent(cells.flatMap((cell) => cell.currency ?? []));
  if (code !== null) return { currency: code, stated: true };
  const heading = [...header, ...preamble.flatMap((row) => row.cells)].join(' ');
  const named =
    mostFrequent(currenciesInText(heading)) ??
    currencyOfWord(/[（(]\s*([^()（）\s]{1,5})\s*[)）]/u.exec(header.join(' '))?.[1] ?? '');
  if (named !== null) return { currency: named, stated: true };
  if (/人民币|人民幣/u.test(heading)) return { currency: 'CNY', stated: true };
  const symbol = mostFrequent(cells.flatMap((cell) => cell.symbol ?? []));
  if (symbol !== null) return { currency: currencyOfSymbol(symbol), stated: false };
  if (/余额|金额|账户|对方/u.test(heading)) return { currency: 'CNY', stated: false };
  const texts = data.slice(0, 500).flatMap((row) => row.cells);
  return { currency: mostFrequent(texts.flatMap(currenciesInText)), stated: false };
};

const isCardTable = (
  columns: MappedColumns,
  header: readonly string[],
  preamble: readonly TableRow[],
): boolean => {
  const heading = [...header, ...preamble.flatMap((row) => row.cells)].join(' ');
  if (/信用卡|贷记卡|credit ?card|卡号末四位|mastercard|visa card/iu.test(heading)) return true;
  // Card tables show transaction and posting day, and the amount before and after conversion, but no balance.
  const amounts = header.filter((cell) => roleOfHeader(cell) === 'amount').length;
  const numbered = header.some((cell) =>
    /^(?:first)?(?:card|cardno|cardnumber|item|卡号后四位)$/u.test(normalHeader(cell)),
  );
  return columns.balance === null && columns.otherDate !== null && (amounts > 1 || numbered);
};

type SignGuess = { readonly sign: ColumnMapping['sign']; readonly known: boolean };

/** Which sign rule fits what the rows themselves say about their direction. */
const guessSign = (columns: MappedColumns, isCard: boolean, data: readonly TableRow[]): SignGuess => {
  if (columns.amount === null) return { sign: 'as_written', known: true };
  const { amount, direction } = columns;
  let [agree, disagree, negative, signed, voted, rows] = [0, 0, 0, 0, 0, 0];
  for (const row of data) {
    const read = readAmount(row.cells[amount] ?? '');
    if (read === null) continue;
    rows += 1;
    if (read.value.units < 0n) negative += 1;
    if (read.signed) signed += 1;
    const said =
      direction === null
        ? directionInText(row.cells.join(' '), isCard)
        : directionOfWord(row.cells[direction] ?? '');
    if (said === null) continue;
    voted += 1;
    if ((said === 'out') === read.value.units < 0n) agree += 1;
    else disagree += 1;
  }
  if (negative === 0 && signed === 0 && voted > 0) {
    if (direction !== null) return { sign: 'by_direction', known: true };
    if (voted * 10 >= rows * 8) return { sign: 'by_words', known: true };
  }
  // One word proves little: money we pay back is called a refund as well. Then a person is asked.
  if (disagree > agree && (disagree > 1 || isCard)) return { sign: 'inverted', known: true };
  if (disagree > agree) return { sign: 'as_written', known: false };
  const silent = negative === 0 && signed === 0 && rows > 0;
  // A card bill that marks nothing lists what was spent; a person is asked all the same.
  return { sign: silent && isCard ? 'inverted' : 'as_written', known: !silent };
};

const statedInColumn = (columns: MappedColumns, data: readonly TableRow[]): string | null =>
  columns.currency === null
    ? null
    : mostFrequent(data.flatMap((row) => currencyOfWord(row.cells[columns.currency ?? 0] ?? '') ?? []));

/** In a currency with three decimals 1,234 throughout is no thousand: every cell has its three decimals. */
const threeDecimalMark = (currency: string | null, cells: readonly string[]): '.' | ',' | null => {
  if (currency === null || !isCurrency(currency) || minorDigits(currency) !== 3) return null;
  const filled = cells.filter((cell) => /\d/u.test(cell));
  return (
    (['.', ','] as const).find((mark) =>
      filled.every((cell) => new RegExp(`\\d[${mark}]\\d{3}(?!\\d)`, 'u').test(cell)),
    ) ?? null
  );
};

/** Dates without a year can only be read when the year stands above the table. */
const preambleHasYear = (preamble: readonly TableRow[]): boolean =>
  preamble.some((row) => row.cells.some((cell) => /(?:19|20)\d{2}/u.test(cell)));

/** Guesses everything about a table: from its header when it has one, otherwise from its contents. */
export const guessMapping = (rows: readonly TableRow[]): GuessedMapping => {
  const headerAt = findHeaderRow(rows);
  const header = headerAt < 0 ? [] : (rows[headerAt]?.cells ?? []);
  const after = rows.slice(headerAt + 1);
  const data = after.slice(0, SAMPLE_ROWS).filter((row) => row.cells.some(looksLikeDate));
  const preamble = headerAt < 0 ? [] : rows.slice(0, headerAt);
  const named = headerAt < 0 ? NO_COLUMNS : columnsOf(header, data);
  const incomplete =
    data.length > 0 &&
    (named.date === null || (named.amount === null && named.debit === null && named.credit === null));
  const columns = headerAt < 0 || incomplete ? guessColumnsByContent(data) : named;
  // A single date late in the year can settle the order, so here every row counts.
  const dateCells = after.flatMap((row) =>
    [columns.date, columns.otherDate].flatMap((i) => (i === null ? [] : [row.cells[i] ?? ''])),
  );
  // A period printed above the table ("01/03/2024 - 31/03/2024") settles it as well.
  const printed = preamble.flatMap((row) =>
    row.cells.flatMap((cell) => cell.match(/\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/gu) ?? []),
  );
  const { order, ambiguous } = guessDateOrder([...dateCells, ...printed]);
  const { currency, stated } = guessCurrency(columns, header, preamble, data);
  const { sign, known } = guessSign(columns, isCardTable(columns, header, preamble), data);
  const moneyCells = data.flatMap((row) => [
    ...amountCells(columns, row),
    columns.balance === null ? '' : (row.cells[columns.balance] ?? ''),
  ]);
  const problems: MappingProblem[] = [];
  if (headerAt < 0) problems.push('no_header');
  if (columns.date === null) problems.push('date_column_missing');
  if (columns.amount === null && columns.debit === null && columns.credit === null)
    problems.push('amount_column_missing');
  if (ambiguous) problems.push('date_order_ambiguous');
  if (
    dateCells.some((cell) => readDate(cell) === null && readMonthDay(cell) !== null) &&
    !preambleHasYear(preamble)
  )
    problems.push('year_missing');
  if (!stated) problems.push('currency_not_stated');
  if (!known) problems.push('sign_unknown');
  return {
    mapping: {
      version: 1,
      header: headerAt < 0 ? null : [...header],
      columns,
      dateOrder: order,
      decimalMark:
        guessDecimalMark(moneyCells) ??
        threeDecimalMark(currency ?? statedInColumn(columns, data), moneyCells),
      sign,
      currency,
    },
    headerAt,
    problems,
    currencyStated: stated,
  };
};
