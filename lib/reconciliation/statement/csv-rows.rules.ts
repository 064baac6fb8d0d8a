import { readAmount } from './amount-text.rules';
import { readDate } from './date-text.rules';

/** A row of a table with the physical line it starts on, counted from 1. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

export type Table = {
  readonly rows: readonly TableRow[];
  /** Null for a spreadsheet. */
  readonly delimiter: string | null;
  readonly physicalLines: number;
};

/**
 * Bank CSV is rarely RFC 4180: a TAB between the closing quote and the comma (HSBC, ICBC), bare quotes inside a
 * cell (WeChat), a quote that never closes. This reader keeps every row it can: csv-parse, which stops the whole
 * file at the first such row, is the oracle in the tests for well-formed files.
 */
const QUOTED_LINES_MAX = 200;
const QUOTED_CHARACTERS_MAX = 50_000;

type Cell = { readonly text: string; readonly end: number };

/** No closing quote stands before this offset, so no later quote before it needs looking for one. */
type Hopeless = { readonly until: number };

const isCell = (found: Cell | Hopeless): found is Cell => 'text' in found;

/** A quoted cell from its opening quote, unless no closing quote stands before a delimiter or line end. */
const quotedCell = (text: string, open: number, delimiter: string): Cell | Hopeless => {
  let content = '';
  let from = open + 1;
  let lines = 0;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { until: text.length };
    if (quote - open > QUOTED_CHARACTERS_MAX) return { until: quote };
    const piece = text.slice(from, quote);
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) lines += 1;
    if (lines > QUOTED_LINES_MAX) return { until: quote };
    content += piece;
    if (text[quote + 1] === '"') {
      content += '"';
      from = quote + 2;
      continue;
    }
    let after = quote + 1;
    while (after < text.length && text[after] !== delimiter && (text[after] === ' ' || text[after] === '\t'))
      after += 1;
    const next = text[after];
    if (next === undefined || next === delimiter || next === '\n' || next === '\r')
      return { text: content, end: after };
    // A quote in the middle of the words: it belongs to them.
    content += '"';
    from = quote + 1;
  }
};

const bareCell = (text: string, from: number, delimiter: string): Cell => {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { text: text.slice(from, end), end };
};

/** White space, the TABs and backticks that keep spreadsheets from mangling numbers, and ="…" are no content. */
const clean = (cell: string): string => {
  const trimmed = cell.replace(/^[\s\u00A0\uFEFF]*`?[\s\u00A0]*|[\s\u00A0]+$/gu, '');
  const formula = /^="(.*)"$/su.exec(trimmed);
  return formula ? (formula[1] ?? '').trim() : trimmed;
};

type RawRow = TableRow & { readonly from: number; readonly to: number; readonly spans: number };

const tokenize = (text: string, delimiter: string, quotes: boolean, firstLine: number): RawRow[] => {
  const rows: RawRow[] = [];
  let [position, line, hopelessUntil] = [0, firstLine, 0];
  while (position < text.length) {
    const cells: string[] = [];
    const [from, startLine] = [position, line];
    for (;;) {
      let start = position;
      while (
        start < text.length &&
        text[start] !== delimiter &&
        (text[start] === ' ' || text[start] === '\t')
      )
        start += 1;
      const found =
        quotes && text[start] === '"' && start >= hopelessUntil ? quotedCell(text, start, delimiter) : null;
      if (found && !isCell(found)) hopelessUntil = found.until;
      const quoted = found && isCell(found) ? found : null;
      // Only a quoted cell can go over several lines.
      if (quoted) line += text.slice(start, quoted.end).split('\n').length - 1;
      const cell = quoted ?? bareCell(text, position, delimiter);
      cells.push(clean(cell.text));
      position = cell.end;
      if (text[position] !== delimiter) break;
      position += 1;
    }
    rows.push({ line: startLine, cells, from, to: position, spans: line - startLine });
    if (text[position] === '\r') position += 1;
    if (text[position] === '\n') position += 1;
    line += 1;
  }
  return rows;
};

const mostCommon = (counts: Iterable<number>): number => {
  const tally = new Map<number, number>();
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1);
  return [...tally].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
};

/**
 * A stray opening quote swallows the lines up to the next quote. Where a row over several lines has not the
 * usual number of cells, but its lines read by themselves do, they are rows of their own.
 */
const splitSwallowed = (text: string, rows: readonly RawRow[], delimiter: string): RawRow[] => {
  const usual = mostCommon(rows.filter((row) => row.spans === 0).map((row) => row.cells.length));
  return rows.flatMap((row) => {
    if (row.spans === 0 || row.cells.length === usual || usual < 2) return [row];
    const apart = tokenize(text.slice(row.from, row.to), delimiter, false, row.line).map((one) => ({
      ...one,
      cells: one.cells.map((cell) => cell.replace(/^"|"$/gu, '')),
    }));
    return apart.filter((one) => one.cells.length === usual).length >= 2 ? apart : [row];
  });
};

/** Rows of delimited text; empty rows are left out, lines are still counted. */
export const parseRows = (text: string, delimiter: string): TableRow[] =>
  splitSwallowed(text, tokenize(text, delimiter, true, 1), delimiter)
    .filter((row) => row.cells.some((cell) => cell !== ''))
    .map(({ line, cells }) => ({ line, cells }));

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** How much the rows look like movements: a date and an amount in cells of their own. */
const movementRows = (rows: readonly TableRow[]): number =>
  rows.filter(({ cells }) => {
    const dates = cells.filter((cell) => readDate(cell) !== null).length;
    return dates > 0 && cells.some((cell) => readAmount(cell)?.strong === true && readDate(cell) === null);
  }).length;

const SAMPLE_CHARACTERS = 60_000;

/** The delimiter under which most rows are movements; without any, the one that makes the most cells. */
export const guessDelimiter = (text: string): string => {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const scored = DELIMITERS.map((delimiter) => {
    const rows = parseRows(sample, delimiter);
    const widest = rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
    return { delimiter, movements: movementRows(rows.slice(0, 300)), widest };
  });
  return scored.reduce((a, b) =>
    b.movements > a.movements || (b.movements === a.movements && b.widest > a.widest) ? b : a,
  ).delimiter;
};

/** Reads delimited text whatever its delimiter; an Excel `sep=;` line is obeyed. */
export const parseTable = (text: string): Table => {
  const directive = /^sep=(.)\r?\n/iu.exec(text);
  const delimiter = directive?.[1] ?? guessDelimiter(text);
  const rows = parseRows(text, delimiter).filter((row) => !(directive && row.line === 1));
  const physicalLines = text === '' ? 0 : text.replace(/(?:\r\n|\r|\n)$/u, '').split(/\r\n|\r|\n/u).length;
  return { rows, delimiter, physicalLines };
};
