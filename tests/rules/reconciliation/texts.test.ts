import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessDecimalMark, readAmount } from '@/lib/reconciliation/statement/amount-text.rules';
import {
  dayNumber,
  guessDateOrder,
  readDate,
  readPackedDate,
  readSwiftDate,
} from '@/lib/reconciliation/statement/date-text.rules';
import {
  add,
  decimalText,
  negate,
  parseDecimal,
  plainText,
  toMinor,
} from '@/lib/reconciliation/statement/decimal.rules';

const amount = (text: string, mark?: '.' | ','): string | null => {
  const read = readAmount(text, mark ?? null);
  return read && decimalText(read.value);
};

describe('exact decimals', () => {
  it('keeps the digits of the file and compares by value', () => {
    expect(decimalText(parseDecimal('8.850') ?? { units: 0n, scale: 0 })).toBe('8.850');
    expect(plainText(parseDecimal('8.850') ?? { units: 0n, scale: 0 })).toBe('8.85');
    expect(parseDecimal('500,', ',')).toEqual({ units: 500n, scale: 0 });
    expect(parseDecimal('.23')).toEqual({ units: 23n, scale: 2 });
    for (const wrong of ['', '.', '-', '1e5', '1.2.3', '1,2', ' 1', '0x1', 'NaN'])
      expect(parseDecimal(wrong)).toBeNull();
  });

  it('adds and negates like integers of a common scale', () => {
    const decimal = fc.record({
      units: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      scale: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(plainText(add(a, b))).toBe(plainText(add(b, a)));
        expect(plainText(add(add(a, b), negate(b)))).toBe(plainText(a));
        expect(parseDecimal(decimalText(a))).toEqual(a);
      }),
    );
  });

  it('gives minor units of two-, three- and zero-decimal currencies and rounds nothing', () => {
    const minor = (text: string, currency: string | null): unknown =>
      toMinor(parseDecimal(text) ?? { units: 0n, scale: 0 }, currency);
    expect(minor('8.850', 'EUR')).toEqual({ minor: 885n });
    expect(minor('1.234', 'KWD')).toEqual({ minor: 1234n });
    expect(minor('1000', 'JPY')).toEqual({ minor: 1000n });
    expect(minor('1000.00', 'JPY')).toEqual({ minor: 1000n });
    expect(minor('8.855', 'EUR')).toEqual({ problem: 'finer_than_currency' });
    expect(minor('0.5', 'JPY')).toEqual({ problem: 'finer_than_currency' });
    expect(minor('1', 'DEM')).toEqual({ problem: 'currency_unknown' });
    expect(minor('1', null)).toEqual({ problem: 'currency_missing' });
    expect(minor('92233720368547758.08', 'CNY')).toEqual({ problem: 'amount_too_large' });
  });
});

