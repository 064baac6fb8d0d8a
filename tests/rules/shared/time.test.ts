import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  accountingDate,
  addDays,
  addMonths,
  annualReportDue,
  dayRange,
  daysBetween,
  fullReportDue,
  instantRange,
  isIsoDate,
  isTimeZone,
  monthRange,
  monthsBetween,
  progressDueDates,
  startOfDay,
  wallClockText,
} from '@/lib/shared/time';

const ZONES = [
  'Asia/Shanghai',
  'UTC',
  'America/New_York',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
];

// Year ends, leap days, both summer-time changes of New York and Lord Howe, Apia's missing 30 December 2011,
// Shanghai's summer time of 1986 to 1991, and the concert evening.
const INSTANTS = [
  '2023-09-16T12:41:00Z',
  '2023-09-16T15:59:59Z',
  '2023-09-16T16:00:00Z',
  '2023-12-31T15:59:59.999Z',
  '2023-12-31T16:00:00Z',
  '2023-12-31T18:14:59Z',
  '2023-12-31T18:15:00Z',
  '2023-12-31T23:59:59Z',
  '2024-01-01T00:00:00Z',
  '2024-01-01T04:59:59Z',
  '2024-01-01T05:00:00Z',
  '2024-02-28T16:00:00Z',
  '2024-02-29T00:00:00Z',
  '2024-02-29T15:59:59Z',
  '2024-02-29T16:00:00Z',
  '2023-02-28T16:00:00Z',
  '2000-02-29T12:00:00Z',
  '2100-02-28T16:00:00Z',
  '2024-03-10T04:59:59Z',
  '2024-03-10T06:59:59Z',
  '2024-03-10T07:00:00Z',
  '2024-11-03T03:59:59Z',
  '2024-11-03T04:00:00Z',
  '2024-11-03T05:59:59Z',
  '2024-11-03T06:00:00Z',
  '2024-04-06T14:59:59Z',
  '2024-04-06T15:00:00Z',
  '2024-10-05T15:29:59Z',
  '2024-10-05T15:30:00Z',
  '2011-12-30T09:59:59Z',
  '2011-12-30T10:00:00Z',
  '2011-12-29T10:00:00Z',
  '2011-12-31T09:59:59Z',
  '1991-04-13T17:59:59Z',
  '1991-04-13T18:00:00Z',
  '1991-09-14T15:00:00Z',
  '1970-01-01T00:00:00Z',
  '2038-01-19T03:14:07Z',
  '2024-06-30T16:00:00Z',
  '2026-05-31T15:59:59Z',
];

