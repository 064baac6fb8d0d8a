import { isLang, LANGUAGES, type Lang } from './languages';

/** The request header in which proxy.ts passes on the language of the page being asked for. */
export const LANG_HEADER = 'x-shanlu-lang';

/**
 * The language for a visitor who named none in the address: the one remembered, else the best of
 * Accept-Language, else simplified Chinese.
 */
export const negotiateLang = (
  remembered: string | null | undefined,
  accept: string | null | undefined,
): Lang => {
  if (remembered != null && isLang(remembered)) return remembered;
  for (const tag of tagsByWeight(accept ?? '')) {
    const lang = langOfTag(tag);
    if (lang) return lang;
  }
  return 'zh-Hans';
};

/** The language in the first segment of a path, or null: `/en/ledger` → `en`. */
export const langOfPath = (path: string): Lang | null => {
  const first = path.split('/')[1] ?? '';
  return isLang(first) ? first : null;
};

/** The same page in another language; the query stays. Paths without a language go to the home page. */
export const pathInLang = (path: string, lang: Lang): string =>
  langOfPath(path) === null ? `/${lang}` : `/${[lang, ...path.split('/').slice(2)].join('/')}`;

const tagsByWeight = (accept: string): string[] =>
  accept
    .split(',')
    .map((entry, order) => {
      const [tag = '', ...params] = entry.trim().toLowerCase().split(';');
      const weight = params.map((p) => /^\s*q=(\d(?:\.\d{1,3})?)$/.exec(p)?.[1]).find(Boolean);
      return { tag, order, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight || a.order - b.order)
    .map(({ tag }) => tag);

/** Chinese is told apart by script, or where no script is named by the region that writes it so. */
const langOfTag = (tag: string): Lang | null => {
  const exact = LANGUAGES.find((lang) => lang.toLowerCase() === tag);
  if (exact) return exact;
  if (/^(?:zh|yue)(?:-|$)/.test(tag)) {
    if (tag.includes('-hant')) return 'zh-Hant';
    if (tag.includes('-hans')) return 'zh-Hans';
    return /-(?:hk|mo|tw)\b/.test(tag) || tag.startsWith('yue') ? 'zh-Hant' : 'zh-Hans';
  }
  return /^en(?:-|$)/.test(tag) ? 'en' : null;
};
