import type { Lang } from '@/lib/i18n/languages';
import { minorDigits, toDecimal, type Money } from '@/lib/shared/money';
import type { IsoDate } from '@/lib/shared/time';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A date as a paper writes it: 2023 年 10 月 9 日, 9 October 2023. */
export const paperDate = (date: IsoDate, lang: Lang): string => {
  const [year = '', month = '', day = ''] = date.split('-');
  return lang === 'en'
    ? `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`
    : `${year} 年 ${Number(month)} 月 ${Number(day)} 日`;
};

/** 1234567.89 → 1,234,567.89, on the text; exact for any length. */
export const groupedDecimal = ({ minor, currency }: Money): string => {
  const decimal = toDecimal(minor, currency);
  const digits = minorDigits(currency);
  const whole = digits > 0 ? decimal.slice(0, -digits - 1) : decimal;
  return whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + decimal.slice(whole.length);
};

/** ¥500.00 for renminbi; any other currency by its ISO code, since ¥ and $ have several owners. */
export const paperAmount = (amount: Money): string =>
  amount.currency === 'CNY' ? `¥${groupedDecimal(amount)}` : `${amount.currency} ${groupedDecimal(amount)}`;

/** The amount inside a sentence, with the space that must follow it there: 500.00 元 · HKD 500.00 · ¥500.00. */
export const spokenAmount = (amount: Money, lang: Lang): string =>
  lang === 'en'
    ? paperAmount(amount)
    : amount.currency === 'CNY'
      ? `${groupedDecimal(amount)} 元`
      : `${paperAmount(amount)} `;
