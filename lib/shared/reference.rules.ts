import { ok, refuse, type Result } from './result';

/**
 * The payment reference: what a donor types into a bank's remark field so that the money finds its pledge.
 *
 * `SR` + one balancing symbol + at least five symbols of the scrambled serial + one check character, for
 * example SR4K7M2PX. The check character is ISO 7064 MOD 37-2 over the whole text: unlike MOD 37,36 (which lets
 * about one adjacent transposition in 600 pass; counted) it catches every single wrong character and every swap
 * of two neighbours. Its value can fall outside our alphabet; the balancing symbol is the first one for which it
 * does not, so a serial has exactly one reference and that regularity is a second check on reading.
 *
 * 0 O 1 I L never occur. Of the pairs 2/Z, 5/S, 8/B and V/U only the first occurs and the other is read as it.
 */
export const REFERENCE_PREFIX = 'SR';

const ALPHABET = '23456789ACDEFGHJKMNPQRTVWXY';
const BASE = BigInt(ALPHABET.length);
const BODY_MIN = 5;
/** Longer than any reference we can issue for a PostgreSQL bigint (27^14 > 2^63): longer text is not one. */
const BODY_MAX = 14;
const ISO_7064_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
/** Not divisible by 3, hence invertible modulo every power of 27. Spreads neighbouring serials apart. */
const SCRAMBLE = 7_624_597_484_993n;

const LOOKALIKES: Readonly<Record<string, string>> = { Z: '2', S: '5', B: '8', U: 'V' };

const valueOf = (symbol: string): number => ISO_7064_ALPHABET.indexOf(symbol);

/** ISO 7064 MOD 37-2: the character that makes the weighted sum congruent to 1. */
const checkCharacter = (text: string): string => {
  let sum = 0;
  for (const symbol of text) sum = ((sum + valueOf(symbol)) * 2) % 37;
  return ISO_7064_ALPHABET[(38 - sum) % 37] ?? '*';
};

const inverseModulo = (value: bigint, modulus: bigint): bigint => {
  let [low, high] = [((value % modulus) + modulus) % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [high, low] = [low, high - quotient * low];
    [y, x] = [x, y - quotient * x];
  }
  return ((x % modulus) + modulus) % modulus;
};

/** The number of body symbols for a serial: five for the first 14 million, then as many as it takes. */
const bodyLength = (serial: bigint): number => {
  let length = BODY_MIN;
  while (serial >= BASE ** BigInt(length)) length += 1;
  return length;
};

const bodyOf = (serial: bigint): string => {
  const length = bodyLength(serial);
  let rest = (serial * SCRAMBLE) % BASE ** BigInt(length);
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = (ALPHABET[Number(rest % BASE)] ?? '') + text;
    rest /= BASE;
  }
  return text;
};

const balanced = (body: string): string => {
  for (const balance of ALPHABET) {
    const text = REFERENCE_PREFIX + balance + body;
    const check = checkCharacter(text);
    if (ALPHABET.includes(check)) return text + check;
  }
  throw new RangeError('no balancing symbol fits: the alphabet was changed');
};

/** The reference of a serial number (0 or more), canonical: capitals, no separators. */
export const makeReference = (serial: bigint): string => {
  if (serial < 0n || bodyLength(serial) > BODY_MAX)
    throw new RangeError('a reference is made of a serial from 0 up to a PostgreSQL bigint');
  return balanced(bodyOf(serial));
};

/** For print and screen: groups of three, "SR4 K7M 2PX". */
export const formatReference = (reference: string): string => reference.replace(/(.{3})(?=.)/gu, '$1 ');

/** Capitals, narrow forms, no separators, look-alikes folded; the prefix keeps its own letters. */
const fold = (typed: string): string => {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{P}\p{Cf}]/gu, '');
  const foldSymbols = (text: string): string => text.replace(/[ZSBU]/gu, (c) => LOOKALIKES[c] ?? c);
  if (bare.startsWith(REFERENCE_PREFIX))
    return REFERENCE_PREFIX + foldSymbols(bare.slice(REFERENCE_PREFIX.length));
  // S is the only letter of the prefix with a look-alike.
  if (bare.startsWith('5R') && bare.length > BODY_MIN + 2)
    return REFERENCE_PREFIX + foldSymbols(bare.slice(2));
  return bare.length === BODY_MIN + 2 ? REFERENCE_PREFIX + foldSymbols(bare) : bare;
};

