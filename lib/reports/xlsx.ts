import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx';
import type { Report, ReportCell, ReportRow } from './report.rules';
import type { CurrencyCode } from '../shared/currencies';
import { minorDigits, toDecimal } from '../shared/money';
import { numberCell, sheetName, textCell } from '../files/xlsx';

/**
 * A report as a workbook whose totals are formulas over the rows above, so that whoever changes a figure or doubts a
 * sum sees it recomputed. The value we computed stands beside each formula, for programs that do not calculate.
 */
export const reportXlsx = (report: Report, createdAt: Date): Uint8Array => {
  const book = utils.book_new();
  book.Props = { Title: report.title, CreatedDate: createdAt, ModifiedDate: createdAt };
  utils.book_append_sheet(book, sheetOf(report), sheetName(report.title), true);
  return new Uint8Array(
    write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Buffer,
  );
};

const sheetOf = (report: Report): WorkSheet => {
  const sheet: WorkSheet = {};
  const head = [report.title, ...report.lines];
  head.forEach((line, row) => (sheet[utils.encode_cell({ r: row, c: 0 })] = textCell(line)));
  const first = head.length + 1;
  report.columns.forEach(
    (column, index) => (sheet[utils.encode_cell({ r: first - 1, c: index })] = textCell(column.label)),
  );
  const rowOf = new Map(report.rows.map((row, index) => [row.id, first + index]));
  report.rows.forEach((row, index) =>
    row.cells.forEach((cell, column) => {
      const written = cellOf(report, row, cell, { r: first + index, c: column }, rowOf);
      if (written) sheet[utils.encode_cell({ r: first + index, c: column })] = written;
    }),
  );
  report.notes.forEach(
    (note, index) =>
      (sheet[utils.encode_cell({ r: first + report.rows.length + 1 + index, c: 0 })] = textCell(note)),
  );
  const last = first + report.rows.length + 1 + report.notes.length;
  sheet['!ref'] = `A1:${utils.encode_cell({ r: last, c: Math.max(0, report.columns.length - 1) })}`;
  sheet['!cols'] = report.columns.map((column) => ({ wch: column.kind === 'text' ? 34 : 18 }));
  return sheet;
};

const cellOf = (
  report: Report,
  row: ReportRow,
  cell: ReportCell,
  at: { readonly r: number; readonly c: number },
  rowOf: ReadonlyMap<string, number>,
): CellObject | null => {
  switch (cell.kind) {
    case 'empty':
      return null;
    case 'text':
      return cell.text === '' ? null : textCell(cell.text);
    case 'count':
      return { t: 'n', v: cell.count, z: '0' };
    case 'money': {
      const number = numberCell(
        toDecimal(cell.minor, report.currency as CurrencyCode),
        /^-?\d+(?:\.\d+)?$/,
        row.id,
      );
      const sum = formula(cell, at, rowOf);
      return sum === null ? number : { ...number, f: rounded(sum, report.currency as CurrencyCode) };
    }
  }
};

/** A spreadsheet counts in binary fractions: rounding to the minor unit keeps long sums exact. */
const rounded = (sum: string, currency: CurrencyCode): string => `ROUND(${sum},${minorDigits(currency)})`;

const formula = (
  cell: Extract<ReportCell, { kind: 'money' }>,
  at: { readonly r: number; readonly c: number },
  rowOf: ReadonlyMap<string, number>,
): string | null => {
  if (cell.across) {
    const refs = (columns: readonly number[]): string[] =>
      columns.map((column) => utils.encode_cell({ r: at.r, c: column }));
    return [refs(cell.across.plus).join('+'), ...refs(cell.across.minus).map((one) => `-${one}`)].join('');
  }
  if (!cell.rows || cell.rows.length === 0) return null;
  const place = (id: string): number => rowOf.get(id.replace(/^-/, '')) ?? at.r;
  const numbers = cell.rows.map(place);
  const [from = 0, to = 0] = [numbers[0], numbers.at(-1)];
  // Rows that follow each other are one range: a formula has a longest length.
  if (cell.rows.every((id) => !id.startsWith('-')) && numbers.every((row, index) => row === from + index))
    return `SUM(${utils.encode_range({ s: { r: from, c: at.c }, e: { r: to, c: at.c } })})`;
  return cell.rows
    .map((id) => `${id.startsWith('-') ? '-' : '+'}${utils.encode_cell({ r: place(id), c: at.c })}`)
    .join('')
    .replace(/^\+/, '');
};
