/**
 * Calendar dates and the charity's day. A calendar date is text 'YYYY-MM-DD', as PostgreSQL's `date` gives it;
 * an instant is a Date. No function here reads the clock: the caller says what time it is.
 *
 * Only Intl and integer arithmetic are used, so that these rules also run in a browser; the tests hold them
 * against Temporal for the zones that go wrong first (Apia, Lord Howe, Kathmandu).
 */

/** A calendar date written 'YYYY-MM-DD' (years 0001 to 9999). Such texts sort as the dates do. */
export type IsoDate = string;

/** A half-open stretch of time: `from` belongs to it, `to` no longer does. */
export type InstantRange = { readonly from: Date; readonly to: Date };

/** A half-open stretch of days: `from` belongs to it, `to` no longer does. */
export type DateRange = { readonly from: IsoDate; readonly to: IsoDate };

const DAY_MS = 86_400_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

const wallClock = (zone: string): Intl.DateTimeFormat => {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
};

type WallClock = { readonly date: IsoDate; readonly time: string };

const wallClockAt = (instant: Date, zone: string): WallClock => {
  const part = new Map(
    wallClock(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const text = (type: Intl.DateTimeFormatPartTypes, width: number): string =>
    (part.get(type) ?? '').padStart(width, '0');
  return {
    date: `${text('year', 4)}-${text('month', 2)}-${text('day', 2)}`,
    time: `${text('hour', 2)}:${text('minute', 2)}:${text('second', 2)}`,
  };
};

/** Whether Intl knows this IANA zone; a misspelt zone must stop the start, not shift the books by a day. */
export const isTimeZone = (zone: string): boolean => {
  try {
    wallClock(zone);
    return true;
  } catch {
    return false;
  }
};

/** The accounting date of an instant: the calendar date that the charity's wall clock shows then. */
export const accountingDate = (instant: Date, zone: string): IsoDate => wallClockAt(instant, zone).date;

/** What the wall clock in a zone shows, 'YYYY-MM-DD HH:MM:SS'; for papers, where an instant means nothing. */
export const wallClockText = (instant: Date, zone: string): string => {
  const { date, time } = wallClockAt(instant, zone);
  return `${date} ${time}`;
};

/** Whether the text is a real calendar date: '2024-02-29' is one, '2023-02-29' is not. */
export const isIsoDate = (text: string): boolean => {
  const shape = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!shape) return false;
  const [year, month, day] = [Number(shape[1]), Number(shape[2]), Number(shape[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
};

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days of a month; `month` runs from 1 to 12. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

type Ymd = { readonly year: number; readonly month: number; readonly day: number };

const readDate = (date: IsoDate): Ymd => {
  if (!isIsoDate(date)) throw new RangeError(`not a calendar date: ${JSON.stringify(date)}`);
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
};

const writeDate = ({ year, month, day }: Ymd): IsoDate => {
  if (year < 1 || year > 9999) throw new RangeError(`year ${year} is outside 1 to 9999`);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

/** Midnight UTC of a calendar date in milliseconds. Date.UTC alone would read year 24 as 1924. */
const utcMs = (date: IsoDate): number => {
  const { year, month, day } = readDate(date);
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  return midnight.getTime();
};

export const addDays = (date: IsoDate, days: number): IsoDate => {
  const moved = new Date(utcMs(date) + days * DAY_MS);
  return writeDate({
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
  });
};

/** Whole days from the first date to the second; negative when the second is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => (utcMs(to) - utcMs(from)) / DAY_MS;

/**
 * The same day some months later, or that month's last day when there is no such day: 30 November + 3 months is
 * 28 (29) February. This is how Chinese civil law ends a term counted in months (民法典 art 202).
 */
export const addMonths = (date: IsoDate, months: number): IsoDate => {
  const { year, month, day } = readDate(date);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
  return writeDate({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) });
};

/** The month 'YYYY-MM' a date lies in. */
export const monthOf = (date: IsoDate): string => {
  readDate(date);
  return date.slice(0, 7);
};

/** First day of a month 'YYYY-MM' and first day of the next. */
export const monthRange = (month: string): DateRange => {
  const from = `${month}-01`;
  return { from, to: addMonths(from, 1) };
};

/** The months 'YYYY-MM' from the one `from` lies in to the one `to` lies in, both included. */
export const monthsBetween = (from: IsoDate, to: IsoDate): string[] => {
  const last = monthOf(to);
  const months: string[] = [];
  for (let first = `${monthOf(from)}-01`; monthOf(first) <= last; first = addMonths(first, 1))
    months.push(monthOf(first));
  return months;
};

/**
 * When progress must have been published (慈善法 art 79: at least every three months while the activity runs
 * longer than six). Each date is counted from the start, so a short month does not pull the later ones forward.
 * An activity of six months or less has none. The last date lies before the end.
 */
export const progressDueDates = (start: IsoDate, end: IsoDate): IsoDate[] => {
  if (end <= addMonths(start, 6)) return [];
  const due: IsoDate[] = [];
  for (let months = 3; ; months += 3) {
    const date = addMonths(start, months);
    if (date >= end) return due;
    due.push(date);
  }
};

/** The full report is due within three months of the end of an activity or project (慈善法 art 79). */
export const fullReportDue = (end: IsoDate): IsoDate => addMonths(end, 3);

/** The annual report of a year is due by 31 May of the next (disclosure measures, art 15). */
export const annualReportDue = (year: number): IsoDate => writeDate({ year: year + 1, month: 5, day: 31 });

/**
 * The first instant at which the wall clock shows this date or a later one. With summer time a day may start at
 * 01:00, and Apia had no 30 December 2011 at all: then the answer is the start of the day that followed.
 */
export const startOfDay = (date: IsoDate, zone: string): Date => {
  const guess = utcMs(date);
  // Offsets lie between -12 and +14 hours, so two days around the guess surely contain the start, and zones change
  // their offset at whole seconds. (Newfoundland until 2011 set its clocks back at 00:01, so that a date began
  // twice; here either beginning may be found.)
  let early = guess - 2 * DAY_MS;
  let late = guess + 2 * DAY_MS;
  while (late - early > 1000) {
    const middle = early + Math.floor((late - early) / 2000) * 1000;
    if (accountingDate(new Date(middle), zone) >= date) late = middle;
    else early = middle;
  }
  return new Date(late);
};

/** The instants of one accounting day: what a report "on that day" must read from a timestamp column. */
export const dayRange = (date: IsoDate, zone: string): InstantRange => ({
  from: startOfDay(date, zone),
  to: startOfDay(addDays(date, 1), zone),
});

/** The instants of a range of accounting days. */
export const instantRange = (days: DateRange, zone: string): InstantRange => ({
  from: startOfDay(days.from, zone),
  to: startOfDay(days.to, zone),
});
