// Not by import: it would wait for the very module that is being put together with this.
const { createHash } = process.getBuiltinModule('node:crypto');

/** Something quick in the place of scrypt, for tests in which only the order of things matters. */
export const quickly = (value: Uint8Array, salt: Uint8Array): Buffer =>
  createHash('sha256').update(salt).update(value).digest();

/**
 * node:crypto with it, for `vi.mock`. What codes are really kept under is looked at in
 * tests/db/sign-in-recovery-codes.test.ts.
 */
export const withQuickScrypt = (crypto: object): object => ({
  ...crypto,
  scrypt: (
    value: Buffer,
    salt: Buffer,
    _length: number,
    _cost: object,
    done: (error: null, key: Buffer) => void,
  ) => void setImmediate(() => done(null, quickly(value, salt))),
});
