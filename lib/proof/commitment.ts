import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A commitment lets a donor prove later what a leaf says about them without the leaf saying it:
 * HMAC-SHA256(salt, domain ‖ field ‖ value). Salt and value live in erasable tables; when they are deleted
 * the 32 random bytes are gone and the commitment can be tied to nobody, while every old proof still holds.
 * One salt per record AND field: a shared salt would let equal values be recognised.
 */
export const SALT_BYTES = 32;

export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

/**
 * Lower-case hex of the commitment. Each part is preceded by its length in bytes as four bytes, big end
 * first, so that ("ab","c") and ("a","bc") never meet. `domain` names the kind of record (donor, receipt).
 */
export const commit = (salt: Uint8Array, domain: string, field: string, value: string): string => {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes`);
  const mac = createHmac('sha256', salt);
  for (const part of [domain, field, value]) {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    mac.update(length).update(bytes);
  }
  return mac.digest('hex');
};

/** Whether salt and value open this commitment. */
export const opens = (
  commitment: string,
  salt: Uint8Array,
  domain: string,
  field: string,
  value: string,
): boolean =>
  /^[0-9a-f]{64}$/.test(commitment) &&
  salt.length === SALT_BYTES &&
  timingSafeEqual(Buffer.from(commitment, 'hex'), Buffer.from(commit(salt, domain, field, value), 'hex'));
