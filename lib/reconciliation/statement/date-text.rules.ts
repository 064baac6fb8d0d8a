/**
 * Dates as banks write them. A result is a calendar day without a time zone: the day the bank printed is the
 * day that counts. `clamped` marks a day that does not exist (30 February in a value date is a habit of banks
 * that count every month as 30 days) and was put on the last day of its month; the line is flagged.
 */
export type DayRead = {
  readonly iso: string;
  readonly clamped: boolean;
  /** Day and month could be exchanged and nothing in this text decides. */
  readonly ambiguous: boolean;
};

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days of a month, 1 to 12. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** A day from its parts, clamped to the month's end; null when it is no date at all. */
export const day = (year: number, month: number, date: number, ambiguous = false): DayRead | null => {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || date < 1 || date > 31) return null;
  const last = daysInMonth(year, month);
  const iso = `${pad(year, 4)}-${pad(month)}-${pad(date > last ? last : date)}`;
  return { iso, clamped: date > last, ambiguous };
};

/** Two-digit years: 00–79 are 2000–2079, 80–99 are 1980–1999 (as ISO 15022 readers do). One digit is 200x. */
export const fullYear = (digits: string): number => {
  const year = Number(digits);
  if (digits.length === 4) return year;
  // Taiwan counts from 1912; its years have had three digits since 2011.
  if (digits.length === 3) return year + 1911;
  return year < 80 ? 2000 + year : 1900 + year;
};

/** YYMMDD of SWIFT messages. */
export const readSwiftDate = (text: string): DayRead | null => {
  const match = /^(\d{2})(\d{2})(\d{2})$/u.exec(text);
  return match ? day(fullYear(match[1] ?? ''), Number(match[2]), Number(match[3])) : null;
};

/** The year-month-day at the start of an ISO date or date-time; the offset does not move the day. */
export const readIsoDate = (text: string): DayRead | null => {
  const match = /^\s*(\d{4})-(\d{2})-(\d{2})(?![\d])/u.exec(text);
  return match ? day(Number(match[1]), Number(match[2]), Number(match[3])) : null;
};

/** YYYYMMDD, with or without a time behind it (OFX, some banks' CSV). */
export const readPackedDate = (text: string): DayRead | null => {
  const match =
    /^\s*(\d{4})(\d{2})(\d{2})(?:\d{2}(?:\d{2}(?:\d{2})?)?(?:\.\d+)?)?(?:\s*\[[^\]]*\])?(?:[\s:.]\S*)?\s*$/u.exec(
      text,
    );
  return match ? day(Number(match[1]), Number(match[2]), Number(match[3])) : null;
};

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen', 'sty', 'янв', 'jän'],
  ['feb', 'fév', 'fev', 'lut', 'фев'],
  ['mar', 'mär', 'mrz', 'maa', 'мар', 'mrt'],
  ['apr', 'avr', 'abr', 'kwi', 'апр'],
  ['may', 'mai', 'mag', 'mei', 'maj', 'май', 'мая'],
  ['jun', 'giu', 'cze', 'июн', 'juin'],
  ['jul', 'lug', 'lip', 'июл', 'juil'],
  ['aug', 'aoû', 'aou', 'ago', 'sie', 'авг'],
  ['sep', 'set', 'wrz', 'сен'],
  ['oct', 'okt', 'ott', 'out', 'paź', 'окт'],
  ['nov', 'lis', 'ноя'],
  ['dec', 'dez', 'déc', 'dic', 'gru', 'дек', 'des'],
];

/** The number of a month's name or abbreviation in the languages of the banks we met, or null. */
export const monthOfName = (name: string): number | null => {
  const text = name.toLowerCase().replaceAll('.', '');
  if (text.startsWith('juil')) return 7;
  if (text.startsWith('juin')) return 6;
  const index = MONTHS.findIndex((starts) => starts.some((start) => text.startsWith(start)));
  return index < 0 ? null : index + 1;
};