const serialOfCanonical = (reference: string): bigint | null => {
  const body = reference.slice(REFERENCE_PREFIX.length + 1, -1);
  if (body.length < BODY_MIN || body.length > BODY_MAX) return null;
  let number = 0n;
  for (const symbol of body) {
    const value = ALPHABET.indexOf(symbol);
    if (value < 0) return null;
    number = number * BASE + BigInt(value);
  }
  const modulus = BASE ** BigInt(body.length);
  const serial = (number * inverseModulo(SCRAMBLE, modulus)) % modulus;
  return bodyLength(serial) === body.length && makeReference(serial) === reference ? serial : null;
};

/**
 * Reads what a person typed, with or without spaces, hyphens, capitals or the prefix. Refused with
 * `reference_mistyped` and the cause: `length`, `character` (one that no reference contains, with its place), or
 * `check` (some character is wrong or two are swapped).
 */
export const readReference = (typed: string): Result<string> => {
  const text = fold(typed);
  const payload = text.slice(REFERENCE_PREFIX.length);
  if (!text.startsWith(REFERENCE_PREFIX) || payload.length < BODY_MIN + 2 || payload.length > BODY_MAX + 2)
    return refuse('reference_mistyped', { cause: 'length' });
  const wrong = [...payload].findIndex((symbol) => !ALPHABET.includes(symbol));
  if (wrong >= 0)
    return refuse('reference_mistyped', { cause: 'character', character: payload[wrong] ?? '' });
  return serialOfCanonical(text) === null ? refuse('reference_mistyped', { cause: 'check' }) : ok(text);
};

/** The serial a correct reference was made of. */
export const serialOfReference = (reference: string): Result<bigint> => {
  const read = readReference(reference);
  if (!read.ok) return read;
  const serial = serialOfCanonical(read.value);
  return serial === null ? refuse('reference_mistyped', { cause: 'check' }) : ok(serial);
};

const SEPARATOR = String.raw`[\s\-_.·/:：#*'’]{0,2}`;
const AFTER_PREFIX = new RegExp(
  `[S5]${SEPARATOR}R${SEPARATOR}((?:[0-9A-Z]${SEPARATOR}){${BODY_MIN + 2},${BODY_MAX + 2}})`,
  'gu',
);
const BARE_WORD = new RegExp(`(?<![0-9A-Z])[0-9A-Z]{${BODY_MIN + 2}}(?![0-9A-Z])`, 'gu');

/** Every correct reference that begins where the prefix was found: the longest reading first. */
const afterPrefix = (payload: string): string | null => {
  const bare = payload.replace(/[^0-9A-Z]/gu, '');
  for (let length = BODY_MIN + 2; length <= bare.length; length += 1) {
    const read = readReference(REFERENCE_PREFIX + bare.slice(0, length));
    if (read.ok) return read.value;
  }
  return null;
};

/**
 * The correct references inside a bank's remark, in order, each once, through whatever stands around or between
 * their characters. A reference without its prefix counts only as a word of its own that is not all digits:
 * a telephone number must never become a pledge.
 */
export const findReferences = (memo: string): string[] => {
  const text = memo.normalize('NFKC').toUpperCase();
  const found = new Set<string>();
  for (const match of text.matchAll(new RegExp(`(?=${AFTER_PREFIX.source})`, 'gu'))) {
    const reference = afterPrefix(match[1] ?? '');
    if (reference !== null) found.add(reference);
  }
  for (const [word] of text.matchAll(BARE_WORD)) {
    if (/^\d+$/u.test(word)) continue;
    const read = readReference(word);
    if (read.ok) found.add(read.value);
  }
  return [...found];
};

/**
 * What was probably meant: every correct reference one wrong character or one swap away from what was typed.
 * The caller keeps those that exist; a guess is shown to a person and never booked.
 */
export const nearReferences = (typed: string): string[] => {
  const text = fold(typed);
  const near = new Set<string>();
  const offer = (candidate: string): void => {
    if (serialOfCanonical(candidate) !== null) near.add(candidate);
  };
  if (!text.startsWith(REFERENCE_PREFIX)) return [];
  for (let place = REFERENCE_PREFIX.length; place < text.length; place += 1) {
    for (const symbol of ALPHABET) offer(text.slice(0, place) + symbol + text.slice(place + 1));
    offer(text.slice(0, place) + (text[place + 1] ?? '') + (text[place] ?? '') + text.slice(place + 2));
  }
  near.delete(text);
  return [...near];
};
