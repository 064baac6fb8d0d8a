import { describe, expect, test } from 'vitest';
import { cookieIn, ownCookieName, rememberedWish } from '@/lib/shared/own-cookie.rules';

const [OVER_TLS, IN_CLEAR] = ['https://shanlu.example.org', 'http://localhost:3000'];

test.each([
  ['lang', OVER_TLS, '__Host-lang'],
  ['shanlu-session', 'https://localhost:3443', '__Host-shanlu-session'],
  ['lang', IN_CLEAR, 'lang'],
  ['lang', 'http://https.example.org', 'lang'],
])('%s at %s is called %s', (name, publicUrl, called) => {
  expect(ownCookieName(name, publicUrl)).toBe(called);
});

describe('a wish', () => {
  const theme = (header: string | undefined, publicUrl: string): string | undefined =>
    rememberedWish(cookieIn(header), 'theme', publicUrl);

  test.each([
    ['__Host-theme=dark', 'dark'],
    ['a=1; __Host-theme=dark;b=2', 'dark'],
    // Kept before the names changed: counts until another is chosen.
    ['theme=light', 'light'],
    ['theme=light; __Host-theme=dark', 'dark'],
    ['__Host-theme=; theme=light', ''],
    ['x__Host-theme=dark; xtheme=dark; a=theme=dark', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('over https, in %j, is %j', (header, said) => {
    expect(theme(header, OVER_TLS)).toBe(said);
  });

  test.each([
    ['theme=dark', 'dark'],
    ['__Host-theme=dark', undefined],
  ])('in clear, in %j, is %j', (header, said) => {
    expect(theme(header, IN_CLEAR)).toBe(said);
  });
});
