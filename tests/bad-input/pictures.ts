import { crc32, deflateSync, gzipSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { CANARY, png, pngChunk, withJpegSegments } from '../support/hostile-pictures';

/**
 * One hostile picture and what must come of it: 'taken' (made anew, not one byte of metadata left), or the name and the
 * reason of the refusal. All are made here, byte by byte or by an encoder and then spoilt; no two are the same bytes.
 */
export type HostilePicture = readonly [name: string, bytes: Buffer, comesOf: string];

const WIDTH = 64;
const HEIGHT = 48;

const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const hex = (value: string): Buffer => Buffer.from(value.replaceAll(' ', ''), 'hex');
const be16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
const be32 = (value: number): Buffer => Buffer.concat([be16(value >>> 16), be16(value & 0xffff)]);
const le16 = (value: number): Buffer => Buffer.from([value & 255, (value >> 8) & 255]);
const le32 = (value: number): Buffer => Buffer.concat([le16(value & 0xffff), le16(value >>> 16)]);

/** Pixels that look like a photograph to an encoder, always the same. */
const pixels = (channels: 1 | 2 | 3 | 4): Sharp => {
  let seed = 7;
  const data = Uint8Array.from({ length: WIDTH * HEIGHT * channels }, (_, index) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return ((index / channels) & 127) + ((seed >>> 16) & 63);
  });
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } });
};

const JPEG = await pixels(3).jpeg({ quality: 80 }).toBuffer();
const PROGRESSIVE = await pixels(3).jpeg({ progressive: true }).toBuffer();
const PNG = await pixels(3).png().toBuffer();
const WEBP = await pixels(3).webp({ quality: 80 }).toBuffer();

// JPEG

type Segment = readonly [marker: number, data: Buffer];

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

const segment = ([marker, data]: Segment): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker]), be16(data.length + 2), data]);

const SOI = hex('ffd8');
const EOI = hex('ffd9');
const BASE = segmentsOf(JPEG);
const ofSegments = (before: readonly Segment[], scan = BASE.scan): Buffer =>
  Buffer.concat([SOI, ...before.map(segment), scan]);

/** The picture with one kind of segment written otherwise: other data, or left out. */
const jpegWith = (marker: number, change: (data: Buffer) => Buffer | null, { before, scan } = BASE): Buffer =>
  ofSegments(
    before.flatMap(([one, data]): Segment[] => {
      const changed = one === marker ? change(Buffer.from(data)) : data;
      return changed === null ? [] : [[one, changed]];
    }),
    scan,
  );

const byteSet = (at: number, value: number) => (data: Buffer) => {
  data[at] = value;
  return data;
};

const FRAME = 0xc0;
const QUANTISATION = 0xdb;
const HUFFMAN = 0xc4;
const EXIF = 0xe1;
const ICC = 0xe2;

/** The header of the scan alone, changed; the coded pixels stay. */
const scanWith = (change: (header: Buffer) => Buffer): Buffer => {
  const length = BASE.scan.readUInt16BE(2);
  const header = change(Buffer.from(BASE.scan.subarray(4, 2 + length)));
  return ofSegments(BASE.before, Buffer.concat([segment([SOS, header]), BASE.scan.subarray(2 + length)]));
};

const codedPixels = BASE.scan.subarray(2 + BASE.scan.readUInt16BE(2), -2);
const withCoded = (coded: Buffer): Buffer =>
  ofSegments(BASE.before, Buffer.concat([BASE.scan.subarray(0, 2 + BASE.scan.readUInt16BE(2)), coded, EOI]));

// EXIF

type Field = readonly [tag: number, type: number, count: number, value: Buffer];

