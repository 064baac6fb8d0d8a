/**
 * One report as data: the screen, the print, CSV, XLSX and PDF are made of the same rows, so they cannot differ.
 * A total says what it is the sum of; a spreadsheet writes that as a formula and recomputes it.
 */
export type ReportCell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'count'; readonly count: number }
  | {
      readonly kind: 'money';
      readonly minor: bigint;
      /** Ids of rows whose cells in this column make it up; a minus before the id takes away. */
      readonly rows?: readonly string[] | undefined;
      /** Columns of this row that make it up, counted from 0; `minus` takes away. */
      readonly across?: { readonly plus: readonly number[]; readonly minus: readonly number[] } | undefined;
    }
  | { readonly kind: 'empty' };

export type ReportRow = {
  readonly id: string;
  readonly look: 'head' | 'line' | 'total';
  readonly cells: readonly ReportCell[];
};

export type ReportColumn = { readonly label: string; readonly kind: 'text' | 'money' | 'count' };

export type Report = {
  readonly title: string;
  /** Organisation, campaign and day, as the head of the printed form has them. */
  readonly lines: readonly string[];
  readonly currency: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  readonly notes: readonly string[];
};

export const text = (words: string): ReportCell => ({ kind: 'text', text: words });
export const count = (n: number): ReportCell => ({ kind: 'count', count: n });
export const minor = (amount: bigint): ReportCell => ({ kind: 'money', minor: amount });
export const EMPTY: ReportCell = { kind: 'empty' };

/** A cell that is the sum of the same column's cells in other rows; the rows must stand in the report. */
export const sumOf = (
  done: ReadonlyMap<string, ReportRow>,
  ids: readonly string[],
  column: number,
): ReportCell => ({
  kind: 'money',
  rows: ids,
  minor: ids.reduce((sum, signed) => {
    const id = signed.replace(/^-/, '');
    const cell = done.get(id)?.cells[column];
    if (!cell) throw new Error(`report: there is no row ${id} to sum`);
    const amount = cell.kind === 'money' ? cell.minor : 0n;
    return signed.startsWith('-') ? sum - amount : sum + amount;
  }, 0n),
});

/** Collects rows in order, with totals over rows that already stand there. */
export class Rows {
  readonly all: ReportRow[] = [];
  private readonly byId = new Map<string, ReportRow>();

  add(row: ReportRow): void {
    if (this.byId.has(row.id)) throw new Error(`report: row ${row.id} stands twice`);
    this.all.push(row);
    this.byId.set(row.id, row);
  }

  /** A total over rows, one sum per money column; `label` cells come first. */
  total(id: string, label: readonly ReportCell[], ids: readonly string[], columns: number): void {
    this.add({
      id,
      look: 'total',
      cells: [
        ...label,
        ...Array.from({ length: columns }, (_, index) => sumOf(this.byId, ids, label.length + index)),
      ],
    });
  }

  cell(id: string, column: number): bigint {
    const cell = this.byId.get(id)?.cells[column];
    return cell?.kind === 'money' ? cell.minor : 0n;
  }
}

/** One account over a span of accounting days. Balances are debits less credits, minor units. */
export type AccountSpan = {
  readonly code: string;
  readonly book: 'financial' | 'purpose';
  readonly class: string;
  readonly subject: string;
  readonly openingMinor: bigint;
  readonly inMinor: bigint;
  readonly outMinor: bigint;
};

export const closing = (span: AccountSpan): bigint => span.openingMinor + span.inMinor - span.outMinor;
