import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { read as readSheet } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  csvHeader,
  csvLine,
  csvPieces,
  csvText,
  readSafeCell,
  safeCell,
  type CsvColumn,
} from '@/lib/shared/csv';
import { contractData } from '../../support/contract-data';
import { cases } from '../../support/bad-input';

type Gift = { id: string; name: string | null; amount: string; count: number; day: string };

const COLUMNS: readonly CsvColumn<Gift>[] = [
  { name: '捐赠编号', kind: 'text', value: (gift) => gift.id },
  { name: '显示名称', kind: 'text', value: (gift) => gift.name },
  { name: '金额（元）', kind: 'amount', value: (gift) => gift.amount },
  { name: '笔数', kind: 'integer', value: (gift) => gift.count },
  { name: '日期', kind: 'date', value: (gift) => gift.day },
];

const gift = (name: string | null, amount = '500.00'): Gift => ({
  id: 'G-0095',
  name,
  amount,
  count: 1,
  day: '2023-10-08',
});

// What stands first in a cell that wants to be run, as far as anyone has published.
const STARTS = [
  ...'=+-@＝＋－＠﹦﹢﹣﹫',
  '\t=',
  '\r=',
  '\n=',
  '\t',
  '\r',
  '\n',
  ' =',
  '  +',
  '\u3000=',
  '\u00a0@',
  '\u200b=',
  '\ufeff=',
  '\u2060-',
  '\u202e=',
  '\u0001=',
  '\u001f+',
  '\u0000=',
  '\u007f=',
  "'=",
  "''=",
  "' =",
  '-1+',
  '+1',
  '--',
  '=-',
  '@SUM(',
  '+cmd|',
  '=cmd|',
  '-2+3+cmd|',
  '=HYPERLINK("',
  '=IMPORTXML("',
  '=DDE("',
  '=WEBSERVICE("',
  '\r\n=',
  '\n\n@',
  ' \t=',
  '\t\t=',
  '\u2028=',
  '\u2029+',
  '\u180e=',
  '\u00ad=',
  '\u061c=',
  '\u200f=',
  '\u2066=',
  '\u2069-',
  '\ufe0f=',
  '\v=',
  '\f@',
  '＝１＋１',
];

/** Every cell as the next program will see it: through a CSV reader, and through a spreadsheet that runs formulas. */
const cellsOf = (csv: string): { text: string[][]; formulas: string[] } => {
  const sheet = readSheet(csv, { type: 'string', cellFormula: true, raw: false });
  const formulas = sheet.SheetNames.flatMap((name) =>
    Object.values(sheet.Sheets[name] ?? {}).flatMap((cell: unknown) =>
      typeof cell === 'object' && cell !== null && 'f' in cell ? [String(cell.f)] : [],
    ),
  );
  return { text: parse(csv, { bom: true, relax_column_count: false }), formulas };
};

