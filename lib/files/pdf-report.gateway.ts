import 'server-only';
import {
  A4,
  CINNABAR,
  decorate,
  group,
  heightOf,
  INK_2,
  MM,
  openPaper,
  write,
  type Paper,
  type Parent,
  type Style,
} from './pdf-paper.gateway';
import {
  drawGridEdge,
  drawGridHead,
  drawGridRow,
  gridRowHeight,
  makeGrid,
  type GridColumn,
} from './pdf-table';

/** A report as it goes onto paper: everything already in words of its language. */
export type ReportPaper = {
  readonly lang: string;
  readonly title: string;
  readonly author: string;
  /** YYYY-MM-DD: stands in the file's properties, so that the same report gives the same bytes. */
  readonly publishedOn: string;
  readonly overTitle: string;
  readonly notices: readonly string[];
  readonly facts: readonly (readonly [term: string, value: string])[];
  readonly sections: readonly PaperSection[];
  readonly foot: string;
  readonly pageText: (page: number) => string;
};

export type PaperSection = {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly table?: {
    readonly columns: readonly GridColumn[];
    readonly rows: readonly (readonly string[])[];
  };
};

const LEFT = 18 * MM;
const WIDTH = A4.width - 2 * LEFT;
const TOP = 18 * MM;
const BOTTOM = A4.height - 20 * MM;

const BODY: Style = { size: 10.5, leading: 3 };
const SMALL: Style = { size: 8.5, colour: INK_2, leading: 2 };
const HEAD: Style = { size: 13, weight: 'bold' };

/** Prints a report on as many A4 pages as it needs, tagged for screen readers, heads of tables repeated. */
export const reportPdf = async (report: ReportPaper): Promise<Uint8Array> => {
  const paper = await openPaper({
    title: report.title,
    author: report.author,
    lang: report.lang,
    createdAt: new Date(`${report.publishedOn}T00:00:00Z`),
  });
  const root = group(paper, null, 'Document');
  let page = 1;
  const pen: Pen = {
    paper,
    root,
    y: TOP,
    turn: () => {
      numberPage(paper, report.pageText(page));
      page += 1;
      paper.pdf.addPage();
      pen.y = TOP;
    },
  };
  head(pen, report);
  for (const section of report.sections) drawSection(pen, section);
  text(pen, 'P', report.foot, SMALL, 8);
  root.end();
  numberPage(paper, report.pageText(page));
  return paper.close();
};

type Pen = { readonly paper: Paper; readonly root: Parent; y: number; readonly turn: () => void };

const place = (y: number) => ({ x: LEFT, y, width: WIDTH });

const text = (pen: Pen, tag: string, words: string, style: Style, before: number): void => {
  const height = heightOf(pen.paper, words, place(0), style);
  if (pen.y + before + height > BOTTOM) pen.turn();
  else pen.y += before;
  pen.y += write(pen.paper, pen.root, tag, words, place(pen.y), style);
};

const head = (pen: Pen, report: ReportPaper): void => {
  text(pen, 'P', report.overTitle, { size: 9.5, colour: CINNABAR }, 0);
  text(pen, 'H1', report.title, { size: 20, weight: 'bold', leading: 2 }, 4);
  for (const notice of report.notices) text(pen, 'P', notice, { ...BODY, weight: 'bold' }, 6);
  text(pen, 'P', report.facts.map(([term, value]) => `${term}: ${value}`).join('    '), SMALL, 6);
  decorate(pen.paper, (pdf) =>
    pdf
      .lineWidth(1.4)
      .moveTo(LEFT, pen.y + 6)
      .lineTo(LEFT + WIDTH, pen.y + 6)
      .stroke(),
  );
  pen.y += 8;
};

const drawSection = (pen: Pen, section: PaperSection): void => {
  // A heading never stands alone at the foot of a page.
  if (pen.y + 70 > BOTTOM) pen.turn();
  text(pen, 'H2', section.title, HEAD, 14);
  for (const paragraph of section.paragraphs ?? []) text(pen, 'P', paragraph, BODY, 5);
  if (section.table && section.table.rows.length > 0) drawTable(pen, section.table);
};

const drawTable = (pen: Pen, { columns, rows }: NonNullable<PaperSection['table']>): void => {
  const grid = makeGrid(columns, LEFT, WIDTH);
  const table = group(pen.paper, pen.root, 'Table');
  pen.y = drawGridHead(pen.paper, table, grid, pen.y + 6);
  for (const row of rows) {
    if (pen.y + gridRowHeight(pen.paper, grid, row) > BOTTOM) {
      drawGridEdge(pen.paper, grid, pen.y);
      pen.turn();
      pen.y = drawGridHead(pen.paper, table, grid, pen.y);
    }
    pen.y = drawGridRow(pen.paper, table, grid, row, pen.y);
  }
  drawGridEdge(pen.paper, grid, pen.y);
  table.end();
};

/** Before a page is left it gets its number; pages are written out as they fill, so nobody knows yet how many come. */
const numberPage = (paper: Paper, text: string): void =>
  decorate(paper, (pdf) =>
    pdf
      .font('regular')
      .fontSize(8.5)
      .fillColor(INK_2)
      .text(text, LEFT, A4.height - 14 * MM, { width: WIDTH, align: 'right', lineBreak: false }),
  );
