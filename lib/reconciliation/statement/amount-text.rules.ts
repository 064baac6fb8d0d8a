import { currencyOfWord, SYMBOLS } from './currency-words.rules';
import { absolute, negate, parseDecimal, type Decimal } from './decimal.rules';

export type DecimalMark = '.' | ',';

export type AmountText = {
  readonly value: Decimal;
  /** A code or word that names the currency for certain; null when the cell says nothing. */
  readonly currency: string | null;
  /** A sign such as $ that only hints at a currency. */
  readonly symbol: string | null;
  /** Written with a sign, brackets or a debit mark, so that its direction is stated. */
  readonly signed: boolean;
  /** Looks like money rather than a number of something: decimals, sign, symbol or grouping. */
  readonly strong: boolean;
};

const count = (text: string, mark: DecimalMark): number => text.split(mark).length - 1;

/**
 * Which mark separates the decimals of this number: certain when both marks occur, when one repeats, or when
 * anything but three digits follow it; otherwise null (1.234 and 1,234 do not say).
 */
export const decimalMarkOf = (digits: string): DecimalMark | null => {
  const [points, commas] = [count(digits, '.'), count(digits, ',')];
  if (points + commas === 0) return null;
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  const mark = points > 0 ? '.' : ',';
  if (points + commas > 1) return mark === '.' ? ',' : '.';
  return digits.length - digits.lastIndexOf(mark) - 1 === 3 && !digits.startsWith('0') ? null : mark;
};

/** Groups of three, of four (Chinese), or three after twos (Indian): "1,23" is a slip and no whole number. */
const groupsAreWhole = (whole: string, grouping: DecimalMark): boolean => {
  const [head, ...tail] = whole.split(grouping);
  if (tail.length === 0) return true;
  return (
    head !== '' &&
    (tail.every((group) => group.length === 3) ||
      tail.every((group) => group.length === 4) ||
      (tail.at(-1)?.length === 3 && tail.slice(0, -1).every((group) => group.length === 2)))
  );
};

const parseMarked = (digits: string, mark: DecimalMark): Decimal | null => {
  const grouping = mark === '.' ? ',' : '.';
  const cut = digits.lastIndexOf(mark);
  const whole = cut < 0 ? digits : digits.slice(0, cut);
  if (whole.includes(mark) || !groupsAreWhole(whole, grouping)) return null;
  if (cut >= 0 && digits.slice(cut).includes(grouping)) return null;
  return parseDecimal(digits.replaceAll(grouping, ''), mark);
};

