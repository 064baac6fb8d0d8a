import 'server-only';
import { join } from 'node:path';
import sharp from 'sharp';

/** What a share picture says: a name, a line of facts, and the road bar. Amounts only as widths and as text. */
export type SharePicture = {
  /** `ML-07`, carved on the milestone; null for a whole campaign. */
  readonly code: string | null;
  readonly name: string;
  readonly facts: string;
  /** Layers from below, each a share of the whole width in thousandths. */
  readonly layers: readonly { readonly material: ShareMaterial; readonly thousandths: number }[];
  /** One line below the bar, such as “paid ¥14,550.00 of ¥15,000.00”. */
  readonly money: string;
  readonly brand: string;
  /** Said on every picture: the figures are illustrative. */
  readonly notice: string;
};
export type ShareMaterial = 'earth' | 'gravel' | 'base' | 'binder' | 'asphalt';

export const SHARE_SIZE = { width: 1200, height: 630 } as const;

/** The materials of the road bar in flat colours: a share picture is looked at the size of a stamp. */
const COLOUR: Record<ShareMaterial, string> = {
  earth: '#c98e5f',
  gravel: '#cbc7ae',
  base: '#a39f8e',
  binder: '#62696c',
  asphalt: '#23292c',
};
const INK = '#14181a';
const QUIET = '#3b4245';

const FONTS = 'node_modules/@expo-google-fonts/noto-sans-sc';
const FONT_FILE = {
  regular: `${FONTS}/400Regular/NotoSansSC_400Regular.ttf`,
  bold: `${FONTS}/700Bold/NotoSansSC_700Bold.ttf`,
} as const;

/**
 * Draws the picture that stands beside a shared link, 1200 × 630. Text is set with the bundled font, so it looks the
 * same on a machine without any fonts, and nothing of the page's visitor is in it.
 */
export const sharePicture = async (picture: SharePicture): Promise<Buffer> => {
  const left = picture.code === null ? 80 : 260;
  const texts = await Promise.all([
    ...(picture.code === null
      ? []
      : [
          centred(picture.code.replace(/-.*$/, ''), 'bold', 34, INK, 150, 118),
          centred(picture.code.replace(/^.*-/, ''), 'bold', 64, INK, 150, 160),
        ]),
    line(picture.name, 'bold', 76, INK, left, 96, 1120 - left),
    line(picture.facts, 'regular', 32, QUIET, left, 206, 1120 - left),
    line(picture.money, 'bold', 36, INK, 80, 500, 1040),
    line(picture.brand, 'bold', 30, INK, 80, 570, 500),
    line(picture.notice, 'regular', 22, QUIET, 420, 576, 700),
  ]);
  return sharp(Buffer.from(background(picture)))
    .composite(texts)
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
};

const background = ({ code, layers }: SharePicture): string => {
  const { width, height } = SHARE_SIZE;
  const floor = 480;
  const high = 30;
  const drawn = layers.map(({ material, thousandths }, index) => {
    const wide = (1040 * Math.max(0, Math.min(1000, thousandths))) / 1000;
    const y = floor - (index + 1) * high;
    const paint = `<rect x="80" y="${y}" width="${wide}" height="${high}" fill="${COLOUR[material]}" stroke="${INK}" stroke-width="2"/>`;
    const lane =
      material === 'asphalt' && wide > 40
        ? `<path d="M92 ${y + high / 2}H${80 + wide - 12}" stroke="#e8b92c" stroke-width="4" stroke-dasharray="26 18"/>`
        : '';
    return wide === 0 ? '' : paint + lane;
  });
  const stone =
    code === null
      ? ''
      : `<path d="M82 250V160a68 68 0 0 1 136 0v90z" fill="#fbfaf6" stroke="${INK}" stroke-width="5"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="#f3f1e9"/>
    <path d="M60 48H1140M60 56H1140" stroke="${INK}" stroke-width="3"/>
    ${stone}${drawn.join('')}
    <path d="M60 548H1140" stroke="#ddb9ac" stroke-width="2"/>
  </svg>`;
};

type Weight = keyof typeof FONT_FILE;
type Placed = { readonly input: Buffer; readonly left: number; readonly top: number };

/** One line of text no wider than `room`: set smaller until it fits. */
const line = async (
  words: string,
  weight: Weight,
  size: number,
  colour: string,
  x: number,
  y: number,
  room: number,
): Promise<Placed> => {
  const set = await setText(words, weight, size, colour);
  const fits =
    set.width <= room ? set : await setText(words, weight, Math.floor((size * room) / set.width), colour);
  return { input: fits.data, left: x, top: y };
};

const centred = async (
  words: string,
  weight: Weight,
  size: number,
  colour: string,
  middle: number,
  y: number,
): Promise<Placed> => {
  const set = await setText(words, weight, size, colour);
  return { input: set.data, left: Math.round(middle - set.width / 2), top: y };
};

const setText = async (
  words: string,
  weight: Weight,
  size: number,
  colour: string,
): Promise<{ readonly data: Buffer; readonly width: number }> => {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${colour}">${escaped}</span>`,
      font: `Noto Sans SC ${weight === 'bold' ? 'Bold ' : ''}${size}`,
      fontfile: join(process.cwd(), FONT_FILE[weight]),
      rgba: true,
      dpi: 72,
      wrap: 'none',
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width };
};
