import { timingSafeEqual } from 'node:crypto';
import { keyedHash } from '../shared/seal';

const BYTES = 16;

const tag = (secret: string, change: string, gift: string): string =>
  keyedHash(secret, 'consent', `${change}/${gift}`).subarray(0, BYTES).toString('base64url');

/** The secret part of a giver's own link: it opens this one question about this one gift and nothing else. */
export const consentToken = (secret: string, change: string, gift: string): string =>
  `${change}.${gift}.${tag(secret, change, gift)}`;

/** Which question a link is about, or null when it is not one of ours. */
export const readConsentToken = (
  secret: string,
  token: string,
): { readonly change: string; readonly gift: string } | null => {
  const [change, gift, given, ...rest] = token.split('.');
  if (!change || !gift || !given || rest.length > 0) return null;
  const expected = Buffer.from(tag(secret, change, gift));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? { change, gift } : null;
};
