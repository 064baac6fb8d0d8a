import * as spreadsheet from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { readMapping } from '@/lib/reconciliation/statement/mapping.rules';
import { previewTable, PREVIEW_ROWS } from '@/lib/reconciliation/statement/preview.rules';
import { readStatement } from '@/lib/reconciliation/statement/read.rules';
import { briefs, bytesOf, linesOf, readText } from './samples';

const CSV =
  'Booked,Who,Words,Value (EUR)\n02/03/2024,Ada,Gift,10.00\n03/03/2024,Bayo,Gift,bad\nTotal,,,10.00\n';

const preview = (
  text: string,
  options = {},
): Exclude<ReturnType<typeof previewTable>, 'header_differs' | null> => {
  const shown = previewTable(bytesOf(text), options);
  if (shown === null || shown === 'header_differs') throw new Error(String(shown));
  return shown;
};

describe('the preview of a table', () => {
  it('shows what each row is taken for, with named problems', () => {
    const shown = preview(
      'Date,Description,Amount\n02/03/2024,Gift,10.00\n03/03/2024,Gift,bad\nTotal,,10.00\n',
    );
    expect(shown.header).toEqual(['Date', 'Description', 'Amount']);
    expect(shown.problems).toEqual(['date_order_ambiguous', 'currency_not_stated', 'sign_unknown']);
    expect(shown.rows.map((row) => [row.line, row.outcome, row.date, row.amount, row.reason])).toEqual([
      [2, 'line', '2024-03-02', '10.00', null],
      [3, 'refused', null, null, 'amount_unreadable'],
      [4, 'note', null, null, null],
    ]);
    expect(shown.counts).toEqual({ lines: 1, refused: 1, notes: 1 });
  });

  it('asks for the year, and takes day and month order from the period above the table', () => {
    expect(preview('Date,Amount\n01/25,-1.00\n').problems).toContain('year_missing');
    expect(preview('Statement 2024-01\nDate,Amount\n01/25,-1.00\n').problems).not.toContain('year_missing');
    const dated = preview('01/03/2024 - 31/03/2024\nDate,Amount\n02/03/2024,-1.00\n');
    expect([dated.problems, dated.rows[0]?.date]).toEqual([['currency_not_stated'], '2024-03-02']);
  });

  it('shows the first twenty rows and counts all', () => {
    const rows = Array.from(
      { length: 50 },
      (_, n) => `2024-01-${String((n % 28) + 1).padStart(2, '0')},Gift,-${n}.50`,
    ).join('\n');
    const shown = preview(`Date,Description,Amount\n${rows}\n`);
    expect(shown.rows).toHaveLength(PREVIEW_ROWS);
    expect(shown.counts.lines).toBe(50);
  });

  it('does not turn the signs round for one word: money we pay back is called a refund as well', () => {
    const one = 'Date,Amount,Currency,Description\n2024-01-11,-500.00,CNY,退款\n';
    expect(briefs(readText(one))).toEqual(['2024-01-11 -500.00 CNY']);
  });

  it('is empty-handed for what is no table', () => {
    expect(previewTable(bytesOf(''))).toBeNull();
    expect(previewTable(Uint8Array.of(0x50, 0x4b, 3, 4, 0))).toBeNull();
  });
});

