import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { env } from '../env';
import { newId } from '../shared/id';
import { isSolved } from '../shared/proof-of-work';
import { keyedHash } from '../shared/seal';

/*
 * What a form that leads to the payment provider carries: a number of its own and the moment it was made, signed, so
 * that a try without having seen the page is told from one with. And the challenge when a browser must work first.
 */

const sign = (purpose: 'form' | 'work', text: string): string =>
  keyedHash(env.AUTH_SECRET, 'give-form', `${purpose}:${text}`).toString('base64url').slice(0, 32);

const signedBy = (purpose: 'form' | 'work', text: string, signature: string): boolean => {
  const right = Buffer.from(sign(purpose, text));
  const given = Buffer.from(signature);
  return right.length === given.length && timingSafeEqual(right, given);
};

export const makeFormToken = (issuedMs: number): string => {
  const text = `${newId()}.${issuedMs.toString(36)}`;
  return `${text}.${sign('form', text)}`;
};

export type FormToken = { readonly key: string; readonly issuedMs: number };

/** The form's own number and its moment; null when this server did not make it. */
export const readFormToken = (token: string): FormToken | null => {
  const match = /^([0-9a-f-]{36})\.([0-9a-z]{6,10})\.([\w-]{32})$/.exec(token);
  if (!match) return null;
  const [, key = '', issued = '', signature = ''] = match;
  return signedBy('form', `${key}.${issued}`, signature) ? { key, issuedMs: parseInt(issued, 36) } : null;
};

/** A challenge is good for ten minutes, for this form only and once. */
const WORK_MS = 600_000;

export const makeChallenge = (key: string, bits: number, nowMs: number): string => {
  const text = `${key}.${bits}.${(nowMs + WORK_MS).toString(36)}`;
  return `${text}.${sign('work', text)}`;
};

/** Whether a proof (`challenge:number`) is ours, for this form, in time and solved. */
export const isProved = (proof: string, key: string, nowMs: number): boolean => {
  const match = /^(([0-9a-f-]{36})\.(\d{1,2})\.([0-9a-z]{6,10}))\.([\w-]{32}):(\d{1,12})$/.exec(proof);
  if (!match) return false;
  const [, text = '', of = '', bits = '', until = '', signature = '', answer = ''] = match;
  return (
    of === key &&
    parseInt(until, 36) > nowMs &&
    signedBy('work', text, signature) &&
    isSolved(`${text}.${signature}`, answer, Number(bits))
  );
};
