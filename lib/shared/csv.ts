/**
 * CSV that a spreadsheet cannot be made to run. Cells typed by people are text and come out inert; amounts are
 * decimal text that stays numeric. Lines end with CR LF and quoting follows RFC 4180; it is written here because
 * which cells are quoted depends on their kind (see writeCell), and is read back by another library in the tests.
 */

export type CsvCell = string | number | bigint | null;

/**
 * One column. `text` is anything a person or a bank wrote; `amount` is decimal text such as '-1234.50' (see
 * toDecimal in money.ts); `integer` a count; `date` an ISO date or time that we wrote ourselves.
 */
export type CsvColumn<Row> = {
  readonly name: string;
  readonly kind: 'text' | 'amount' | 'integer' | 'date';
  readonly value: (row: Row) => CsvCell;
};

export type CsvOptions = {
  /** Begins the file with a byte order mark, without which Excel reads UTF-8 Chinese as mojibake. Default true. */
  readonly bom?: boolean | undefined;
};

// What a spreadsheet takes for the start of a formula (OWASP ASVS 1.2.10), with the full-width forms that some
// input methods type and some programs fold, seen through whatever white space, control or invisible characters
// stand before it: programs differ in what they trim.
const FORMULA_START = /^'*[\s\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠﹦﹢﹣﹫]/u;
const CONTROL_START = /^'*[\t\r\n]/u;
const AMOUNT = /^-?\d+(?:\.\d+)?$/;
const INTEGER = /^-?\d+$/;
const DATE = /^\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?$/;

const needsApostrophe = (text: string): boolean => FORMULA_START.test(text) || CONTROL_START.test(text);

/**
 * Makes text inert as a spreadsheet cell: an apostrophe goes before whatever could start a formula. A text that
 * already had such an apostrophe gets another, so that `readSafeCell` gives back exactly what was stored. NUL,
 * which ends the file for some readers, becomes the replacement character.
 */
export const safeCell = (text: string): string => {
  const clean = text.replaceAll('\0', '\uFFFD');
  return needsApostrophe(clean) ? `'${clean}` : clean;
};

/** Undoes `safeCell`: for reading back one of our own exports. */
export const readSafeCell = (cell: string): string =>
  cell.startsWith("'") && needsApostrophe(cell) ? cell.slice(1) : cell;

const expectShape = (text: string, shape: RegExp, column: string): string => {
  if (!shape.test(text))
    throw new TypeError(`column ${column}: ${JSON.stringify(text)} has not the shape of its kind`);
  return text;
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const writeCell = <Row>(column: CsvColumn<Row>, row: Row): string => {
  const value = column.value(row);
  if (value === null) return '';
  const text = String(value);
  switch (column.kind) {
    // Quoted always: with a list separator other than the comma, an unquoted `;=1+1` would start a cell of its own.
    // It also tells an empty text ("") from a value that is not there.
    case 'text':
      return quoted(safeCell(text));
    case 'amount':
      return expectShape(text, AMOUNT, column.name);
    case 'integer':
      return expectShape(text, INTEGER, column.name);
    case 'date':
      return expectShape(text, DATE, column.name);
  }
};

const headerCell = (name: string): string =>
  /^[\p{L}\p{N}_ ().:/-]+$/u.test(name) ? safeCell(name) : quoted(safeCell(name));

/** The header line of a table, with the byte order mark before it unless `bom` is false. */
export const csvHeader = <Row>(columns: readonly CsvColumn<Row>[], options: CsvOptions = {}): string =>
  (options.bom === false ? '' : '\uFEFF') + `${columns.map(({ name }) => headerCell(name)).join(',')}\r\n`;

/** One line of a table, with its line end. */
export const csvLine = <Row>(columns: readonly CsvColumn<Row>[], row: Row): string =>
  `${columns.map((column) => writeCell(column, row)).join(',')}\r\n`;

/** A whole table as CSV text; for what fits in memory. */
export const csvText = <Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
  options: CsvOptions = {},
): string => {
  let text = csvHeader(columns, options);
  for (const row of rows) text += csvLine(columns, row);
  return text;
};

/** A table as pieces of text of about 64 kB, so that an export of any length needs little memory. */
export async function* csvPieces<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
  options: CsvOptions = {},
): AsyncGenerator<string> {
  let piece = csvHeader(columns, options);
  for await (const row of rows) {
    piece += csvLine(columns, row);
    if (piece.length >= 65_536) {
      yield piece;
      piece = '';
    }
  }
  if (piece) yield piece;
}
