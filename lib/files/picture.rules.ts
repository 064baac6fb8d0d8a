import { ok, refuse, type Result } from '@/lib/shared/result';

/**
 * What an uploaded picture is, judged from its bytes before any decoder sees it. File names and declared types
 * say nothing. Everything that is more than one still photograph is refused: another format, an animation, a
 * file that is two formats at once, or carries markup. The limits are the product's (issue 5, RELIABILITY 4).
 */

export type PictureKind = 'jpeg' | 'png' | 'webp';

export type Picture = {
  readonly kind: PictureKind;
  readonly mediaType: `image/${PictureKind}`;
  /** Pixels as stored; an EXIF orientation may still swap them. */
  readonly width: number;
  readonly height: number;
};

/** 10 MB: a phone's photograph is 2 to 8. */
export const PICTURE_BYTES_MAX = 10 * 1024 * 1024;

/** 40 megapixels: what a phone takes, and some 120 MB when decoded. */
export const PICTURE_PIXELS_MAX = 40_000_000;

/** Longest side in pixels; nothing on a road is 1 × 40,000,000. */
export const PICTURE_SIDE_MAX = 16_000;

/** Reads kind and size of a picture, or says why it is no picture we take. */
export const readPicture = (bytes: Uint8Array): Result<Picture> => {
  if (bytes.length === 0) return refuse('file_unreadable', { reason: 'empty' });
  if (bytes.length > PICTURE_BYTES_MAX)
    return refuse('file_too_large', { bytes: bytes.length, bytesMax: PICTURE_BYTES_MAX });
  const picture = readByMagic(bytes);
  if (!picture.ok) return picture;
  const { width, height } = picture.value;
  if (width < 1 || height < 1) return refuse('file_unreadable', { reason: 'no_pixels' });
  if (width * height > PICTURE_PIXELS_MAX || Math.max(width, height) > PICTURE_SIDE_MAX)
    return refuse('file_too_large', { width, height, pixelsMax: PICTURE_PIXELS_MAX });
  const second = secondFormat(bytes);
  return second ? refuse('file_type_refused', { reason: second }) : picture;
};

const readByMagic = (bytes: Uint8Array): Result<Picture> => {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return readJpeg(bytes);
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return readPng(bytes);
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return readWebp(bytes);
  return refuse('file_type_refused', { reason: otherFormat(bytes) });
};

/** A name for what was sent instead, so that the page can say what to do (an iPhone can be set to JPEG). */
const otherFormat = (bytes: Uint8Array): string => {
  const brand = ascii(bytes, 4, 4) === 'ftyp' ? ascii(bytes, 8, 4) : '';
  if (/^(?:hei[cxmsf]|hev[cx]|mif1|msf1)$/.test(brand)) return 'heic';
  if (brand !== '') return 'avif_or_video';
  if (ascii(bytes, 0, 4) === 'GIF8') return 'gif';
  if (ascii(bytes, 0, 5) === '%PDF-') return 'pdf';
  if (ascii(bytes, 0, 2) === 'PK') return 'zip';
  if (/^(?:II\*\0|MM\0\*)/.test(ascii(bytes, 0, 4))) return 'tiff';
  if (ascii(bytes, 0, 2) === 'BM') return 'bmp';
  if (/^\s*<|<svg/i.test(ascii(bytes, 0, 512).replace(/^ï»¿/, ''))) return 'markup';
  return 'unknown';
};

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 65_536 + u16(bytes, at + 2);
const u16le = (bytes: Uint8Array, at: number): number => ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0);
const u24le = (bytes: Uint8Array, at: number): number => u16le(bytes, at) + (bytes[at + 2] ?? 0) * 65_536;
const u32le = (bytes: Uint8Array, at: number): number => u16le(bytes, at) + u16le(bytes, at + 2) * 65_536;

const broken = (reason: string): Result<never> => refuse('file_unreadable', { reason });

/** Walks the segments of a JPEG up to its first scan and takes the size from the frame header. */
const readJpeg = (bytes: Uint8Array): Result<Picture> => {
  let frame: Picture | undefined;
  let at = 2;
  for (let segments = 0; segments < 2000; segments += 1) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) return broken('jpeg_segments');
    const length = u16(bytes, at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return broken('truncated');
    if (marker === 0xda) {
      if (!frame) return broken('jpeg_frame');
      return hasJpegEnd(bytes, at) ? ok(frame) : broken('truncated');
    }
    // Baseline, extended and progressive Huffman; the rest (lossless, arithmetic, hierarchical) no camera writes.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (marker > 0xc2 || frame) return broken('jpeg_frame');
      frame = {
        kind: 'jpeg',
        mediaType: 'image/jpeg',
        height: u16(bytes, at + 5),
        width: u16(bytes, at + 7),
      };
    }
    at += 2 + length;
  }
  return broken('jpeg_segments');
};

