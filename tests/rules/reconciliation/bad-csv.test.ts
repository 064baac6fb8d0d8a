import { describe, expect, test } from 'vitest';
import { readStatement } from '@/lib/reconciliation/statement/read.rules';
import { cases } from '../../support/bad-input';

// One row of a table spoilt in one way: the row is named by its line with a reason, the rows around it are read, and
// nothing is guessed. A table spoilt as a whole gives no row at all.

const HEADER = 'Date,Description,Amount,Balance,Currency,Reference';
const row = (day: number, amount: string, balance: string, text = 'Gift') =>
  `2024-01-${String(day).padStart(2, '0')},${text},${amount},${balance},CNY,R${day}`;
const ROWS = [
  row(5, '100.00', '100.00'),
  row(6, '200.00', '300.00'),
  row(7, '-50.00', '250.00', 'Fee'),
  row(8, '400.00', '650.00'),
  row(9, '10.00', '660.00'),
];

const read = (text: string | Uint8Array) =>
  readStatement(typeof text === 'string' ? new TextEncoder().encode(text) : text, { currency: 'CNY' });
const lineCount = (file: ReturnType<typeof read>): number =>
  file.statements.reduce((sum, one) => sum + one.lines.length, 0);
const table = (rows: readonly string[], end = '\n') => [HEADER, ...rows].join(end) + end;

test('the table itself is read', () => {
  const file = read(table(ROWS));
  expect(file.refusal).toBeNull();
  expect([lineCount(file), file.errors]).toEqual([5, []]);
});

const BAD_AMOUNTS = [
  'x',
  'NaN',
  'Infinity',
  '1e3',
  '0x10',
  '--1',
  '1.2.3',
  '1,2,3'.replaceAll(',', ' '),
  '1.00.00',
  '',
  '¥',
  '1-2',
  '９9x',
  '10.001',
  '9'.repeat(41),
  '1'.repeat(20) + '.00',
  '½',
  '5²',
  '=1+1',
  '#REF!',
];
const BAD_DATES = [
  '',
  'x',
  '2024-13-01',
  '2024-02-30',
  '0000-00-00',
  '2024-1',
  '20240230',
  '99/99/2024',
  '2024-01-05x',
  'Jan',
  '=TODAY()',
  '2024-00-10',
  '45296x',
  '1/1/1/1',
  '-1',
];

describe('a spoilt row', () => {
  const spoilt = [
    ...BAD_AMOUNTS.flatMap((amount) => [1, 3].map((at) => ({ at, line: row(6, amount, '300.00') }))),
    ...BAD_DATES.flatMap((day) => [1, 3].map((at) => ({ at, line: `${day},Gift,200.00,300.00,CNY,R6` }))),
    ...['2024-01-06', '2024-01-06,Gift', ',,,,,x', 'x', '"2024-01-06', ';;;;'].map((line) => ({
      at: 2,
      line,
    })),
  ];
  test('is named by its line and taken for nothing; the others are read', () => {
    for (const { at, line } of cases('csv-rows', spoilt)) {
      const file = read(table(ROWS.with(at, line)));
      const said = `${line.slice(0, 60)} at ${at}: ${file.errors.map(({ line: no, reason }) => `${no} ${reason}`).join()}`;
      const lines = file.statements.flatMap((one) => one.lines);
      expect(lines.length, said).toBeLessThanOrEqual(5);
      // Either the row is named, or it is passed over; never is there a movement that the row does not state.
      const known = new Set(['10000', '20000', '-5000', '40000', '1000']);
      // An amount finer than its currency, or larger than any row, is shown as it stands and held for a person.
      const held = ['finer_than_currency', 'amount_too_large'] as const;
      for (const one of lines.filter(({ flags }) => !held.some((flag) => flags.includes(flag))))
        expect(known.has(String(one.amountMinor)), `${said} → ${one.amountMinor}`).toBe(true);
      expect(lines.length, said).toBeGreaterThanOrEqual(file.refusal ? 0 : 4);
      for (const error of file.errors) expect(error.line, said).toBe(at + 2);
      if (file.refusal === null && lines.length === 4)
        expect(file.errors.length + file.statements.flatMap((one) => one.flags).length, said).toBeGreaterThan(
          0,
        );
    }
  });
});

describe('a spoilt table', () => {
  const whole: readonly (string | Uint8Array)[] = [
    '',
    '\n\n\n',
    '\u0000',
    '\ufeff',
    HEADER,
    `${HEADER}\n`,
    'x'.repeat(100_000),
    '"'.repeat(100_000),
    ','.repeat(100_000),
    '\n'.repeat(100_000),
    `${HEADER}\n"${'x'.repeat(100_000)}`,
    'a,b,c\n1,2,3\n',
    '<html><body>Error 500</body></html>',
    '{"rows":[]}',
    '%PDF-1.7\n',
    'PK\u0003\u0004',
    new Uint8Array(1000),
    new Uint8Array(1000).fill(255),
    new Uint8Array([0xff, 0xfe]),
    new Uint8Array([0xef, 0xbb, 0xbf]),
  ];
  test('gives no movement and a reason, in little time', () => {
    for (const text of cases('csv-tables', whole)) {
      const began = performance.now();
      const file = read(text);
      expect(lineCount(file), String(text).slice(0, 40)).toBe(0);
      expect(performance.now() - began, String(text).slice(0, 40)).toBeLessThan(3_000);
    }
  });

  test('that is only written otherwise is read all the same: ends of lines, encodings, quotes, equal rows', () => {
    const other: readonly (string | Uint8Array)[] = [
      table(ROWS, '\r\n'),
      table(ROWS, '\r'),
      `\ufeff${table(ROWS)}`,
      table(ROWS).trimEnd(),
      table(
        ROWS.map((one) =>
          one
            .split(',')
            .map((cell) => `"${cell}"`)
            .join(','),
        ),
      ),
      table(ROWS).replaceAll(',', ';'),
      table(ROWS).replaceAll(',', '\t'),
      Buffer.from(`\ufeff${table(ROWS)}`, 'utf16le'),
      `${'\n'.repeat(5)}${table(ROWS)}`,
    ];
    for (const text of cases('csv-other', other)) {
      const file = read(text);
      expect([file.refusal, lineCount(file)], String(text).slice(0, 60)).toEqual([null, 5]);
    }
    // Two rows that are equal in every cell are two movements of the bank: which of them is new is asked on import.
    expect(lineCount(read(table([...ROWS.slice(0, 1), ...ROWS])))).toBe(6);
  });
});