describe('the accounting date of an instant', () => {
  it('covers 40 instants', () => expect(new Set(INSTANTS).size).toBe(40));

  for (const zone of ZONES) {
    it(`is the date on the wall clock in ${zone}, and the day's instants hold it`, () => {
      const totals = new Map<string, number>();
      for (const text of INSTANTS) {
        const instant = new Date(text);
        const date = accountingDate(instant, zone);
        const oracle = Temporal.Instant.from(text).toZonedDateTimeISO(zone);
        expect(date, text).toBe(oracle.toPlainDate().toString());
        expect(wallClockText(instant, zone)).toBe(
          `${oracle.toPlainDate().toString()} ${oracle.toPlainTime().toString({ smallestUnit: 'second' })}`,
        );
        const day = dayRange(date, zone);
        expect(day.from.getTime()).toBe(
          Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds,
        );
        expect(day.from <= instant && instant < day.to, text).toBe(true);
        totals.set(date, (totals.get(date) ?? 0) + 1);
      }
      // Totals per day add up: each instant is in exactly one day, whichever way it is counted.
      const perRange = [...totals].map(([date, count]) => {
        const { from, to } = dayRange(date, zone);
        return (
          count === INSTANTS.filter((text) => from <= new Date(text) && new Date(text) < to).length && count
        );
      });
      expect(perRange.reduce<number>((a, b) => a + Number(b), 0)).toBe(INSTANTS.length);
    });
  }

  it('knows the days that are not 24 hours long', () => {
    const hours = (date: string, zone: string): number => {
      const { from, to } = dayRange(date, zone);
      return (to.getTime() - from.getTime()) / 3_600_000;
    };
    expect(hours('2024-03-10', 'America/New_York')).toBe(23);
    expect(hours('2024-11-03', 'America/New_York')).toBe(25);
    expect(hours('2024-04-07', 'Australia/Lord_Howe')).toBe(24.5);
    expect(hours('2011-12-30', 'Pacific/Apia')).toBe(0);
    expect(hours('2011-12-31', 'Pacific/Apia')).toBe(24);
    expect(hours('2024-03-10', 'Asia/Shanghai')).toBe(24);
  });

  it('starts the day at one when midnight does not exist', () => {
    expect(startOfDay('2024-09-08', 'America/Santiago').toISOString()).toBe('2024-09-08T04:00:00.000Z');
  });

  it('gives the instants of a month', () => {
    const { from, to } = instantRange(monthRange('2024-02'), 'Asia/Shanghai');
    expect([from.toISOString(), to.toISOString()]).toEqual([
      '2024-01-31T16:00:00.000Z',
      '2024-02-29T16:00:00.000Z',
    ]);
  });

  it('does not know zones that do not exist', () => {
    expect(isTimeZone('Asia/Shanghai')).toBe(true);
    expect(isTimeZone('Asia/Zhongshan')).toBe(false);
  });
});

describe('calendar arithmetic', () => {
  it('tells real dates from others', () => {
    for (const real of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])
      expect(isIsoDate(real)).toBe(true);
    for (const not of [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-04-31',
      '2024-1-01',
      '20240101',
      '2024-01-01T00:00',
      '0000-01-01',
      '２０２４-01-01',
      '',
    ])
      expect(isIsoDate(not), not).toBe(false);
    expect(() => addDays('2023-02-29', 1)).toThrow(RangeError);
  });

  it('adds months as Temporal does, over five years and both ways', () => {
    for (let date = '2022-01-01'; date < '2027-01-01'; date = addDays(date, 1))
      for (const months of [-25, -12, -1, 0, 1, 3, 6, 11, 24])
        expect(addMonths(date, months)).toBe(Temporal.PlainDate.from(date).add({ months }).toString());
  });

  it('counts days over a leap year', () => {
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
    expect(daysBetween('2024-03-01', '2024-02-28')).toBe(-2);
    expect(addDays('0024-02-28', 1)).toBe('0024-02-29');
  });

  it('gives months as ranges', () => {
    expect(monthRange('2024-02')).toEqual({ from: '2024-02-01', to: '2024-03-01' });
    expect(monthsBetween('2023-11-30', '2024-02-01')).toEqual(['2023-11', '2023-12', '2024-01', '2024-02']);
  });
});

describe('duties', () => {
  it('are due every three months, counted from the start', () => {
    expect(progressDueDates('2023-09-16', '2024-09-15')).toEqual(['2023-12-16', '2024-03-16', '2024-06-16']);
    expect(progressDueDates('2023-11-30', '2024-12-31')).toEqual([
      '2024-02-29',
      '2024-05-30',
      '2024-08-30',
      '2024-11-30',
    ]);
  });

  it('have no progress report for an activity of six months or less', () => {
    expect(progressDueDates('2024-01-01', '2024-07-01')).toEqual([]);
    expect(progressDueDates('2024-01-01', '2024-07-02')).toEqual(['2024-04-01', '2024-07-01']);
  });

  it('end with the full report and the annual one', () => {
    expect(fullReportDue('2024-09-15')).toBe('2024-12-15');
    expect(fullReportDue('2024-11-30')).toBe('2025-02-28');
    expect(annualReportDue(2024)).toBe('2025-05-31');
  });
});