const hasJpegEnd = (bytes: Uint8Array, from: number): boolean => {
  for (let at = bytes.length - 2; at > from; at -= 1)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
};

/** Walks all chunks of a PNG: nothing may be missing at its end, and nothing may follow it. */
const readPng = (bytes: Uint8Array): Result<Picture> => {
  if (ascii(bytes, 12, 4) !== 'IHDR' || u32(bytes, 8) !== 13) return broken('png_header');
  const picture: Picture = {
    kind: 'png',
    mediaType: 'image/png',
    width: u32(bytes, 16),
    height: u32(bytes, 20),
  };
  let at = 8;
  for (let chunks = 0; chunks < 20_000; chunks += 1) {
    const length = u32(bytes, at);
    const next = at + 12 + length;
    if (next > bytes.length) return broken('truncated');
    const type = ascii(bytes, at + 4, 4);
    if (type === 'acTL' || type === 'fcTL') return refuse('file_type_refused', { reason: 'animated' });
    if (type === 'IEND')
      return next === bytes.length ? ok(picture) : refuse('file_type_refused', { reason: 'trailing_data' });
    at = next;
  }
  return broken('png_chunks');
};

const readWebp = (bytes: Uint8Array): Result<Picture> => {
  const end = u32le(bytes, 4) + 8;
  if (end > bytes.length) return broken('truncated');
  if (end < bytes.length) return refuse('file_type_refused', { reason: 'trailing_data' });
  let width = 0;
  let height = 0;
  const enlarge = (w: number, h: number): void => {
    width = Math.max(width, w);
    height = Math.max(height, h);
  };
  for (let at = 12; at + 8 <= end;) {
    const type = ascii(bytes, at, 4);
    const data = at + 8;
    if (type === 'ANIM' || type === 'ANMF') return refuse('file_type_refused', { reason: 'animated' });
    if (type === 'VP8X') {
      if ((bytes[data] ?? 0) & 2) return refuse('file_type_refused', { reason: 'animated' });
      enlarge(u24le(bytes, data + 4) + 1, u24le(bytes, data + 7) + 1);
    }
    if (type === 'VP8 ') enlarge(u16le(bytes, data + 6) & 0x3fff, u16le(bytes, data + 8) & 0x3fff);
    if (type === 'VP8L') {
      const size = u32le(bytes, data + 1);
      enlarge((size & 0x3fff) + 1, ((size >>> 14) & 0x3fff) + 1);
    }
    const length = u32le(bytes, at + 4);
    at = data + length + (length % 2);
  }
  return ok({ kind: 'webp', mediaType: 'image/webp', width, height });
};

/**
 * Whether the file is also something else: a document for a reader that looks past the first bytes, an archive
 * for one that looks from the end, or markup for a browser that sniffs. Data after the end of a JPEG is not by
 * itself refused: phones put depth maps and motion pictures there, and re-encoding drops them.
 */
export const secondFormat = (bytes: Uint8Array): string | null => {
  if (ascii(bytes, 0, Math.min(1024, bytes.length)).includes('%PDF-')) return 'also_pdf';
  if (hasZipEnd(bytes)) return 'also_zip';
  const text = new TextDecoder('latin1').decode(bytes);
  return /<script|<html|<!doctype|<iframe|<\?php\s|javascript:/i.test(text) ? 'also_markup' : null;
};

const hasZipEnd = (bytes: Uint8Array): boolean => {
  const first = Math.max(0, bytes.length - 65_557);
  for (let at = bytes.length - 22; at >= first; at -= 1)
    if (
      bytes[at] === 0x50 &&
      bytes[at + 1] === 0x4b &&
      bytes[at + 2] === 0x05 &&
      bytes[at + 3] === 0x06 &&
      at + 22 + u16le(bytes, at + 20) === bytes.length
    )
      return true;
  return false;
};

/** A rectangle to make unrecognisable, in ten-thousandths of the upright picture's width and height. */
export type Redaction = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

export const REDACTIONS_MAX = 100;

/** Checks redaction rectangles as they come from a form: whole numbers inside the picture. */
export const readRedactions = (rectangles: readonly Redaction[]): Result<readonly Redaction[]> => {
  const inside = ({ x, y, w, h }: Redaction): boolean =>
    [x, y, w, h].every((value) => Number.isInteger(value) && value >= 0 && value <= 10_000) &&
    w > 0 &&
    h > 0 &&
    x + w <= 10_000 &&
    y + h <= 10_000;
  return rectangles.length <= REDACTIONS_MAX && rectangles.every(inside)
    ? ok(rectangles)
    : refuse('invalid_input', { reason: 'redaction' });
};
