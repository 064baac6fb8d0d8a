import { be16, be32, hex, JPEG, le16, le32, pixels, PROGRESSIVE, text } from './bytes';

export type Segment = readonly [marker: number, data: Buffer];

const SOS = 0xda;

/** The segments before the first scan, and all from the scan on. */
const segmentsOf = (jpeg: Buffer): { readonly before: Segment[]; readonly scan: Buffer } => {
  const before: Segment[] = [];
  let at = 2;
  while (jpeg[at + 1] !== SOS) {
    const length = jpeg.readUInt16BE(at + 2);
    before.push([jpeg[at + 1] ?? 0, jpeg.subarray(at + 4, at + 2 + length)]);
    at += 2 + length;
  }
  return { before, scan: jpeg.subarray(at) };
};

export const segment = ([marker, data]: Segment): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker]), be16(data.length + 2), data]);

export const SOI = hex('ffd8');
export const EOI = hex('ffd9');
export const BASE = segmentsOf(JPEG);
export const ofSegments = (before: readonly Segment[], scan = BASE.scan): Buffer =>
  Buffer.concat([SOI, ...before.map(segment), scan]);

/** The picture with one kind of segment written otherwise: other data, or left out. */
export const jpegWith = (
  marker: number,
  change: (data: Buffer) => Buffer | null,
  { before, scan } = BASE,
): Buffer =>
  ofSegments(
    before.flatMap(([one, data]): Segment[] => {
      const changed = one === marker ? change(Buffer.from(data)) : data;
      return changed === null ? [] : [[one, changed]];
    }),
    scan,
  );

export const byteSet = (at: number, value: number) => (data: Buffer) => {
  data[at] = value;
  return data;
};

export const FRAME = 0xc0;
export const QUANTISATION = 0xdb;
export const HUFFMAN = 0xc4;
export const EXIF = 0xe1;
export const ICC = 0xe2;

/** The header of the scan alone, changed; the coded pixels stay. */
export const scanWith = (change: (header: Buffer) => Buffer): Buffer => {
  const length = BASE.scan.readUInt16BE(2);
  const header = change(Buffer.from(BASE.scan.subarray(4, 2 + length)));
  return ofSegments(BASE.before, Buffer.concat([segment([SOS, header]), BASE.scan.subarray(2 + length)]));
};

export const codedPixels = BASE.scan.subarray(2 + BASE.scan.readUInt16BE(2), -2);
export const withCoded = (coded: Buffer): Buffer =>
  ofSegments(BASE.before, Buffer.concat([BASE.scan.subarray(0, 2 + BASE.scan.readUInt16BE(2)), coded, EOI]));

// EXIF

export type Field = readonly [tag: number, type: number, count: number, value: Buffer];

/** A TIFF block of directories that follow one another; a value longer than four bytes goes behind them all. */
export const tiff = (fields: readonly Field[], { little = false, next = 0, first = 8 } = {}): Buffer => {
  const [u16, u32] = little ? [le16, le32] : [be16, be32];
  const start = 8 + 2 + fields.length * 12 + 4;
  const behind: Buffer[] = [];
  const rows = fields.map(([tag, type, count, value]) => {
    let slot: Buffer = Buffer.concat([value, Buffer.alloc(4)]).subarray(0, 4);
    if (value.length > 4) {
      slot = u32(start + behind.reduce((sum, { length }) => sum + length, 0));
      behind.push(value);
    }
    return Buffer.concat([u16(tag), u16(type), u32(count), slot]);
  });
  return Buffer.concat([
    text(little ? 'II' : 'MM'),
    u16(42),
    u32(first),
    u16(fields.length),
    ...rows,
    u32(next),
    ...behind,
  ]);
};

export const exif = (block: Buffer): Segment => [EXIF, Buffer.concat([text('Exif\0\0'), block])];
export const withExif = (fields: readonly Field[], options: Parameters<typeof tiff>[1] = {}): Buffer =>
  ofSegments([exif(tiff(fields, options)), ...BASE.before]);
export const asciiField = (tag: number, value: string): Field => [
  tag,
  2,
  value.length + 1,
  text(`${value}\0`),
];
export const rational = (...parts: readonly number[]): Buffer => Buffer.concat(parts.map(be32));

export const degrees = (latitude: Buffer, longitude: Buffer, count = 3): Buffer => {
  const gps = tiff([
    asciiField(1, 'N'),
    [2, 5, count, latitude],
    asciiField(3, 'E'),
    [4, 5, count, longitude],
  ]);
  // The GPS directory stands where the main one's pointer says: behind the main one, its own offsets moved along.
  const main = tiff([[0x8825, 4, 1, be32(26)]]);
  const moved = Buffer.from(gps.subarray(8));
  for (const row of [1, 3]) {
    const at = 2 + row * 12 + 8;
    moved.writeUInt32BE(moved.readUInt32BE(at) + main.length - 8, at);
  }
  return ofSegments([exif(Buffer.concat([main, moved])), ...BASE.before]);
};

/** A directory of its own for the time, where the main one points to it. */
export const takenAt = (local: string, offset: string): Buffer => {
  const main = tiff([[0x8769, 4, 1, be32(26)]]);
  const inner = tiff([asciiField(0x9003, local), asciiField(0x9011, offset)]);
  const moved = Buffer.from(inner.subarray(8));
  for (const row of [0, 1]) {
    const at = 2 + row * 12 + 8;
    if (moved.readUInt32BE(2 + row * 12 + 4) > 4)
      moved.writeUInt32BE(moved.readUInt32BE(at) + main.length - 8, at);
  }
  return ofSegments([exif(Buffer.concat([main, moved])), ...BASE.before]);
};

export const xmp = (value: string): Segment => [
  EXIF,
  Buffer.concat([text('http://ns.adobe.com/xap/1.0/\0'), Buffer.from(value)]),
];

export const iccPart = (number: number, of: number, data: Buffer): Segment => [
  ICC,
  Buffer.concat([text('ICC_PROFILE\0'), Buffer.from([number, of]), data]),
];
const PROFILE = await pixels(3)
  .withIccProfile('p3')
  .jpeg()
  .toBuffer()
  .then((bytes) =>
    segmentsOf(bytes)
      .before.find(([marker]) => marker === ICC)?.[1]
      .subarray(14),
  );
export const profile = PROFILE ?? Buffer.alloc(0);
export const profileWith = (at: number, value: Buffer): Buffer => {
  const changed = Buffer.from(profile);
  value.copy(changed, at);
  return changed;
};

export const LAUGHS = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY ${'bcdefghij'[level]} "${`&${'abcdefghi'[level]};`.repeat(10)}">`,
).join('')}]><x>&j;</x>`;

/** A progressive picture whose first scan is sent again and again: little to send, much to decode. */
export const manyScans = (times: number): Buffer => {
  const { before, scan } = segmentsOf(PROGRESSIVE);
  let end = 2 + scan.readUInt16BE(2);
  while (!(scan[end] === 0xff && scan[end + 1] !== 0)) end += 1;
  return ofSegments(before, Buffer.concat([...Array<Buffer>(times).fill(scan.subarray(0, end)), scan]));
};
