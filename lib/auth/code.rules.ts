/** Letters and digits that are not mistaken for one another when read from one screen and typed on another. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Sign-in code: 30^8 possibilities, five tries, ten minutes. */
export const CODE_LENGTH = 8;
/** Recovery code: 30^10 possibilities (49 bits), kept under a slow hash. */
export const RECOVERY_CODE_LENGTH = 10;
export const RECOVERY_CODE_COUNT = 10;

/** Groups of four or five, as printed: `K7QM-3XTP`, `K7QM3-XTPWD`. */
export const groupedCode = (code: string): string => {
  const half = code.length / 2;
  return `${code.slice(0, half)}-${code.slice(half)}`;
};

/** What a person typed, as the code it means; spaces, hyphens, full-width letters and case do not matter. */
export const readCode = (typed: string, length: number): string | null => {
  if (typed.length > 60) return null;
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '');
  return code.length === length && [...code].every((letter) => CODE_ALPHABET.includes(letter)) ? code : null;
};

/** Six digits of an authenticator app; anything else would make the TOTP library throw. */
export const readTotp = (typed: string): string | null => {
  if (typed.length > 40) return null;
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
};

/** The code spelled by random bytes. Bytes above the last full multiple of the alphabet are left out: no letter is likelier. */
export const codeFromBytes = (bytes: Uint8Array, length: number): string | null => {
  const limit = 256 - (256 % CODE_ALPHABET.length);
  const letters = [...bytes]
    .filter((byte) => byte < limit)
    .map((byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length]);
  return letters.length >= length ? letters.slice(0, length).join('') : null;
};
