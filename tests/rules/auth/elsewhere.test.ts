import { expect, test } from 'vitest';
import { readNextPath } from '@/lib/auth/next-path.rules';
import { readChoice } from '@/lib/i18n/choose.rules';
import { cases } from '../../support/bad-input';

// Addresses of other places, as they are hidden in what a link may ask us to go on to.

const HOST = 'evil.example';
const SCHEMES = [
  'http:',
  'https:',
  'HTTPS:',
  'javascript:',
  'JaVaScRiPt:',
  'data:',
  'vbscript:',
  'file:',
  'blob:',
  'ftp:',
  'ws:',
  'mailto:',
  'about:',
];

const ELSEWHERE: readonly string[] = [
  ...SCHEMES.flatMap((scheme) => [`${scheme}//${HOST}`, `${scheme}${HOST}`]),
  ...[
    '//',
    '///',
    '////',
    '/\\',
    '\\/',
    '\\\\',
    '/\t/',
    '/\n/',
    '/\r/',
    '\t//',
    ' //',
    '/ /',
    '\u0000//',
    '/.//',
    '/..//',
    '/;//',
    '/\u00a0/',
    '/\u3000/',
    '／／',
    '⁄⁄',
    '∕∕',
    '/%09/',
    '/%2f',
    '/%2F',
    '/%5c',
    '/%255c%255c',
  ].map((start) => `${start}${HOST}`),
  ...[
    '/en@',
    '/en:80@',
    '/en//',
    '/en/\\',
    '/en/..//',
    '/en/%2f',
    '/en/%2F%2F',
    '/en/%5c',
    '/en/\t//',
    '/en\\..\\\\',
    '/en/%00//',
    '/en\n//',
  ].map((start) => `${start}${HOST}`),
  `https://localhost:3000@${HOST}/en`,
  `https://localhost:3000.${HOST}/en`,
  `//localhost:3000@${HOST}/en`,
  `//en@${HOST}`,
  `/en\r\nLocation: https://${HOST}`,
  `/en%0d%0aLocation:%20https://${HOST}`,
  `/en?next=\r\nSet-Cookie: a=b`,
  'https://ｅｖｉｌ.example/en',
  '//evil。example/en',
  '/\u202een',
  '/e\u200bn',
  '/e\u0301n',
  '/%65%6e',
  'en',
  './en',
  '../en',
  '?next=/en',
  '#/en',
  '/\uff45\uff4e',
  '/zh-Hans@evil.example',
  '/fr',
  '/api/v1/gifts',
  '/EN/../../evil',
  '/language?to=//evil.example',
];

test('lead nowhere: not after signing in, not after choosing a language, not after choosing a look', () => {
  for (const typed of cases('elsewhere', ELSEWHERE)) {
    for (const [where, path] of Object.entries({
      'after signing in': readNextPath(typed),
      'after a choice': readChoice(typed)?.path ?? null,
    })) {
      if (path === null) continue;
      // What is kept after all is a page of ours however a browser reads it.
      const url = new URL(path, 'https://own.invalid');
      expect(url.origin, `${where}: ${JSON.stringify(typed)}`).toBe('https://own.invalid');
      expect(url.pathname, `${where}: ${JSON.stringify(typed)}`).toMatch(/^\/(?:en|zh-Hans|zh-Hant)(?:\/|$)/);
      expect(path, `${where}: ${JSON.stringify(typed)}`).toMatch(/^\/[\x21-\x5b\x5d-\x7e]*$/);
    }
  }
});
