import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/**
 * C2SP signed notes (c2sp.org/signed-note): a text, a blank line and one signature per line. Reading is
 * strict: whatever is not exactly a note is refused, because two readers that disagree about a sloppy note
 * can be shown two different truths.
 */
export const SIGNATURE_ED25519 = 0x01;
export const SIGNATURE_COSIGNATURE_V1 = 0x04;

export type NoteKey = {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ newline ‖ type ‖ public key). */
  readonly keyId: number;
  readonly type: number;
  readonly publicKey: KeyObject;
  readonly vkey: string;
};

export type NoteSigner = NoteKey & { readonly privateKey: KeyObject };

export type NoteSignature = {
  readonly name: string;
  readonly keyId: number;
  /** Without the four bytes of the key id. */
  readonly signature: Buffer;
  /** The line as it stood, with its final newline: cosignatures are passed on verbatim. */
  readonly line: string;
};

export type NoteReason = 'malformed_note' | 'no_known_signature' | 'invalid_signature' | 'ambiguous_key';

export type OpenedNote =
  | {
      readonly ok: true;
      readonly text: string;
      readonly verified: readonly (NoteSignature & { readonly key: NoteKey })[];
      readonly unverified: readonly NoteSignature[];
    }
  | { readonly ok: false; readonly reason: NoteReason };

export type ParsedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] };

const SIGNATURES_MAX = 100;
const NOTE_BYTES_MAX = 1_000_000;
const PREFIX = '— ';

/** Splits a note without trusting it. Null when it is not exactly a note. */
export const parseNote = (note: Uint8Array | string): ParsedNote | null => {
  const text = typeof note === 'string' ? wellFormed(note) : decoded(note);
  if (text === null || text.length > NOTE_BYTES_MAX || /[\u0000-\u0009\u000B-\u001F]/.test(text)) return null;
  const split = text.lastIndexOf('\n\n');
  if (split < 0) return null;
  const block = text.slice(split + 2);
  if (!block.endsWith('\n')) return null;
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > SIGNATURES_MAX) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (!signature) return null;
    signatures.push(signature);
  }
  return { text: text.slice(0, split + 1), signatures };
};

/** One line without its newline, or null. */
export const parseSignatureLine = (line: string): NoteSignature | null => {
  if (!line.startsWith(PREFIX)) return null;
  const rest = line.slice(PREFIX.length);
  const space = rest.indexOf(' ');
  if (space < 0) return null;
  const name = rest.slice(0, space);
  const bytes = strictBase64(rest.slice(space + 1));
  if (!isKeyName(name) || !bytes || bytes.length < 5) return null;
  return { name, keyId: bytes.readUInt32BE(0), signature: bytes.subarray(4), line: `${line}\n` };
};

/**
 * Opens a note with the keys one trusts. Signatures of unknown keys are passed by; one bad signature of a
 * known key spoils the whole note; at least one known signature must hold.
 */
export const openNote = (note: Uint8Array | string, known: readonly NoteKey[]): OpenedNote => {
  const parsed = parseNote(note);
  if (!parsed) return { ok: false, reason: 'malformed_note' };
  const verified: (NoteSignature & { key: NoteKey })[] = [];
  const unverified: NoteSignature[] = [];
  for (const signature of parsed.signatures) {
    const keys = known.filter((key) => key.name === signature.name && key.keyId === signature.keyId);
    if (keys.length > 1) return { ok: false, reason: 'ambiguous_key' };
    const key = keys[0];
    if (!key) {
      if (!unverified.some((other) => other.line === signature.line)) unverified.push(signature);
    } else if (!verified.some((other) => other.key === key)) {
      if (!signatureHolds(key, parsed.text, signature.signature))
        return { ok: false, reason: 'invalid_signature' };
      verified.push({ ...signature, key });
    }
  }
  if (verified.length === 0) return { ok: false, reason: 'no_known_signature' };
  return { ok: true, text: parsed.text, verified, unverified };
};

/** Checks one signature over a note's text by the rule of the key's type. */
export const signatureHolds = (key: NoteKey, text: string, signature: Buffer): boolean => {
  if (key.type === SIGNATURE_ED25519)
    return signature.length === 64 && verify(null, Buffer.from(text, 'utf8'), key.publicKey, signature);
  const time = cosignatureTime(signature);
  return (
    key.type === SIGNATURE_COSIGNATURE_V1 &&
    time !== null &&
    verify(null, cosignedMessage(time, text), key.publicKey, signature.subarray(8))
  );
};

/** The moment a witness put into its cosignature, in seconds since 1970; null when it is not one. */
export const cosignatureTime = (signature: Buffer): bigint | null => {
  if (signature.length !== 8 + 64) return null;
  const time = signature.readBigUInt64BE(0);
  return time <= 0x7fff_ffff_ffff_ffffn ? time : null;
};

