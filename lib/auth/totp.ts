import { timingSafeEqual } from 'node:crypto';
import { generateSecret, generateSync, generateURI, verifySync } from 'otplib';
import { readTotp } from './code.rules';

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, thirty seconds. */
const PERIOD_SECONDS = 30;

/** 160 random bits in base32, as the app takes it. */
export const newTotpSecret = (): string => generateSecret({ length: 20 });

/** What the QR code holds. */
export const totpUri = (secret: string, account: string): string =>
  generateURI({ issuer: '善路 Shanlu', label: account, secret });

/**
 * The time step a typed code stands for, or null. One step early or late is accepted for clocks that differ; a step
 * up to `lastStep` never again, so a code that was looked over the shoulder is worth nothing.
 */
export const totpStep = (secret: string, typed: string, at: Date, lastStep: bigint): bigint | null => {
  const token = readTotp(typed);
  if (token === null) return null;
  const epoch = Math.floor(at.getTime() / 1000);
  const answer = verifySync({ secret, token, epoch, epochTolerance: PERIOD_SECONDS });
  if (!answer.valid || !('timeStep' in answer)) return null;
  const step = BigInt(answer.timeStep);
  return step > lastStep ? step : null;
};

/** The step a moment lies in. */
export const stepAt = (at: Date): bigint => BigInt(Math.floor(at.getTime() / 1000 / PERIOD_SECONDS));

/** Whether what was typed is the code of this step. */
export const isCodeOfStep = (secret: string, typed: string, step: bigint): boolean => {
  const token = readTotp(typed);
  if (token === null) return false;
  const code = generateSync({ secret, epoch: Number(step) * PERIOD_SECONDS });
  return timingSafeEqual(Buffer.from(code), Buffer.from(token));
};
