import { inflateSync } from 'node:zlib';

/**
 * The text of a PDF that pdfkit wrote, page by page, read the way a program that copies text reads it: glyph numbers
 * in the page's content, turned into characters by each font's ToUnicode table.
 */
export const pdfText = (bytes: Uint8Array): string[] => {
  const objects = readObjects(Buffer.from(bytes));
  return [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary))
    .map(({ dictionary }) => {
      const resources = refOf(dictionary, 'Resources') ?? 0;
      const fonts = new Map<string, Map<number, string>>();
      const list = objects.get(resources)?.dictionary ?? dictionary;
      for (const [, name = '', ref = ''] of list.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
        const table = refOf(objects.get(Number(ref))?.dictionary ?? '', 'ToUnicode');
        fonts.set(name, readTable(objects.get(table ?? 0)?.stream?.toString('latin1') ?? ''));
      }
      const content = objects.get(refOf(dictionary, 'Contents') ?? 0)?.stream?.toString('latin1') ?? '';
      return readContent(content, fonts);
    });
};

/** Where the most frequent kind of square of a PDF stands: the modules of its QR code. */
export const pdfSquares = (bytes: Uint8Array): { squares: { x: number; y: number }[]; side: number } => {
  const bySide = new Map<string, { x: number; y: number }[]>();
  for (const { stream } of readObjects(Buffer.from(bytes)).values())
    for (const [, x = '', y = '', wide = '', high = ''] of (stream?.toString('latin1') ?? '').matchAll(
      /(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re\b/g,
    ))
      if (wide === high) bySide.set(wide, [...(bySide.get(wide) ?? []), { x: Number(x), y: Number(y) }]);
  const [side, squares] = [...bySide].sort((a, b) => b[1].length - a[1].length)[0] ?? ['0', []];
  return { squares, side: Number(side) };
};

type PdfObject = { readonly dictionary: string; readonly stream: Buffer | null };

const readObjects = (bytes: Buffer): Map<number, PdfObject> => {
  const text = bytes.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const match of text.matchAll(/(\d+) 0 obj\n([^]*?)\nendobj/g)) {
    const body = match[2] ?? '';
    const cut = body.indexOf('\nstream\n');
    const dictionary = cut < 0 ? body : body.slice(0, cut);
    const raw = cut < 0 ? null : Buffer.from(body.slice(cut + 8, body.lastIndexOf('\nendstream')), 'latin1');
    const stream = raw && dictionary.includes('FlateDecode') ? inflateSync(raw) : raw;
    objects.set(Number(match[1]), { dictionary, stream });
  }
  return objects;
};

const refOf = (dictionary: string, key: string): number | null => {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1];
  return found === undefined ? null : Number(found);
};

/** pdfkit writes ranges whose targets are lists of UTF-16 in hexadecimal. */
const readTable = (table: string): Map<number, string> => {
  const characters = new Map<number, string>();
  for (const [, from = '', list = ''] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    let glyph = parseInt(from, 16);
    for (const [, units = ''] of list.matchAll(/<([0-9a-f ]*)>/g)) {
      characters.set(
        glyph,
        (units.match(/[0-9a-f]{4}/g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16))).join(''),
      );
      glyph += 1;
    }
  }
  return characters;
};

const readContent = (content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string => {
  let text = '';
  let font: ReadonlyMap<number, string> = new Map();
  for (const [, name, shown, end] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ|(\bET\b)/g)) {
    if (name) font = fonts.get(name) ?? new Map();
    if (shown)
      for (const [, glyphs = ''] of shown.matchAll(/<([0-9a-f]*)>/g))
        for (const glyph of glyphs.match(/.{4}/g) ?? []) text += font.get(parseInt(glyph, 16)) ?? '\uFFFD';
    if (end) text += '\n';
  }
  return text;
};
