import { expect, test } from 'vitest';
import { readNextPath } from '@/lib/auth/next-path.rules';

test('a page of our own is kept with its query', () => {
  expect(readNextPath('/en/finance/approvals?tab=mine')).toBe('/en/finance/approvals?tab=mine');
  expect(readNextPath('/zh-Hans')).toBe('/zh-Hans');
  expect(readNextPath('/zh-Hant/roads/ML-07')).toBe('/zh-Hant/roads/ML-07');
});

test.each([
  null,
  undefined,
  '',
  'finance',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/en//evil.example',
  '/en/\\evil.example',
  'https:evil.example',
  'https://evil.example/en',
  'https://shanlu.example.org@evil.example',
  '/%2f/evil.example',
  '/en/%2F%2Fevil.example',
  '/en/%5cevil.example',
  '/en/%0d%0aSet-Cookie:x=1',
  '/en\r\nLocation: https://evil.example',
  '/en/\tfinance',
  '/en/\u0000',
  '/en/\u2028x',
  '/。。/evil',
  '/．．/evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/javascript:alert(1)',
  '/fr/finance',
  '/api/auth/session',
  '/en/sign-in',
  '/en/sign-in/confirm?token=x',
  '/en/sign-in/confirm#x',
  '/en/../../evil',
  '/en/./..//evil.example',
  '?x',
  '#x',
  `/en/${'a'.repeat(600)}`,
])('%j is not somewhere to go', (typed) => {
  expect(readNextPath(typed)).toBeNull();
});
