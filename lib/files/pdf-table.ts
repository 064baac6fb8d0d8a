import {
  decorate,
  group,
  heightOf,
  INK,
  REDLINE,
  SUNK,
  write,
  type Paper,
  type Parent,
  type Style,
} from './pdf-paper.gateway';

/** A ruled table on a paper: a shaded head, vermilion lines between cells, a black line around it. */
export type Grid = {
  readonly left: number;
  readonly width: number;
  readonly columns: readonly GridColumn[];
  /** Where columns begin, and where the last one ends. */
  readonly edges: readonly number[];
};

export type GridColumn = {
  readonly head: string;
  /** Part of the width; all shares together are 1. */
  readonly share: number;
  readonly align?: 'right' | undefined;
};

const PAD_X = 5;
const PAD_Y = 6;
const SIZE = 9.5;

export const makeGrid = (columns: readonly GridColumn[], left: number, width: number): Grid => {
  let at = left;
  const edges = [left, ...columns.map(({ share }) => (at += share * width))];
  return { left, width, columns, edges };
};

const placeOf = (grid: Grid, index: number, y: number): { x: number; y: number; width: number } => {
  const from = grid.edges[index] ?? grid.left;
  return { x: from + PAD_X, y: y + PAD_Y, width: (grid.edges[index + 1] ?? from) - from - 2 * PAD_X };
};

const styleOf = (grid: Grid, index: number, head: boolean): Style => ({
  size: SIZE,
  weight: head || index === 0 ? 'bold' : 'regular',
  align: grid.columns[index]?.align,
});

/** How high a row will be: as high as its highest cell. */
export const gridRowHeight = (paper: Paper, grid: Grid, cells: readonly string[], head = false): number =>
  Math.max(
    ...cells.map((text, index) => heightOf(paper, text, placeOf(grid, index, 0), styleOf(grid, index, head))),
  ) +
  2 * PAD_Y;

/** Draws the head of a table; answers where it ends. */
export const drawGridHead = (paper: Paper, table: Parent, grid: Grid, y: number): number => {
  const heads = grid.columns.map(({ head }) => head);
  const height = gridRowHeight(paper, grid, heads, true);
  decorate(paper, (pdf) => pdf.rect(grid.left, y, grid.width, height).fill(SUNK));
  drawCells(paper, table, grid, heads, y, height, true);
  drawGridLines(paper, grid, grid.edges.slice(1, -1), y, height, false);
  drawGridEdge(paper, grid, y);
  drawGridEdge(paper, grid, y + height);
  return y + height;
};

/** Draws one row, whose first cell is its head; answers where it ends. */
export const drawGridRow = (
  paper: Paper,
  table: Parent,
  grid: Grid,
  cells: readonly string[],
  y: number,
): number => {
  const height = gridRowHeight(paper, grid, cells);
  drawCells(paper, table, grid, cells, y, height, false);
  drawGridLines(paper, grid, grid.edges.slice(1, -1), y, height, true);
  return y + height;
};

const drawCells = (
  paper: Paper,
  table: Parent,
  grid: Grid,
  cells: readonly string[],
  y: number,
  height: number,
  head: boolean,
): void => {
  const row = group(paper, table, 'TR');
  cells.forEach((text, index) => {
    const place = placeOf(grid, index, y);
    const style = styleOf(grid, index, head);
    // A short figure beside a long name stands in the middle of the row.
    const free = height - 2 * PAD_Y - heightOf(paper, text, place, style);
    const at = { ...place, y: place.y + (head ? 0 : Math.max(0, free) / 2) };
    if (head) write(paper, row, 'TH', text, at, style, 'Column');
    else if (index === 0) write(paper, row, 'TH', text, at, style, 'Row');
    else write(paper, row, 'TD', text, at, style);
  });
  row.end();
};

/** The lines between cells, above the row, and at both sides of the table. */
export const drawGridLines = (
  paper: Paper,
  grid: Grid,
  inner: readonly number[],
  y: number,
  height: number,
  above: boolean,
): void =>
  decorate(paper, (pdf) => {
    pdf.lineWidth(0.75).strokeColor(REDLINE);
    for (const x of inner) pdf.moveTo(x, y).lineTo(x, y + height);
    if (above) pdf.moveTo(grid.left, y).lineTo(grid.left + grid.width, y);
    if (inner.length > 0 || above) pdf.stroke();
    pdf.lineWidth(1.1).strokeColor(INK);
    for (const x of [grid.left, grid.left + grid.width]) pdf.moveTo(x, y).lineTo(x, y + height);
    pdf.stroke();
  });

/** A black line across the table: above its head, below its head, and where it ends. */
export const drawGridEdge = (paper: Paper, grid: Grid, y: number): void =>
  decorate(paper, (pdf) => {
    pdf
      .lineWidth(1.1)
      .strokeColor(INK)
      .moveTo(grid.left - 0.55, y)
      .lineTo(grid.left + grid.width + 0.55, y)
      .stroke();
  });
