import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

export type Coding = 'identity' | 'gzip' | 'br';

/** The coding that makes an answer smallest among those the asker takes (RFC 9110, section 12.5.3). */
export const bestCoding = (accepted: string | string[] | undefined): Coding => {
  const refused = /\b(br|gzip)\s*;\s*q=0(?:\.0*)?(?:,|$)/g;
  const wanted = String(accepted ?? '').replace(refused, '');
  return /\bbr\b/.test(wanted) ? 'br' : /\bgzip\b/.test(wanted) ? 'gzip' : 'identity';
};

export const inCoding = async (plain: Buffer, coding: Coding): Promise<Buffer> => {
  if (coding === 'identity') return plain;
  return coding === 'br'
    ? compressBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
    : compressGzip(plain, { level: 7 });
};
