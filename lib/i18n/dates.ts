import type { Lang } from './languages';

// Dates and moments in words, apart from amounts: the inspector's page brings this to a telephone, and no currencies with it.

const NBSP = '\u00A0';

const MONTHS_EN = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const splitDate = (iso: string): [year: string, month: number, day: number] => {
  const [year = '', month = '', day = ''] = iso.split('-');
  return [year, Number(month), Number(day)];
};

/** A calendar date (`YYYY-MM-DD`) in running text: `2024 年 6 月 30 日`, `30 June 2024`. */
export const dateText = (iso: string, lang: Lang): string => {
  const [year, month, day] = splitDate(iso);
  return lang === 'en'
    ? [day, MONTHS_EN[month - 1], year].join(NBSP)
    : [year, '年', month, '月', day, '日'].join(NBSP);
};

/** A date without its year, for lists that say the year elsewhere: `6 月 28 日`, `28 June`. */
export const dayMonthText = (iso: string, lang: Lang): string => {
  const [, month, day] = splitDate(iso);
  return lang === 'en' ? [day, MONTHS_EN[month - 1]].join(NBSP) : [month, '月', day, '日'].join(NBSP);
};

/** A whole month (`YYYY-MM`): `2024 年 6 月`, `June 2024`. */
export const monthText = (yearMonth: string, lang: Lang): string => {
  const [year, month] = splitDate(`${yearMonth}-01`);
  return lang === 'en' ? [MONTHS_EN[month - 1], year].join(NBSP) : [year, '年', month, '月'].join(NBSP);
};

/** The time zone charities of the demo keep their books in; every recorded moment is shown in it. */
export const BOOK_TIME_ZONE = 'Asia/Shanghai';

const WALL_CLOCK = new Intl.DateTimeFormat('en-CA', {
  timeZone: BOOK_TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The moment on the wall clock of the books: `{ date: '2024-06-28', time: '16:20' }`. */
export const wallClock = (moment: Date): { readonly date: string; readonly time: string } => {
  const part = Object.fromEntries(WALL_CLOCK.formatToParts(moment).map(({ type, value }) => [type, value]));
  const { year = '', month = '', day = '', hour = '', minute = '' } = part;
  return { date: `${year}-${month}-${day}`, time: `${hour}:${minute}` };
};

/** A recorded moment in running text, to the minute: `2024 年 6 月 28 日 16:20`. */
export const momentText = (moment: Date, lang: Lang): string => {
  const { date, time } = wallClock(moment);
  return lang === 'en' ? `${dateText(date, lang)}, ${time}` : dateText(date, lang) + NBSP + time;
};
