import { isCurrency, MINOR_MAX, minorDigits } from '@/lib/shared/money';

/**
 * An exact decimal number as a file wrote it: 8.850 is { units: 8850n, scale: 3 }. Statements are read into
 * these first, because a currency may be missing or written with more digits than it has; minor units follow
 * once the currency is certain. No float is ever made.
 */
export type Decimal = { readonly units: bigint; readonly scale: number };

export const ZERO: Decimal = { units: 0n, scale: 0 };

const atScale = (value: Decimal, scale: number): bigint => value.units * 10n ** BigInt(scale - value.scale);

export const negate = (value: Decimal): Decimal => ({ units: -value.units, scale: value.scale });

export const absolute = (value: Decimal): Decimal => (value.units < 0n ? negate(value) : value);

export const add = (a: Decimal, b: Decimal): Decimal => {
  const scale = a.scale > b.scale ? a.scale : b.scale;
  return { units: atScale(a, scale) + atScale(b, scale), scale };
};

export const sum = (values: Iterable<Decimal>): Decimal => {
  let total = ZERO;
  for (const value of values) total = add(total, value);
  return total;
};

export const sameValue = (a: Decimal, b: Decimal): boolean => add(a, negate(b)).units === 0n;

/** Decimal text with exactly the digits the file had: 8.850 stays "8.850". */
export const decimalText = ({ units, scale }: Decimal): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
};

/** Decimal text without trailing zeros, so that 8.850 and 8.85 are the same content. */
export const plainText = (value: Decimal): string => {
  const text = decimalText(value);
  const plain = value.scale === 0 ? text : text.replace(/\.?0+$/u, '');
  return plain === '-0' ? '0' : plain;
};

/** More digits than any amount of money has; a guard against a file that is one endless number. */
const DIGITS_MAX = 40;

/** Reads plain decimal text with a given mark: "-1234.50", "500," (comma), ".23". Null when it is anything else. */
export const parseDecimal = (text: string, mark: '.' | ',' = '.'): Decimal | null => {
  const shape = mark === '.' ? /^([+-]?)(\d*)(?:\.(\d*))?$/u : /^([+-]?)(\d*)(?:,(\d*))?$/u;
  const match = text.length > DIGITS_MAX ? null : shape.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole + fraction === '') return null;
  const units = BigInt(whole + fraction);
  return { units: match[1] === '-' ? -units : units, scale: fraction.length };
};

export type MinorProblem =
  | 'currency_missing'
  | 'currency_unknown'
  | 'finer_than_currency'
  | 'amount_too_large';

/** The amount in minor units of its currency, or the reason why it has none. Nothing is rounded. */
export const toMinor = (
  value: Decimal,
  currency: string | null,
): { readonly minor: bigint } | { readonly problem: MinorProblem } => {
  if (currency === null) return { problem: 'currency_missing' };
  if (!isCurrency(currency)) return { problem: 'currency_unknown' };
  const digits = minorDigits(currency);
  const surplus = 10n ** BigInt(value.scale > digits ? value.scale - digits : 0);
  if (value.units % surplus !== 0n) return { problem: 'finer_than_currency' };
  const minor = value.scale > digits ? value.units / surplus : atScale(value, digits);
  return (minor < 0n ? -minor : minor) > MINOR_MAX ? { problem: 'amount_too_large' } : { minor };
};
