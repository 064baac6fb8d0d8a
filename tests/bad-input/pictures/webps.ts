import sharp from 'sharp';
import { CANARY } from '../../support/hostile-pictures';
import { HEIGHT, hex, type HostilePicture, le32, pixels, text, WEBP, WIDTH } from './bytes';
import { asciiField, byteSet, tiff } from './jpeg-parts';

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

export const WEBPS: readonly HostilePicture[] = [
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
