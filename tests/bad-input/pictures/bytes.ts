import sharp, { type Sharp } from 'sharp';

/**
 * One hostile picture and what must come of it: 'taken' (made anew, not one byte of metadata left), or the name and the
 * reason of the refusal. All are made here, byte by byte or by an encoder and then spoilt; no two are the same bytes.
 */
export type HostilePicture = readonly [name: string, bytes: Buffer, comesOf: string];

export const WIDTH = 64;
export const HEIGHT = 48;

export const text = (value: string): Buffer => Buffer.from(value, 'latin1');
export const hex = (value: string): Buffer => Buffer.from(value.replaceAll(' ', ''), 'hex');
export const be16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
export const be32 = (value: number): Buffer => Buffer.concat([be16(value >>> 16), be16(value & 0xffff)]);
export const le16 = (value: number): Buffer => Buffer.from([value & 255, (value >> 8) & 255]);
export const le32 = (value: number): Buffer => Buffer.concat([le16(value & 0xffff), le16(value >>> 16)]);

/** Pixels that look like a photograph to an encoder, always the same. */
export const pixels = (channels: 1 | 2 | 3 | 4): Sharp => {
  let seed = 7;
  const data = Uint8Array.from({ length: WIDTH * HEIGHT * channels }, (_, index) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return ((index / channels) & 127) + ((seed >>> 16) & 63);
  });
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } });
};

export const JPEG = await pixels(3).jpeg({ quality: 80 }).toBuffer();
export const PROGRESSIVE = await pixels(3).jpeg({ progressive: true }).toBuffer();
export const PNG = await pixels(3).png().toBuffer();
export const WEBP = await pixels(3).webp({ quality: 80 }).toBuffer();
