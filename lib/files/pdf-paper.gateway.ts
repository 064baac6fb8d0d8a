import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';

/**
 * A printed page: A4, tagged for screen readers, Chinese embedded, every drawn line marked as decoration. The same
 * input gives the same bytes, so that a stored paper can be found by its hash. What the font cannot show is replaced
 * by 〓, the printers' sign for a missing type, and reported.
 */
export type Paper = {
  readonly pdf: PDFKit.PDFDocument;
  /**
   * OpenType features: in an English text the font's quotation marks would be as wide as Chinese characters. A Chinese
   * text needs none, and pdfkit measures each word only once where none is named.
   */
  readonly features: { readonly features?: PDFKit.Mixins.OpenTypeFeatures[] };
  /** Characters that had to be replaced, as they were. */
  readonly missing: Set<string>;
  readonly close: () => Promise<Uint8Array>;
};

export type Weight = 'regular' | 'bold';

export type Style = {
  readonly size: number;
  readonly weight?: Weight | undefined;
  readonly colour?: string | undefined;
  readonly align?: 'left' | 'center' | 'right' | undefined;
  /** Extra space between characters, points. */
  readonly spacing?: number | undefined;
  /** Extra space between lines, points. */
  readonly leading?: number | undefined;
};

/** Where a text stands, points from the page's upper left corner. */
export type Place = { readonly x: number; readonly y: number; readonly width: number };

export type Parent = { add: (child: PDFKit.PDFStructureElement) => unknown };

export const MM = 72 / 25.4;
export const A4 = { width: 210 * MM, height: 297 * MM } as const;

export const INK = '#14181A';
export const INK_2 = '#3B4245';
export const RULE = '#CFC9B9';
export const REDLINE = '#DDB9AC';
export const CINNABAR = '#96261A';
export const SUNK = '#F1F0EB';

const FONTS: Readonly<Record<Weight, string>> = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
};

/** A font as pdfkit takes it: the file's bytes, or the font once parsed. */
type FontSource = Buffer | ParsedFont;
type ParsedFont = { readonly hasGlyphForCodePoint: (codePoint: number) => boolean };

const sources = new Map<Weight, FontSource>();

/** The font file is ten megabytes; it is read once, and what is used of it goes into the paper. */
const fontSource = async (weight: Weight): Promise<FontSource> =>
  sources.get(weight) ?? readFile(join(process.cwd(), 'node_modules', FONTS[weight]));

/** How each word is set in a font; the same in every paper. Begun anew when it grows, because texts are endless. */
const settings: Record<Weight, Record<string, unknown>> = {
  regular: Object.create(null) as Record<string, unknown>,
  bold: Object.create(null) as Record<string, unknown>,
};
const SETTINGS_MAX = 20_000;

/** pdfkit also takes a font it has parsed before, and words it has set; to do both again would be most of the work. */
const useFont = (pdf: PDFKit.PDFDocument, weight: Weight, source: FontSource): void => {
  pdf.registerFont(weight, source as Buffer);
  pdf.font(weight);
  const used = fontInUse(pdf);
  sources.set(weight, used.font);
  if (Object.keys(settings[weight]).length > SETTINGS_MAX)
    settings[weight] = Object.create(null) as Record<string, unknown>;
  used.layoutCache = settings[weight];
};

/** The font in use, which pdfkit keeps to itself. */
const fontInUse = (
  pdf: PDFKit.PDFDocument,
): { readonly font: ParsedFont; layoutCache: Record<string, unknown> } =>
  (pdf as unknown as { readonly _font: ReturnType<typeof fontInUse> })._font;

