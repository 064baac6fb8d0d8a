import * as spreadsheet from '@e965/xlsx';
import { mapTable, readTable, type TableOptions } from './csv.rules';
import type { Table, TableRow } from './csv-rows.rules';
import { refusal, refusedFile, type FileDraft } from './statement.rules';
import { walletOf } from './wallet.rules';

/**
 * XLSX, legacy XLS, ODS, and the HTML tables that banks name .xls. Cells become the text a person sees in the
 * spreadsheet, and dates ISO text, so that everything after this is the same as for CSV and no float is
 * counted with.
 */
const startsWith = (bytes: Uint8Array, ...signature: number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);

const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);

export const isWorkbook = (bytes: Uint8Array): boolean =>
  isZip(bytes) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);

/** A table inside a web page or an XML spreadsheet of 2003. */
export const isMarkupTable = (text: string): boolean => {
  const head = text.slice(0, 4000);
  return (
    /^\s*</u.test(head) &&
    /<(?:html|table|body)\b|urn:schemas-microsoft-com:office:spreadsheet/iu.test(text.slice(0, 20_000))
  );
};

const two = (value: number): string => String(value).padStart(2, '0');

const dateText = (serial: number, date1904: boolean): string | null => {
  const code = spreadsheet.SSF.parse_date_code(serial, { date1904 }) as {
    y: number;
    m: number;
    d: number;
    H: number;
    M: number;
    S: number;
  } | null;
  if (!code || code.y < 1900) return null;
  const day = `${String(code.y).padStart(4, '0')}-${two(code.m)}-${two(code.d)}`;
  return code.H + code.M + code.S === 0 ? day : `${day} ${two(code.H)}:${two(code.M)}:${two(code.S)}`;
};

/**
 * What stands in the cell. A number that its format shows rounded (1234.5 shown as 1,235) is written out in
 * full; binary noise behind 15 digits (0.30000000000000004) is cut the way every spreadsheet shows it.
 */
const cellText = (cell: spreadsheet.CellObject | undefined, date1904: boolean): string => {
  if (cell === undefined || cell.v === undefined || cell.t === 'e') return '';
  if (cell.t !== 'n') return String(cell.w ?? cell.v);
  const value = cell.v as number;
  const format = cell.z;
  if (typeof format === 'string' && spreadsheet.SSF.is_date(format))
    return dateText(value, date1904) ?? String(value);
  const plain = Number(value.toPrecision(15)).toString();
  const digits = !plain.includes('e') ? plain : Number.isInteger(value) ? BigInt(value).toString() : '0';
  // A currency sign in the cell's format tells the currency; the number itself comes from the value.
  const unit = typeof cell.w === 'string' ? (/[¥￥$€£]|[A-Z]{3}/u.exec(cell.w)?.[0] ?? '') : '';
  return unit + digits;
};

const tableOf = (sheet: spreadsheet.WorkSheet, date1904: boolean): Table => {
  const range = spreadsheet.utils.decode_range(sheet['!ref'] ?? 'A1:A1');
  const rows: TableRow[] = [];
  const width = Math.min(range.e.c, 500);
  for (let row = range.s.r; row <= range.e.r; row += 1) {
    const cells: string[] = [];
    for (let column = 0; column <= width; column += 1)
      cells.push(
        cellText(
          sheet[spreadsheet.utils.encode_cell({ r: row, c: column })] as spreadsheet.CellObject | undefined,
          date1904,
        ).trim(),
      );
    if (cells.some((cell) => cell !== '')) rows.push({ line: row + 1, cells });
  }
  return { rows, delimiter: null, physicalLines: range.e.r + 1 };
};

const linesOf = (table: Table, options: TableOptions): number => {
  if (walletOf(table.rows)) return table.rows.length;
  const reading = mapTable(table, options);
  return reading === 'header_differs' ? 0 : reading.outcomes.filter((one) => one.kind === 'line').length;
};

const open = (source: Uint8Array | string): spreadsheet.WorkBook | null => {
  try {
    // The library reports damage by throwing; a damaged file is an everyday answer here.
    return typeof source === 'string'
      ? spreadsheet.read(source, { type: 'string', raw: true, cellNF: true })
      : spreadsheet.read(source, { type: 'array', cellNF: true, cellHTML: false, cellFormula: false });
  } catch {
    return null;
  }
};

/** The sheet with the movements; a workbook may open with a cover sheet. */
const bestTable = (source: Uint8Array | string, options: TableOptions): Table | 'unreadable' | null => {
  const book = open(source);
  if (book === null) return 'unreadable';
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const tables = book.SheetNames.flatMap((name) =>
    book.Sheets[name] ? [tableOf(book.Sheets[name], date1904)] : [],
  ).filter((table) => table.rows.length > 0);
  return (
    tables.map((table) => ({ table, lines: linesOf(table, options) })).sort((a, b) => b.lines - a.lines)[0]
      ?.table ?? null
  );
};

const read = (source: Uint8Array | string, options: TableOptions): FileDraft => {
  const table = bestTable(source, options);
  if (table === 'unreadable') return refusedFile('csv', 'XLS', refusal('workbook_unreadable', 1, ''));
  if (table === null) return refusedFile('csv', 'XLS', refusal('no_statement', 1, ''));
  const draft = readTable(table, options);
  return draft.family === 'csv' && draft.refusal === null ? { ...draft, format: 'XLS' } : draft;
};

/** Other archives share the signature: a bank's ZIP of statements must be unpacked by the person first. */
const isOfficeFile = (bytes: Uint8Array): boolean => {
  const names = new TextDecoder('latin1').decode(bytes);
  return (
    names.includes('[Content_Types].xml') || names.includes('mimetypeapplication/vnd.oasis.opendocument')
  );
};

export const readWorkbook = (bytes: Uint8Array, options: TableOptions): FileDraft =>
  isZip(bytes) && !isOfficeFile(bytes)
    ? refusedFile('unknown', 'unknown', refusal('archive_not_unpacked', 1, 'ZIP'))
    : read(bytes, options);

export const readMarkupTable = (text: string, options: TableOptions): FileDraft => read(text, options);

/** The table a mapping is made for; null when the workbook cannot be opened or is empty. */
export const tableOfWorkbook = (bytes: Uint8Array, options: TableOptions): Table | null => {
  const table = isZip(bytes) && !isOfficeFile(bytes) ? null : bestTable(bytes, options);
  return table === 'unreadable' ? null : table;
};
