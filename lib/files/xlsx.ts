import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx';
import type { CsvCell, CsvColumn } from '@/lib/shared/csv';

/**
 * Spreadsheets for finance, of the same columns as the CSV exports. Amounts are numbers that a person can add up,
 * written with exactly the decimals they have; what people typed is text that stays text even when its cell is
 * edited, so that no formula can start in it.
 */
export type XlsxSheet<Row> = {
  readonly name: string;
  readonly columns: readonly CsvColumn<Row>[];
  readonly rows: Iterable<Row>;
};

export type XlsxOptions = {
  /** Shown in the file's properties. */
  readonly title?: string | undefined;
  /** Shown there too; an argument, so that the same data make the same file. */
  readonly createdAt: Date;
};

/** What Excel can hold on one sheet, header included. */
export const XLSX_ROWS_MAX = 1_048_576;

/** Excel counts with 15 significant digits and would silently change the 16th. */
const EXACT_DIGITS = 15;

/** Excel cuts a cell here; we say so instead. */
const TEXT_MAX = 32_767;

/** Makes the file. Throws for a cell whose text has not the shape of its column's kind, as the CSV writer does. */
export const xlsxFile = (sheets: readonly XlsxSheet<never>[], options: XlsxOptions): Uint8Array => {
  const book = utils.book_new();
  book.Props = {
    ...(options.title !== undefined && { Title: options.title }),
    CreatedDate: options.createdAt,
    ModifiedDate: options.createdAt,
  };
  for (const sheet of sheets) utils.book_append_sheet(book, writeSheet(sheet), sheetName(sheet.name), true);
  return new Uint8Array(
    write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Buffer,
  );
};

/** One sheet for `xlsxFile`; ties the rows to their columns. */
export const xlsxSheet = <Row>(sheet: XlsxSheet<Row>): XlsxSheet<never> =>
  sheet as unknown as XlsxSheet<never>;

/** Excel refuses to open a file with these characters, or more than 31, in a sheet's name. */
export const sheetName = (name: string): string =>
  [...name.replace(/[\\/?*[\]:]|^'|'$/g, '_')].slice(0, 31).join('') || 'Sheet';

const writeSheet = ({ columns, rows }: XlsxSheet<never>): WorkSheet => {
  const sheet: WorkSheet = {};
  const widths = columns.map(({ name }) => displayWidth(name));
  const put = (row: number, column: number, cell: CellObject | null): void => {
    if (!cell) return;
    sheet[utils.encode_cell({ r: row, c: column })] = cell;
    widths[column] = Math.max(widths[column] ?? 0, displayWidth(String(cell.v ?? '').slice(0, 60)));
  };
  columns.forEach(({ name }, column) => put(0, column, textCell(name)));
  let row = 0;
  for (const item of rows) {
    row += 1;
    if (row >= XLSX_ROWS_MAX) throw new RangeError(`more than ${XLSX_ROWS_MAX - 1} rows; export CSV instead`);
    columns.forEach((column, index) => put(row, index, cellOf(column, item)));
  }
  const corner = utils.encode_cell({ r: row, c: Math.max(0, columns.length - 1) });
  sheet['!ref'] = `A1:${corner}`;
  sheet['!cols'] = widths.map((width) => ({ wch: Math.min(width + 2, 48) }));
  if (row > 0) sheet['!autofilter'] = { ref: `A1:${corner}` };
  return sheet;
};

const cellOf = (column: CsvColumn<never>, row: never): CellObject | null => {
  const value = column.value(row);
  if (value === null) return null;
  switch (column.kind) {
    case 'text':
      return textCell(String(value));
    case 'date':
      // As text: it sorts rightly, and no spreadsheet's time zone or 1900 calendar can move it.
      return textCell(String(value));
    case 'integer':
      return numberCell(value, /^-?\d+$/, column.name);
    case 'amount':
      return numberCell(value, /^-?\d+(?:\.\d+)?$/, column.name);
  }
};

/** `@` is Excel's format "text": a cell edited later, or typed over, is not read as a formula either. */
export const textCell = (text: string): CellObject => ({
  t: 's',
  v: text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : visibleControls(text),
  z: '@',
});

/** XML cannot hold most control characters, and Excel calls a file with them damaged. */
const visibleControls = (text: string): string =>
  text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '\uFFFD');

export const numberCell = (value: CsvCell, shape: RegExp, column: string): CellObject => {
  const text = String(value);
  if (!shape.test(text))
    throw new TypeError(`column ${column}: ${JSON.stringify(text)} is not a number of its kind`);
  const decimals = text.split('.')[1]?.length ?? 0;
  const digits = text.replace(/[-.]/g, '').replace(/^0+/, '').length;
  if (digits > EXACT_DIGITS) return textCell(text);
  // A number of at most 15 digits goes through a double and back unchanged, and nothing is computed with it here.
  return { t: 'n', v: Number(text), z: decimals > 0 ? `#,##0.${'0'.repeat(decimals)}` : '0' };
};

/** Columns a text takes: a Chinese character is as wide as two Latin ones. */
const displayWidth = (text: string): number => {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return width;
};
