import {
  A4,
  CINNABAR,
  decorate,
  group,
  heightOf,
  INK,
  INK_2,
  MM,
  REDLINE,
  widthOf,
  write,
  type Paper,
  type Parent,
  type Style,
} from '@/lib/files/pdf-paper.gateway';
import type { ReceiptDocument } from './receipt-pdf-document';
import { paperAmount, paperDate } from './receipt-pdf-format.rules';
import {
  drawFrame,
  FRAME_TOP,
  LABEL,
  LEFT,
  PLAIN,
  RIGHT,
  roomFor,
  rule,
  VALUE,
  WIDTH,
} from './receipt-pdf-geometry';
import { drawItems } from './receipt-pdf-items';
import { drawDuplicate, drawLogo, drawSeal, drawVoid } from './receipt-pdf-marks';
import { drawProof } from './receipt-pdf-proof';
import type { ReceiptWords } from './receipt-pdf-words';

/** How close the lines stand, in points: between the parts, above and below a line's text, and the height to sign in. */
export type Setting = { readonly gap: number; readonly pad: number; readonly sign: number };

/** The first with which a receipt fits on one page is the one for it. */
export const SETTINGS = {
  roomy: { gap: 6 * MM, pad: 6.6, sign: 22 * MM },
  tight: { gap: 4 * MM, pad: 4.6, sign: 19 * MM },
  dense: { gap: 2.5 * MM, pad: 2.6, sign: 18 * MM },
} as const satisfies Readonly<Record<string, Setting>>;

/**
 * Draws the whole receipt from top to bottom as it is read.
 *
 * @returns how many pages it took
 */
export const drawReceipt = (
  paper: Paper,
  receipt: ReceiptDocument,
  words: ReceiptWords,
  setting: Setting,
): number => {
  let pages = 1;
  paper.pdf.on('pageAdded', () => {
    pages += 1;
  });
  drawFrame(paper);
  if (receipt.voided) drawVoid(paper, words.voided);
  const root = group(paper, null, 'Document');
  const { gap, pad, sign } = setting;
  let y = header(paper, root, receipt, words);
  y = details(paper, root, receipt, words, y + gap, pad);
  y = drawItems(paper, root, receipt, words, y + gap);
  y = remarks(paper, root, receipt, words, y + gap / 2, pad);
  y = signatures(paper, root, receipt, words, y + gap, sign);
  drawProof(paper, root, receipt, words, y + 4 * MM);
  root.end();
  return pages;
};

const header = (paper: Paper, root: Parent, receipt: ReceiptDocument, words: ReceiptWords): number => {
  const { lang } = receipt;
  const top = FRAME_TOP + 11 * MM;
  const english = lang === 'en';
  drawLogo(paper, LEFT, top);
  write(paper, root, 'P', words.brand, { x: LEFT + 30, y: top + 3, width: 80 }, { size: 14, weight: 'bold' });
  const spacing = english ? 0.6 : 5;
  const titleStyle: Style = { size: english ? 21 : 24, weight: 'bold', spacing };
  // The space after the last character would push a centred title to the left.
  const titleWidth = widthOf(paper, words.title, titleStyle);
  const titleX = A4.width / 2 - titleWidth / 2 + spacing / 2;
  write(paper, root, 'H1', words.title, { x: titleX, y: top - 6, width: titleWidth + 12 }, titleStyle);
  const subtitle: Style = { size: 10, align: 'center', spacing: 0.6 };
  write(paper, root, 'P', words.subtitle, { x: A4.width / 2 - 100, y: top + 27, width: 200 }, subtitle);
  const aside = { x: RIGHT - 160, width: 160 };
  const right: Style = { size: 9, align: 'right', colour: INK };
  const number: Style = { size: 11, align: 'right', weight: 'bold' };
  write(paper, root, 'P', `${words.number} ${receipt.number}`, { ...aside, y: top - 3 }, number);
  write(
    paper,
    root,
    'P',
    `${words.issued} ${paperDate(receipt.issuedOn, lang)}`,
    { ...aside, y: top + 14 },
    right,
  );
  write(
    paper,
    root,
    'P',
    words.printed(paperDate(receipt.printedOn, lang), receipt.copy),
    { ...aside, y: top + 28 },
    right,
  );
  // Between the name and the title, or below the name where the title is long.
  const [markX, markY] = english ? [LEFT + 38, top + 24] : [LEFT + 92, top + 16];
  if (receipt.copy > 1) drawDuplicate(paper, root, `${words.duplicate} ${receipt.copy}`, markX, markY);
  let y = top + 46;
  if (receipt.voided) {
    const { on, reason, replacedBy } = receipt.voided;
    const text = words.voidedText(paperDate(on, lang), reason, replacedBy);
    y +=
      write(
        paper,
        root,
        'P',
        text,
        { x: LEFT, y, width: WIDTH },
        { size: 10, weight: 'bold', colour: CINNABAR },
      ) + 4;
  }
  return y;
};

type Field = readonly [label: string, value: string];