describe('a CSV cell', () => {
  it('is read by a spreadsheet as a formula when nothing is done about it', () => {
    expect(cellsOf('a\r\n=1+1\r\n').formulas).toEqual(['1+1']);
  });

  for (const start of cases('csv-cells', STARTS))
    it(`that begins with ${JSON.stringify(start)} is text and reads back as it was`, () => {
      const typed = `${start}1+1"),'A1';=2`;
      const csv = csvText(COLUMNS, [gift(typed)]);
      const { text, formulas } = cellsOf(csv);
      expect(formulas).toEqual([]);
      const cell = text[1]?.[1] ?? '';
      expect(cell).toMatch(/^'|^[^\s=+\-@＝＋－＠]/u);
      expect(readSafeCell(cell)).toBe(typed.replaceAll('\0', '\uFFFD'));
    });

  it('is inert for each published payload', () => {
    const payloads = readFileSync(contractData('text', 'injection', 'csv-payload.txt'), 'utf8').split('\n');
    expect(payloads.length).toBeGreaterThanOrEqual(6);
    for (const payload of payloads) {
      const { text, formulas } = cellsOf(csvText(COLUMNS, [gift(payload)]));
      expect(formulas).toEqual([]);
      expect(text[1]?.[1]).toMatch(/^'|^[A-Z]|^$/);
      expect(readSafeCell(text[1]?.[1] ?? '')).toBe(payload);
    }
  });

  it('gives back any text exactly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const stored = typed.replaceAll('\0', '\uFFFD');
        expect(readSafeCell(safeCell(typed))).toBe(stored);
        const parsed = parse(csvText(COLUMNS, [gift(typed)]), { bom: true });
        expect(readSafeCell(parsed[1]?.[1] ?? '')).toBe(stored);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a CSV table', () => {
  it('keeps amounts numeric, negative ones too, and never formats them', () => {
    const csv = csvText(COLUMNS, [gift('林太太（温哥华）', '-1234567890123456.78')], { bom: false });
    expect(csv).toBe(
      '捐赠编号,显示名称,"金额（元）",笔数,日期\r\n"G-0095","林太太（温哥华）",-1234567890123456.78,1,2023-10-08\r\n',
    );
    const sheet = readSheet('a\r\n-12.50\r\n', { type: 'string' });
    expect(sheet.Sheets[sheet.SheetNames[0] ?? '']?.['A2']).toMatchObject({ t: 'n', v: -12.5 });
  });

  it('tells no name from an empty one', () => {
    expect(csvLine(COLUMNS, gift(null))).toBe('"G-0095",,500.00,1,2023-10-08\r\n');
    expect(csvLine(COLUMNS, gift(''))).toBe('"G-0095","",500.00,1,2023-10-08\r\n');
  });

  it('refuses an amount, count or date of the wrong shape instead of writing it', () => {
    for (const amount of ['=1', '1,000.00', '1e3', '', ' 1', '１', 'NaN', '+1', '.5'])
      expect(() => csvLine(COLUMNS, gift('a', amount))).toThrow(TypeError);
    expect(() => csvLine(COLUMNS, { ...gift('a'), count: 1.5 })).toThrow(TypeError);
    expect(() => csvLine(COLUMNS, { ...gift('a'), day: '8/10/2023' })).toThrow(TypeError);
  });

  it('begins with a byte order mark unless told not to', () => {
    expect(csvHeader(COLUMNS).codePointAt(0)).toBe(0xfeff);
    expect(csvHeader(COLUMNS, { bom: false }).startsWith('捐')).toBe(true);
  });

  it('comes in pieces that join to the same text', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => gift(`第 ${index} 位\n“捐赠人”`));
    let joined = '';
    let pieces = 0;
    for await (const piece of csvPieces(COLUMNS, rows)) {
      joined += piece;
      pieces += 1;
    }
    expect(joined).toBe(csvText(COLUMNS, rows));
    expect(pieces).toBeGreaterThan(3);
  });

  const spectrum = readdirSync(contractData('text', 'csv', 'csv-spectrum', 'json')).map((file) =>
    file.replace(/\.json$/, ''),
  );
  it('has files of csv-spectrum to try', () => expect(spectrum.length).toBeGreaterThan(0));
  for (const name of spectrum)
    it(`writes csv-spectrum's ${name} so that it reads back the same`, () => {
      const rows = JSON.parse(
        readFileSync(contractData('text', 'csv', 'csv-spectrum', 'json', `${name}.json`), 'utf8'),
      ) as Record<string, string>[];
      const names = Object.keys(rows[0] ?? {});
      const columns = names.map((field): CsvColumn<Record<string, string>> => ({
        name: field,
        kind: 'text',
        value: (row) => row[field] ?? null,
      }));
      const parsed = parse(csvText(columns, rows), { bom: true, columns: true }) as Record<string, string>[];
      expect(parsed).toEqual(rows);
    });
});
