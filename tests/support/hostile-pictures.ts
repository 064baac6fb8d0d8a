import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/**
 * Pictures as the careless and the hostile send them, made here byte by byte, with canaries in every place where
 * metadata can hide; and a reader that lists what metadata a picture still has, sharing nothing with the product.
 */

/** Planted in every kind of metadata; not one byte of it may come out. */
export const CANARY = 'CANARY-7f3a-SHANLU';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

export const pngChunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([ascii(type), data]);
  return Buffer.concat([u32(data.length), body, u32(crc32(body))]);
};

const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A greyscale PNG whose header may lie about the size of what follows. */
export const png = (
  width: number,
  height: number,
  options: { extra?: Buffer[]; rows?: number; rowBytes?: number; end?: boolean } = {},
): Buffer => {
  const header = Buffer.concat([u32(width), u32(height), Buffer.from([8, 0, 0, 0, 0])]);
  const pixels = Buffer.alloc((options.rows ?? height) * ((options.rowBytes ?? width) + 1));
  return Buffer.concat([
    PNG_MAGIC,
    pngChunk('IHDR', header),
    ...(options.extra ?? []),
    pngChunk('IDAT', deflateSync(pixels)),
    ...(options.end === false ? [] : [pngChunk('IEND', Buffer.alloc(0))]),
  ]);
};

/** Inserts segments after a JPEG's first two bytes. */
export const withJpegSegments = (jpeg: Buffer, ...segments: [marker: number, data: Buffer][]): Buffer =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    ...segments.map(([marker, data]) =>
      Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data]),
    ),
    jpeg.subarray(2),
  ]);

/** A still photograph of noise: hard to compress, as photographs are. */
export const photograph = (width = 640, height = 480): Sharp =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#987',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });

const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${CANARY}</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`;

const EXIF = {
  IFD0: { Make: CANARY, Model: 'Phone', Artist: CANARY, ImageDescription: CANARY, Software: CANARY },
  IFD2: { DateTimeOriginal: '2023:12:22 10:11:12', OffsetTimeOriginal: '+08:00', UserComment: CANARY },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '22/1 28/1 1234/100',
    GPSLongitudeRef: 'E',
    GPSLongitude: '113/1 21/1 3456/100',
  },
};

/** A photograph with metadata of every kind that its format can carry. */
export const withEveryMetadata = async (kind: 'jpeg' | 'png' | 'webp', orientation = 1): Promise<Buffer> => {
  const marked = photograph()
    .withExif(EXIF)
    .withMetadata({ orientation })
    .withExifMerge(EXIF)
    .withXmp(XMP)
    .withIccProfile('p3');
  if (kind === 'webp') return marked.webp({ quality: 90 }).toBuffer();
  if (kind === 'png') {
    const plain = await marked.png().toBuffer();
    const text = pngChunk('tEXt', ascii(`Comment\0${CANARY}`));
    const zipped = pngChunk('zTXt', Buffer.concat([ascii('Author\0\0'), deflateSync(Buffer.from(CANARY))]));
    return Buffer.concat([plain.subarray(0, 33), text, zipped, plain.subarray(33)]);
  }
  const jpeg = await marked.jpeg({ quality: 90 }).toBuffer();
  return withJpegSegments(
    jpeg,
    [0xfe, Buffer.from(CANARY)],
    [0xed, Buffer.concat([ascii('Photoshop 3.0\0'), Buffer.from(CANARY)])],
    [0xe2, Buffer.concat([ascii('MPF\0'), Buffer.from(CANARY)])],
    [0xef, Buffer.from(CANARY)],
  );
};

/** The names of everything in a JPEG or WebP that is neither pixels nor what decoding them needs. */
export const metadataIn = (bytes: Uint8Array): string[] => {
  const data = Buffer.from(bytes);
  return data.readUInt16BE(0) === 0xffd8 ? jpegMetadata(data) : webpMetadata(data);
};

const jpegMetadata = (data: Buffer): string[] => {
  const found: string[] = [];
  let at = 2;
  while (at < data.length) {
    const marker = data[at + 1] ?? 0;
    if (data[at] !== 0xff) return [...found, `not a marker at ${at}`];
    if (marker === 0xd9) return at + 2 === data.length ? found : [...found, 'data after the end'];
    const length = data.readUInt16BE(at + 2);
    const jfif = marker === 0xe0 && data.toString('latin1', at + 4, at + 8) === 'JFIF' && length === 16;
    const needed = [0xc0, 0xc1, 0xc2, 0xc4, 0xda, 0xdb, 0xdd].includes(marker);
    if (!jfif && !needed) found.push(`segment ${marker.toString(16)}`);
    at += 2 + length;
    if (marker === 0xda)
      while (at < data.length && !(data[at] === 0xff && isMarker(data[at + 1] ?? 0))) at += 1;
  }
  return [...found, 'no end'];
};

const isMarker = (byte: number): boolean => byte !== 0 && !(byte >= 0xd0 && byte <= 0xd7);

const webpMetadata = (data: Buffer): string[] => {
  const found: string[] = [];
  if (data.readUInt32LE(4) + 8 !== data.length) found.push('wrong length');
  for (let at = 12; at + 8 <= data.length;) {
    const type = data.toString('latin1', at, at + 4);
    if (!['VP8 ', 'VP8L'].includes(type)) found.push(type);
    const length = data.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return found;
};
