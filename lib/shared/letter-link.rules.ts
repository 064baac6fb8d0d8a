/**
 * The address of a letter's link: what it opens with stands behind `#`, which browsers never send. So no server, proxy or
 * log on the way is told it; a script of the page posts it.
 */
export const letterLink = (page: string, token: string): string => `${page}#${token}`;

/**
 * Where a link leads that has its token in the path or the query, as those of letters sent before 2026-12 have: to the
 * same page with the token where it is told to nobody any more.
 */
export const ledOn = (page: string, token: string): string =>
  letterLink(page, token.replace(/[^\w.-]/gu, '').slice(0, 100));

/** What a letter's link opens with; null for an address that keeps it elsewhere. */
export const tokenOfLink = (link: string): string | null => link.split('#')[1] ?? null;

/**
 * The token in what a person pasted or typed: the whole address of the letter, in any form it ever had, or only its end.
 * Blanks and signs that mail programs and people add around it do not count.
 */
export const pastedToken = (typed: string): string =>
  typed
    .slice(0, 600)
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/[^\w-]+$/u, '')
    .split(/[#=/]/u)
    .at(-1) ?? '';
