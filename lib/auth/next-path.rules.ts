import { isLang } from '../i18n/languages';

/** The request header in which proxy.ts passes on the path being asked for, so that a guard can send people back. */
export const PATH_HEADER = 'x-shanlu-path';

/** Whether somebody signs in on the way to giving: they may be new here. */
export const isOnTheWayToGive = (next: string | null): boolean =>
  next !== null && /^\/[A-Za-z-]+\/give(?:\/|\?|$)/.test(next);

/**
 * A path of our own to go on to after signing in, or null. Everything a browser might read as another site is
 * refused: schemes, `//host`, backslashes, control characters, encoded slashes, user info.
 */
export const readNextPath = (typed: string | null | undefined): string | null => {
  if (typed === null || typed === undefined || typed.length > 500) return null;
  if (!/^\/[A-Za-z0-9]/.test(typed) || /[\p{C}\\\s]/u.test(typed) || /%(?:2f|5c|0)/i.test(typed)) return null;
  let url: URL;
  try {
    url = new URL(typed, 'http://own.invalid');
  } catch {
    return null;
  }
  if (url.origin !== 'http://own.invalid' || url.pathname.includes('//')) return null;
  // Only pages for people: they begin with a language. The sign-in pages themselves would lead in a circle.
  const [, lang = '', area = ''] = url.pathname.split('/');
  if (!isLang(lang) || area === 'sign-in') return null;
  return url.pathname + url.search;
};
