import { A4, decorate, INK, INK_2, MM, type Paper, type Style } from '@/lib/files/pdf-paper.gateway';

/** Where things stand on a receipt, points from the page's upper left corner. */
export const LEFT = 25 * MM;
export const RIGHT = A4.width - LEFT;
export const WIDTH = RIGHT - LEFT;
export const FRAME_TOP = 13 * MM;
export const FRAME_BOTTOM = A4.height - 11 * MM;

export const LABEL: Style = { size: 9.5, colour: INK_2 };
export const VALUE: Style = { size: 9.5, weight: 'bold' };
export const PLAIN: Style = { size: 9.5 };

/** A line across the text's width. */
export const rule = (paper: Paper, y: number, colour: string, width: number, dash = 0): void =>
  decorate(paper, (pdf) => {
    pdf.lineWidth(width).strokeColor(colour);
    if (dash > 0) pdf.dash(dash, { space: dash });
    pdf.moveTo(LEFT, y).lineTo(RIGHT, y).stroke();
  });

/** 文武线, the frame of a thick line outside and a thin one inside. */
export const drawFrame = (paper: Paper): void =>
  decorate(paper, (pdf) => {
    const x = 14 * MM;
    const width = A4.width - 2 * x;
    const height = FRAME_BOTTOM - FRAME_TOP;
    pdf.lineWidth(2.6).strokeColor(INK).rect(x, FRAME_TOP, width, height).stroke();
    pdf
      .lineWidth(0.75)
      .rect(x + 5, FRAME_TOP + 5, width - 10, height - 10)
      .stroke();
  });

/** Goes on to a new page when `height` more points do not fit above the frame's foot; answers where to draw. */
export const roomFor = (paper: Paper, y: number, height: number): number => {
  if (y + height <= FRAME_BOTTOM - 8 * MM) return y;
  paper.pdf.addPage();
  drawFrame(paper);
  return FRAME_TOP + 14 * MM;
};