/** A TIFF block of directories that follow one another; a value longer than four bytes goes behind them all. */
const tiff = (fields: readonly Field[], { little = false, next = 0, first = 8 } = {}): Buffer => {
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

const exif = (block: Buffer): Segment => [EXIF, Buffer.concat([text('Exif\0\0'), block])];
const withExif = (fields: readonly Field[], options: Parameters<typeof tiff>[1] = {}): Buffer =>
  ofSegments([exif(tiff(fields, options)), ...BASE.before]);
const asciiField = (tag: number, value: string): Field => [tag, 2, value.length + 1, text(`${value}\0`)];
const rational = (...parts: readonly number[]): Buffer => Buffer.concat(parts.map(be32));

const degrees = (latitude: Buffer, longitude: Buffer, count = 3): Buffer => {
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
const takenAt = (local: string, offset: string): Buffer => {
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

const xmp = (value: string): Segment => [
  EXIF,
  Buffer.concat([text('http://ns.adobe.com/xap/1.0/\0'), Buffer.from(value)]),
];

const iccPart = (number: number, of: number, data: Buffer): Segment => [
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
const profile = PROFILE ?? Buffer.alloc(0);
const profileWith = (at: number, value: Buffer): Buffer => {
  const changed = Buffer.from(profile);
  value.copy(changed, at);
  return changed;
};

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY ${'bcdefghij'[level]} "${`&${'abcdefghi'[level]};`.repeat(10)}">`,
).join('')}]><x>&j;</x>`;

/** A progressive picture whose first scan is sent again and again: little to send, much to decode. */
const manyScans = (times: number): Buffer => {
  const { before, scan } = segmentsOf(PROGRESSIVE);
  let end = 2 + scan.readUInt16BE(2);
  while (!(scan[end] === 0xff && scan[end + 1] !== 0)) end += 1;
  return ofSegments(before, Buffer.concat([...Array<Buffer>(times).fill(scan.subarray(0, end)), scan]));
};

const JPEGS: readonly HostilePicture[] = [
  ['JPEG in grey', await pixels(1).toColourspace('b-w').jpeg().toBuffer(), 'taken'],
  ['JPEG in CMYK', await pixels(3).toColourspace('cmyk').jpeg().toBuffer(), 'taken'],
  ['JPEG, progressive', PROGRESSIVE, 'taken'],
  [
    'JPEG with every colour at full size',
    await pixels(3).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
    'taken',
  ],
  [
    'JPEG of one pixel',
    await sharp(hex('123456'), { raw: { width: 1, height: 1, channels: 3 } })
      .jpeg()
      .toBuffer(),
    'taken',
  ],
  [
    'JPEG of 3,000 × 1 pixels',
    await sharp({ create: { width: 3000, height: 1, channels: 3, background: '#987' } })
      .jpeg()
      .toBuffer(),
    'taken',
  ],
  ['JPEG with filling between segments', Buffer.concat([SOI, hex('ffffffffff'), JPEG.subarray(3)]), 'taken'],
  [
    'JPEG with a small picture in its JFIF header',
    withJpegSegments(JPEG, [
      0xe0,
      Buffer.concat([text('JFIF\0\x01\x02\0\0\x01\0\x01\x02\x02'), text(CANARY.slice(0, 12))]),
    ]),
    'taken',
  ],
  [
    'JPEG with a small picture in a JFIF header of its own',
    withJpegSegments(
      JPEG,
      [0xe0, text('JFIF\0\x01\x02\0\0\x01\0\x01\0\0')],
      [0xe0, Buffer.concat([text('JFXX\0\x10'), PROGRESSIVE])],
    ),
    'taken',
  ],
  [
    'JPEG with a density of nothing',
    withJpegSegments(JPEG, [0xe0, text('JFIF\0\x01\x01\x09\0\0\0\0\0\0')]),
    'taken',
  ],
  ['JPEG without a JFIF header', JPEG, 'taken'],
  [
    'JPEG with 300 unknown segments',
    withJpegSegments(JPEG, ...Array.from({ length: 300 }, (): [number, Buffer] => [0xe9, text(CANARY)])),
    'taken',
  ],
  [
    'JPEG with 3,000 unknown segments',
    withJpegSegments(JPEG, ...Array.from({ length: 3000 }, (): [number, Buffer] => [0xe9, text(CANARY)])),
    'file_unreadable jpeg_segments',
  ],
  [
    'JPEG with a comment of 65,533 bytes',
    withJpegSegments(JPEG, [0xfe, Buffer.alloc(65_533, CANARY)]),
    'taken',
  ],
  ['JPEG with an empty comment', withJpegSegments(JPEG, [0xfe, Buffer.alloc(0)]), 'taken'],
  [
    'JPEG with Photoshop’s resources',
    withJpegSegments(JPEG, [
      0xed,
      Buffer.concat([text('Photoshop 3.0\x008BIM\x04\x04\0\0'), be32(9000), text(CANARY)]),
    ]),
    'taken',
  ],
  [
    'JPEG with an Adobe segment of an unknown kind',
    withJpegSegments(JPEG, [0xee, Buffer.concat([text('Adobe'), hex('0064 0000 0000 63')])]),
    'file_unreadable decoder',
  ],
  [
    'JPEG with an index of several pictures',
    withJpegSegments(JPEG, [ICC, Buffer.concat([text('MPF\0MM\0*'), be32(8), be16(0xffff), text(CANARY)])]),
    'taken',
  ],
  ['JPEG and a second one behind it', Buffer.concat([JPEG, PROGRESSIVE]), 'taken'],
  ['JPEG and a RAR archive behind it', Buffer.concat([JPEG, text(`Rar!\x1a\x07\0${CANARY}`)]), 'taken'],
  ['JPEG and a 7z archive behind it', Buffer.concat([JPEG, hex('377abcaf271c0004'), text(CANARY)]), 'taken'],
  ['JPEG and an MP3 behind it', Buffer.concat([JPEG, text(`ID3\x03\0\0${CANARY}`)]), 'taken'],
  [
    'JPEG that is also a script in JavaScript',
    withJpegSegments(JPEG, [0xfe, text(`*/=alert("${CANARY}")/*`)]),
    'taken',
  ],
  [
    'JPEG that is also a script of a shell',
    withJpegSegments(JPEG, [0xfe, text(`\n#!/bin/sh\necho ${CANARY}\nexit\n`)]),
    'taken',
  ],
  [
    'JPEG and PHP with a short tag behind it',
    Buffer.concat([JPEG, text(`<?= system('${CANARY}') ?>`)]),
    'taken',
  ],
  [
    'JPEG and a PHP archive',
    Buffer.concat([JPEG, text('<?php __HALT_COMPILER(); ?>')]),
    'file_type_refused also_markup',
  ],
  [
    'JPEG and an inner frame in its comment',
    withJpegSegments(JPEG, [0xfe, text('<IFRAME src=//x>')]),
    'file_type_refused also_markup',
  ],
  [
    'JPEG and an address that is a script',
    withJpegSegments(JPEG, [0xfe, text('JavaScript:alert(1)')]),
    'file_type_refused also_markup',
  ],
  [
    'JPEG and a Java archive',
    Buffer.concat([JPEG, text('PK\x05\x06'), Buffer.alloc(18)]),
    'file_type_refused also_zip',
  ],
  [
    'JPEG with a PDF behind its first segments',
    withJpegSegments(JPEG, [0xed, text('\n%PDF-1.7\n1 0 obj')]),
    'file_type_refused also_pdf',
  ],
  ...[0.02, 0.1, 0.3, 0.6, 0.9].map((part): HostilePicture => [
    `JPEG of which ${part * 100} % came`,
    JPEG.subarray(0, Math.floor(JPEG.length * part)),
    'file_unreadable truncated',
  ]),
  ...[0.7, 0.85, 0.97].map((part): HostilePicture => [
    `JPEG of which ${part * 100} % came, closed properly`,
    Buffer.concat([JPEG.subarray(0, Math.floor(JPEG.length * part)), EOI]),
    'file_unreadable decoder',
  ]),
  ['JPEG of a beginning and an end', Buffer.concat([SOI, EOI, EOI]), 'file_unreadable truncated'],
  [
    'JPEG with bytes between its segments',
    Buffer.concat([JPEG.subarray(0, 20), text('xyz'), JPEG.subarray(20)]),
    'file_unreadable jpeg_segments',
  ],
  [
    'JPEG with a segment of one byte',
    Buffer.concat([SOI, hex('ffe00001'), JPEG.subarray(2)]),
    'file_unreadable truncated',
  ],
  ['JPEG without tables for its brightness', jpegWith(QUANTISATION, () => null), 'file_unreadable decoder'],
  // Those of the standard are taken then, as films of JPEG have none.
  ['JPEG without tables for its codes', jpegWith(HUFFMAN, () => null), 'taken'],
  [
    'JPEG with a table of codes that overflows',
    jpegWith(HUFFMAN, (data) =>
      Buffer.concat([data.subarray(0, 1), Buffer.alloc(16, 255), data.subarray(17)]),
    ),
    'file_unreadable decoder',
  ],
  [
    'JPEG with a table of codes that is empty',
    jpegWith(HUFFMAN, (data) => Buffer.concat([data.subarray(0, 1), Buffer.alloc(16)])),
    'file_unreadable decoder',
  ],
  [
    'JPEG with a table of a number there is none of',
    jpegWith(QUANTISATION, byteSet(0, 9)),
    'file_unreadable decoder',
  ],
  [
    'JPEG with a table of nothing but noughts',
    jpegWith(QUANTISATION, (data) => Buffer.concat([data.subarray(0, 1), Buffer.alloc(data.length - 1)])),
    'taken',
  ],
  [
    'JPEG of no colours',
    jpegWith(FRAME, (data) => byteSet(5, 0)(data).subarray(0, 6)),
    'file_unreadable decoder',
  ],
  [
    'JPEG of two colours',
    jpegWith(FRAME, (data) => byteSet(5, 2)(data).subarray(0, 12)),
    'file_unreadable decoder',
  ],
  ['JPEG of 255 colours', jpegWith(FRAME, byteSet(5, 255)), 'file_unreadable decoder'],
  ['JPEG of 12 bits', jpegWith(FRAME, byteSet(0, 12)), 'file_unreadable decoder'],
  ['JPEG with a sample of no size', jpegWith(FRAME, byteSet(7, 0)), 'file_unreadable decoder'],
  ['JPEG with a sample larger than there is', jpegWith(FRAME, byteSet(7, 0x55)), 'file_unreadable decoder'],
  ['JPEG with two colours of one number', jpegWith(FRAME, byteSet(9, 1)), 'file_unreadable decoder'],
  [
    'JPEG of no height, told afterwards',
    jpegWith(FRAME, (data) => byteSet(1, 0)(byteSet(2, 0)(data))),
    'file_unreadable no_pixels',
  ],
  [
    'JPEG of no width',
    jpegWith(FRAME, (data) => byteSet(3, 0)(byteSet(4, 0)(data))),
    'file_unreadable no_pixels',
  ],
  [
    'JPEG that says 4,096 × 4,096 before 64 × 48',
    jpegWith(FRAME, (data) => byteSet(1, 16)(byteSet(3, 16)(data))),
    'file_unreadable decoder',
  ],
  [
    'JPEG of 65,535 × 65,535',
    jpegWith(FRAME, (data) => Buffer.concat([data.subarray(0, 1), Buffer.alloc(4, 255), data.subarray(5)])),
    'file_too_large',
  ],
  [
    'JPEG coded arithmetically',
    ofSegments(BASE.before.map(([marker, data]) => [marker === FRAME ? 0xc9 : marker, data])),
    'file_unreadable jpeg_frame',
  ],
  [
    'JPEG in several sizes at once',
    ofSegments([
      [0xde, Buffer.from(BASE.before.find(([marker]) => marker === FRAME)?.[1] ?? '')],
      ...BASE.before,
    ]),
    'file_unreadable decoder',
  ],
  [
    'JPEG that calls itself progressive',
    ofSegments(BASE.before.map(([marker, data]) => [marker === FRAME ? 0xc2 : marker, data])),
    'file_unreadable decoder',
  ],
  ['JPEG with a scan of colours that are not there', scanWith(byteSet(1, 77)), 'file_unreadable decoder'],
  ['JPEG with a scan of no colours', scanWith(byteSet(0, 0)), 'file_unreadable decoder'],
  [
    'JPEG with a scan from its end to its start',
    scanWith((data) => byteSet(data.length - 3, 63)(byteSet(data.length - 2, 0)(data))),
    'file_unreadable decoder',
  ],
  ['JPEG with tables of the scan there are none of', scanWith(byteSet(2, 0xff)), 'file_unreadable decoder'],
  ['JPEG with two beginnings', Buffer.concat([SOI, JPEG]), 'file_unreadable truncated'],
  [
    'JPEG with markers for a restart that was not agreed',
    withCoded(Buffer.concat([codedPixels.subarray(0, 100), hex('ffd3'), codedPixels.subarray(100)])),
    'file_unreadable decoder',
  ],
  [
    'JPEG with a restart agreed that never comes',
    ofSegments([...BASE.before, [0xdd, be16(1)]]),
    'file_unreadable decoder',
  ],
  ['JPEG whose pixels are noughts', withCoded(Buffer.alloc(codedPixels.length)), 'file_unreadable decoder'],
  [
    'JPEG whose pixels are all markers',
    withCoded(Buffer.alloc(codedPixels.length, hex('ff00'))),
    'file_unreadable decoder',
  ],
  ['JPEG without pixels', withCoded(Buffer.alloc(0)), 'file_unreadable decoder'],
  ['JPEG with its first scan 400 times', manyScans(400), 'file_unreadable decoder'],
];

const METADATA: readonly HostilePicture[] = [
  [
    'EXIF with a serial number and a name',
    withExif([asciiField(0xa431, CANARY), asciiField(0xa430, CANARY), asciiField(0x13b, CANARY)]),
    'taken',
  ],
  ['EXIF with the lower end first', withExif([asciiField(0x10f, CANARY)], { little: true }), 'taken'],
  [
    'EXIF with a small picture',
    ofSegments([
      exif(
        Buffer.concat([
          tiff([], { next: 14 }),
          tiff([
            [0x201, 4, 1, be32(60)],
            [0x202, 4, 1, be32(JPEG.length)],
          ]).subarray(8),
          JPEG,
        ]),
      ),
      ...BASE.before,
    ]),
    'taken',
  ],
  [
    'EXIF with a maker’s note of 60,000 bytes',
    withExif([[0x927c, 7, 60_000, Buffer.alloc(60_000, CANARY)]]),
    'taken',
  ],
  ['EXIF whose directory is its own next', withExif([asciiField(0x10f, 'x')], { next: 8 }), 'taken'],
  [
    'EXIF whose directory for times is the main one',
    withExif([
      [0x8769, 4, 1, be32(8)],
      [0x8825, 4, 1, be32(8)],
    ]),
    'taken',
  ],
  [
    'EXIF whose directory lies behind its end',
    withExif([asciiField(0x10f, CANARY)], { first: 0x7fffffff }),
    'taken',
  ],
  [
    'EXIF whose directory lies before its start',
    withExif([asciiField(0x10f, CANARY)], { first: 0xffffffff }),
    'taken',
  ],
  ['EXIF with a value of 4,294,967,295 items', withExif([[0x10f, 5, 0xffffffff, be32(8)]]), 'taken'],
  [
    'EXIF with values of a type there is none of',
    withExif([
      [0x112, 999, 1, be16(6)],
      [0x10f, 0, 1, be32(0)],
    ]),
    'taken',
  ],
  [
    'EXIF of 5,000 values',
    withExif(Array.from({ length: 5000 }, (_, tag): Field => [tag, 3, 1, be16(tag)])),
    'taken',
  ],
  [
    'EXIF twice, at odds about what is up',
    ofSegments([exif(tiff([[0x112, 3, 1, be16(6)]])), exif(tiff([[0x112, 3, 1, be16(3)]])), ...BASE.before]),
    'taken',
  ],
  ...[0, 9, 65_535].map((up): HostilePicture => [
    `EXIF that says the upper side is number ${up}`,
    withExif([[0x112, 3, 1, be16(up)]]),
    'taken',
  ]),
  ['EXIF that says the upper side in words', withExif([asciiField(0x112, 'up, up, up')]), 'taken'],
  [
    'EXIF of an unknown order of bytes',
    ofSegments([exif(Buffer.concat([text('XX\0*'), be32(8), text(CANARY)])), ...BASE.before]),
    'taken',
  ],
  ['EXIF cut off in its head', ofSegments([exif(text('MM\0')), ...BASE.before]), 'taken'],
  [
    'EXIF of a place',
    degrees(rational(22, 1, 28, 1, 1234, 100), rational(113, 1, 21, 1, 3456, 100)),
    'taken',
  ],
  [
    'EXIF of a place beyond the pole',
    degrees(rational(91, 1, 0, 1, 0, 1), rational(113, 1, 0, 1, 0, 1)),
    'taken',
  ],
  [
    'EXIF of a place divided by nought',
    degrees(rational(22, 0, 28, 0, 0, 0), rational(113, 0, 0, 0, 0, 0)),
    'taken',
  ],
  [
    'EXIF of a place of 4,294,967,295 minutes',
    degrees(rational(0, 1, 0xffffffff, 1, 0, 1), rational(0, 1, 0xffffffff, 1, 0, 1)),
    'taken',
  ],
  ['EXIF of a place of a single number', degrees(rational(22, 1), rational(113, 1), 1), 'taken'],
  ['EXIF of the year 9999', takenAt('9999:12:31 23:59:59', '-14:00'), 'taken'],
  ['EXIF of the 30th of February', takenAt('2023:02:30 10:00:00', '+08:00'), 'taken'],
  ['EXIF of no day', takenAt('0000:00:00 00:00:00', ''), 'taken'],
  ['EXIF of an hour nobody has', takenAt('2023:12:22 25:61:61', '+99:99'), 'taken'],
  ['EXIF of a time in words', takenAt("'); drop table x;--", CANARY.slice(0, 6)), 'taken'],
  [
    'XMP with a name',
    ofSegments([xmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${CANARY}</x:xmpmeta>`), ...BASE.before]),
    'taken',
  ],
  [
    'XMP that names a file of the server',
    ofSegments([
      xmp('<?xml version="1.0"?><!DOCTYPE\tx [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
      ...BASE.before,
    ]),
    'file_type_refused also_markup',
  ],
  [
    'XMP that unfolds a billion times',
    ofSegments([xmp(LAUGHS), ...BASE.before]),
    'file_type_refused also_markup',
  ],
  ['XMP that is no XML', ofSegments([xmp(`<x><<<&&&${CANARY}\0\xff`), ...BASE.before]), 'taken'],
  [
    'XMP in ten pieces, one missing',
    ofSegments([
      ...Array.from({ length: 9 }, (_, part): Segment => [
        EXIF,
        Buffer.concat([
          text(`http://ns.adobe.com/xmp/extension/\0${'A'.repeat(32)}`),
          be32(10_000),
          be32(part * 1000),
          Buffer.alloc(1000, CANARY),
        ]),
      ]),
      ...BASE.before,
    ]),
    'taken',
  ],
  [
    'a colour profile in two pieces, the second first',
    ofSegments([
      iccPart(2, 2, profile.subarray(200)),
      iccPart(1, 2, profile.subarray(0, 200)),
      ...BASE.before,
    ]),
    'taken',
  ],
  [
    'a colour profile of which a piece is missing',
    ofSegments([
      iccPart(1, 3, profile.subarray(0, 200)),
      iccPart(3, 3, profile.subarray(200)),
      ...BASE.before,
    ]),
    'taken',
  ],
  [
    'a colour profile that says it has 4 GB',
    ofSegments([iccPart(1, 1, profileWith(0, be32(0xffffffff))), ...BASE.before]),
    'taken',
  ],
  [
    'a colour profile of 4,294,967,295 tables',
    ofSegments([iccPart(1, 1, profileWith(128, be32(0xffffffff))), ...BASE.before]),
    'taken',
  ],
  [
    'a colour profile whose tables lie behind its end',
    ofSegments([iccPart(1, 1, profileWith(136, be32(0x7ffffff0))), ...BASE.before]),
    'taken',
  ],
  [
    'a colour profile for four inks',
    ofSegments([iccPart(1, 1, profileWith(16, text('CMYK'))), ...BASE.before]),
    'taken',
  ],
  [
    'a colour profile that is no profile',
    ofSegments([iccPart(1, 1, profileWith(36, text('evil'))), ...BASE.before]),
    'taken',
  ],
  [
    'a colour profile cut off in its head',
    ofSegments([iccPart(1, 1, profile.subarray(0, 60)), ...BASE.before]),
    'taken',
  ],
];

