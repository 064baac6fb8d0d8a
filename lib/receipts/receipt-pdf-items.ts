import {
  group,
  heightOf,
  widthOf,
  write,
  type Paper,
  type Parent,
  type Style,
} from '@/lib/files/pdf-paper.gateway';
import {
  drawGridEdge,
  drawGridHead,
  drawGridLines,
  drawGridRow,
  gridRowHeight,
  makeGrid,
  type Grid,
} from '@/lib/files/pdf-table';
import { amountInWords } from './amount-words.rules';
import type { ReceiptDocument } from './receipt-pdf-document';
import { groupedDecimal, paperAmount } from './receipt-pdf-format.rules';
import { LEFT, RIGHT, roomFor, WIDTH } from './receipt-pdf-geometry';
import type { ReceiptWords } from './receipt-pdf-words';

/** What was given for what, line by line, and the sum; answers where it ends. Goes over pages when it has to. */
export const drawItems = (
  paper: Paper,
  root: Parent,
  receipt: ReceiptDocument,
  words: ReceiptWords,
  top: number,
): number => {
  const grid = makeGrid(
    [
      { head: words.project, share: 0.265 },
      { head: words.purpose, share: 0.235 },
      { head: words.unit, share: 0.075 },
      { head: words.quantity, share: 0.075, align: 'right' },
      { head: words.standard, share: 0.13 },
      { head: words.amount(receipt.total.currency), share: 0.22, align: 'right' },
    ],
    LEFT,
    WIDTH,
  );
  const table = group(paper, root, 'Table');
  let y = drawGridHead(paper, table, grid, roomFor(paper, top, 90));
  for (const { project, purpose, amount } of receipt.lines) {
    const cells = [project, purpose, words.unitValue, '1', words.standardValue, groupedDecimal(amount)];
    const free = roomFor(paper, y, gridRowHeight(paper, grid, cells));
    if (free !== y) y = drawGridHead(paper, table, grid, free);
    y = drawGridRow(paper, table, grid, cells, y);
  }
  y = total(paper, table, grid, receipt, words, y);
  table.end();
  return y;
};

/** The sum in words and in figures: the words are what counts when the two differ, so they are the largest. */
const total = (
  paper: Paper,
  table: Parent,
  grid: Grid,
  receipt: ReceiptDocument,
  words: ReceiptWords,
  from: number,
): number => {
  const spoken = amountInWords(receipt.total, receipt.lang);
  const han = receipt.lang !== 'en';
  const wordsX = (han ? grid.edges[1] : LEFT + WIDTH * 0.17) ?? LEFT;
  const figures = words.inFigures + paperAmount(receipt.total);
  const figuresStyle: Style = { size: 11, weight: 'bold', align: 'right' };
  const figuresWidth = Math.max(RIGHT - (grid.edges[5] ?? RIGHT), widthOf(paper, figures, figuresStyle) + 12);
  const width = RIGHT - figuresWidth - wordsX - 12;
  const size = [16, 14, 12, 10.5].find(
    (candidate) =>
      heightOf(paper, spoken, { x: 0, y: 0, width }, { size: candidate, weight: 'bold' }) < candidate * 1.8,
  );
  const wordsStyle: Style = {
    size: han ? (size ?? 10.5) : Math.min(size ?? 10, 11.5),
    weight: 'bold',
    spacing: han ? 0.8 : 0,
  };
  const wordsHeight = heightOf(paper, spoken, { x: 0, y: 0, width }, wordsStyle);
  const height = Math.max(34, wordsHeight + 12);
  const top = roomFor(paper, from, height);
  const middle = (style: Style): number => top + (height - style.size * 1.448) / 2;
  const row = group(paper, table, 'TR');
  const head: Style = { size: han ? 11 : 9.5, weight: 'bold' };
  write(
    paper,
    row,
    'TH',
    words.totalInWords,
    { x: LEFT + 5, y: middle(head), width: wordsX - LEFT - 8 },
    head,
    'Row',
  );
  write(paper, row, 'TD', spoken, { x: wordsX + 6, y: top + (height - wordsHeight) / 2, width }, wordsStyle);
  const place = { x: RIGHT - figuresWidth + 5, y: middle(figuresStyle), width: figuresWidth - 10 };
  write(paper, row, 'TD', figures, place, figuresStyle);
  row.end();
  drawGridLines(paper, grid, [wordsX, RIGHT - figuresWidth], top, height, true);
  drawGridEdge(paper, grid, top + height);
  return top + height;
};
