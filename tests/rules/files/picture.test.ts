import fc from 'fast-check';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PICTURE_BYTES_MAX, readPicture, readRedactions } from '@/lib/files/picture.rules';
import { cases } from '../../support/bad-input';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const be32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
const le32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

const chunk = (type: string, data: Buffer): Buffer =>
  Buffer.concat([be32(data.length), ascii(type), data, be32(crc32(Buffer.concat([ascii(type), data])))]);
const ihdr = (width: number, height: number): Buffer =>
  chunk('IHDR', Buffer.concat([be32(width), be32(height), Buffer.from([8, 2, 0, 0, 0])]));
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const IDAT = chunk('IDAT', deflateSync(Buffer.alloc(100)));
const IEND = chunk('IEND', Buffer.alloc(0));
const png = (width: number, height: number, ...extra: Buffer[]): Buffer =>
  Buffer.concat([PNG, ihdr(width, height), ...extra, IDAT, IEND]);

const segment = (marker: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data]);
const frame = (width: number, height: number, marker = 0xc0): Buffer =>
  segment(marker, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]));
const SCAN = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), ascii('pixels')]);
const EOI = Buffer.from([0xff, 0xd9]);
const jpeg = (...segments: Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, ascii('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    ...segments,
    SCAN,
    EOI,
  ]);

const riff = (...chunks: [string, Buffer][]): Buffer => {
  const body = Buffer.concat([
    ascii('WEBP'),
    ...chunks.map(([type, data]) =>
      Buffer.concat([ascii(type), le32(data.length), data, Buffer.alloc(data.length % 2)]),
    ),
  ]);
  return Buffer.concat([ascii('RIFF'), le32(body.length), body]);
};
const vp8 = (width: number, height: number): [string, Buffer] => [
  'VP8 ',
  Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, width & 255, width >> 8, height & 255, height >> 8]),
];
const vp8x = (flags: number, width: number, height: number): [string, Buffer] => [
  'VP8X',
  Buffer.concat([
    Buffer.from([flags, 0, 0, 0]),
    le32(width - 1).subarray(0, 3),
    le32(height - 1).subarray(0, 3),
  ]),
];

const verdict = (bytes: Uint8Array): string => {
  const result = readPicture(bytes);
  if (result.ok) return `${result.value.kind} ${result.value.width}x${result.value.height}`;
  return `${result.refusal.name} ${String(result.refusal.details?.['reason'] ?? '')}`.trim();
};