const details = (
  paper: Paper,
  root: Parent,
  receipt: ReceiptDocument,
  words: ReceiptWords,
  top: number,
  pad: number,
): number => {
  const { lang, payer, host, campaign, gift, fiscal } = receipt;
  const day = (date: string | null, none: string): string => (date ? paperDate(date, lang) : none);
  const rows: readonly (readonly Field[])[] = [
    [
      [words.payer, payer.name ?? words.anonymous],
      [words.creditCode, payer.creditCode ?? words.noCreditCode],
    ],
    [
      [words.host, host.name],
      [words.filingNumber, host.filingNumber ?? words.notFiled],
    ],
    [[words.campaign, words.campaignValue(campaign.name, campaign.code)]],
    [
      [words.givenOn, day(gift.givenOn, '')],
      [words.giftNumber, gift.number],
    ],
    [
      [words.method, words.methodValue(words.methods[gift.method], gift.reference)],
      [words.receivedOn, day(gift.receivedOn, words.notReceived)],
    ],
    [
      [words.fiscalCode, fiscal?.code ?? words.notRegistered],
      [words.fiscalNumber, fiscal?.number ?? words.notRegistered],
    ],
    [
      [words.fiscalCheck, fiscal?.checkCode ?? words.notRegistered],
      [words.fiscalDate, day(fiscal?.issuedOn ?? null, words.notRegistered)],
    ],
  ];
  rule(paper, top, INK, 1.5);
  const table = group(paper, root, 'Table');
  let y = top;
  for (const row of rows) y = detailRow(paper, table, row, y, pad);
  table.end();
  return y;
};

const PAD_X = 2 * MM;
const LABEL_WIDTH = 31 * MM;

/** One line of label and value, or two of them side by side; as high as its longest value. */
const detailRow = (
  paper: Paper,
  table: Parent,
  fields: readonly Field[],
  from: number,
  pad: number,
): number => {
  const longest = Math.max(
    ...fields.map(([, value]) => heightOf(paper, value, { x: 0, y: 0, width: WIDTH / 3 }, VALUE)),
  );
  const y = roomFor(paper, from, longest + 2 * pad);
  const row = group(paper, table, 'TR');
  const cell = WIDTH / 2 + 4 * MM;
  let height = 0;
  fields.forEach(([label, value], index) => {
    const x = LEFT + index * cell;
    const width = fields.length === 1 ? WIDTH : index === 0 ? cell : WIDTH - cell;
    // 统一社会信用代码 is the longest label and stands in the second column.
    const labelWidth = LABEL_WIDTH + index * 3 * MM;
    const at = { x: x + PAD_X, y: y + pad, width: labelWidth - PAD_X };
    const labelHeight = write(paper, row, 'TH', label, at, LABEL, 'Row');
    const place = { x: x + labelWidth, y: y + pad, width: width - labelWidth - PAD_X };
    height = Math.max(height, labelHeight, write(paper, row, 'TD', value, place, VALUE));
  });
  row.end();
  const bottom = y + height + 2 * pad;
  rule(paper, bottom, REDLINE, 0.75);
  return bottom;
};

const remarks = (
  paper: Paper,
  root: Parent,
  receipt: ReceiptDocument,
  words: ReceiptWords,
  top: number,
  pad: number,
): number => {
  const { foreign, lang } = receipt;
  const said = [
    ...receipt.remarks,
    ...(foreign
      ? [words.foreign(paperAmount(foreign.amount), foreign.rate, paperDate(foreign.rateDate, lang))]
      : []),
  ];
  if (said.length === 0) return top;
  const table = group(paper, root, 'Table');
  const bottom = detailRow(paper, table, [[words.remarks, said.join(lang === 'en' ? ' ' : '')]], top, pad);
  table.end();
  return bottom;
};

const signatures = (
  paper: Paper,
  root: Parent,
  receipt: ReceiptDocument,
  words: ReceiptWords,
  from: number,
  height: number,
): number => {
  const top = roomFor(paper, from, height);
  const box = WIDTH * 0.4;
  const gap = 6 * MM;
  const line = (WIDTH - box - 2 * gap) / 2;
  decorate(paper, (pdf) => {
    pdf
      .lineWidth(0.75)
      .strokeColor('#7D786A')
      .dash(3, { space: 2.5 })
      .rect(LEFT, top, box, height)
      .stroke()
      .undash();
    pdf.strokeColor(INK);
    for (const place of [0, 1]) {
      const x = LEFT + box + gap + place * (line + gap);
      pdf.moveTo(x, top + height).lineTo(x + line, top + height);
    }
    pdf.stroke();
  });
  const seal = receipt.specimen ? `${words.seal}\n${words.sealSpecimen}` : words.seal;
  const style: Style = { size: 9.5, colour: INK_2, align: 'center' };
  const place = { x: LEFT + 6, y: 0, width: box - 12 };
  const sealHeight = heightOf(paper, seal, place, style);
  write(paper, root, 'P', seal, { ...place, y: top + (height - sealHeight) / 2 }, style);
  [words.reviewer + (receipt.reviewer ?? ''), words.handler + (receipt.handler ?? '')].forEach(
    (text, index) => {
      const at = { x: LEFT + box + gap + index * (line + gap), y: 0, width: line };
      write(paper, root, 'P', text, { ...at, y: top + height - heightOf(paper, text, at, PLAIN) - 3 }, PLAIN);
    },
  );
  if (receipt.specimen) drawSeal(paper, words.specimen, RIGHT - 17 * MM, top + 1 * MM);
  return top + height;
};
