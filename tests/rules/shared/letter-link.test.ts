import { describe, expect, test } from 'vitest';
import { ledOn, letterLink, pastedToken, tokenOfLink } from '@/lib/shared/letter-link.rules';

const TOKEN = 'x3Zk-_0aB'.repeat(4);
const PAGE = 'https://shanlu.example.org/en/sign-in/confirm';

test('what a link opens with is in no part of the address that is sent to a server', () => {
  const link = letterLink(PAGE, TOKEN);
  const { pathname, search, hash } = new URL(link);
  expect([pathname, search, hash]).toEqual(['/en/sign-in/confirm', '', `#${TOKEN}`]);
  expect(tokenOfLink(link)).toBe(TOKEN);
  expect(tokenOfLink(PAGE)).toBeNull();
});

describe('what was pasted is read as the token it holds', () => {
  const CONSENT = 'PC-0001.G-0042.x3Zk-_0aB';
  test.each([
    [letterLink(PAGE, TOKEN), TOKEN],
    [TOKEN, TOKEN],
    [` ${TOKEN}\n`, TOKEN],
    // As mail programs break and bracket long addresses, and as people end a sentence.
    [`<${PAGE}\n#${TOKEN.slice(0, 20)}\r\n ${TOKEN.slice(20)}>`, TOKEN],
    [`${letterLink(PAGE, TOKEN)}。`, TOKEN],
    [`${PAGE}?token=${TOKEN}`, TOKEN],
    [letterLink('https://shanlu.example.org/zh-Hant/consent', CONSENT), CONSENT],
    [`https://shanlu.example.org/zh-Hant/consent/${CONSENT}.`, CONSENT],
    ['ＰＣ-0001.G-0042.x3Zk-_0aB', CONSENT],
    ['', ''],
    ['#', ''],
  ])('%j', (typed, token) => {
    expect(pastedToken(typed)).toBe(token);
  });
});

test('an old link leads on to one address, whatever stands in its place', () => {
  expect(ledOn('/en/consent', 'PC-0001.G-0042.x_-')).toBe('/en/consent#PC-0001.G-0042.x_-');
  expect(ledOn('/en/consent', '//evil.example/\r\nLocation: x#?<>\ud800')).toBe(
    '/en/consent#evil.exampleLocationx',
  );
  expect(ledOn('/en/consent', 'a'.repeat(5_000))).toHaveLength('/en/consent#'.length + 100);
});
