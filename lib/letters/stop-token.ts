import { timingSafeEqual } from 'node:crypto';
import { env } from '../env';
import { keyedHash } from '../shared/seal';

export const STOP_KINDS = ['reminders', 'news'] as const;
export type StopKind = (typeof STOP_KINDS)[number];

const MAC_BYTES = 16;

const mac = (donorId: string, kind: StopKind): Buffer =>
  keyedHash(env.AUTH_SECRET, 'letters-stop', `${kind}:${donorId}`).subarray(0, MAC_BYTES);

/**
 * What stands in the link that ends letters of one kind without signing in: whom it is about and our signature, for
 * as long as the secret lives. It can do nothing else, and it says no address.
 */
export const stopToken = (donorId: string, kind: StopKind): string =>
  Buffer.concat([
    Buffer.from([STOP_KINDS.indexOf(kind)]),
    Buffer.from(donorId.replaceAll('-', ''), 'hex'),
    mac(donorId, kind),
  ]).toString('base64url');

/** Whom and what a token is about; null when we did not sign it. */
export const readStopToken = (
  token: string,
): { readonly donorId: string; readonly kind: StopKind } | null => {
  if (!/^[\w-]{44}$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const kind = STOP_KINDS[bytes[0] ?? STOP_KINDS.length];
  if (kind === undefined || bytes.length !== 17 + MAC_BYTES) return null;
  const hex = bytes.subarray(1, 17).toString('hex');
  const donorId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return timingSafeEqual(bytes.subarray(17), mac(donorId, kind)) ? { donorId, kind } : null;
};

export const stopUrl = (donorId: string, kind: StopKind): string =>
  `${env.PUBLIC_URL}/api/letters/stop?t=${stopToken(donorId, kind)}`;