describe('amounts as banks write them', () => {
  it.each([
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1 234,50', '1234.50'],
    ['1\u00A0234\u00A0567,8', '1234567.8'],
    ["1'234.50", '1234.50'],
    ['1’234’567.00', '1234567.00'],
    ['1,23,456.78', '123456.78'],
    ['12,3456,7890.12', '1234567890.12'],
    ['(85.00)', '-85.00'],
    ['($3,520.00)', '-3520.00'],
    ['- $21.59', '-21.59'],
    ['-$76.00', '-76.00'],
    ['+$327.49', '327.49'],
    ['$.23', '0.23'],
    ['12.00-', '-12.00'],
    ['12,00+', '12.00'],
    ['−5.00', '-5.00'],
    ['5.00 DR', '-5.00'],
    ['5.00CR', '5.00'],
    ['CNY13.50', '13.50'],
    ['CNY 123.18', '123.18'],
    ['13,50 EUR', '13.50'],
    ['¥50.0', '50.0'],
    ['￥１２．５０', '12.50'],
    ['HK$1,000', '1000'],
    ['-3.90(CN)', '-3.90'],
    ['8,000.00(CN)', '8000.00'],
    ['人民币3.5', '3.5'],
    ['`12.30', '12.30'],
    ['1000', '1000'],
    ['0.001', '0.001'],
  ])('%s is %s', (text, expected) => {
    expect(amount(text)).toBe(expected);
  });

  it.each([
    '',
    '-',
    'n/a',
    '12/22',
    '1e5',
    '5%',
    '1,2,3',
    '1.23.4',
    '8.10 SGD @ .97',
    '12:30',
    '--5',
    '+-5',
    '(5',
    '5)',
    '10月',
    'C5D',
    '1 23',
    '2024-01-02',
    'NL28 INGB 1200',
    '12 34 56 78',
  ])('%s is no amount', (text) => {
    expect(amount(text)).toBeNull();
  });

  it('lets the column decide a single mark before three digits', () => {
    expect(amount('1,234')).toBe('1234');
    expect(amount('1.234')).toBe('1.234');
    expect(amount('1.234', ',')).toBe('1234');
    expect(amount('1,234', ',')).toBe('1.234');
    expect(guessDecimalMark(['1.234', '1.234,50', '7,00'])).toBe(',');
    expect(guessDecimalMark(['1,234', '1,234.5'])).toBe('.');
    expect(guessDecimalMark(['1,234', '12'])).toBeNull();
  });

  it('reads back any amount in any of the styles, exactly', () => {
    const group = (digits: string, mark: string): string => digits.replace(/\B(?=(\d{3})+$)/gu, mark);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.integer({ min: 0, max: 99 }),
        fc.boolean(),
        (whole, cents, minus) => {
          const fraction = String(cents).padStart(2, '0');
          const expected = `${minus ? '-' : ''}${whole}.${fraction}`.replace(/^-0\.00$/u, '0.00');
          const sign = minus ? '-' : '';
          for (const text of [
            `${sign}${whole}.${fraction}`,
            `${sign}${whole},${fraction}`,
            `${sign}${group(String(whole), ',')}.${fraction}`,
            `${sign}${group(String(whole), '.')},${fraction}`,
            `${sign}${group(String(whole), ' ')},${fraction} EUR`,
            `${group(String(whole), "'")}.${fraction}${sign}`,
            minus ? `(€${whole}.${fraction})` : `€${whole}.${fraction}`,
          ])
            expect(amount(text)).toBe(expected);
        },
      ),
    );
  });

  it('never throws and never reads a number out of other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const read = readAmount(text);
        if (read) expect(text.normalize('NFKC')).toMatch(/\d/u);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('dates as banks write them', () => {
  it.each([
    ['2024-01-02', '2024-01-02'],
    ['2024/1/2', '2024-01-02'],
    ['2024.01.02 10:11:12', '2024-01-02'],
    ['20240102', '2024-01-02'],
    ['20240102101112', '2024-01-02'],
    ['20091224120000[0:GMT]', '2009-12-24'],
    ['20130525225731.258', '2013-05-25'],
    ['2002-09-10T23:00:04', '2002-09-10'],
    ['2024-06-07T23:40:27+08:00', '2024-06-07'],
    ['07 Nov 2013', '2013-11-07'],
    ['10-Nov-9', '2009-11-10'],
    ['04-NOV-11', '2011-11-04'],
    ['Nov 7, 2013', '2013-11-07'],
    ['7. März 2014', '2014-03-07'],
    ['14 août 2024', '2024-08-14'],
    ['1 de enero de 2024', '2024-01-01'],
    ['24.12.2009', '2009-12-24'],
    ['24/12/09', '2009-12-24'],
    ['12/24/2009', '2009-12-24'],
    ["2/14'2020", '2020-02-14'],
    ['2024年1月2日', '2024-01-02'],
    ['2024年01月02日 09:30', '2024-01-02'],
    ['113/01/05', '2024-01-05'],
    ['`2024-01-02', '2024-01-02'],
  ])('%s is %s', (text, expected) => {
    expect(readDate(text)).toMatchObject({ iso: expected, clamped: false, ambiguous: false });
  });

  it.each([
    '',
    '2024-13-01',
    '2024-00-10',
    '32/13/2024',
    '12/22SLICEHOST',
    '1,234.50',
    '13800138000',
    'Deposit',
    '99999999',
    '10:20:30',
    'May',
  ])('%s is no date', (text) => {
    expect(readDate(text)).toBeNull();
  });

  it('marks what it cannot decide and what does not exist', () => {
    expect(readDate('02/12/2009')).toEqual({ iso: '2009-12-02', clamped: false, ambiguous: true });
    expect(readDate('02/12/2009', 'mdy')).toEqual({ iso: '2009-02-12', clamped: false, ambiguous: false });
    expect(readDate('02/02/2009')).toMatchObject({ ambiguous: false });
    expect(readDate('2009-02-30')).toEqual({ iso: '2009-02-28', clamped: true, ambiguous: false });
    expect(readSwiftDate('160230')).toEqual({ iso: '2016-02-29', clamped: true, ambiguous: false });
    expect(readPackedDate('20120231')).toMatchObject({ iso: '2012-02-29', clamped: true });
    expect(guessDateOrder(['02/12/2009', '24/12/2009'])).toEqual({ order: 'dmy', ambiguous: false });
    expect(guessDateOrder(['02/12/2009', '12/24/2009'])).toEqual({ order: 'mdy', ambiguous: false });
    expect(guessDateOrder(['02/12/2009'])).toEqual({ order: null, ambiguous: true });
  });

  it('reads back every day in every order, and counts days like the calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2079-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          const [y = '', m = '', d = ''] = iso.split('-');
          expect(readDate(`${d}.${m}.${y}`, 'dmy')?.iso).toBe(iso);
          expect(readDate(`${Number(m)}/${Number(d)}/${y}`, 'mdy')?.iso).toBe(iso);
          expect(readDate(`${y}年${Number(m)}月${Number(d)}日`)?.iso).toBe(iso);
          expect(readSwiftDate(`${y.slice(2)}${m}${d}`)?.iso).toBe(iso);
          const days = dayNumber(iso) - dayNumber('1970-01-01');
          expect(days).toBe(Math.floor(date.getTime() / 86_400_000));
        },
      ),
    );
  });
});
