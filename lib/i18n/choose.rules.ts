import type { Lang } from './languages';
import { langOfPath, pathInLang } from './request';

/** Where a language is chosen by hand; pages for everyone carry no cookie, so they lead through here. */
export const CHOOSE_LANGUAGE = '/language';

/** The link to the page at `path` (with its query) in `lang`, by way of where the choice is remembered. */
export const choiceAddress = (path: string, query: string, lang: Lang): string =>
  `${CHOOSE_LANGUAGE}?to=${encodeURIComponent(pathInLang(path, lang) + (query === '' ? '' : `?${query}`))}`;

/**
 * The path and language a choice names, or null where it is no page of this site. `//host` and `/\host` are read by
 * browsers as another site; they begin with no language, so they are refused with everything else.
 */
export const readChoice = (to: string | null): { readonly path: string; readonly lang: Lang } | null => {
  if (
    to === null ||
    to.length > 2_000 ||
    !/^\/[A-Za-z-]+(?:[/?][\x21-\x7e]*)?$/.test(to) ||
    to.includes('\\')
  )
    return null;
  const [path = ''] = to.split('?');
  // `/en/..//host` begins with a language and ends elsewhere: what a browser makes of it must be what it says.
  if (path.includes('//') || new URL(to, 'http://own.invalid').pathname !== path) return null;
  const lang = langOfPath(path);
  return lang === null ? null : { path: to, lang };
};
