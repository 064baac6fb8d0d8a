import { env } from './env';
import { ownCookieName, rememberedWish } from './shared/own-cookie.rules';

/**
 * A cookie of this site: bound to this very host, read by no script. Every cookie the product sets is one, but for the
 * note of a page that was left without network, which its script sets under such a name (app/_ui/session/keeper.tsx).
 */
export const ownCookie = (name: string) => ({
  name: ownCookieName(name, env.PUBLIC_URL),
  options: {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: env.PUBLIC_URL.startsWith('https://'),
  } as const,
});

/** What a visitor may wish and the browser remembers: the language, how large the type is, light or dark. */
export type Wish = 'lang' | 'size' | 'theme';

const WISH_SECONDS = 365 * 24 * 3600;

/** The cookie of a wish, with how long it is kept. */
export const wishCookie = (wish: Wish) => {
  const { name, options } = ownCookie(wish);
  return { name, options: { ...options, maxAge: WISH_SECONDS } };
};

/** A wish as this browser remembers it; `cookie` finds one cookie of the request. */
export const wished = (cookie: (name: string) => string | undefined, wish: Wish): string | undefined =>
  rememberedWish(cookie, wish, env.PUBLIC_URL);

/** The header that keeps a wish, for answers made without Next's cookies. The value is one of our own words. */
export const keepWish = (wish: Wish, value: string): string => {
  const { name, options } = wishCookie(wish);
  return `${name}=${value}; Path=/; Max-Age=${options.maxAge}; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`;
};
