import 'server-only';
import { Converter } from 'opencc-js';
import type { Lang } from './languages';

/** Traditional as written in Hong Kong, which is how our own pages write it. Dictionaries: once per process. */
const toTraditional = Converter({ from: 'cn', to: 'hk' });
const toSimplified = Converter({ from: 'hk', to: 'cn' });

const HAN = /\p{Script=Han}/u;

type LocalText = Readonly<Record<Lang, string>>;

/** A text for a reader of `lang`: what stands there, which language it is in, and how it came to be that. */
export type ContentText = {
  readonly text: string;
  readonly lang: Lang;
  readonly how: 'written' | 'converted' | 'foreign';
};

/**
 * What people wrote in one language only, for the readers of the others: Chinese is converted between the scripts and
 * said to be, anything else is shown as it was written and said to be. A text that somebody translated has different
 * words in each language and is left alone.
 *
 * @param original the language it was written in, where that is known
 */
export const contentIn = (lang: Lang, text: LocalText, original?: Lang): ContentText => {
  const own = text[lang];
  const same = own === text['zh-Hans'] && own === text['zh-Hant'] && own === text.en;
  if (!same || !/\p{L}/u.test(own)) return { text: own, lang, how: 'written' };
  const written = original ?? scriptOf(own);
  if (written === lang) return { text: own, lang, how: 'written' };
  if (written === 'en' || lang === 'en') return { text: own, lang: written, how: 'foreign' };
  const converted = lang === 'zh-Hant' ? toTraditional(own) : toSimplified(own);
  return converted === own
    ? { text: own, lang, how: 'written' }
    : { text: converted, lang, how: 'converted' };
};

/** Which of our languages a text is written in, by its characters alone. */
const scriptOf = (text: string): Lang => {
  if (!HAN.test(text)) return 'en';
  return toSimplified(text) !== text && toTraditional(text) === text ? 'zh-Hant' : 'zh-Hans';
};
