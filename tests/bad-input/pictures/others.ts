import { gzipSync } from 'node:zlib';
import { be32, HEIGHT, hex, type HostilePicture, JPEG, le16, le32, pixels, PNG, text, WIDTH } from './bytes';
import { BASE, segment, SOI, tiff } from './jpeg-parts';

const svg = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48">${inner}</svg>`;
const box = (brand: string): Buffer =>
  Buffer.concat([be32(24), text(`ftyp${brand}`), be32(0), text(`mif1${brand}`)]);

export const OTHERS: readonly HostilePicture[] = [
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
