import 'server-only';
import {
  A4,
  group,
  heightOf,
  INK_2,
  MM,
  openPaper,
  write,
  type Paper,
  type Parent,
  type Style,
} from '../files/pdf-paper.gateway';
import {
  drawGridEdge,
  drawGridHead,
  drawGridRow,
  gridRowHeight,
  makeGrid,
  type Grid,
} from '../files/pdf-table';
import type { Lang } from '../i18n/languages';
import { words } from '../i18n/words';
import type { CurrencyCode } from '../shared/currencies';
import { money, sumMinor } from '../shared/money';
import { amountInWords } from './amount-words.rules';
import { paperAmount, paperDate } from './receipt-pdf-format.rules';
import { RECEIPT_WORDS } from './receipt-pdf-words';

export type StatementDocument = {
  readonly lang: Lang;
  readonly year: string;
  readonly currency: CurrencyCode;
  readonly printedOn: string;
  readonly specimen: boolean;
  readonly name: string | null;
  readonly campaigns: readonly string[];
  readonly gifts: readonly {
    readonly code: string;
    readonly receivedOn: string;
    /** The road; null: where it is needed. */
    readonly designation: string | null;
    /** Number of the receipt in force. */
    readonly receipt: string | null;
    readonly settledMinor: bigint;
    /** What of it went back. */
    readonly goneMinor: bigint;
  }[];
};

const LEFT = 22 * MM;
const WIDTH = A4.width - 2 * LEFT;
const FOOT = A4.height - 20 * MM;
const TEXT: Style = { size: 10, leading: 2 };

/** Prints a year's gifts as A4 pages with Chinese embedded, tagged like a receipt. It is no receipt and says so. */
export const statementPdf = async (statement: StatementDocument): Promise<Uint8Array> => {
  const { lang, year, currency } = statement;
  const t = words(lang, 'me');
  const paper = await openPaper({
    title: t('paper.title', { year }),
    author: 'Shanlu',
    lang,
    createdAt: new Date(`${statement.printedOn}T00:00:00Z`),
  });
  const root = group(paper, null, 'Document');
  const heading: Style = { size: 20, weight: 'bold' };
  write(paper, root, 'H1', t('paper.title', { year }), { x: LEFT, y: 24 * MM, width: WIDTH }, heading);
  let y = 38 * MM;
  for (const line of introduction(statement)) y = paragraph(paper, root, line, y, TEXT);
  y = table(paper, root, statement, y + 4 * MM);
  const gone = sumMinor(statement.gifts.map((gift) => gift.goneMinor));
  const net = money(currency, sumMinor(statement.gifts.map((gift) => gift.settledMinor)) - gone);
  const bold: Style = { ...TEXT, weight: 'bold' };
  if (y > FOOT - 40 * MM) y = newPage(paper);
  y += 4 * MM;
  if (gone > 0n)
    y = paragraph(paper, root, `${t('paper.returned')}  ${paperAmount(money(currency, gone))}`, y, TEXT);
  y = paragraph(paper, root, `${t('paper.net')}  ${paperAmount(net)}`, y, bold);
  y = paragraph(paper, root, `${t('paper.inWords')}  ${amountInWords(net, lang)}`, y, bold);
  y = paragraph(paper, root, t('paper.note'), y + 4 * MM, { size: 9, colour: INK_2, leading: 2 });
  if (statement.specimen)
    paragraph(paper, root, t('paper.specimen'), y, { size: 9, colour: INK_2, leading: 2 });
  root.end();
  return paper.close();
};

const introduction = ({ lang, name, campaigns, printedOn }: StatementDocument): string[] => {
  const t = words(lang, 'me');
  return [
    `${t('paper.for')}  ${name ?? RECEIPT_WORDS[lang].anonymous}`,
    `${t('paper.campaign')}  ${campaigns.join(' · ')}`,
    t('paper.printed', { date: paperDate(printedOn, lang) }),
  ];
};

const paragraph = (paper: Paper, root: Parent, text: string, y: number, style: Style): number => {
  const place = { x: LEFT, y, width: WIDTH };
  write(paper, root, 'P', text, place, style);
  return y + heightOf(paper, text, place, style) + 2 * MM;
};

const newPage = (paper: Paper): number => {
  paper.pdf.addPage();
  return 24 * MM;
};

const table = (
  paper: Paper,
  root: Parent,
  { lang, currency, gifts }: StatementDocument,
  from: number,
): number => {
  const t = words(lang, 'me');
  const grid: Grid = makeGrid(
    [
      { head: t('paper.date'), share: 0.24 },
      { head: t('paper.gift'), share: 0.16 },
      { head: t('paper.purpose'), share: 0.2 },
      { head: t('paper.receipt'), share: 0.18 },
      { head: t('paper.amount', { currency }), share: 0.22, align: 'right' },
    ],
    LEFT,
    WIDTH,
  );
  const rows = group(paper, root, 'Table');
  let y = drawGridHead(paper, rows, grid, from);
  for (const gift of gifts) {
    const cells = [
      paperDate(gift.receivedOn, lang),
      gift.code,
      gift.designation ?? t('whereNeeded'),
      gift.receipt ?? t('paper.none'),
      paperAmount(money(currency, gift.settledMinor)),
    ];
    if (y + gridRowHeight(paper, grid, cells) > FOOT) {
      drawGridEdge(paper, grid, y);
      y = drawGridHead(paper, rows, grid, newPage(paper));
    }
    y = drawGridRow(paper, rows, grid, cells, y);
  }
  drawGridEdge(paper, grid, y);
  rows.end();
  return y;
};
