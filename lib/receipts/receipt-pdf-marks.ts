import {
  A4,
  CINNABAR,
  decorate,
  drawText,
  figure,
  INK,
  printable,
  widthOf,
  type Paper,
  type Parent,
  type Style,
} from '@/lib/files/pdf-paper.gateway';

/** The milestone with a road in it, 26 points high. */
export const drawLogo = (paper: Paper, x: number, y: number): void =>
  decorate(paper, (pdf) => {
    pdf.translate(x, y).scale(0.7);
    pdf.lineWidth(3).path('M1.5 36.5V15a13.5 13.5 0 0127 0v21.5z').fillAndStroke('#fff', INK);
    pdf.lineWidth(1.2).path('M9 36.5L13 13h4l4 23.5z').fillAndStroke('#262C2F', INK);
    pdf.lineWidth(1.8).path('M15 34.5v-5M15 26v-4M15 19v-3').stroke('#F4BC16');
  });

/** Says in a box, a little askew like a rubber stamp, that this is not the first print. */
export const drawDuplicate = (paper: Paper, root: Parent, text: string, x: number, y: number): void => {
  const style: Style = { size: 11, weight: 'bold', colour: INK, spacing: 1 };
  const width = widthOf(paper, text, style) + 14;
  figure(paper, root, text, (pdf) => {
    pdf.rotate(-6, { origin: [x + width / 2, y + 10] });
    pdf.lineWidth(1.4).strokeColor(INK).rect(x, y, width, 21).stroke();
    pdf
      .lineWidth(0.5)
      .rect(x + 2.2, y + 2.2, width - 4.4, 16.6)
      .stroke();
    drawText(paper, text, { x: x + 7.5, y: y + 2.6, width: width + 10 }, style);
  });
};

/** The outlined word across the whole page: a copy machine cannot lose it and nothing below becomes unreadable. */
export const drawVoid = (paper: Paper, text: string): void =>
  decorate(paper, (pdf) => {
    const shown = printable(paper, text, 'bold');
    const size = shown.length > 3 ? 120 : 150;
    pdf.rotate(-32, { origin: [A4.width / 2, A4.height / 2] });
    pdf.font('bold').fontSize(size).lineWidth(1.6).strokeColor('#8A8A8A');
    const spacing = shown.length > 3 ? 4 : 40;
    const width = pdf.widthOfString(shown, { characterSpacing: spacing }) - spacing;
    pdf.text(shown, (A4.width - width) / 2, A4.height / 2 - size * 0.75, {
      lineBreak: false,
      characterSpacing: spacing,
      stroke: true,
      fill: false,
    });
    pdf
      .lineWidth(3)
      .rect((A4.width - width) / 2 - 36, A4.height / 2 - size * 0.62, width + 72, size * 1.14)
      .stroke();
  });

/** A square seal in outline that says "specimen" where a real receipt has the organisation's red seal. */
export const drawSeal = (paper: Paper, text: string, x: number, y: number): void =>
  decorate(paper, (pdf) => {
    const side = 62;
    pdf.rotate(5, { origin: [x + side / 2, y + side / 2] });
    pdf.lineWidth(2.2).strokeColor(CINNABAR).roundedRect(x, y, side, side, 2.5).stroke();
    pdf
      .lineWidth(0.8)
      .roundedRect(x + 3.4, y + 3.4, side - 6.8, side - 6.8, 1.5)
      .stroke();
    const size =
      [17, 14, 12, 10, 9].find(
        (candidate) => widthOf(paper, text, { size: candidate, weight: 'bold' }) < side - 12,
      ) ?? 8;
    const style: Style = { size, weight: 'bold', colour: CINNABAR, align: 'center' };
    drawText(
      paper,
      printable(paper, text, 'bold'),
      { x: x + 2, y: y + side / 2 - size * 0.72, width: side - 4 },
      style,
    );
  });