// PNG

const PNG_HEAD = PNG.subarray(0, 8);

type Chunk = readonly [type: string, data: Buffer];

const chunksOf = (bytes: Buffer): Chunk[] => {
  const found: Chunk[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    found.push([
      bytes.toString('latin1', at + 4, at + 8),
      bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)),
    ]);
  return found;
};

const CHUNKS = chunksOf(PNG);
const HEAD = CHUNKS[0]?.[1] ?? Buffer.alloc(13);
const DATA = Buffer.concat(CHUNKS.filter(([type]) => type === 'IDAT').map(([, data]) => data));
const ofChunks = (...chunks: readonly Chunk[]): Buffer =>
  Buffer.concat([PNG_HEAD, ...chunks.map(([type, data]) => pngChunk(type, Buffer.from(data)))]);
const IEND: Chunk = ['IEND', Buffer.alloc(0)];
const IHDR: Chunk = ['IHDR', HEAD];
const IDAT: Chunk = ['IDAT', DATA];
const pngWith = (...between: readonly Chunk[]): Buffer => ofChunks(IHDR, ...between, IDAT, IEND);
const headed = (at: number, value: number): Buffer =>
  ofChunks(['IHDR', byteSet(at, value)(Buffer.from(HEAD))], IDAT, IEND);
