import { crc32, deflateSync } from 'node:zlib';
import { CANARY, png, pngChunk } from '../../support/hostile-pictures';
import { be32, HEIGHT, hex, type HostilePicture, JPEG, pixels, PNG, text, WIDTH } from './bytes';
import { asciiField, byteSet, profileWith, tiff } from './jpeg-parts';

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
export const rows = (filter: number, count = HEIGHT, bytes = WIDTH * 3): Buffer =>
  deflateSync(
    Buffer.concat(
      Array.from({ length: count }, () => Buffer.concat([Buffer.from([filter]), Buffer.alloc(bytes, 99)])),
    ),
  );

export const PNGS: readonly HostilePicture[] = [
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
