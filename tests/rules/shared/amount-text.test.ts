import { describe, expect, test } from 'vitest';
import { deskForm } from '@/app/[lang]/finance/_desk/read-form';
import { readAmount } from '@/lib/payments/give-draft.form';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { MINOR_MAX, parseAmount, parseSignedAmount } from '@/lib/shared/money';
import { cases } from '../../support/bad-input';

// What people, programs and attackers write where an amount is asked for: one exact integer, or a refusal. Nothing is
// ever rounded, guessed, or read in another currency than the one that is asked for.

type Case = readonly [typed: string, currency: CurrencyCode, minor: bigint | null];

const cny = (minor: bigint | null, ...typed: string[]): Case[] => typed.map((text) => [text, 'CNY', minor]);

const NUMBERS: readonly Case[] = [
  ...cny(
    1n,
    '0.01',
    '00.01',
    ' 0.01',
    '0.01\n',
    '¥0.01',
    '￥0.01',
    '０.０１',
    '０．０１',
    'CNY 0.01',
    'CNY0.01',
  ),
  ...cny(100n, '1', '1.0', '1.00', '01', '001.00', '\t1', '１', '\u30001', '1\u00a0', '¥1'),
  ...cny(123_456n, '1234.56', '1,234.56', '１，２３４．５６', '¥1,234.56', '001234.56'),
  ...cny(100_000_000n, '1000000', '1,000,000', '1,000,000.00', '1000000.0'),
  ...cny(900_719_925_474_099_300n, '9007199254740993', '9,007,199,254,740,993.00'),
  ...cny(MINOR_MAX, '92233720368547758.07', '92,233,720,368,547,758.07'),
];

const NONE: readonly Case[] = [
  ...cny(null, '0', '0.0', '0.00', '00', '0,000', '０', '¥0', '.00', '0.'),
  ...cny(null, '-1', '−1', '–1', '-0', '-0.01', '+1', '(1)', '1-', '--1', '1 -', '－1'),
  ...cny(
    null,
    '1e3',
    '1E3',
    '1e-3',
    '1.0e2',
    '1e+2',
    '1e999',
    '0x10',
    '0X1F',
    '0b11',
    '0o17',
    '1n',
    '1_000',
    '#1',
  ),
  ...cny(
    null,
    'NaN',
    'nan',
    'Infinity',
    '-Infinity',
    'inf',
    '∞',
    'null',
    'undefined',
    'true',
    'false',
    '{}',
    '[]',
  ),
  ...cny(
    null,
    '[1]',
    '"1"',
    "'1'",
    '1;2',
    '1|2',
    '1/2',
    '1:2',
    '1=1',
    '1%',
    '1‰',
    '1^2',
    '1*2',
    '1+1',
    '2-1',
    '1..2',
  ),
  ...cny(null, '0.001', '0.005', '1.999', '0.000', '1.0000000000', '99.995', '0.0050', '1.001', '1,234.567'),
  ...cny(
    null,
    '1.000,00',
    '1.234,56',
    '1,00',
    '1,2',
    '12,34',
    '1,23,456',
    '1,,000',
    ',100',
    '1,',
    '1,0000',
    '1,234,5',
  ),
  ...cny(
    null,
    '1 000',
    "1'000",
    '1’000',
    '1\u00a0000',
    '1\u2009000',
    '1\u202f000',
    '1 000,00',
    '1\n000',
    '1\t0',
  ),
  ...cny(null, '1.2.3', '1.', '.5', '.', ',', '..', '1.,0', '1,.0', '１。５', '1·5', '1．．5', '1٫5'),
  ...cny(
    null,
    '١٢٣',
    '۱۲۳',
    '१२३',
    '๑๒',
    '一百',
    '壹佰元整',
    '百',
    '〇',
    '一',
    '五〇〇',
    'Ⅻ',
    'ⅻ',
    'ten',
    'five',
  ),
  ...cny(
    null,
    '①',
    '②⓪',
    '5²',
    '1²',
    '²',
    '¹',
    '₁₂',
    '½',
    '1½',
    '㉑',
    '⒈',
    '⑴',
    '㈠',
    '𝟏𝟐',
    '𝟙',
    '🄁',
    '🔟',
    '1️⃣',
  ),
  ...cny(
    null,
    '1\u200b',
    '\u200b1',
    '\u200e1',
    '\u200f1',
    '\u202e1',
    '1\u202c',
    '\u2066100\u2069',
    '1\u00ad0',
    '1\u20600',
  ),
  ...cny(null, '1\u0000', '\u00001', '1\u0007', '1\ud800', '\ufffd1', '1\ufe0f', '1\u0301', '1\u0338'),
  ...cny(null, '', ' ', '\t\n', '\u3000', '¥', '￥', 'CNY', 'CNY ', '元', '¥ ', '$', '€'),
  ...cny(
    null,
    '1元',
    '1块',
    '1.5万',
    '1万',
    '1千',
    '1k',
    '1K',
    '1m',
    '1 yuan',
    '1.00 CNY',
    '1¥',
    '1 RMB',
    'RMB1',
  ),
  ...cny(
    null,
    'USD 1',
    'USD1',
    'JPY 100',
    'XXX 1',
    'cny 1',
    '$1',
    '€1',
    '£1',
    'HK$1',
    'US$1',
    '¥¥1',
    'CNYCNY1',
    '¥-1',
  ),
  ...cny(null, '92233720368547758.08', '92233720368547759', '9223372036854775807', '18446744073709551616'),
  ...cny(
    null,
    '9'.repeat(20),
    '9'.repeat(40),
    '9'.repeat(400),
    '1'.repeat(100_000),
    `0.${'0'.repeat(50_000)}1`,
  ),
  ...cny(
    null,
    `${'0'.repeat(30)}1`,
    `1${',000'.repeat(30)}`,
    ' '.repeat(10_000),
    ','.repeat(10_000),
    '.'.repeat(10_000),
  ),
  ...cny(
    null,
    '=1',
    '=1+1',
    '@1',
    "1'; drop table entry; --",
    '1 or 1=1',
    '${1}',
    '{{1}}',
    '<b>1</b>',
    '%31',
    '&#49;',
  ),
];