const wrongSum = (type: string): Buffer => {
  const bytes = Buffer.from(pngWith(['tEXt', text(`Comment\0${CANARY}`)]));
  const at = bytes.indexOf(type) - 4;
  const sum = at + 8 + bytes.readUInt32BE(at);
  bytes.writeUInt32BE(crc32(text('x')), sum);
  return bytes;
};
const rows = (filter: number, count = HEIGHT, bytes = WIDTH * 3): Buffer =>
  deflateSync(
    Buffer.concat(
      Array.from({ length: count }, () => Buffer.concat([Buffer.from([filter]), Buffer.alloc(bytes, 99)])),
    ),
  );

const PNGS: readonly HostilePicture[] = [
  ['PNG in grey', await pixels(1).toColourspace('b-w').png().toBuffer(), 'taken'],
  ['PNG in grey, see-through', await pixels(2).png().toBuffer(), 'taken'],
  ['PNG of 16 bits', await pixels(3).toColourspace('rgb16').png().toBuffer(), 'taken'],
  ['PNG of 16 bits, see-through', await pixels(4).toColourspace('rgb16').png().toBuffer(), 'taken'],
  ['PNG of two colours', await pixels(3).png({ palette: true, colours: 2 }).toBuffer(), 'taken'],
  [
    'PNG of 200 colours, one see-through',
    await pixels(4).png({ palette: true, colours: 200 }).toBuffer(),
    'taken',
  ],
  ['PNG, interlaced', await pixels(3).png({ progressive: true }).toBuffer(), 'taken'],
  ['PNG with EXIF', pngWith(['eXIf', tiff([asciiField(0x10f, CANARY)])]), 'taken'],
  ['PNG with EXIF of rubbish', pngWith(['eXIf', Buffer.alloc(5000, 0xfe)]), 'taken'],
  [
    'PNG with XMP',
    pngWith(['iTXt', Buffer.concat([text('XML:com.adobe.xmp\0\0\0\0\0'), Buffer.from(`<x>${CANARY}</x>`)])]),
    'taken',
  ],
  ['PNG with a text whose packing is broken', pngWith(['zTXt', text(`Comment\0\0${CANARY}`)]), 'taken'],
  ['PNG with a time nobody has', pngWith(['tIME', hex('ffff 63 63 63 63 63')]), 'taken'],
  ['PNG of no density', pngWith(['pHYs', hex('00000000 00000000 09')]), 'taken'],
  ['PNG with a chunk of our own', pngWith(['caNa', text(CANARY)]), 'taken'],
  [
    'PNG with 2,000 texts',
    pngWith(...Array.from({ length: 2000 }, (): Chunk => ['tEXt', text(`Comment\0${CANARY}`)])),
    'taken',
  ],
  [
    'PNG with 21,000 empty chunks',
    pngWith(...Array.from({ length: 21_000 }, (): Chunk => ['caNa', Buffer.alloc(0)])),
    'file_unreadable png_chunks',
  ],
  ['PNG with gamma of nought', pngWith(['gAMA', be32(0)]), 'taken'],
  [
    'PNG with a palette that is also a web shell',
    pngWith(['PLTE', Buffer.concat([text('<?php system($_GET[0]);'), Buffer.alloc(1)])]),
    'file_type_refused also_markup',
  ],
  [
    'PNG with a profile of another picture’s kind',
    pngWith(['iCCP', Buffer.concat([text('x\0\0'), deflateSync(profileWith(16, text('GRAY')))])]),
    'taken',
  ],
  ['PNG with a must-read chunk nobody knows', pngWith(['CANA', text(CANARY)]), 'file_unreadable decoder'],
  ['PNG with a wrong sum of its header', wrongSum('IHDR'), 'file_unreadable decoder'],
  ['PNG with a wrong sum of its pixels', wrongSum('IDAT'), 'file_unreadable decoder'],
  ['PNG with a wrong sum of a text', wrongSum('tEXt'), 'taken'],
  ['PNG with two headers', ofChunks(IHDR, IHDR, IDAT, IEND), 'file_unreadable decoder'],
  ['PNG without pixels', ofChunks(IHDR, IEND), 'file_unreadable decoder'],
  [
    'PNG whose pixels are in two places',
    ofChunks(IHDR, ['IDAT', DATA.subarray(0, 50)], ['tEXt', text('a\0b')], ['IDAT', DATA.subarray(50)], IEND),
    'file_unreadable decoder',
  ],
  [
    'PNG whose pixels come byte by byte',
    ofChunks(IHDR, ...[...DATA].map((byte): Chunk => ['IDAT', Buffer.from([byte])]), IEND),
    'taken',
  ],
  [
    'PNG whose pixels are not packed',
    ofChunks(IHDR, ['IDAT', Buffer.alloc(5000, 7)], IEND),
    'file_unreadable decoder',
  ],
  ['PNG of half its rows', ofChunks(IHDR, ['IDAT', rows(0, 24)], IEND), 'file_unreadable decoder'],
  ['PNG of more rows than it says', ofChunks(IHDR, ['IDAT', rows(0, 480)], IEND), 'taken'],
  [
    'PNG with rows filtered in a way there is none of',
    ofChunks(IHDR, ['IDAT', rows(9)], IEND),
    'file_unreadable decoder',
  ],
  [
    'PNG whose pixels are cut off',
    ofChunks(IHDR, ['IDAT', DATA.subarray(0, -40)], IEND),
    'file_unreadable decoder',
  ],
  ['PNG of three bits', headed(8, 3), 'file_unreadable decoder'],
  ['PNG of a kind of colour there is none of', headed(9, 5), 'file_unreadable decoder'],
  ['PNG of colours without a palette', headed(9, 3), 'file_unreadable decoder'],
  ['PNG packed in another way', headed(10, 1), 'file_unreadable decoder'],
  ['PNG filtered in another way', headed(11, 1), 'file_unreadable decoder'],
  ['PNG interlaced in another way', headed(12, 2), 'file_unreadable decoder'],
  ['PNG that says it is wider than its rows', headed(3, 200), 'file_unreadable decoder'],
  [
    'PNG as a telephone packs its own',
    ofChunks(['CgBI', hex('50002002')], IHDR, IDAT, IEND),
    'file_unreadable png_header',
  ],
  [
    'PNG whose line ends were changed on the way',
    Buffer.from(PNG.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
    'file_type_refused unknown',
  ],
  ['PNG with an end that holds something', ofChunks(IHDR, IDAT, ['IEND', text(CANARY)]), 'taken'],
  ['PNG with its end first', ofChunks(IHDR, IEND, IDAT), 'file_type_refused trailing_data'],
  ['PNG with a JPEG behind it', Buffer.concat([PNG, JPEG]), 'file_type_refused trailing_data'],
  ['PNG cut off in its pixels', PNG.subarray(0, PNG.length - 100), 'file_unreadable truncated'],
  ['PNG cut off in its header', PNG.subarray(0, 20), 'file_unreadable truncated'],
  [
    'PNG with moving frames behind its pixels',
    ofChunks(IHDR, IDAT, ['fcTL', Buffer.alloc(26)], ['fdAT', DATA], IEND),
    'file_type_refused animated',
  ],
  ['PNG of 6,000 × 6,000 in 40 kB', png(6000, 6000), 'taken'],
];

// WebP

type Riff = readonly [type: string, data: Buffer];

const riffsOf = (bytes: Buffer): Riff[] => {
  const found: Riff[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    found.push([bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + length)]);
    at += 8 + length + (length % 2);
  }
  return found;
};
const riff = (kind: string, ...chunks: readonly Riff[]): Buffer => {
  const body = Buffer.concat([
    text(kind),
    ...chunks.map(([type, data]) =>
      Buffer.concat([text(type), le32(data.length), data, Buffer.alloc(data.length % 2)]),
    ),
  ]);
  return Buffer.concat([text('RIFF'), le32(body.length), body]);
};
const VP8: Riff = ['VP8 ', riffsOf(WEBP).find(([type]) => type === 'VP8 ')?.[1] ?? Buffer.alloc(0)];
const canvas = (flags: number, width = WIDTH, height = HEIGHT): Riff => [
  'VP8X',
  Buffer.concat([
    Buffer.from([flags, 0, 0, 0]),
    le32(width - 1).subarray(0, 3),
    le32(height - 1).subarray(0, 3),
  ]),
];
const SEE_THROUGH = riffsOf(await pixels(4).webp().toBuffer());
const ALPHA: Riff = SEE_THROUGH.find(([type]) => type === 'ALPH') ?? ['ALPH', Buffer.alloc(9)];
const MOVING = await sharp(
  await Promise.all([pixels(3).png().toBuffer(), pixels(3).negate().png().toBuffer()]),
  { join: { animated: true } },
)
  .webp()
  .toBuffer();