describe('an uploaded picture', () => {
  it.each([
    ['a PNG', png(640, 480), 'png 640x480'],
    ['a baseline JPEG', jpeg(frame(640, 480)), 'jpeg 640x480'],
    ['a progressive JPEG', jpeg(frame(640, 480, 0xc2)), 'jpeg 640x480'],
    [
      'a JPEG with a motion picture behind it',
      Buffer.concat([jpeg(frame(9, 9)), ascii('....ftypmp42')]),
      'jpeg 9x9',
    ],
    ['a WebP', riff(vp8(640, 480)), 'webp 640x480'],
    [
      'a WebP without loss',
      riff(['VP8L', Buffer.concat([Buffer.from([0x2f]), le32(639 | (479 << 14))])]),
      'webp 640x480',
    ],
    ['a WebP with transparency', riff(vp8x(0x10, 640, 480), vp8(640, 480)), 'webp 640x480'],
  ])('that is %s is taken', (_name, bytes, expected) => expect(verdict(bytes)).toBe(expected));

  it.each(
    cases('pictures', [
      ['nothing', Buffer.alloc(0), 'file_unreadable empty'],
      ['HEIC', ascii('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'file_type_refused heic'],
      ['HEIF of the other brand', ascii('\0\0\0\x18ftypmif1\0\0\0\0'), 'file_type_refused heic'],
      ['AVIF', ascii('\0\0\0\x18ftypavif\0\0\0\0'), 'file_type_refused avif_or_video'],
      ['a video', ascii('\0\0\0\x18ftypmp42\0\0\0\0'), 'file_type_refused avif_or_video'],
      ['GIF', ascii('GIF89a\x01\0\x01\0'), 'file_type_refused gif'],
      ['PDF', ascii('%PDF-1.7\n'), 'file_type_refused pdf'],
      ['ZIP', ascii('PK\x03\x04'), 'file_type_refused zip'],
      ['TIFF', ascii('II*\0\x08\0\0\0'), 'file_type_refused tiff'],
      ['BMP', ascii('BM\x46\0\0\0'), 'file_type_refused bmp'],
      ['SVG', ascii('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'file_type_refused markup'],
      [
        'SVG behind a byte order mark',
        ascii('\xef\xbb\xbf \n<?xml version="1.0"?>'),
        'file_type_refused markup',
      ],
      ['HTML called photo.jpg', ascii('<!doctype html><script>1</script>'), 'file_type_refused markup'],
      ['HTML behind some text', ascii('hello <svg onload=alert(1)>'), 'file_type_refused markup'],
      ['text', ascii('hello'), 'file_type_refused unknown'],
      [
        'PNG with one frame too many',
        png(9, 9, chunk('acTL', Buffer.alloc(8))),
        'file_type_refused animated',
      ],
      ['an animated WebP', riff(vp8x(2, 9, 9), ['ANIM', Buffer.alloc(6)]), 'file_type_refused animated'],
      [
        'a WebP that hides its animation',
        riff(vp8x(0, 9, 9), ['ANMF', Buffer.alloc(16)]),
        'file_type_refused animated',
      ],
      [
        'PNG with something behind it',
        Buffer.concat([png(9, 9), ascii('x')]),
        'file_type_refused trailing_data',
      ],
      [
        'WebP with something behind it',
        Buffer.concat([riff(vp8(9, 9)), ascii('x')]),
        'file_type_refused trailing_data',
      ],
      ['JPEG and ZIP at once', Buffer.concat([jpeg(frame(9, 9)), zipEnd(0)]), 'file_type_refused also_zip'],
      [
        'JPEG and ZIP with a comment',
        Buffer.concat([jpeg(frame(9, 9)), zipEnd(5), ascii('hello')]),
        'file_type_refused also_zip',
      ],
      [
        'JPEG and PDF at once',
        jpeg(segment(0xfe, ascii('%PDF-1.4')), frame(9, 9)),
        'file_type_refused also_pdf',
      ],
      [
        'JPEG and HTML at once',
        jpeg(segment(0xfe, ascii('<ScRiPt>alert(1)')), frame(9, 9)),
        'file_type_refused also_markup',
      ],
      [
        'PNG and PHP at once',
        png(9, 9, chunk('tEXt', ascii('Comment\0<?php system(1)'))),
        'file_type_refused also_markup',
      ],
      ['JPEG without a frame', jpeg(), 'file_unreadable jpeg_frame'],
      ['JPEG with two frames', jpeg(frame(9, 9), frame(9999, 9999)), 'file_unreadable jpeg_frame'],
      ['a lossless JPEG', jpeg(frame(9, 9, 0xc3)), 'file_unreadable jpeg_frame'],
      ['JPEG without an end', jpeg(frame(9, 9)).subarray(0, -2), 'file_unreadable truncated'],
      ['three bytes of a JPEG', Buffer.from([0xff, 0xd8, 0xff]), 'file_unreadable jpeg_segments'],
      ['PNG without an end', Buffer.concat([PNG, ihdr(9, 9), IDAT]), 'file_unreadable truncated'],
      [
        'PNG with a chunk longer than the file',
        Buffer.concat([PNG, ihdr(9, 9), be32(0xffffffff), ascii('IDAT')]),
        'file_unreadable truncated',
      ],
      ['PNG without a header', Buffer.concat([PNG, IDAT, IEND]), 'file_unreadable png_header'],
      ['a WebP cut off', riff(vp8(9, 9)).subarray(0, -1), 'file_unreadable truncated'],
      ['a picture without pixels', png(0, 9), 'file_unreadable no_pixels'],
      ['14,000² pixels', png(14_000, 14_000), 'file_too_large'],
      ['2³¹ pixels on a side', png(2 ** 31, 1), 'file_too_large'],
      ['a line 40,000 pixels long', png(40_000, 10), 'file_too_large'],
      ['40,000,001 pixels', jpeg(frame(7001, 5714)), 'file_too_large'],
      [
        'a WebP whose canvas is small and picture large',
        riff(vp8x(0, 9, 9), vp8(16_383, 16_383)),
        'file_too_large',
      ],
      ['10 MB and a byte', Buffer.alloc(PICTURE_BYTES_MAX + 1), 'file_too_large'],
    ] as const),
  )('that is %s is refused', (_name, bytes, expected) => expect(verdict(bytes)).toBe(expected));

  it('never throws, whatever the bytes are', () => {
    const starts = [PNG, jpeg(frame(9, 9)).subarray(0, 4), riff(vp8(9, 9)), png(9, 9), Buffer.alloc(0)];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const result = readPicture(Buffer.concat([start, rest]));
        expect(typeof result.ok).toBe('boolean');
      }),
      { numRuns: 5000 },
    );
  });

  it('is judged in little time even when it is all markers', () => {
    const started = process.cpuUsage();
    for (const filler of [0xff, 0x00, 0x3c, 0x50])
      readPicture(
        Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(PICTURE_BYTES_MAX - 3, filler)]),
      );
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
  });
});

function zipEnd(comment: number): Buffer {
  return Buffer.concat([ascii('PK\x05\x06'), Buffer.alloc(16), Buffer.from([comment, 0])]);
}

describe('redactions', () => {
  it('are whole ten-thousandths inside the picture', () => {
    expect(readRedactions([{ x: 0, y: 0, w: 10_000, h: 10_000 }]).ok).toBe(true);
    expect(readRedactions([{ x: 1, y: 0, w: 10_000, h: 1 }]).ok).toBe(false);
  });
});