/** Spaces and apostrophes group by three and by nothing else; anything between other digits is refused. */
const withoutSpaces = (digits: string): string | null => {
  const parts = digits.split(/[\s'’]/u);
  if (parts.length === 1) return digits;
  const wellGrouped = parts
    .slice(1)
    .every((part, i) => (i < parts.length - 2 ? /^\d{3}$/u : /^\d{3}([.,]\d*)?$/u).test(part));
  return wellGrouped && /^\d{1,3}$/u.test(parts[0] ?? '') ? parts.join('') : null;
};

const parseNumber = (token: string, columnMark: DecimalMark | null): Decimal | null => {
  const digits = withoutSpaces(token);
  if (digits === null) return null;
  const own = decimalMarkOf(digits);
  if (own !== null) return parseMarked(digits, own);
  // One mark before three digits: what the column uses decides; without a column 1,234 is a thousand and
  // 1.234 a fraction, as in the currencies with three decimals.
  return parseMarked(digits, columnMark ?? '.');
};

const escaped = SYMBOLS.map((symbol) => symbol.replaceAll('$', String.raw`\$`)).join('|');
const TOKEN = new RegExp(
  String.raw`(?<sign>[+-])|(?<bracket>[()])|(?<number>\d(?:[\d.,'’\s]*\d)?[.,]?|[.,]\d+)|(?<symbol>${escaped})|(?<word>\p{L}+)|(?<space>\s+)|(?<other>.)`,
  'gsu',
);

const DEBIT_MARK = /^(?:DR|D|DB|S|借)$/u;
const CREDIT_MARK = /^(?:CR|C|H|贷|貸)$/u;

type Reading = {
  number: string | null;
  signs: string;
  brackets: string;
  debit: boolean;
  credit: boolean;
  currency: string | null;
  symbol: string | null;
};

/** Sorts what the cell consists of; null as soon as something does not belong to an amount. */
const readTokens = (text: string): Reading | null => {
  const read: Reading = {
    number: null,
    signs: '',
    brackets: '',
    debit: false,
    credit: false,
    currency: null,
    symbol: null,
  };
  for (const { groups = {} } of text.matchAll(TOKEN)) {
    const { sign, bracket, number, symbol, word, other } = groups;
    if (other !== undefined) return null;
    if (sign !== undefined) read.signs += sign;
    if (bracket !== undefined) read.brackets += bracket;
    if (number !== undefined) {
      if (read.number !== null) return null;
      read.number = number;
      read.brackets += '#';
    }
    if (symbol !== undefined) read.symbol ??= symbol;
    if (word !== undefined) {
      const upper = word.toUpperCase();
      const currency = currencyOfWord(upper);
      if (currency !== null) read.currency ??= currency;
      else if (DEBIT_MARK.test(upper)) read.debit = true;
      else if (CREDIT_MARK.test(upper)) read.credit = true;
      else if (!read.brackets.endsWith('#(')) return null;
    }
  }
  return read;
};

/**
 * Reads a cell that a bank wrote as an amount, in any of the usual ways: 1,234.50 · 1.234,50 · 1 234,50 ·
 * 1'234.50 · (85.00) · - $21.59 · 12.00- · 5.00 DR · CNY13.50 · ¥50.0 · -3.90(CN). `mark` is what the column
 * as a whole uses. Null when the cell is anything else; nothing is rounded or guessed.
 */
export const readAmount = (cell: string, mark: DecimalMark | null = null): AmountText | null =>
  plainAmount(cell) ?? anyAmount(cell, mark);

/** By far the commonest cells, -1234.50 and 20240105, without the machinery for the rest. */
const plainAmount = (cell: string): AmountText | null => {
  const match = /^([+-]?)\d{1,15}(\.\d{1,2})?$/u.exec(cell);
  const value = match && parseDecimal(cell, '.');
  if (!match || !value) return null;
  const signed = match[1] !== '';
  return { value, currency: null, symbol: null, signed, strong: signed || match[2] !== undefined };
};

const anyAmount = (cell: string, mark: DecimalMark | null): AmountText | null => {
  // NFKC would read `5²` as 52 and `①` as 1.
  if (/\p{No}/u.test(cell)) return null;
  const text = cell
    .replace(/^[\s`'=]+/u, '')
    .replace(/[\u2212\u2010-\u2013\uFE63]/gu, '-')
    .normalize('NFKC')
    .trim();
  if (text.length > 60 || !/\d/u.test(text)) return null;
  const read = readTokens(text);
  if (read?.number == null || read.signs.length > 1 || (read.debit && read.credit)) return null;
  // Brackets round the number make it negative; brackets after it hold a note, such as a country.
  if (!['#', '(#)', '#()'].includes(read.brackets)) return null;
  const magnitude = parseNumber(read.number, mark);
  if (magnitude === null) return null;
  const negative = read.signs === '-' || read.brackets === '(#)' || read.debit;
  const signed = read.signs !== '' || read.brackets === '(#)' || read.debit || read.credit;
  return {
    value: negative ? negate(absolute(magnitude)) : magnitude,
    currency: read.currency,
    symbol: read.symbol,
    signed,
    strong: signed || read.currency !== null || read.symbol !== null || /[.,]/u.test(read.number),
  };
};

/** The decimal mark of a whole column: what most of its unambiguous cells use; null when none says. */
export const guessDecimalMark = (cells: Iterable<string>): DecimalMark | null => {
  let [points, commas] = [0, 0];
  for (const cell of cells) {
    const digits = /\d[\d.,'’\s]*|[.,]\d+/u.exec(cell.normalize('NFKC'))?.[0].replace(/['’\s]/gu, '');
    const mark = digits === undefined ? null : decimalMarkOf(digits);
    if (mark === '.') points += 1;
    if (mark === ',') commas += 1;
  }
  return points + commas === 0 ? null : commas > points ? ',' : '.';
};
