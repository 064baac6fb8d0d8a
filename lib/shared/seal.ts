import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * What one secret is used for. Each purpose has a key of its own (HKDF, RFC 5869), so that a value sealed for one
 * can never be opened as another.
 */
export type SealPurpose =
  | 'mail'
  | 'letters-stop'
  | 'second-factor'
  | 'recovery-code'
  | 'session'
  | 'sign-in'
  | 'asked-address'
  | 'rate-limit'
  | 'give-draft'
  | 'give-form'
  | 'consent'
  | 'receipt-stub'
  | 'command-input';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const kept = new Map<string, Buffer>();

const keyFor = (secret: string, purpose: SealPurpose): Buffer => {
  const name = `${purpose}\0${secret}`;
  const known = kept.get(name);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', secret, 'shanlu', purpose, 32));
  kept.set(name, key);
  return key;
};

/**
 * Encrypts with AES-256-GCM under a key derived from the server's secret. `subject` (the row's id) is bound in: a
 * sealed value copied into another row does not open.
 */
export const seal = (secret: string, purpose: SealPurpose, subject: string, text: string): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), nonce);
  cipher.setAAD(Buffer.from(`${purpose}:${subject}`));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
};

/** Opens a sealed value, or null when it was sealed by another secret, for another row, or was altered. */
export const unseal = (
  secret: string,
  purpose: SealPurpose,
  subject: string,
  sealed: Buffer,
): string | null => {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== VERSION) return null;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), nonce);
  decipher.setAAD(Buffer.from(`${purpose}:${subject}`));
  decipher.setAuthTag(tag);
  try {
    const body = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
};

/** HMAC-SHA256 under a derived key: for values that are looked up or compared but never read back. */
export const keyedHash = (secret: string, purpose: SealPurpose, value: string): Buffer =>
  createHmac('sha256', keyFor(secret, purpose)).update(value).digest();
