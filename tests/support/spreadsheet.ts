import { read, utils, type WorkSheet } from '@e965/xlsx';

/**
 * Computes the formulas of a workbook of ours anew, in whole fen, as a spreadsheet would: sums of ranges, sums and
 * differences of cells, rounding. Anything else is refused, so that a new kind of formula gets a reader here.
 */
export const recomputed = (file: Uint8Array) => {
  const book = read(file, { cellFormula: true, cellNF: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] as WorkSheet;
  const known = new Map<string, bigint>();
  const value = (address: string): bigint => {
    const before = known.get(address);
    if (before !== undefined) return before;
    const cell = sheet[address] as { v?: unknown; f?: string; w?: string } | undefined;
    const found = cell?.f === undefined ? fen(cell?.v) : formula(cell.f);
    known.set(address, found);
    return found;
  };
  const formula = (text: string): bigint => {
    const inner = /^ROUND\((.*),\d\)$/.exec(text)?.[1];
    if (inner === undefined) throw new Error(`formula ${text} is not understood`);
    const range = /^SUM\(([A-Z]+\d+:[A-Z]+\d+)\)$/.exec(inner)?.[1];
    if (range !== undefined) {
      const { s, e } = utils.decode_range(range);
      let sum = 0n;
      for (let row = s.r; row <= e.r; row += 1) sum += value(utils.encode_cell({ r: row, c: s.c }));
      return sum;
    }
    if (!/^-?[A-Z]+\d+(?:[+-][A-Z]+\d+)*$/.test(inner)) throw new Error(`formula ${text} is not understood`);
    return (inner.match(/[+-]?[A-Z]+\d+/g) ?? []).reduce((sum, part) => {
      const amount = value(part.replace(/^[+-]/, ''));
      return part.startsWith('-') ? sum - amount : sum + amount;
    }, 0n);
  };
  return {
    /** The fen in a cell of the report: its row and column counted from 0. */
    at: (row: number, column: number): bigint => value(utils.encode_cell({ r: FIRST_ROW + row, c: column })),
  };
};

/** The report's rows begin below the row of column heads: title, four lines, heads. */
const FIRST_ROW = 6;

const fen = (value: unknown): bigint => {
  if (typeof value !== 'number') return 0n;
  const [whole = '0', part = ''] = String(value).replace('-', '').split('.');
  const minor = BigInt(whole + part.padEnd(2, '0'));
  return value < 0 ? -minor : minor;
};