describe('a saved mapping', () => {
  const mapping = {
    ...preview(CSV).mapping,
    columns: { ...preview(CSV).mapping.columns, date: 0, payer: 1, memo: [2], amount: 3 },
    dateOrder: 'dmy' as const,
    currency: 'EUR',
    sign: 'as_written' as const,
  };

  it('survives saving and reads the next file of the account', () => {
    const saved = readMapping(JSON.parse(JSON.stringify(mapping)));
    expect(saved).toEqual({ ok: true, value: mapping });
    const file = readText(`a line above\n${CSV}`, { mapping });
    expect(briefs(file)).toEqual(['2024-03-02 10.00 EUR']);
    expect(linesOf(file)[0]).toMatchObject({ counterparty: 'Ada', memo: 'Gift', flags: [] });
    expect(file.flags).toEqual([]);
  });

  it('is not used on a table with another header', () => {
    expect(readText(CSV.replace('Who', 'Balance'), { mapping }).refusal?.reason).toBe('header_differs');
    expect(previewTable(bytesOf(CSV.replace('Who', 'Balance')), { mapping })).toBe('header_differs');
  });

  it('can invert, read two columns, or a table without a header', () => {
    expect(briefs(readText(CSV, { mapping: { ...mapping, sign: 'inverted' } }))).toEqual([
      '2024-03-02 -10.00 EUR',
    ]);
    const bare = {
      ...mapping,
      header: null,
      columns: { ...mapping.columns, amount: null, debit: 3, credit: 4 },
    };
    expect(
      briefs(readText('25/03/2024,Ada,Gift,,10.00\n26/03/2024,Bank,Fee,1.50,\n', { mapping: bare })),
    ).toEqual(['2024-03-25 10.00 EUR', '2024-03-26 -1.50 EUR']);
  });

  it.each([
    [{ ...mapping, columns: { ...mapping.columns, date: null } }, 'date_column_missing'],
    [{ ...mapping, columns: { ...mapping.columns, amount: null } }, 'amount_column_missing'],
    [{ ...mapping, sign: 'guess' }, 'mapping_shape'],
    [{ ...mapping, columns: { ...mapping.columns, date: -1 } }, 'mapping_shape'],
    [null, 'mapping_shape'],
  ])('is refused when it cannot work: %#', (value, reason) => {
    const read = readMapping(value);
    expect(read.ok ? 'accepted' : read.refusal.details?.['reason']).toBe(reason);
  });
});

describe('spreadsheets', () => {
  const workbook = (rows: unknown[][], bookType: 'xlsx' | 'biff8' | 'ods' | 'xlml'): Uint8Array => {
    const sheet = spreadsheet.utils.aoa_to_sheet(rows);
    const book = spreadsheet.utils.book_new();
    spreadsheet.utils.book_append_sheet(
      book,
      spreadsheet.utils.aoa_to_sheet([['封面'], ['某某银行']]),
      '封面',
    );
    spreadsheet.utils.book_append_sheet(book, sheet, '明细');
    return new Uint8Array(spreadsheet.write(book, { type: 'array', bookType }) as ArrayBuffer);
  };
  const rows = [
    ['某某银行账户交易明细'],
    ['交易日期', '摘要', '收入金额', '支出金额', '余额', '对方户名'],
    [new Date(Date.UTC(2024, 0, 5)), '转账', 1234.1, null, 1234.1, '陈大文'],
    ['2024-01-06', '手续费', null, 0.1 + 0.2, 1233.8, ''],
    ['合计', '', 1234.1, 0.3],
  ];

  it.each(['xlsx', 'biff8', 'ods', 'xlml'] as const)(
    '%s gives the same lines, without binary noise',
    (type) => {
      const file = readStatement(workbook(rows, type));
      expect(file.refusal).toBeNull();
      expect(linesOf(file).map((line) => [line.bookedOn, line.amountMinor, line.counterparty])).toEqual([
        ['2024-01-05', 123410n, '陈大文'],
        ['2024-01-06', -30n, null],
      ]);
      expect(file.statements[0]?.addsUp).toBe(true);
    },
  );

  it('reads the HTML that banks name .xls', () => {
    const html = `<html><body><table>${['日期,摘要,收入,支出,余额', '2024-01-05,转账,"1,000.00",,1000.00', '2024-01-06,手续费,,12.00,988.00'].map((row) => `<tr>${(row.match(/"[^"]*"|[^,]+|(?<=,)(?=,|$)/gu) ?? []).map((cell) => `<td>${cell.replaceAll('"', '')}</td>`).join('')}</tr>`).join('')}</table></body></html>`;
    expect(briefs(readText(html))).toEqual(['2024-01-05 1000.00 CNY', '2024-01-06 -12.00 CNY']);
  });

  it('refuses other archives and damaged workbooks', () => {
    expect(readStatement(Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3)).refusal?.reason).toBe(
      'archive_not_unpacked',
    );
    const damaged = workbook(rows, 'xlsx').slice(0, 900);
    expect(['workbook_unreadable', 'archive_not_unpacked']).toContain(readStatement(damaged).refusal?.reason);
    expect(readStatement(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)).refusal?.reason).toBe(
      'workbook_unreadable',
    );
  });
});
