import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountParts,
  amountText,
  countText,
  dateText,
  dayMonthText,
  metresText,
  momentText,
  monthText,
  percentText,
  wallClock,
} from '@/lib/i18n/format';
import { money, toDecimal } from '@/lib/shared/money';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

describe('amounts', () => {
  it('are written to the fen, with groups of three', () => {
    expect(amountText(money('CNY', 30_000_000n))).toBe('¥300,000.00');
    expect(amountText(money('CNY', 5n))).toBe('¥0.05');
    expect(amountText(money('CNY', 0n))).toBe('¥0.00');
  });

  it('carry a real minus before the symbol, and a plus only when asked', () => {
    expect(amountText(money('CNY', -229_500n))).toBe('\u2212¥2,295.00');
    expect(amountText(money('CNY', 50_000n), 'always')).toBe('+¥500.00');
    expect(amountText(money('CNY', 0n), 'always')).toBe('¥0.00');
    expect(amountText(money('CNY', -1n), 'never')).toBe('¥0.01');
  });

  it('name the dollar and the yen, and any other currency by its code', () => {
    expect(amountText(money('HKD', 87_500n))).toBe('HK$875.00');
    expect(amountText(money('MOP', 100n))).toBe('MOP$1.00');
    expect(amountText(money('JPY', 12_345n))).toBe('JP¥12,345');
    expect(plain(amountText(money('KWD', 12_345n)))).toBe('KWD 12.345');
  });

  it('lose no digit at any size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (minor) => {
        const { sign, whole, fraction } = amountParts(money('CNY', minor));
        const written = (sign === '' ? '' : '-') + whole.replaceAll(',', '') + fraction;
        expect(written).toBe(toDecimal(minor, 'CNY'));
      }),
    );
  });
});

describe('percentages', () => {
  it('are cut and never rounded up', () => {
    expect(percentText(999_999n, 1_000_000n)).toBe('99.9%');
    expect(percentText(30_000_000n, 32_400_000n)).toBe('92.5%');
    expect(percentText(1n, 1n)).toBe('100%');
    expect(percentText(1n, 3_000n)).toBe('0%');
    expect(percentText(5n, 0n)).toBe('0%');
  });
});

describe('counts and lengths', () => {
  it('group thousands', () => {
    expect(countText(1_234_567)).toBe('1,234,567');
    expect(countText(-1_234n)).toBe('\u22121,234');
    expect(countText(24)).toBe('24');
  });

  it('keep every millimetre that matters', () => {
    expect(plain(metresText(62_500, 'zh-Hans'))).toBe('62.5 米');
    expect(plain(metresText(48_000, 'en'))).toBe('48 m');
    expect(plain(metresText(1_600, 'en'))).toBe('1.6 m');
    expect(plain(metresText(32_576, 'zh-Hant'))).toBe('32.576 米');
    expect(plain(metresText(5, 'en'))).toBe('0.005 m');
    expect(plain(metresText(1_153_000, 'zh-Hans'))).toBe('1,153 米');
  });
});

describe('dates', () => {
  it('read as people say them', () => {
    expect(plain(dateText('2024-06-30', 'zh-Hans'))).toBe('2024 年 6 月 30 日');
    expect(plain(dateText('2024-06-30', 'en'))).toBe('30 June 2024');
    expect(plain(dayMonthText('2024-06-08', 'zh-Hant'))).toBe('6 月 8 日');
    expect(plain(monthText('2024-06', 'en'))).toBe('June 2024');
  });

  it('show a moment on the clock of the books, whatever clock the server has', () => {
    expect(wallClock(new Date('2023-12-31T16:30:00Z'))).toEqual({ date: '2024-01-01', time: '00:30' });
    expect(plain(momentText(new Date('2024-06-28T08:20:59Z'), 'zh-Hans'))).toBe('2024 年 6 月 28 日 16:20');
    expect(plain(momentText(new Date('2024-06-28T08:20:59Z'), 'en'))).toBe('28 June 2024, 16:20');
  });
});
