import 'server-only';
import { A4, group, MM, openPaper, write, type Paper } from '../files/pdf-paper.gateway';
import { drawGridEdge, drawGridHead, drawGridRow, gridRowHeight, makeGrid } from '../files/pdf-table';
import type { CurrencyCode } from '../shared/currencies';
import { toDecimal } from '../shared/money';
import type { Report, ReportCell } from './report.rules';

const LEFT = 15 * MM;
const TOP = 16 * MM;
const WIDTH = A4.width - 2 * LEFT;
const BOTTOM = A4.height - 18 * MM;

/** A report on A4, its table head repeated on every page, tagged for screen readers. */
export const reportPdf = async (
  report: Report,
  about: { readonly lang: string; readonly author: string; readonly createdAt: Date },
): Promise<Uint8Array> => {
  const paper = await openPaper({ title: report.title, ...about });
  const root = group(paper, null, 'Document');
  let y = TOP;
  y += write(
    paper,
    root,
    'H1',
    report.title,
    { x: LEFT, y, width: WIDTH },
    { size: 18, weight: 'bold', align: 'center' },
  );
  for (const line of report.lines)
    y += write(paper, root, 'P', line, { x: LEFT, y, width: WIDTH }, { size: 9.5, align: 'center' });
  drawTable(paper, root, report, y + 8);
  root.end();
  return paper.close();
};

const drawTable = (paper: Paper, root: PDFKit.PDFStructureElement, report: Report, top: number): void => {
  const shares = report.columns.map((column, index) =>
    index === 0 ? 2.2 : column.kind === 'text' ? 0.9 : 1.25,
  );
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const grid = makeGrid(
    report.columns.map((column, index) => ({
      head: column.label,
      share: (shares[index] ?? 1) / whole,
      align: column.kind === 'text' ? undefined : ('right' as const),
    })),
    LEFT,
    WIDTH,
  );
  const table = group(paper, root, 'Table');
  let y = drawGridHead(paper, table, grid, top);
  for (const row of report.rows) {
    const cells = report.columns.map((_column, index) => shown(row.cells[index], report.currency));
    if (y + gridRowHeight(paper, grid, cells) > BOTTOM) {
      drawGridEdge(paper, grid, y);
      paper.pdf.addPage();
      y = drawGridHead(paper, table, grid, TOP);
    }
    y = drawGridRow(paper, table, grid, cells, y);
  }
  drawGridEdge(paper, grid, y);
  table.end();
  for (const note of report.notes) {
    if (y + 30 > BOTTOM) {
      paper.pdf.addPage();
      y = TOP;
    }
    y += 6 + write(paper, root, 'P', note, { x: LEFT, y: y + 6, width: WIDTH }, { size: 8.5 });
  }
};

const shown = (cell: ReportCell | undefined, currency: string): string => {
  switch (cell?.kind) {
    case 'text':
      return cell.text;
    case 'count':
      return String(cell.count);
    case 'money':
      return toDecimal(cell.minor, currency as CurrencyCode).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
    default:
      return '';
  }
};
