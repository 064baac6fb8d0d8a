import { parseTable, type Table } from './csv-rows.rules';
import { mapTable, type TableOptions } from './csv.rules';
import { decodeText } from './decode.rules';
import { decimalText } from './decimal.rules';
import type { ColumnMapping, MappingProblem } from './mapping.rules';
import type { RefusalReason } from './statement.rules';
import { isWorkbook, tableOfWorkbook } from './workbook.rules';

/** One row as the mapping screen shows it: the cells as they are, and what they are taken for. */
export type PreviewRow = {
  readonly line: number;
  readonly cells: readonly string[];
  readonly outcome: 'line' | 'refused' | 'note' | 'balance';
  readonly date: string | null;
  /** Decimal text, signed; plus is money in. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly payer: string | null;
  readonly memo: string | null;
  readonly balance: string | null;
  readonly reason: RefusalReason | null;
};

export type Preview = {
  readonly mapping: ColumnMapping;
  readonly header: readonly string[] | null;
  readonly problems: readonly MappingProblem[];
  readonly rows: readonly PreviewRow[];
  readonly counts: { readonly lines: number; readonly refused: number; readonly notes: number };
};

export const PREVIEW_ROWS = 20;

const previewOf = (table: Table, options: TableOptions): Preview | 'header_differs' => {
  const reading = mapTable(table, options);
  if (reading === 'header_differs') return reading;
  const count = (kind: string): number => reading.outcomes.filter((one) => one.kind === kind).length;
  return {
    mapping: reading.mapping,
    header: reading.headerAt < 0 ? null : (table.rows[reading.headerAt]?.cells ?? null),
    problems: reading.problems,
    rows: reading.outcomes.slice(0, PREVIEW_ROWS).map((one): PreviewRow => {
      const line = one.kind === 'line' ? one.line : null;
      return {
        line: one.row.line,
        cells: one.row.cells,
        outcome: one.kind,
        date: line?.bookedOn ?? null,
        amount: line ? decimalText(line.amount) : null,
        currency: line?.currency ?? null,
        payer: line?.counterparty ?? null,
        memo: line?.memo ?? null,
        balance: line?.balanceAfter ? decimalText(line.balanceAfter) : null,
        reason: one.kind === 'refused' ? one.refusal.reason : null,
      };
    }),
    counts: { lines: count('line'), refused: count('refused'), notes: count('note') + count('balance') },
  };
};

/**
 * The first rows of a CSV or spreadsheet as a mapping reads them, with named problems: what a person confirms
 * before the mapping is saved for the account. Null when the bytes hold no table.
 */
export const previewTable = (
  bytes: Uint8Array,
  options: TableOptions = {},
): Preview | 'header_differs' | null => {
  const table = isWorkbook(bytes) ? tableOfWorkbook(bytes, options) : parseTable(decodeText(bytes).text);
  return table === null || table.rows.length === 0 ? null : previewOf(table, options);
};