/** Begins a paper with one page. `createdAt` stands in the file's properties and decides its identity. */
export const openPaper = async (about: {
  readonly title: string;
  readonly author: string;
  readonly lang: string;
  readonly createdAt: Date;
}): Promise<Paper> => {
  const [regular, bold] = await Promise.all([fontSource('regular'), fontSource('bold')]);
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: about.lang,
    info: {
      Title: about.title,
      Author: about.author,
      Creator: 'Shanlu',
      Producer: 'Shanlu',
      CreationDate: about.createdAt,
    },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.once('end', resolve);
    pdf.once('error', reject);
  });
  useFont(pdf, 'bold', bold);
  useFont(pdf, 'regular', regular);
  return {
    pdf,
    features: about.lang === 'en' ? { features: ['pwid', 'palt'] } : {},
    missing: new Set(),
    close: async () => {
      pdf.end();
      await ended;
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
};

/** Puts a file into the paper, for programs; readers show it among the attachments. */
export const attach = (
  { pdf }: Paper,
  file: { readonly name: string; readonly type: string; readonly text: string },
): void => {
  const at = pdf.info.CreationDate ?? new Date(0);
  pdf.file(Buffer.from(file.text, 'utf8'), {
    name: file.name,
    type: file.type,
    creationDate: at,
    modifiedDate: at,
  });
};

/** Adds a structure element that holds others: a table, a row, a section. */
export const group = (paper: Paper, parent: Parent | null, tag: string): PDFKit.PDFStructureElement => {
  const element = paper.pdf.struct(tag);
  if (parent) parent.add(element);
  else paper.pdf.addStructure(element);
  return element;
};

/** Draws something that says nothing by itself: rules, frames, shading. Screen readers pass over it. */
export const decorate = (paper: Paper, draw: (pdf: PDFKit.PDFDocument) => void): void => {
  paper.pdf.markContent('Artifact', { type: 'Layout' });
  paper.pdf.save();
  draw(paper.pdf);
  paper.pdf.restore();
  paper.pdf.endMarkedContent();
};

/** Draws a picture that says something, with the words that say the same. */
export const figure = (
  paper: Paper,
  parent: Parent,
  alt: string,
  draw: (pdf: PDFKit.PDFDocument) => void,
): void => {
  const element = paper.pdf.struct('Figure', { alt }, () => {
    paper.pdf.save();
    draw(paper.pdf);
    paper.pdf.restore();
  });
  parent.add(element);
  element.end();
};

const NOT_DRAWN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** The text as this font can print it. Line breaks stay; other controls and invisible characters go. */
export const printable = (paper: Paper, text: string, weight: Weight = 'regular'): string => {
  paper.pdf.font(weight);
  const { font } = fontInUse(paper.pdf);
  let printed = '';
  for (const character of text.normalize('NFC').toWellFormed().replace(NOT_DRAWN, '')) {
    if (character === '\n' || font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) printed += character;
    else if (/\p{Cc}/u.test(character)) printed += ' ';
    else {
      paper.missing.add(character);
      printed += '〓';
    }
  }
  return printed;
};

const textOptions = (paper: Paper, place: Place, style: Style): PDFKit.Mixins.TextOptions => ({
  ...paper.features,
  // A word without a place to break in would otherwise be cut by the page's edge; pdfkit breaks it at this width.
  width: place.width,
  align: style.align ?? 'left',
  characterSpacing: style.spacing ?? 0,
  lineGap: style.leading ?? 0,
});

/** How high a text will be. */
export const heightOf = (paper: Paper, text: string, place: Place, style: Style): number => {
  const shown = printable(paper, text, style.weight);
  paper.pdf.font(style.weight ?? 'regular').fontSize(style.size);
  return paper.pdf.heightOfString(shown, textOptions(paper, place, style));
};

/** How wide a text is on one line. */
export const widthOf = (paper: Paper, text: string, style: Style): number => {
  const shown = printable(paper, text, style.weight);
  paper.pdf.font(style.weight ?? 'regular').fontSize(style.size);
  return paper.pdf.widthOfString(shown, { characterSpacing: style.spacing ?? 0, ...paper.features });
};

/** Writes a text as an element of its own and says how high it became. `scope` is for the heads of tables. */
export const write = (
  paper: Paper,
  parent: Parent,
  tag: string,
  text: string,
  place: Place,
  style: Style,
  scope?: 'Row' | 'Column',
): number => {
  const shown = printable(paper, text, style.weight);
  // pdfkit knows the scope of a table's heads; its type declarations do not.
  const options: { title?: string; scope?: string } = scope ? { scope } : {};
  const element = paper.pdf.struct(tag, options, () => {
    drawText(paper, shown, place, style);
  });
  parent.add(element);
  element.end();
  return heightOf(paper, text, place, style);
};

/** Draws a text inside `decorate` or `figure`, where it is not an element of its own. */
export const drawText = (paper: Paper, text: string, place: Place, style: Style): void => {
  paper.pdf
    .font(style.weight ?? 'regular')
    .fontSize(style.size)
    .fillColor(style.colour ?? INK)
    .text(text, place.x, place.y, textOptions(paper, place, style));
};