/** What a witness signs (c2sp.org/tlog-cosignature): two lines and the whole text of the checkpoint. */
export const cosignedMessage = (timeSeconds: bigint, text: string): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${timeSeconds}\n${text}`, 'utf8');

/** The signature line of a note's text, with its newline. */
export const signatureLine = (signer: NoteSigner, text: string): string => {
  if (signer.type !== SIGNATURE_ED25519) throw new TypeError('this key signs cosignatures, not notes');
  return lineOf(signer, sign(null, Buffer.from(text, 'utf8'), signer.privateKey));
};

/** The cosignature line of a witness for a checkpoint's text at `timeSeconds`. */
export const cosignatureLine = (signer: NoteSigner, text: string, timeSeconds: bigint): string => {
  if (signer.type !== SIGNATURE_COSIGNATURE_V1) throw new TypeError('this key signs notes, not cosignatures');
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(timeSeconds);
  return lineOf(
    signer,
    Buffer.concat([time, sign(null, cosignedMessage(timeSeconds, text), signer.privateKey)]),
  );
};

/** A text with its signatures. The text ends with a newline and holds no control character. */
export const signNote = (text: string, signers: readonly NoteSigner[]): string => {
  const note = `${text}\n${signers.map((signer) => signatureLine(signer, text)).join('')}`;
  if (!text.endsWith('\n') || parseNote(note)?.text !== text)
    throw new RangeError('this text cannot be a note');
  return note;
};

const lineOf = (key: NoteKey, signature: Uint8Array): string => {
  const id = Buffer.alloc(4);
  id.writeUInt32BE(key.keyId);
  return `${PREFIX}${key.name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
};

// ——— keys ———

/** Reads a verifier key `name+hash+base64`; null when any character of it is wrong. */
export const parseVerifierKey = (vkey: string): NoteKey | null => {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
  const [, name = '', id = '', encoded = ''] = parts ?? [];
  const bytes = strictBase64(encoded);
  if (!parts || !isKeyName(name) || bytes?.length !== 33) return null;
  return keyOf(name, bytes[0] ?? 0, bytes.subarray(1), parseInt(id, 16));
};

/** Reads a signer key `PRIVATE+KEY+name+hash+base64` (Ed25519 seed); null when it is wrong. */
export const parseSignerKey = (skey: string): NoteSigner | null => {
  const parts = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(skey);
  const [, name = '', id = '', encoded = ''] = parts ?? [];
  const bytes = strictBase64(encoded);
  if (!parts || !isKeyName(name) || bytes?.length !== 33) return null;
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, bytes.subarray(1)]),
    format: 'der',
    type: 'pkcs8',
  });
  const key = keyOf(name, bytes[0] ?? 0, rawPublicKey(createPublicKey(privateKey)), parseInt(id, 16));
  return key && { ...key, privateKey };
};

/** Makes a new key and its secret text. The text is the only secret: whoever has it signs in this name. */
export const newSignerKey = (
  name: string,
  type = SIGNATURE_ED25519,
): { skey: string; signer: NoteSigner } => {
  if (!isKeyName(name)) throw new RangeError('a key name has no space and no plus');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8_ED25519.length);
  const id = keyIdOf(name, type, rawPublicKey(publicKey));
  const encoded = Buffer.concat([Buffer.of(type), seed]).toString('base64');
  const skey = `PRIVATE+KEY+${name}+${hex8(id)}+${encoded}`;
  const signer = parseSignerKey(skey);
  if (!signer) throw new Error('a new key must be readable');
  return { skey, signer };
};

/** The same secret under another name: another key id, so another key to everyone who checks. */
export const renamedSigner = (signer: NoteSigner, name: string): NoteSigner => {
  if (!isKeyName(name)) throw new RangeError('a key name has no space and no plus');
  const raw = rawPublicKey(signer.publicKey);
  const key = keyOf(name, signer.type, raw, keyIdOf(name, signer.type, raw));
  if (!key) throw new Error('a renamed key must be readable');
  return { ...key, privateKey: signer.privateKey };
};

const keyOf = (name: string, type: number, raw: Buffer, claimedId: number): NoteKey | null => {
  if (type !== SIGNATURE_ED25519 && type !== SIGNATURE_COSIGNATURE_V1) return null;
  const keyId = keyIdOf(name, type, raw);
  if (keyId !== claimedId) return null;
  return {
    name,
    keyId,
    type,
    publicKey: createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
      format: 'jwk',
    }),
    vkey: `${name}+${hex8(keyId)}+${Buffer.concat([Buffer.of(type), raw]).toString('base64')}`,
  };
};

const keyIdOf = (name: string, type: number, raw: Uint8Array): number =>
  createHash('sha256').update(`${name}\n`).update(Buffer.of(type)).update(raw).digest().readUInt32BE(0);

const hex8 = (id: number): string => id.toString(16).padStart(8, '0');

const rawPublicKey = (key: KeyObject): Buffer =>
  Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');

// The fixed beginning of every PKCS #8 Ed25519 key (RFC 8410); the 32-byte seed follows.
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A name is not empty and has neither spaces (of any script) nor a plus. */
export const isKeyName = (name: string): boolean => name !== '' && !/[\s+\u0085]/u.test(name);

/** Base64 that would be written back the very same way: no line breaks, no missing padding, no stray bits. */
export const strictBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : null;
};

const wellFormed = (text: string): string | null =>
  decoded(Buffer.from(text, 'utf8')) === text ? text : null;

const decoded = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};
