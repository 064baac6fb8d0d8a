import sharp from 'sharp';
import { CANARY, withJpegSegments } from '../../support/hostile-pictures';
import { be16, be32, hex, type HostilePicture, JPEG, pixels, PROGRESSIVE, text } from './bytes';
import {
  BASE,
  byteSet,
  codedPixels,
  EOI,
  FRAME,
  HUFFMAN,
  ICC,
  jpegWith,
  manyScans,
  ofSegments,
  QUANTISATION,
  scanWith,
  SOI,
  withCoded,
} from './jpeg-parts';

export const JPEGS: readonly HostilePicture[] = [
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
