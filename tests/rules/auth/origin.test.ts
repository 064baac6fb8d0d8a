import { describe, expect, test } from 'vitest';
import { mayChangeState, type RequestSource } from '@/lib/auth/origin.rules';

const OURS = 'https://shanlu.example.org';
const post = (over: Partial<RequestSource>): RequestSource => ({
  method: 'POST',
  path: '/en/sign-in',
  origin: null,
  fetchSite: null,
  host: 'shanlu.example.org',
  ...over,
});

describe('a request that changes something', () => {
  const refused: readonly (readonly [string, Partial<RequestSource>])[] = [
    ['names no origin at all', {}],
    ['has an empty origin', { origin: '' }],
    ['has the null origin of a sandboxed frame', { origin: 'null' }],
    [
      'has the null origin although it claims to be same-origin',
      { origin: 'null', fetchSite: 'same-origin' },
    ],
    ['comes from another site', { origin: 'https://evil.example' }],
    ['comes from another site that hides its origin', { fetchSite: 'cross-site' }],
    ['comes from a neighbouring host', { origin: 'https://x.shanlu.example.org', fetchSite: 'same-site' }],
    ['was typed into the address bar', { fetchSite: 'none' }],
    ['contradicts itself (site)', { origin: OURS, fetchSite: 'cross-site' }],
    ['contradicts itself (origin)', { origin: 'https://evil.example', fetchSite: 'same-origin' }],
    ['has another port', { origin: 'https://shanlu.example.org:8443' }],
    ['has our name inside another', { origin: 'https://shanlu.example.org.evil.example' }],
    ['has our name as user', { origin: 'https://shanlu.example.org@evil.example' }],
    ['has a path after our origin', { origin: `${OURS}/` }],
    ['has another scheme', { origin: 'ftp://shanlu.example.org' }],
    ['comes from a file', { origin: 'file://' }],
    ['lists two origins', { origin: `${OURS}, https://evil.example` }],
  ];
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND'])
    test.each(refused)(`is refused when it %s (${method})`, (_says, over) => {
      expect(mayChangeState(post({ method, ...over }), OURS)).toBe(false);
    });

  test('is allowed from our own pages, with either header or both', () => {
    expect(mayChangeState(post({ origin: OURS }), OURS)).toBe(true);
    expect(mayChangeState(post({ fetchSite: 'same-origin' }), OURS)).toBe(true);
    expect(mayChangeState(post({ origin: OURS, fetchSite: 'same-origin' }), OURS)).toBe(true);
  });

  test('is allowed under another name of ours, when the browser shows that very name', () => {
    const there = { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' };
    expect(mayChangeState(post(there), 'http://localhost:3000')).toBe(true);
    expect(mayChangeState(post({ ...there, host: 'localhost:3000' }), 'http://localhost:3000')).toBe(false);
  });

  test('is allowed from the payment provider, whose signature is checked instead', () => {
    expect(mayChangeState(post({ path: '/api/stripe/webhook' }), OURS)).toBe(true);
    expect(mayChangeState(post({ path: '/api/stripe/webhook/' }), OURS)).toBe(false);
    expect(mayChangeState(post({ path: '/api/stripe/webhook/../../en' }), OURS)).toBe(false);
  });
});

test('reading is allowed from anywhere', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    expect(
      mayChangeState(post({ method, origin: 'https://evil.example', fetchSite: 'cross-site' }), OURS),
    ).toBe(true);
});
