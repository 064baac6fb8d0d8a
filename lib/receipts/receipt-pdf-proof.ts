import { create as createQr } from 'qrcode';
import {
  figure,
  heightOf,
  INK,
  INK_2,
  MM,
  RULE,
  write,
  type Paper,
  type Parent,
  type Style,
} from '@/lib/files/pdf-paper.gateway';
import type { ReceiptDocument } from './receipt-pdf-document';
import { paperDate, spokenAmount } from './receipt-pdf-format.rules';
import { FRAME_BOTTOM, LEFT, RIGHT, roomFor, rule, WIDTH } from './receipt-pdf-geometry';
import type { ReceiptWords } from './receipt-pdf-words';

const QR_SIZE = 31 * MM;

const SMALL: Style = { size: 8.5, colour: INK_2, leading: 1.5 };
const TINY: Style = { size: 6.8, colour: INK_2, leading: 1 };

/** The last block stands at the foot of the frame, or on a page of its own when the receipt above is too long. */
export const drawProof = (
  paper: Paper,
  root: Parent,
  receipt: ReceiptDocument,
  words: ReceiptWords,
  freeFrom: number,
): void => {
  const textX = LEFT + QR_SIZE + 6 * MM;
  const textWidth = RIGHT - textX;
  const { proof, lang } = receipt;
  const heading: Style = { size: 11.5, weight: 'bold' };
  const texts: readonly (readonly [tag: string, text: string, style: Style])[] = [
    ['H2', words.proofTitle(spokenAmount(receipt.total, lang)), heading],
    ['P', words.proofOpen(receipt.url), SMALL],
    ['P', proof ? words.proofIndex(String(proof.index)) : words.proofNone, SMALL],
    ...(proof
      ? ([
          ['P', words.leaf(proof.leafHash), TINY],
          // The signed note says size and root itself; printed whole, it lets a paper convict a rewritten log.
          [
            'P',
            words.root(
              String(proof.treeSize),
              paperDate(proof.checkpointOn, lang),
              proof.checkpoint ? '' : proof.rootHash,
            ),
            TINY,
          ],
          ...(proof.checkpoint
            ? [['P', proof.checkpoint.trim(), { ...TINY, size: 6, leading: 0.5 }] as const]
            : []),
        ] as const)
      : []),
  ];
  const legal = words.legal + (receipt.specimen ? (lang === 'en' ? ' ' : '') + words.legalSpecimen : '');
  const foot = { x: LEFT, y: 0, width: WIDTH };
  const small: Style = { size: 8, colour: INK_2, leading: 1 };
  const note = paper.missing.size > 0 ? words.missing(missingList(paper)) : null;
  const textHeight = texts.reduce(
    (sum, [, text, style]) => sum + heightOf(paper, text, { x: 0, y: 0, width: textWidth }, style) + 2,
    0,
  );
  const legalHeight =
    heightOf(paper, legal, foot, small) + (note ? heightOf(paper, note, foot, small) + 3 : 0);
  const height = 5 * MM + Math.max(QR_SIZE, textHeight) + 4 * MM + legalHeight;
  const start = roomFor(paper, freeFrom, height);
  // At the foot of the page that has the rest of the receipt; at the head of a page of its own.
  const top = start === freeFrom ? FRAME_BOTTOM - 8 * MM - height : start;
  rule(paper, top, INK, 1.1, 3);
  const blockTop = top + 5 * MM;
  drawQr(paper, root, receipt, words, blockTop);
  let y = blockTop - 3;
  for (const [tag, text, style] of texts)
    y += write(paper, root, tag, text, { x: textX, y, width: textWidth }, style) + 2;
  y = blockTop + Math.max(QR_SIZE, textHeight) + 4 * MM;
  y += write(paper, root, 'P', legal, { ...foot, y }, small) + 3;
  if (note) write(paper, root, 'P', note, { ...foot, y }, { ...small, weight: 'bold' });
};

const missingList = (paper: Paper): string =>
  [...paper.missing]
    .map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`)
    .join(', ');

/** Drawn as vectors, four modules of white around it: sharp on any printer and readable from a phone. */
const drawQr = (
  paper: Paper,
  root: Parent,
  receipt: ReceiptDocument,
  words: ReceiptWords,
  top: number,
): void =>
  figure(paper, root, words.qrAlt(receipt.gift.number, receipt.url), (pdf) => {
    const { modules } = createQr(receipt.url, { errorCorrectionLevel: 'M' });
    const unit = QR_SIZE / (modules.size + 8);
    pdf.lineWidth(0.5).strokeColor(RULE).rect(LEFT, top, QR_SIZE, QR_SIZE).stroke();
    for (let row = 0; row < modules.size; row += 1)
      for (let column = 0; column < modules.size; column += 1)
        if (modules.get(row, column))
          pdf.rect(LEFT + (column + 4) * unit, top + (row + 4) * unit, unit + 0.02, unit + 0.02);
    pdf.fill('#000');
  });