const WEBPS: readonly HostilePicture[] = [
  ['WebP', WEBP, 'taken'],
  ['WebP without loss', await pixels(3).webp({ lossless: true }).toBuffer(), 'taken'],
  ['WebP, see-through', await pixels(4).webp().toBuffer(), 'taken'],
  [
    'WebP with EXIF and XMP',
    riff('WEBP', canvas(0x0c), VP8, ['EXIF', tiff([asciiField(0x10f, CANARY)])], ['XMP ', text(CANARY)]),
    'taken',
  ],
  ['WebP with EXIF of rubbish', riff('WEBP', canvas(0x08), VP8, ['EXIF', Buffer.alloc(5000, 0xfe)]), 'taken'],
  [
    'WebP with a colour profile of rubbish',
    riff('WEBP', canvas(0x20), ['ICCP', Buffer.alloc(500, CANARY)], VP8),
    'taken',
  ],
  ['WebP with a chunk of our own', riff('WEBP', canvas(0), VP8, ['CANA', text(CANARY)]), 'taken'],
  ['WebP that moves', MOVING, 'file_type_refused animated'],
  ['WebP with a canvas of another size', riff('WEBP', canvas(0, 640, 480), VP8), 'file_unreadable decoder'],
  ['WebP with two pictures', riff('WEBP', canvas(0), VP8, VP8), 'file_unreadable decoder'],
  ['WebP without a picture', riff('WEBP', canvas(0)), 'file_unreadable decoder'],
  ['WebP of no chunk', riff('WEBP'), 'file_unreadable no_pixels'],
  [
    'WebP whose start code is wrong',
    riff('WEBP', ['VP8 ', byteSet(3, 0)(Buffer.from(VP8[1]))]),
    'file_unreadable decoder',
  ],
  [
    'WebP whose pixels are noughts',
    riff('WEBP', ['VP8 ', Buffer.concat([VP8[1].subarray(0, 10), Buffer.alloc(VP8[1].length - 10)])]),
    'taken',
  ],
  [
    'WebP whose pixels are cut off',
    riff('WEBP', ['VP8 ', VP8[1].subarray(0, 60)]),
    'file_unreadable decoder',
  ],
  [
    'WebP without loss, of rubbish',
    riff('WEBP', [
      'VP8L',
      Buffer.concat([hex('2f'), le32((WIDTH - 1) | ((HEIGHT - 1) << 14)), Buffer.alloc(400, 0xa5)]),
    ]),
    'file_unreadable decoder',
  ],
  [
    'WebP with broken transparency',
    riff('WEBP', canvas(0x10), ['ALPH', byteSet(0, 0xff)(Buffer.from(ALPHA[1]))], VP8),
    'file_unreadable decoder',
  ],
  [
    'WebP that says it is longer than it is',
    Buffer.concat([WEBP.subarray(0, 4), le32(WEBP.length + 100), WEBP.subarray(8)]),
    'file_unreadable truncated',
  ],
  [
    'WebP that says it has 4 GB',
    Buffer.concat([WEBP.subarray(0, 4), le32(0xffffffff), WEBP.subarray(8)]),
    'file_unreadable truncated',
  ],
  [
    'WebP that says it is shorter than it is',
    Buffer.concat([WEBP.subarray(0, 4), le32(20), WEBP.subarray(8)]),
    'file_type_refused trailing_data',
  ],
  [
    'WebP and a page of script in a chunk',
    riff('WEBP', canvas(0), VP8, ['CANA', text('<script>alert(1)</script>')]),
    'file_type_refused also_markup',
  ],
  ['WebP of which half came', WEBP.subarray(0, WEBP.length / 2), 'file_unreadable truncated'],
  ['a film in the wrapping of a WebP', riff('AVI ', ['LIST', text('hdrlavih')]), 'file_type_refused unknown'],
  [
    'a sound in the wrapping of a WebP',
    riff('WAVE', ['fmt ', Buffer.alloc(16)]),
    'file_type_refused unknown',
  ],
  [
    'WebP with the upper end first',
    Buffer.concat([text('RIFX'), WEBP.subarray(4)]),
    'file_type_refused unknown',
  ],
];

