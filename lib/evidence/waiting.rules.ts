// What a photograph looks like while it waits on a telephone: sealed so that only the server can open it. Both ends read
// this file: the page that seals (app/[lang]/site/[code]/seal.ts) and the door that opens (waiting.ts).
//
//   1 byte    version
//   8 bytes   which key of the server it is sealed for
//   65 bytes  the public half of a P-256 key made for this photograph alone
//   the rest  AES-256-GCM of: 4 bytes length, that many bytes of JSON (where, when), the file itself
//
// Key and nonce come from both P-256 keys by HKDF-SHA-256; the head and whom it is for are bound in as associated data.

export const SEALED_VERSION = 1;
const KEY_ID_BYTES = 8;
export const POINT_BYTES = 65;
export const HEAD_BYTES = 1 + KEY_ID_BYTES + POINT_BYTES;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
/** The words about a photograph are short; more is none of ours. */
const FACTS_BYTES_MAX = 4096;

/** How many bytes sealing adds at most. db/migrations/0120 allows for it. */
export const SEALED_EXTRA_MAX = 8192;

const utf8 = new TextEncoder();

const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** The open beginning of a sealed photograph. `key` is the id of the server's key in hex. */
export const sealedHead = (key: string, ephemeral: Uint8Array): Uint8Array<ArrayBuffer> =>
  joined(
    Uint8Array.of(SEALED_VERSION),
    Uint8Array.from(key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    ephemeral,
  );

/** What HKDF is told: both public keys, so that key and nonce belong to this pair and to nothing else. */
export const sealedInfo = (ephemeral: Uint8Array, server: Uint8Array): Uint8Array<ArrayBuffer> =>
  joined(utf8.encode('shanlu photograph that waits'), ephemeral, server);

/** 32 bytes of key and 12 of nonce; each key seals one photograph. */
export const SECRET_BYTES = 44;

/** Whom and which upload it is for: it opens for no other. */
export const sealedFor = (head: Uint8Array, person: string, upload: string): Uint8Array<ArrayBuffer> =>
  joined(head, utf8.encode(`${person} ${upload}`));

/** What is sealed: the words about the photograph, and the photograph. */
export const packed = (facts: unknown, photograph: Uint8Array): Uint8Array<ArrayBuffer> => {
  const words = utf8.encode(JSON.stringify(facts));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, words.length);
  return joined(length, words, photograph);
};

export type Unpacked = { readonly facts: unknown; readonly photograph: Uint8Array };

/** The reverse of `packed`; null for bytes that are not so made. */
export const unpacked = (bytes: Uint8Array): Unpacked | null => {
  if (bytes.length < LENGTH_BYTES) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const end = LENGTH_BYTES + length;
  if (length > FACTS_BYTES_MAX || end > bytes.length) return null;
  try {
    const words = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, end));
    return { facts: JSON.parse(words), photograph: bytes.subarray(end) };
  } catch {
    return null;
  }
};

/** The parts of a sealed photograph; null when it is too short or of a version nobody here knows. */
export const sealedParts = (sealed: Uint8Array) => {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== SEALED_VERSION) return null;
  return {
    head: sealed.subarray(0, HEAD_BYTES),
    key: [...sealed.subarray(1, 1 + KEY_ID_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    ephemeral: sealed.subarray(1 + KEY_ID_BYTES, HEAD_BYTES),
    body: sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES),
    tag: sealed.subarray(sealed.length - TAG_BYTES),
  };
};
