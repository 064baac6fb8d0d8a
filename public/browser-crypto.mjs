// SHA-256 and Ed25519 for the verify page, in plain JavaScript: browsers offer their own only asynchronously, only on
// https, and Ed25519 not everywhere. Checked against Node's in tests/contracts/tlog-browser-crypto.test.ts. It only
// verifies: nothing here handles a secret, so it need not run in constant time.

// ——— SHA-2 (FIPS 180-4). Its constants are the fractional parts of roots of the first primes. ———

const primes = [];
for (let n = 2; primes.length < 80; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);

/** floor of the k-th root, by bisection. */
const root = (value, k) => {
  let [low, high] = [0n, 1n << 128n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** k <= value) low = middle;
    else high = middle;
  }
  return low;
};
const MASK = (1n << 64n) - 1n;
const K = primes.map((prime) => root(BigInt(prime) << 192n, 3n) & MASK);
const H = primes.slice(0, 8).map((prime) => root(BigInt(prime) << 128n, 2n) & MASK);
const K32 = Int32Array.from(K.slice(0, 64), (word) => Number(word >> 32n));
const H32 = H.map((word) => Number(word >> 32n) | 0);

/** The message, a one bit, zeroes, and the length in bits at the end of a whole block. */
const padded = (bytes, block) => {
  const all = new Uint8Array(Math.ceil((bytes.length + 1 + block / 8) / block) * block);
  all.set(bytes);
  all[bytes.length] = 0x80;
  new DataView(all.buffer).setBigUint64(all.length - 8, BigInt(bytes.length) * 8n);
  return all;
};

const W = new Int32Array(64);
export const sha256 = (bytes) => {
  const view = new DataView(padded(bytes, 64).buffer);
  let [h0, h1, h2, h3, h4, h5, h6, h7] = H32;
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i += 1) W[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 64; i += 1) {
      const [x, y] = [W[i - 15], W[i - 2]];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = [h0, h1, h2, h3, h4, h5, h6, h7];
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K32[i] + W[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
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
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
    h5 = (h5 + f) | 0;
    h6 = (h6 + g) | 0;
    h7 = (h7 + h) | 0;
  }
  const digest = new DataView(new ArrayBuffer(32));
  [h0, h1, h2, h3, h4, h5, h6, h7].forEach((word, at) => digest.setInt32(at * 4, word));
  return new Uint8Array(digest.buffer);
};

const turn = (word, by) => ((word >> by) | (word << (64n - by))) & MASK;

export const sha512 = (bytes) => {
  const view = new DataView(padded(bytes, 128).buffer);
  const state = [...H];
  for (let at = 0; at < view.byteLength; at += 128) {
    const w = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + i * 8));
    for (let i = 16; i < 80; i += 1) {
      const s0 = turn(w[i - 15], 1n) ^ turn(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
      const s1 = turn(w[i - 2], 19n) ^ turn(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
      w.push((w[i - 16] + s0 + w[i - 7] + s1) & MASK);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i += 1) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const t1 = h + s1 + ((e & f) ^ (~e & MASK & g)) + K[i] + w[i];
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(t1 + t2) & MASK, a, b, c, (d + t1) & MASK, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] + word) & MASK));
  }
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((word, at) => digest.setBigUint64(at * 8, word));
  return new Uint8Array(digest.buffer);
};

// ——— Ed25519 (RFC 8032): a signature (R, s) holds when sB − kA, written down, is R ———

const P = (1n << 255n) - 19n;
const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;
const mod = (value, by = P) => ((value % by) + by) % by;
const power = (base, exponent) => {
  let result = 1n;
  for (let square = mod(base); exponent > 0n; exponent >>= 1n, square = (square * square) % P)
    if (exponent & 1n) result = (result * square) % P;
  return result;
};
const inverse = (value) => power(value, P - 2n);
const D = mod(-121665n * inverse(121666n));
const SQRT_MINUS_1 = power(2n, (P - 1n) / 4n);

const little = (bytes) => bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** Points as x, y, z, t with x/z, y/z and t = xy/z (RFC 8032, 5.1.4). */
const sum = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * t2 * D);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
};
const times = (factor, point) => {
  let result = [0n, 1n, 1n, 0n];
  for (let doubled = point; factor > 0n; factor >>= 1n, doubled = sum(doubled, doubled))
    if (factor & 1n) result = sum(result, doubled);
  return result;
};

/** The point behind 32 bytes, or null when there is none. */
const unpacked = (bytes) => {
  const packed = little(bytes);
  const y = packed & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x - square) !== 0n) x = (x * SQRT_MINUS_1) % P;
  if (mod(x * x - square) !== 0n) return null;
  const odd = packed >> 255n;
  if (x === 0n && odd) return null;
  if ((x & 1n) !== odd) x = P - x;
  return [x, y, 1n, (x * y) % P];
};
const packed = ([x, y, z]) => {
  const inverted = inverse(z);
  return mod(y * inverted) | ((mod(x * inverted) & 1n) << 255n);
};
const BASE = unpacked(Uint8Array.from([0x58, ...Array(31).fill(0x66)]));

export const ed25519 = (publicKey, message, signature) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const key = unpacked(publicKey);
  const s = little(signature.subarray(32));
  if (!key || s >= ORDER) return false;
  const r = signature.subarray(0, 32);
  const k = mod(little(sha512(Uint8Array.from([...r, ...publicKey, ...message]))), ORDER);
  const [x, y, z, t] = key;
  return packed(sum(times(s, BASE), times(k, [P - x, y, z, P - t]))) === little(r);
};