const OTHERS: readonly Case[] = [
  ['1000', 'JPY', 1000n],
  ['1,000', 'JPY', 1000n],
  ['¥1,000', 'JPY', 1000n],
  ['JPY 1000', 'JPY', 1000n],
  ['1000.0', 'JPY', null],
  ['1000.00', 'JPY', null],
  ['10.5', 'JPY', null],
  ['CNY 1000', 'JPY', null],
  ['1.234', 'KWD', 1234n],
  ['1.2', 'KWD', 1200n],
  ['1.2345', 'KWD', null],
  ['$1.23', 'USD', 123n],
  ['USD 1.23', 'USD', 123n],
  ['¥1.23', 'USD', null],
  ['€1.23', 'USD', null],
  ['HKD 1.23', 'USD', null],
  ['$1.23', 'HKD', 123n],
  ['€1.23', 'EUR', 123n],
  ['£1.23', 'GBP', 123n],
  ['$1.23', 'GBP', null],
];

const all = cases('amount-text', [...NUMBERS, ...NONE, ...OTHERS]);

test('each is one exact integer or refused, in no time, and no refusal repeats what was typed', () => {
  const wrong: string[] = [];
  const began = performance.now();
  for (const [typed, currency, minor] of all) {
    const read = parseAmount(typed, currency);
    if ((read.ok ? read.value : null) !== minor)
      wrong.push(
        `${JSON.stringify(typed.slice(0, 40))} ${currency}: ${read.ok ? read.value : read.refusal.name}`,
      );
    if (read.ok) continue;
    expect(['invalid_input', 'amount_must_be_positive']).toContain(read.refusal.name);
    const said = Object.values(read.refusal.details ?? {}).map(String);
    if (typed.trim().length > 2) expect(said.join(' ')).not.toContain(typed.trim());
  }
  expect(wrong).toEqual([]);
  expect(performance.now() - began).toBeLessThan(2_000);
});

describe('every form reads amounts by that one reader', () => {
  const deskRead = (typed: string, currency: string): bigint | null => {
    const form = new FormData();
    form.set('amount', typed);
    form.set('currency', currency);
    try {
      return deskForm(form).amount('amount');
    } catch {
      return null;
    }
  };
  test('staff forms', () => {
    for (const [typed, currency, minor] of all) {
      // A multipart form writes line ends its own way; what stays inside is refused either way.
      if (typed.includes('\ud800')) continue;
      expect(deskRead(typed, currency), JSON.stringify(typed.slice(0, 40))).toBe(minor);
    }
  });

  test('the pages of giving, which take from one yuan to a million', () => {
    for (const [typed, currency, minor] of all) {
      if (currency !== 'CNY') continue;
      const read = readAmount(typed, currency);
      if (read.ok) expect(read.value).toBe(minor);
      else if (minor !== null) expect(minor < 1_000n || minor > 100_000_000n).toBe(true);
    }
  });

  test('with a sign before it, where money goes either way', () => {
    for (const [typed, currency, minor] of all) {
      if (/^\s*[-+−－]/.test(typed)) continue;
      const there = parseSignedAmount(typed, currency);
      const back = parseSignedAmount(`-${typed}`, currency);
      expect(there.ok ? there.value : null, JSON.stringify(typed.slice(0, 40))).toBe(minor);
      if (/^[\s\u3000]/.test(typed)) continue;
      expect(back.ok ? back.value : null, JSON.stringify(typed.slice(0, 40))).toBe(
        minor === null ? null : -minor,
      );
    }
  });
});
