import '../../support/settings';
import { describe, expect, test } from 'vitest';
import { isProved, makeChallenge, makeFormToken, readFormToken } from '@/lib/payments/form-token';
import { openDraft, sealDraft } from '@/lib/payments/give-draft';
import { emptyDraft } from '@/lib/payments/give-draft.rules';
import { readStopToken, stopToken } from '@/lib/letters/stop-token';
import { consentToken, readConsentToken } from '@/lib/plan-changes/consent-token';
import { newId } from '@/lib/shared/id';
import { searchFrom } from '@/lib/shared/proof-of-work';
import { keyedHash } from '@/lib/shared/seal';
import { cases } from '../../support/bad-input';

// Every token we hand out, turned in for another purpose, cut, lengthened, altered bit by bit, or made by somebody else.
// Links, codes and sessions live in the database: tests/db/sign-in.test.ts and tests/db/sign-in-second-factor.test.ts.

const SECRET = process.env['AUTH_SECRET'] ?? '';
const NOW = Date.UTC(2026, 10, 26);
const KEY = newId();
const draft = sealDraft(emptyDraft('gen-hun-meng', 'CNY', { device: 'd', begun: NOW })) ?? '';
const challenge = makeChallenge(KEY, 4, NOW);
const proof = `${challenge}:${searchFrom(challenge, 4, 0, 100_000) ?? ''}`;

const KINDS = {
  form: { token: makeFormToken(NOW), read: (token: string) => readFormToken(token) !== null },
  stop: { token: stopToken(newId(), 'news'), read: (token: string) => readStopToken(token) !== null },
  consent: {
    token: consentToken(SECRET, 'PC-0001', 'G-0001'),
    read: (token: string) => readConsentToken(SECRET, token) !== null,
  },
  draft: { token: draft, read: (token: string) => openDraft(token) !== null },
  proof: { token: proof, read: (token: string) => isProved(token, KEY, NOW) },
} as const;
const kinds = Object.entries(KINDS);

const flipped = (token: string, at: number): string => {
  const letter = token[at] ?? '';
  return `${token.slice(0, at)}${letter === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
};

const WAYS: Readonly<Record<string, (token: string) => string>> = {
  nothing: () => '',
  'one letter less': (token) => token.slice(0, -1),
  'cut at the front': (token) => token.slice(1),
  'one letter more': (token) => `${token}A`,
  'a blank behind': (token) => `${token} `,
  'a line end behind': (token) => `${token}\n`,
  'a NUL behind': (token) => `${token}\u0000`,
  twice: (token) => `${token}${token}`,
  'in capitals': (token) => (token.toUpperCase() === token ? token.toLowerCase() : token.toUpperCase()),
  'padded with =': (token) => `${token}=`,
  'in full-width letters': (token) =>
    token.replace(/[0-9a-z]/, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  'without a signature (alg none)': () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
};

test('each opens what it was made for', () => {
  for (const [name, { token, read }] of kinds) expect(read(token), name).toBe(true);
});

test('a draft that would not fit a cookie is not put into one', () => {
  const long = emptyDraft('x'.repeat(4_000), 'CNY', { device: 'd', begun: NOW });
  expect(sealDraft(long)).toBeNull();
  expect(draft.length).toBeLessThan(4_000);
});

describe('and nothing else', () => {
  const spoilt = kinds.flatMap(([name, { token, read }]) =>
    Object.entries(WAYS).map(([way, change]) => ({ name, way, token: change(token), read })),
  );
  const elsewhere = kinds.flatMap(([name, { read }]) =>
    kinds
      .filter(([other]) => other !== name)
      .map(([other, { token }]) => ({ name, way: `a ${other}`, token, read })),
  );
  test('spoilt in any way, or turned in for another purpose', () => {
    for (const { name, way, token, read } of cases('tokens', [...spoilt, ...elsewhere]))
      expect(read(token), `${name}: ${way}`).toBe(false);
  });

  test('with any one letter changed', () => {
    const letters = kinds.flatMap(([name, { token, read }]) =>
      // What follows the colon of a proof is the work, of which more than one answer may be right.
      Array.from({ length: Math.min(120, token.split(':')[0]?.length ?? 0) }, (_, at) => ({
        name,
        at,
        token,
        read,
      })),
    );
    let tried = 0;
    for (const { name, at, token, read } of letters) {
      expect(read(flipped(token, at)), `${name} at ${at}`).toBe(false);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(300);
  });

  test('made under another secret, for another form, too late, or unsolved', () => {
    expect(readConsentToken('another secret of some length', KINDS.consent.token)).toBeNull();
    expect(readConsentToken(SECRET, KINDS.consent.token.replace('G-0001', 'G-0002'))).toBeNull();
    expect(readConsentToken(SECRET, KINDS.consent.token.replace('PC-0001', 'PC-0002'))).toBeNull();
    expect(isProved(proof, newId(), NOW)).toBe(false);
    expect(isProved(proof, KEY, NOW + 600_001)).toBe(false);
    expect(isProved(`${challenge}:`, KEY, NOW)).toBe(false);
    expect(isProved(`${challenge.replace('.4.', '.0.')}:1`, KEY, NOW)).toBe(false);
    const text = `${KEY}.${NOW.toString(36)}`;
    const forged = keyedHash('another secret of some length', 'give-form', `form:${text}`).toString(
      'base64url',
    );
    expect(readFormToken(`${text}.${forged.slice(0, 32)}`)).toBeNull();
  });
});
