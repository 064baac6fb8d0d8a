import { timingSafeEqual } from 'node:crypto';
import { generateSecret, generateSync, generateURI } from 'otplib';
import { readTotp } from './code.rules';
import { judgeCode, STEP_SECONDS, type Authenticator, type Judgement, type Seen } from './totp.rules';

/** 160 random bits in base32, as the app takes it. */
export const newTotpSecret = (): string => generateSecret({ length: 20 });

/** What the QR code holds. */
export const totpUri = (secret: string, account: string): string =>
  generateURI({ issuer: '善路 Shanlu', label: account, secret });

/** The step a moment lies in, by our clock. */
export const stepAt = (at: Date): number => Math.floor(at.getTime() / 1000 / STEP_SECONDS);

/** Whether what was typed is the code of this step: SHA-1, six digits. */
export const isCodeOfStep = (secret: string, typed: string, step: number): boolean => {
  const token = readTotp(typed);
  if (token === null || step < 0) return false;
  const code = generateSync({ secret, epoch: step * STEP_SECONDS });
  return timingSafeEqual(Buffer.from(code), Buffer.from(token));
};

/** Judges what was typed at this moment as a code of this authenticator. */
export const judgeTotp = (
  authenticator: Authenticator & { readonly secret: string },
  typed: string,
  at: Date,
  seen: Seen,
): Judgement =>
  judgeCode((step) => isCodeOfStep(authenticator.secret, typed, step), stepAt(at), authenticator, seen);
