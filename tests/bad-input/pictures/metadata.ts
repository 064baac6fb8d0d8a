import { CANARY } from '../../support/hostile-pictures';
import { be16, be32, type HostilePicture, JPEG, text } from './bytes';
import {
  asciiField,
  BASE,
  degrees,
  EXIF,
  exif,
  type Field,
  iccPart,
  LAUGHS,
  ofSegments,
  profile,
  profileWith,
  rational,
  type Segment,
  takenAt,
  tiff,
  withExif,
  xmp,
} from './jpeg-parts';

export const METADATA: readonly HostilePicture[] = [
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
