import { readFileSync } from 'node:fs';
import { read, utils, type CellObject } from '@e965/xlsx';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { acceptDocument } from '@/lib/files/document.gateway';
import { sha256Hex } from '@/lib/files/hashing';
import { xlsxFile, xlsxSheet } from '@/lib/files/xlsx';
import type { CsvColumn } from '@/lib/shared/csv';
import { contractData } from '../../support/contract-data';

type Line = { name: string | null; amount: string; count: bigint; day: string };
const COLUMNS: readonly CsvColumn<Line>[] = [
  { name: '名称', kind: 'text', value: (line) => line.name },
  { name: '金额', kind: 'amount', value: (line) => line.amount },
  { name: '笔数', kind: 'integer', value: (line) => line.count },
  { name: '日期', kind: 'date', value: (line) => line.day },
];
const AT = new Date('2024-06-30T16:00:00Z');
const line = (name: string | null, amount = '500.00'): Line => ({
  name,
  amount,
  count: 1n,
  day: '2023-10-08',
});
const fileOf = (rows: Line[]): Uint8Array =>
  xlsxFile([xlsxSheet({ name: '收款', columns: COLUMNS, rows })], { createdAt: AT, title: '善路' });
const cells = (bytes: Uint8Array): Record<string, CellObject> =>
  read(bytes, { type: 'array', cellNF: true, cellFormula: true }).Sheets['收款'] as unknown as Record<
    string,
    CellObject
  >;

/** The texts of a file as its XML says them, read by another library: the one that wrote them decodes twice. */
const sharedTexts = (bytes: Uint8Array): string[] => {
  const { files } = read(bytes, { type: 'array', bookFiles: true }) as unknown as {
    files: Record<string, { content: Uint8Array }>;
  };
  const xml = Buffer.from(files['xl/sharedStrings.xml']?.content ?? []).toString('utf8');
  const parser = new XMLParser({ trimValues: false, parseTagValue: false, isArray: (name) => name === 'si' });
  const { sst } = parser.parse(xml) as { sst: { si: { t: string | { '#text': string } }[] } };
  return sst.si.map(({ t }) => (typeof t === 'string' ? t : t['#text']).replace(/\r\n?/g, '\n'));
};

describe('a spreadsheet', () => {
  it('has its header, its text as text and its amounts as numbers with their decimals', () => {
    const sheet = cells(fileOf([line('林太太（温哥华）', '-1234567.80'), line(null, '0.01')]));
    expect([sheet['A1']?.v, sheet['B1']?.v]).toEqual(['名称', '金额']);
    expect(sheet['A2']).toMatchObject({ t: 's', v: '林太太（温哥华）', z: '@' });
    expect(sheet['B2']).toMatchObject({ t: 'n', v: -1_234_567.8, z: '#,##0.00' });
    expect(sheet['C2']).toMatchObject({ t: 'n', v: 1 });
    expect(sheet['D2']).toMatchObject({ t: 's', v: '2023-10-08' });
    expect(sheet['A3']).toBeUndefined();
    expect(sheet['B3']).toMatchObject({ t: 'n', v: 0.01 });
  });

  it('writes amounts exactly: as a number to 15 digits, as text beyond', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n) + 1n, 10n ** 15n - 1n), (minor) => {
        const sign = minor < 0n ? '-' : '';
        const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
        const decimal = `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        const cell = cells(fileOf([line('a', decimal)]))['B2'];
        expect(cell?.t).toBe('n');
        const plain = decimal.replace(/\.?0+$/, '');
        expect(String(cell?.v)).toBe(plain === '-0' ? '0' : plain);
      }),
      { numRuns: 60 },
    );
    expect(cells(fileOf([line('a', '92233720368547758.07')]))['B2']).toMatchObject({
      t: 's',
      v: '92233720368547758.07',
    });
  });

  it('cannot be made to calculate what people typed', () => {
    const payloads = [
      ...readFileSync(contractData('text', 'injection', 'csv-payload.txt'), 'utf8').split('\n'),
      ...(JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[]),
      '=1+1',
      '＝1+1',
      '@SUM(1)',
      '{=1+1}',
    ];
    const bytes = fileOf(payloads.map((payload) => line(payload)));
    const sheet = cells(bytes);
    const texts = sharedTexts(bytes);
    payloads.forEach((payload, index) => {
      const cell = sheet[`A${index + 2}`];
      if (payload === '') return;
      expect(cell?.t).toBe('s');
      expect(cell?.f).toBeUndefined();
      expect(cell?.z).toBe('@');
      // Controls XML cannot hold are shown as such; a carriage return is read as a line end.
      const readable = payload
        .replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '\uFFFD')
        .replace(/\r\n?/g, '\n');
      expect(texts).toContain(readable);
    });
  });

  it('refuses an amount that is none, cuts endless text, and keeps odd sheet names openable', () => {
    for (const amount of ['1e3', '=1', '', '1,000'])
      expect(() => fileOf([line('a', amount)])).toThrow(TypeError);
    expect(String(cells(fileOf([line('路'.repeat(40_000))]))['A2']?.v).length).toBe(32_767);
    const odd = xlsxFile(
      [
        xlsxSheet({ name: 'a/b:c?*[x]'.repeat(5), columns: COLUMNS, rows: [] }),
        xlsxSheet({ name: '', columns: COLUMNS, rows: [line('x')] }),
        xlsxSheet({ name: '', columns: COLUMNS, rows: [] }),
      ],
      { createdAt: AT },
    );
    const names = read(odd, { type: 'array' }).SheetNames;
    expect(names).toHaveLength(3);
    expect(names[0]).toMatch(/^[^\\/?*[\]:]{31}$/);
  });

  it('is a document that we would take ourselves, and the same file for the same data', () => {
    const rows = Array.from({ length: 2000 }, (_, index) => line(`第 ${index} 位捐赠人`, `${index}.05`));
    const bytes = fileOf(rows);
    expect(acceptDocument(bytes)).toMatchObject({ ok: true, value: { kind: 'xlsx' } });
    expect(sha256Hex(fileOf(rows))).toBe(sha256Hex(bytes));
    const parsed = utils.sheet_to_json(read(bytes, { type: 'array' }).Sheets['收款'] ?? {});
    expect(parsed).toHaveLength(2000);
    expect(parsed[1999]).toEqual({ 名称: '第 1999 位捐赠人', 金额: 1999.05, 笔数: 1, 日期: '2023-10-08' });
  });
});