// What is none of the three

const svg = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48">${inner}</svg>`;
const box = (brand: string): Buffer =>
  Buffer.concat([be32(24), text(`ftyp${brand}`), be32(0), text(`mif1${brand}`)]);

const OTHERS: readonly HostilePicture[] = [
  ['a real AVIF', await pixels(3).avif({ effort: 0 }).toBuffer(), 'file_type_refused avif_or_video'],
  ['a real GIF', await pixels(3).gif().toBuffer(), 'file_type_refused gif'],
  ['a real TIFF', await pixels(3).tiff().toBuffer(), 'file_type_refused tiff'],
  ['a TIFF with the upper end first', tiff([[0x100, 4, 1, be32(9)]]), 'file_type_refused tiff'],
  ['a large TIFF', hex('49492b00 08000000 1000000000000000'), 'file_type_refused unknown'],
  ...['heix', 'heim', 'heis', 'hevc', 'hevx', 'msf1'].map((brand): HostilePicture => [
    `HEIC of the brand ${brand}`,
    box(brand),
    'file_type_refused heic',
  ]),
  ...['qt  ', 'crx ', 'avis', 'jxl ', 'M4V '].map((brand): HostilePicture => [
    `a box of the brand “${brand.trim()}”`,
    box(brand),
    'file_type_refused avif_or_video',
  ]),
  ['JPEG 2000', hex('0000000c 6a502020 0d0a870a 00000014 66747970 6a703220'), 'file_type_refused unknown'],
  ['JPEG 2000 without its wrapping', hex('ff4fff51 002f0000 00000040'), 'file_type_refused unknown'],
  ['JPEG XL', hex('0000000c 4a584c20 0d0a870a'), 'file_type_refused unknown'],
  ['JPEG XL without its wrapping', hex('ff0a fa1f 0190'), 'file_type_refused unknown'],
  [
    'JPEG without loss, of the newer kind',
    Buffer.concat([SOI, segment([0xf7, Buffer.from([8, 0, HEIGHT, 0, WIDTH, 1, 1, 0x11, 0])]), BASE.scan]),
    'file_unreadable jpeg_frame',
  ],
  ['a picture of Windows', hex('424d 7a000000 00000000 36000000 28000000'), 'file_type_refused bmp'],
  [
    'an icon',
    Buffer.concat([hex('0000 0100 0100 40300000 0100 2000'), le32(PNG.length), le32(22), PNG]),
    'file_type_refused unknown',
  ],
  ['Photoshop', text('8BPS\0\x01\0\0\0\0\0\0\0\x03\0\0\x000\0\0\0@'), 'file_type_refused unknown'],
  ['a plain grey map', text('P5\n64 48\n255\n'), 'file_type_refused unknown'],
  [
    'a picture of light',
    text('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 48 +X 64\n'),
    'file_type_refused unknown',
  ],
  ['a picture of the heart', Buffer.concat([Buffer.alloc(128), text('DICM')]), 'file_type_refused unknown'],
  ['PostScript that runs a program', text('%!PS\n(%pipe%id) (r) file'), 'file_type_refused unknown'],
  [
    'a list for ImageMagick that runs a program',
    text('push graphic-context\nfill \'url(https://x/a.jpg"|id")\'\npop graphic-context'),
    'file_type_refused unknown',
  ],
  [
    'a list of films that names a file of the server',
    text('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST'),
    'file_type_refused unknown',
  ],
  [
    'a pointer to a large file',
    text('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n'),
    'file_type_refused unknown',
  ],
  ['SVG with a script', text(svg('<script>alert(1)</script>')), 'file_type_refused markup'],
  [
    'SVG with something to run on loading',
    text(svg('<image href="x" onerror="alert(1)"/>')),
    'file_type_refused markup',
  ],
  [
    'SVG with a page inside',
    text(svg('<foreignObject><iframe src="//x"/></foreignObject>')),
    'file_type_refused markup',
  ],
  [
    'SVG that names a file of the server',
    text(`<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>${svg('&a;')}`),
    'file_type_refused markup',
  ],
  [
    'SVG in letters of two bytes',
    Buffer.from(`\ufeff${svg('<script/>')}`, 'utf16le'),
    'file_type_refused unknown',
  ],
  ['SVG, packed', gzipSync(text(svg('<script>alert(1)</script>'))), 'file_type_refused unknown'],
  [
    'a real ZIP of pictures',
    Buffer.concat([
      text('PK\x03\x04\x14\0\0\0\0\0'),
      Buffer.alloc(16),
      le16(5),
      le16(0),
      text('a.jpg'),
      JPEG,
    ]),
    'file_type_refused zip',
  ],
  ['a program of Linux', text('\x7fELF\x02\x01\x01'), 'file_type_refused unknown'],
  ['a program of Windows', text('MZ\x90\0\x03'), 'file_type_refused unknown'],
  ['a program for a browser', hex('0061736d 01000000'), 'file_type_refused unknown'],
  ['a class of Java', hex('cafebabe 00000034'), 'file_type_refused unknown'],
  ['ten megabytes of noughts', Buffer.alloc(10 * 1024 * 1024), 'file_type_refused unknown'],
  ['one byte', hex('ff'), 'file_type_refused unknown'],
  [
    'a picture written in letters',
    text(`data:image/jpeg;base64,${JPEG.toString('base64')}`),
    'file_type_refused unknown',
  ],
  ['a JPEG behind an empty line', Buffer.concat([text('\r\n'), JPEG]), 'file_type_refused unknown'],
];

/** Every hostile picture that is sent in as a photograph of a road. */
export const HOSTILE_PICTURES: readonly HostilePicture[] = [
  ...JPEGS,
  ...METADATA,
  ...PNGS,
  ...WEBPS,
  ...OTHERS,
];
