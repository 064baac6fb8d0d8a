import { createHash, randomBytes } from 'node:crypto';
import { env } from '../env';
import { keyedHash } from '../shared/seal';
import { codeFromBytes, CODE_LENGTH, RECOVERY_CODE_COUNT, RECOVERY_CODE_LENGTH } from './code.rules';

/** 256 random bits as 43 URL-safe characters: links, sessions, the sign-in cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
export const SECRET_SHAPE = /^[A-Za-z0-9_-]{43}$/;

const newCode = (length: number): string => {
  for (;;) {
    const code = codeFromBytes(randomBytes(length * 4), length);
    if (code !== null) return code;
  }
};

export const newSignInCode = (): string => newCode(CODE_LENGTH);
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODE_COUNT }, () => newCode(RECOVERY_CODE_LENGTH));

export const sessionTokenHash = (token: string): Buffer => keyedHash(env.AUTH_SECRET, 'session', token);
export const requestHash = (secret: string): Buffer => keyedHash(env.AUTH_SECRET, 'sign-in', secret);
export const recoveryCodeHash = (personId: string, code: string): Buffer =>
  keyedHash(env.AUTH_SECRET, 'recovery-code', `${personId}:${code}`);

/** The secret next-auth adds to a token before hashing it (its `provider.secret`). */
export const verificationSecret = (): string =>
  keyedHash(env.AUTH_SECRET, 'sign-in', 'verification').toString('hex');

/**
 * How next-auth hashes a token before it asks the adapter: SHA-256 over token and secret, in hex. We write the row
 * ourselves, together with the mail and before it, so we hash the same way.
 */
export const verificationHash = (token: string): string =>
  createHash('sha256').update(`${token}${verificationSecret()}`).digest('hex');

/** A typed code is a token only together with the secret of the browser that asked for it. */
export const codeToken = (requestSecret: string, code: string): string => `code:${requestSecret}:${code}`;