const TIME = String.raw`(?:[T\s,，]+\d{1,2}[:：.时時]\d{2}\S*(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*(?:Z|[A-Z]{2,5}|[+-]\d{2}:?\d{2}))?)?`;
const YEAR_FIRST = new RegExp(
  String.raw`^(\d{4}|1\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?${TIME}$`,
  'u',
);
const YEAR_LAST = new RegExp(
  String.raw`^(\d{1,2})\s*[-/. '’]\s*(\d{1,2})\s*[-/. '’]\s*(\d{4}|\d{1,2})${TIME}$`,
  'u',
);
const NAMED = new RegExp(
  String.raw`^(?:\p{L}+,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[\s\-/.]*(?:de\s+)?(\p{L}{3,}\.?)[\s\-/.,]*(?:de\s+)?(\d{4}|\d{1,2})${TIME}$`,
  'iu',
);
const NAME_FIRST = new RegExp(
  String.raw`^(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TIME}$`,
  'iu',
);

const numeric = (a: string, b: string, year: string, order: DateOrder | null): DayRead | null => {
  const [first, second, full] = [Number(a), Number(b), fullYear(year)];
  const dayFirst = day(full, second, first);
  const monthFirst = day(full, first, second);
  if (order === 'dmy' && dayFirst) return dayFirst;
  if (order === 'mdy' && monthFirst) return monthFirst;
  if (dayFirst && monthFirst && first !== second) return { ...dayFirst, ambiguous: true };
  return dayFirst ?? monthFirst;
};

/**
 * Reads a date cell. `order` is what the file as a whole uses; without it a date such as 02/12/2009 is taken as
 * day first and marked ambiguous. Null when the text is no date.
 */
export const readDate = (cell: string, order: DateOrder | null = null): DayRead | null => {
  const text = cell
    .normalize('NFKC')
    .replace(/^[\s`'=]+|[\s"]+$/gu, '')
    .replace(/^"/u, '');
  if (text.length < 6 || text.length > 40) return null;
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return day(fullYear(yearFirst[1] ?? ''), Number(yearFirst[2]), Number(yearFirst[3]));
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast) {
    const [, a = '', b = '', c = ''] = yearLast;
    if (order === 'ymd' && c.length <= 2 && a.length === 2) return day(fullYear(a), Number(b), Number(c));
    return numeric(a, b, c, order);
  }
  const named = NAMED.exec(text);
  if (named) {
    const month = monthOfName(named[2] ?? '');
    return month === null ? null : day(fullYear(named[3] ?? ''), month, Number(named[1]));
  }
  const nameFirst = NAME_FIRST.exec(text);
  if (nameFirst) {
    const month = monthOfName(nameFirst[1] ?? '');
    return month === null ? null : day(Number(nameFirst[3]), month, Number(nameFirst[2]));
  }
  return /^\d{8}/u.test(text) ? readPackedDate(text) : null;
};

/** MM/DD without a year, as on card statements. */
export const readMonthDay = (cell: string): { readonly month: number; readonly date: number } | null => {
  const match = /^(\d{1,2})[/\-.月](\d{1,2})日?$/u.exec(cell.normalize('NFKC').trim());
  const [month, date] = [Number(match?.[1]), Number(match?.[2])];
  return match && month >= 1 && month <= 12 && date >= 1 && date <= 31 ? { month, date } : null;
};

/** What decides between day first and month first in these cells; null when nothing does. */
export const guessDateOrder = (
  cells: Iterable<string>,
): { readonly order: DateOrder | null; readonly ambiguous: boolean } => {
  let [dayFirst, monthFirst, undecided] = [0, 0, 0];
  for (const cell of cells) {
    const match = YEAR_LAST.exec(cell.normalize('NFKC').trim());
    if (!match) continue;
    const [a, b] = [Number(match[1]), Number(match[2])];
    if (a > 12 && b <= 12) dayFirst += 1;
    else if (b > 12 && a <= 12) monthFirst += 1;
    else if (a !== b) undecided += 1;
  }
  if (dayFirst + monthFirst === 0) return { order: null, ambiguous: undecided > 0 };
  return { order: dayFirst >= monthFirst ? 'dmy' : 'mdy', ambiguous: false };
};

/** Adds days to an ISO day; used to compare dates, never to make one up. */
export const dayNumber = (iso: string): number => {
  const [year = 0, month = 1, date = 1] = iso.split('-').map(Number);
  // Days since 1 March of year 0, by whole years, so that leap days come last and need no table.
  const shifted = month <= 2 ? year - 1 : year;
  const monthFromMarch = (month + 9) % 12;
  return (
    365 * shifted +
    Math.floor(shifted / 4) -
    Math.floor(shifted / 100) +
    Math.floor(shifted / 400) +
    Math.floor((153 * monthFromMarch + 2) / 5) +
    date -
    1
  );
};
