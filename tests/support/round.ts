import { LANGUAGES, type Lang } from '@/lib/i18n/languages';

/** Which round this is: ROUND, or the number of the day, so that three days see every journey in every language. */
export const round = Number.parseInt(process.env['ROUND'] ?? String(Math.floor(Date.now() / 86_400_000)), 10);

/**
 * The language of a journey in this round. Journeys with different numbers are walked in different languages, so that
 * every round sees all three, and three rounds see every journey in each; a run costs no more than in one language.
 */
export const langOf = (journey: 0 | 1 | 2): Lang => LANGUAGES[(round + journey) % 3] ?? 'en';

/** The locale of a browser in which people read that language. */
export const localeOf = (lang: Lang): string =>
  ({ 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-HK', en: 'en-CA' })[lang];
