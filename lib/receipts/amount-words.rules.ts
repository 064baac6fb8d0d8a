import type { Lang } from '@/lib/i18n/languages';
import { minorDigits, type Money } from '@/lib/shared/money';

/**
 * Amounts in words: 大写 for Chinese receipts, English for the others. Exact, on bigint; a negative amount (a
 * reversal) begins with 负 or "minus".
 *
 * The Chinese follows the People's Bank of China's rules for writing bills (支付结算办法 annex 1, 正确填写票据和结算凭证的
 * 基本规定). Where they leave a choice, ours is:
 * - after 元 stands 整, after 角 nothing (the rule's own example: 壹仟肆佰零玖元伍角), after 分 never anything;
 * - zeros inside the number give one 零; when only the 万 or the 元 place is zero but the place after it is not, no
 *   零 is written (壹拾万柒仟元伍角叁分); when a whole group of four is empty, one is written (壹亿零壹仟元整);
 * - zero 角 before 分 gives 零 (叁佰贰拾伍元零肆分); less than one 元 begins with its 角 or 分 (肆角叁分);
 * - 人民币 stands directly before the words, without a space.
 * In traditional characters the closing word is 正 and 3 is written 叁, as Hong Kong's banks do.
 */

type HanScript = 'zh-Hans' | 'zh-Hant';

type HanWords = {
  readonly digits: string;
  readonly wan: string;
  readonly yi: string;
  readonly whole: string;
  readonly closing: string;
  readonly minus: string;
};

const HAN: Readonly<Record<HanScript, HanWords>> = {
  'zh-Hans': { digits: '零壹贰叁肆伍陆柒捌玖', wan: '万', yi: '亿', whole: '元', closing: '整', minus: '负' },
  'zh-Hant': { digits: '零壹貳叁肆伍陸柒捌玖', wan: '萬', yi: '億', whole: '元', closing: '正', minus: '負' },
};

// 厘 and 毫 for the currencies that have three or four decimals.
const FRACTION_UNITS = '角分厘毫';
const PLACE_UNITS = ['', '拾', '佰', '仟'] as const;

/** Currency names as written before 大写 amounts; any other currency is written with its ISO code. */
const HAN_CURRENCIES: Readonly<Record<string, readonly [hans: string, hant: string]>> = {
  CNY: ['人民币', '人民幣'],
  HKD: ['港币', '港幣'],
  MOP: ['澳门币', '澳門幣'],
  TWD: ['新台币', '新臺幣'],
  USD: ['美元', '美元'],
  EUR: ['欧元', '歐元'],
  GBP: ['英镑', '英鎊'],
  JPY: ['日元', '日圓'],
  CAD: ['加拿大元', '加拿大元'],
  AUD: ['澳大利亚元', '澳洲元'],
  NZD: ['新西兰元', '紐西蘭元'],
  SGD: ['新加坡元', '新加坡元'],
  MYR: ['马来西亚林吉特', '馬來西亞令吉'],
  THB: ['泰铢', '泰銖'],
};

/** The amount in words in one language, with the currency: 人民币伍佰元整 · 人民幣伍佰元正 · Renminbi five hundred yuan only. */
export const amountInWords = (amount: Money, lang: Lang): string =>
  lang === 'en' ? englishAmount(amount) : hanCurrency(amount, lang) + hanAmount(amount, lang);

const hanCurrency = ({ currency }: Money, script: HanScript): string =>
  HAN_CURRENCIES[currency]?.[script === 'zh-Hans' ? 0 : 1] ?? currency;

/** 大写 without the currency's name: 伍佰元整. */
export const hanAmount = ({ currency, minor }: Money, script: HanScript): string => {
  const words = HAN[script];
  const sign = minor < 0n ? words.minus : '';
  const { whole, fraction } = parts(minor, minorDigits(currency));
  const written = hanFraction(fraction, whole > 0n, words);
  if (written === '')
    return `${sign}${hanInteger(whole, words) || words.digits[0]}${words.whole}${words.closing}`;
  return `${sign}${whole > 0n ? hanInteger(whole, words) + words.whole : ''}${written}`;
};

const parts = (minor: bigint, digits: number): { whole: bigint; fraction: string } => {
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  return { whole: BigInt(text.slice(0, cut)), fraction: text.slice(cut) };
};

const hanFraction = (fraction: string, afterWhole: boolean, words: HanWords): string => {
  let written = '';
  let zeroOwed = false;
  for (const [place, digit] of [...fraction].entries()) {
    if (digit === '0') zeroOwed = afterWhole || written !== '';
    else {
      written += `${zeroOwed ? words.digits[0] : ''}${words.digits[Number(digit)]}${FRACTION_UNITS[place]}`;
      zeroOwed = false;
    }
  }
  return written;
};

