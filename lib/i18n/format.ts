import { minorDigits, type Money } from '@/lib/shared/money';
import type { CurrencyCode } from '@/lib/shared/currencies';
import type { Lang } from './languages';

export { BOOK_TIME_ZONE, dateText, dayMonthText, momentText, monthText, wallClock } from './dates';

/** A no-break space: a number and its unit stay on one line. */
const NBSP = '\u00A0';
const MINUS = '\u2212';

/** Symbols that leave no doubt which dollar or yen is meant; every other currency is written by its code. */
const SYMBOLS: Partial<Record<CurrencyCode, string>> = {
  CNY: '¥',
  HKD: 'HK$',
  MOP: 'MOP$',
  TWD: 'NT$',
  USD: 'US$',
  CAD: 'CA$',
  AUD: 'A$',
  SGD: 'S$',
  JPY: 'JP¥',
  EUR: '€',
  GBP: '£',
};

/** What stands before the figures of an amount: `¥`, `HK$`, or the code and a no-break space (`THB `). */
export const currencySymbol = (currency: CurrencyCode): string => SYMBOLS[currency] ?? currency + NBSP;

/** `always` also writes the plus of money that came in; `never` leaves the sign to the words beside it. */
export type SignStyle = 'negative' | 'always' | 'never';

export type AmountParts = {
  readonly sign: '' | '+' | typeof MINUS;
  readonly symbol: string;
  readonly whole: string;
  /** With its full stop, as written: `.00`; empty for currencies without minor units. */
  readonly fraction: string;
};

/** The exact written parts of an amount. Digits come from the integer, so nothing is rounded. */
export const amountParts = ({ minor, currency }: Money, sign: SignStyle = 'negative'): AmountParts => {
  const digits = minorDigits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  return {
    sign: sign === 'never' || minor === 0n ? '' : minor < 0n ? MINUS : sign === 'always' ? '+' : '',
    symbol: currencySymbol(currency),
    whole: groupThousands(text.slice(0, cut)),
    fraction: digits === 0 ? '' : `.${text.slice(cut)}`,
  };
};

/** The amount as one string, for titles, labels and messages: `−¥2,295.00`. */
export const amountText = (money: Money, sign?: SignStyle): string => {
  const parts = amountParts(money, sign);
  return parts.sign + parts.symbol + parts.whole + parts.fraction;
};

const groupThousands = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, ',');

/** A count with thousands separators; the same in all three languages. */
export const countText = (count: number | bigint): string => {
  const text = count.toString();
  return text.startsWith('-') ? MINUS + groupThousands(text.slice(1)) : groupThousands(text);
};

/** Milliseconds as seconds with one decimal, rounded up: a wait is never told shorter than it was. */
export const secondsText = (ms: bigint): string => {
  const tenths = (ms + 99n) / 100n;
  return `${countText(tenths / 10n)}.${tenths % 10n}`;
};

/** A share in percent with one decimal, always cut and never rounded up: 99.99 % must not read 100 %. */
export const percentText = (part: bigint, whole: bigint): string => {
  if (whole <= 0n || part <= 0n) return '0%';
  const tenths = (part * 1000n) / whole;
  const text = (tenths / 10n).toString();
  return tenths % 10n === 0n ? `${text}%` : `${text}.${(tenths % 10n).toString()}%`;
};

/** A length given in whole millimetres, in metres with at most three decimals: 62500 → `62.5 米`. */
export const metresText = (millimetres: number, lang: Lang): string =>
  decimalOfThousandths(millimetres) + NBSP + (lang === 'en' ? 'm' : '米');

const decimalOfThousandths = (value: number): string => {
  const text = Math.abs(value).toString().padStart(4, '0');
  const fraction = text.slice(-3).replace(/0+$/, '');
  const whole = groupThousands(text.slice(0, -3));
  return (value < 0 ? MINUS : '') + (fraction === '' ? whole : `${whole}.${fraction}`);
};
