import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const letters = (seed: string, count: number): string => {
  let text = '';
  for (let block = 0; text.length < count; block += 1)
    for (const byte of createHash('sha256').update(`${seed}/${block}`).digest())
      if (byte < 248 && text.length < count) text += ALPHABET[byte % 62] ?? '';
  return text;
};

export const newSeed = (): string => randomBytes(12).toString('hex');

/** The n-th id of a prefix under a seed: the same run gives the same ids, another seed gives none of them. */
export const idAt = (seed: string, prefix: string, n: number): string =>
  prefix === 'cs_test'
    ? `cs_test_a1${letters(`${seed}:${n}`, 58)}`
    : `${prefix}_${letters(`${seed}:${n}`, 24)}`;

/** A repeatable stream of fractions in [0, 1), for choosing what to lose, delay or shuffle. */
export const fractions = (seed: string): (() => number) => {
  let n = 0;
  return () => {
    n += 1;
    return createHash('sha256').update(`${seed}#${n}`).digest().readUInt32BE(0) / 2 ** 32;
  };
};