/** A positive whole number; nothing for zero. 亿 counts in turn (万亿, 亿亿), as bank forms write it. */
const hanInteger = (value: bigint, words: HanWords): string => {
  const YI = 100_000_000n;
  if (value < YI) return hanBelowYi(Number(value), words);
  const below = value % YI;
  // Below a full group of eight the empty places give one 零: 壹亿零壹仟元, 壹亿零伍佰万元.
  const zero = below > 0n && below < YI / 10n ? words.digits[0] : '';
  return `${hanInteger(value / YI, words)}${words.yi}${zero}${below > 0n ? hanBelowYi(Number(below), words) : ''}`;
};

const hanBelowYi = (value: number, words: HanWords): string => {
  const high = Math.floor(value / 10_000);
  const low = value % 10_000;
  if (high === 0) return hanBelowWan(low, words);
  const zero = low > 0 && low < 1000 ? words.digits[0] : '';
  return `${hanBelowWan(high, words)}${words.wan}${zero}${hanBelowWan(low, words)}`;
};

const hanBelowWan = (value: number, words: HanWords): string => {
  let written = '';
  let zeroOwed = false;
  for (const [index, digit] of [...String(value)].entries()) {
    const place = String(value).length - 1 - index;
    if (digit === '0') zeroOwed = true;
    else {
      written += `${zeroOwed ? words.digits[0] : ''}${words.digits[Number(digit)]}${PLACE_UNITS[place]}`;
      zeroOwed = false;
    }
  }
  return written;
};

type EnglishCurrency = { readonly before: string; readonly whole: string; readonly minor: string };

// Plural words only where they differ from the singular by an s or not at all.
const ENGLISH: Readonly<Record<string, EnglishCurrency>> = {
  CNY: { before: 'Renminbi ', whole: 'yuan', minor: 'fen' },
  HKD: { before: '', whole: 'Hong Kong dollar', minor: 'cent' },
  MOP: { before: '', whole: 'Macanese pataca', minor: 'avo' },
  TWD: { before: '', whole: 'New Taiwan dollar', minor: 'cent' },
  USD: { before: '', whole: 'US dollar', minor: 'cent' },
  EUR: { before: '', whole: 'euro', minor: 'cent' },
  CAD: { before: '', whole: 'Canadian dollar', minor: 'cent' },
  AUD: { before: '', whole: 'Australian dollar', minor: 'cent' },
  NZD: { before: '', whole: 'New Zealand dollar', minor: 'cent' },
  SGD: { before: '', whole: 'Singapore dollar', minor: 'cent' },
  JPY: { before: '', whole: 'Japanese yen', minor: '' },
};

const INVARIANT = new Set(['yuan', 'fen', 'Japanese yen']);

const counted = (count: bigint, noun: string): string =>
  `${englishInteger(count)} ${noun}${count === 1n || INVARIANT.has(noun) ? '' : 's'}`;

/** English words with the currency, "only" at the end as on a cheque; unknown currencies by their ISO code. */
const englishAmount = ({ currency, minor }: Money): string => {
  const { whole, fraction } = parts(minor, minorDigits(currency));
  const sign = minor < 0n ? 'minus ' : '';
  const cents = BigInt(fraction || '0');
  const names = ENGLISH[currency];
  if (!names) {
    const share = cents > 0n ? ` and ${fraction}/1${'0'.repeat(fraction.length)}` : '';
    return `${currency} ${sign}${englishInteger(whole)}${share} only`;
  }
  const said = [
    ...(whole > 0n || cents === 0n ? [counted(whole, names.whole)] : []),
    ...(cents > 0n ? [counted(cents, names.minor)] : []),
  ];
  const text = `${names.before}${sign}${said.join(' and ')} only`;
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '  twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const THOUSANDS = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion'];

const englishInteger = (value: bigint): string => {
  if (value === 0n) return 'zero';
  const groups: string[] = [];
  let rest = value;
  for (const name of THOUSANDS) {
    const group = Number(rest % 1000n);
    if (group > 0) groups.unshift(`${englishBelowThousand(group)}${name && ` ${name}`}`);
    rest /= 1000n;
  }
  // "one thousand and five", but "one thousand five hundred": British cheques join a last group below a hundred.
  const last = Number(value % 1000n);
  const tail = last > 0 && last < 100 && groups.length > 1 ? groups.pop() : undefined;
  return groups.join(' ') + (tail === undefined ? '' : ` and ${tail}`);
};

const englishBelowThousand = (value: number): string => {
  const hundreds = Math.floor(value / 100);
  const below = value % 100;
  const tens =
    below < 20 ? ONES[below] : `${TENS[Math.floor(below / 10)]}${below % 10 ? `-${ONES[below % 10]}` : ''}`;
  if (hundreds === 0) return tens ?? '';
  return `${ONES[hundreds]} hundred${below > 0 ? ` and ${tens}` : ''}`;
};
