import { isCurrency } from '@/lib/shared/money';

/** Chinese names of currencies as banks of the mainland, Hong Kong and Taiwan print them. */
const WORDS: Readonly<Record<string, string>> = {
  人民币: 'CNY',
  人民幣: 'CNY',
  人民币元: 'CNY',
  RMB: 'CNY',
  元: 'CNY',
  CNH: 'CNY',
  港币: 'HKD',
  港幣: 'HKD',
  港元: 'HKD',
  美元: 'USD',
  美金: 'USD',
  欧元: 'EUR',
  歐元: 'EUR',
  EURO: 'EUR',
  英镑: 'GBP',
  英鎊: 'GBP',
  日元: 'JPY',
  日圓: 'JPY',
  日圆: 'JPY',
  円: 'JPY',
  澳元: 'AUD',
  澳币: 'AUD',
  澳幣: 'AUD',
  加元: 'CAD',
  加拿大元: 'CAD',
  新加坡元: 'SGD',
  新加坡币: 'SGD',
  坡币: 'SGD',
  新币: 'SGD',
  澳门元: 'MOP',
  澳門元: 'MOP',
  葡币: 'MOP',
  新台币: 'TWD',
  新臺幣: 'TWD',
  新台幣: 'TWD',
  台币: 'TWD',
  韩元: 'KRW',
  韓圓: 'KRW',
  泰铢: 'THB',
  泰銖: 'THB',
  马币: 'MYR',
  林吉特: 'MYR',
  令吉: 'MYR',
  瑞士法郎: 'CHF',
  纽元: 'NZD',
  新西兰元: 'NZD',
  紐元: 'NZD',
  卢布: 'RUB',
  ZŁ: 'PLN',
  KČ: 'CZK',
  FT: 'HUF',
};

/** The three-letter code of a code or a name in words, or null. */
export const currencyOfWord = (word: string): string | null => {
  const text = word.trim().toUpperCase();
  return WORDS[text] ?? (isCurrency(text) ? text : null);
};

/** Currency signs, longest first so that HK$ is not read as $. */
export const SYMBOLS = [
  'HK$',
  'US$',
  'NT$',
  'AU$',
  'NZ$',
  'CA$',
  'MOP$',
  'A$',
  'S$',
  'C$',
  'R$',
  'RM',
  '￥',
  '¥',
  '$',
  '€',
  '£',
  '₩',
  '₹',
] as const;

const SYMBOL_CURRENCY: Readonly<Record<string, string>> = {
  HK$: 'HKD',
  US$: 'USD',
  NT$: 'TWD',
  AU$: 'AUD',
  A$: 'AUD',
  NZ$: 'NZD',
  CA$: 'CAD',
  C$: 'CAD',
  S$: 'SGD',
  R$: 'BRL',
  MOP$: 'MOP',
  RM: 'MYR',
  '€': 'EUR',
  '£': 'GBP',
  '₩': 'KRW',
  '₹': 'INR',
  // These two are shared by several currencies; the commonest is only ever a suggestion.
  $: 'USD',
  '¥': 'CNY',
  '￥': 'CNY',
};

/** What a sign suggests. A suggestion is shown as such; the account's own currency decides. */
export const currencyOfSymbol = (symbol: string): string | null => SYMBOL_CURRENCY[symbol] ?? null;

/** Codes that are also everyday words or abbreviations and say nothing inside a remark. */
const NOT_IN_TEXT = new Set([
  'ALL',
  'TOP',
  'TRY',
  'MAD',
  'CUP',
  'LAK',
  'PEN',
  'BAM',
  'GEL',
  'SOS',
  'DOP',
  'COP',
  'MOP',
  'STD',
  'RON',
]);

/** Currency codes standing as words of their own in running text. */
export const currenciesInText = (text: string): string[] =>
  [...text.matchAll(/(?<![A-Z0-9])[A-Z]{3}(?![A-Z0-9])/gu)]
    .map(([word]) => word)
    .filter((word) => isCurrency(word) && !word.startsWith('X') && !NOT_IN_TEXT.has(word));
