/**
 * SHA-256 (FIPS 180-4) without waiting. The browser's own is asynchronous, which makes a search over a hundred
 * thousand short messages many times slower than the hashing itself.
 *
 * @param message its bytes
 * @returns the digest as eight 32-bit words
 */
export const sha256Words = (message: Uint8Array): Uint32Array => {
  const state = Int32Array.from(START);
  const blocks = Math.ceil((message.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  new DataView(padded.buffer).setUint32(padded.length - 4, message.length * 8);
  for (let block = 0; block < blocks; block += 1) mix(state, padded, block * 64);
  return Uint32Array.from(state);
};

/** Used again for every block: making one for each message would cost more than the hashing. */
const w = new Int32Array(64);

const rotate = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

const mix = (state: Int32Array, bytes: Uint8Array, at: number): void => {
  for (let i = 0; i < 16; i += 1) {
    const from = at + i * 4;
    w[i] =
      ((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number);
  }
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15] as number;
    const y = w[i - 2] as number;
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
  }
  let [a, b, c, d] = [state[0] as number, state[1] as number, state[2] as number, state[3] as number];
  let [e, f, g, h] = [state[4] as number, state[5] as number, state[6] as number, state[7] as number];
  for (let i = 0; i < 64; i += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[i] as number) + (w[i] as number)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
};

/** First 32 bits of the fractional parts of roots of the first primes, as the standard makes its constants. */
const fractions = (count: number, root: (prime: number) => number): Int32Array => {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return Int32Array.from(found, (prime) => Math.floor((root(prime) % 1) * 2 ** 32) | 0);
};
const START = fractions(8, Math.sqrt);
const ROUND = fractions(64, Math.cbrt);
