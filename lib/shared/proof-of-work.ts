import { sha256Words } from './sha256';

/*
 * A little work that costs a person's telephone a second and a machine that tries ten thousand cards its profit
 * (hashcash): find a number so that SHA-256 of `challenge:number` begins with so many zero bits.
 */

const encoder = new TextEncoder();

/** How many zero bits a digest begins with. */
export const leadingZeroBits = (words: ArrayLike<number>): number => {
  let bits = 0;
  for (let i = 0; i < words.length; i += 1) {
    const zeros = Math.clz32(words[i] ?? 0);
    bits += zeros;
    if (zeros < 32) break;
  }
  return bits;
};

export const isSolved = (challenge: string, answer: string, bits: number): boolean =>
  /^\d{1,12}$/.test(answer) && leadingZeroBits(sha256Words(encoder.encode(`${challenge}:${answer}`))) >= bits;

/**
 * Looks through some numbers, so that the page can breathe in between.
 *
 * @returns the answer, or null when it is not among them
 */
export const searchFrom = (challenge: string, bits: number, from: number, count: number): string | null => {
  for (let n = from; n < from + count; n += 1)
    if (leadingZeroBits(sha256Words(encoder.encode(`${challenge}:${n}`))) >= bits) return String(n);
  return null;
};
