import { CURRENCIES, type CurrencyCode } from './currencies';
import { ok, refuse, type Result } from './result';

/** An amount in whole minor units (fen, cent, yen) of one currency. No float ever holds money. */
export type Money = { readonly currency: CurrencyCode; readonly minor: bigint };

export const money = (currency: CurrencyCode, minor: bigint): Money => ({ currency, minor });

export const isCurrency = (text: string): text is CurrencyCode => Object.hasOwn(CURRENCIES, text);

/** Digits after the decimal point that people write for this currency (ISO 4217): CNY 2, JPY 0, KWD 3. */
export const minorDigits = (currency: CurrencyCode): number => CURRENCIES[currency];

/** The decimal text of an amount, exact, with a full stop and no grouping: 1234567 fen → "12345.67". */
export const toDecimal = (minor: bigint, currency: CurrencyCode): string => {
  const digits = minorDigits(currency);
  const sign = minor < 0n ? '-' : '';
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  return digits === 0
    ? sign + text
    : `${sign}${text.slice(0, text.length - digits)}.${text.slice(text.length - digits)}`;
};

/** The largest amount a ledger row can hold (PostgreSQL bigint), in minor units. */
export const MINOR_MAX = 9_223_372_036_854_775_807n;

/** Signs people write before an amount, and the currencies each may mean. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  '¥': ['CNY', 'JPY'],
  $: ['AUD', 'CAD', 'HKD', 'NZD', 'SGD', 'TWD', 'USD'],
  '€': ['EUR'],
  '£': ['GBP'],
};

/**
 * Full-width letters, digits and marks of a Chinese keyboard as ordinary ones. Not NFKC, which would also read `5²` as
 * 52 and `①` as 1.
 */
const halfWidth = (typed: string): string =>
  typed
    .replace(/[\uff01-\uff5e]/gu, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .replaceAll('￥', '¥')
    .trim();

/**
 * Reads what a person typed as an amount. Accepts plain digits with at most the currency's decimals, commas that group
 * by thousands, and before them the sign or code of this very currency; full-width digits from a Chinese keyboard are
 * read as digits. Anything else is refused rather than guessed, and nothing is ever rounded.
 */
export const parseAmount = (typed: string, currency: CurrencyCode): Result<bigint> => {
  const [, named, text = ''] = /^([¥$€£]|[A-Z]{3}(?: (?=\d))?)?(.*)$/su.exec(halfWidth(typed)) ?? [];
  if (named !== undefined && named.trimEnd() !== currency && SIGNS[named]?.includes(currency) !== true)
    return refuse('invalid_input', { reason: 'amount_shape' });
  const digits = minorDigits(currency);
  const shape = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(text);
  if (!shape) return refuse('invalid_input', { reason: 'amount_shape' });
  const whole = (shape[1] ?? '').replaceAll(',', '');
  const fraction = shape[2] ?? '';
  if (fraction.length > digits) return refuse('invalid_input', { reason: 'too_many_decimals', digits });
  if (whole.length > 19) return refuse('invalid_input', { reason: 'amount_too_large' });
  const minor = BigInt(whole + fraction.padEnd(digits, '0'));
  if (minor > MINOR_MAX) return refuse('invalid_input', { reason: 'amount_too_large' });
  if (minor === 0n) return refuse('amount_must_be_positive');
  return ok(minor);
};

/** The same with a sign before it, for money that may go either way: `-` or `−` for what goes out. */
export const parseSignedAmount = (typed: string, currency: CurrencyCode): Result<bigint> => {
  const text = halfWidth(typed).replace('−', '-');
  const amount = parseAmount(text.replace(/^[-+]/u, ''), currency);
  return amount.ok && text.startsWith('-') ? ok(-amount.value) : amount;
};

/**
 * Splits an amount over weights by the largest remainder, so that the parts add up to the fen. Equal
 * remainders go to the earlier weight: the placing is deliberate and repeatable.
 */
export const splitByWeight = (totalMinor: bigint, weights: readonly bigint[]): bigint[] => {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (totalMinor < 0n || sum <= 0n || weights.some((w) => w < 0n))
    throw new RangeError('splitByWeight needs a total of at least 0 and weights that are not negative');
  const parts = weights.map((w) => (totalMinor * w) / sum);
  const order = weights
    .map((w, index) => ({ index, remainder: (totalMinor * w) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  let left = totalMinor - parts.reduce((a, b) => a + b, 0n);
  for (const { index } of order) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
};

export const sumMinor = (amounts: Iterable<bigint>): bigint => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
};

export const minMinor = (a: bigint, b: bigint): bigint => (a < b ? a : b);
