import { createDecipheriv, createECDH, createHash, hkdfSync, type ECDH } from 'node:crypto';
import { sealedFor, sealedInfo, sealedParts, unpacked, SECRET_BYTES, type Unpacked } from './waiting.rules';

const CURVE = 'prime256v1';
/** The order of P-256: a private key lies between nothing and this. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

export type WaitingKey = {
  /** Eight bytes in hex: the beginning of the public key's hash. */
  readonly id: string;
  /** The uncompressed point. */
  readonly publicKey: Buffer;
  readonly pair: ECDH;
};

/** HKDF gives a number that is no private key once in four thousand million; then it is asked for the next. */
const privateKey = (secret: string, turn = 0): Buffer => {
  const bytes = Buffer.from(hkdfSync('sha256', secret, 'shanlu', `waiting-photograph:${turn}`, 32));
  const number = BigInt(`0x${bytes.toString('hex')}`);
  return number > 0n && number < ORDER ? bytes : privateKey(secret, turn + 1);
};

/** The key pair that follows from a secret of the server: the same in every process, kept nowhere. */
export const waitingKey = (secret: string): WaitingKey => {
  const pair = createECDH(CURVE);
  pair.setPrivateKey(privateKey(secret));
  const publicKey = pair.getPublicKey();
  return { id: createHash('sha256').update(publicKey).digest('hex').slice(0, 16), publicKey, pair };
};

/**
 * Opens what a telephone sealed for one of these keys, this person and this upload. Null when it was sealed for
 * anything else, was altered, or is cut off: nobody can tell which.
 */
export const openWaiting = (
  keys: readonly WaitingKey[],
  forWhom: { readonly person: string; readonly upload: string },
  sealed: Uint8Array,
): Unpacked | null => {
  const parts = sealedParts(sealed);
  const key = keys.find(({ id }) => id === parts?.key);
  if (!parts || !key) return null;
  try {
    const shared = key.pair.computeSecret(parts.ephemeral);
    const info = sealedInfo(parts.ephemeral, key.publicKey);
    const secret = Buffer.from(hkdfSync('sha256', shared, '', info, SECRET_BYTES));
    const decipher = createDecipheriv('aes-256-gcm', secret.subarray(0, 32), secret.subarray(32));
    decipher.setAAD(sealedFor(parts.head, forWhom.person, forWhom.upload));
    decipher.setAuthTag(parts.tag);
    return unpacked(Buffer.concat([decipher.update(parts.body), decipher.final()]));
  } catch {
    return null; // a point that is none, or a seal that does not hold
  }
};
