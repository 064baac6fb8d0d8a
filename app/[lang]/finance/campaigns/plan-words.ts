import type { LocalText } from '@/db/tables';
import { contentIn } from '@/lib/i18n/convert';
import { LANGUAGES, type Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { PlanText } from '@/lib/publications/plan.rules';

/** What a field of the plan is called: the words of the public page, which has a heading of its own for the last two. */
export const planLabel = (lang: Lang, name: PlanText): string => {
  const [t, desk] = [words(lang, 'reports'), words(lang, 'planDesk')];
  switch (name) {
    case 'personInCharge':
      return t('pack.person');
    case 'waysToGive':
      return t('pack.ways');
    case 'bankAccount':
      return t('pack.account');
    case 'contact':
    case 'complaints':
      return desk(name);
    default:
      return t(`pack.${name}`);
  }
};

/** Words, not an address, a number or a telephone. */
const hasWords = (text: string): boolean =>
  text.split(/\s+/u).some((part) => /\p{L}/u.test(part) && !/[@/]|^[!-~]*\d[!-~]*$/u.test(part));

/** The languages in which a text only repeats the wording of another and a reader would notice. */
export const untranslated = (text: LocalText): readonly Lang[] =>
  LANGUAGES.filter((lang) => {
    const own = text[lang];
    if (!hasWords(own) || !LANGUAGES.some((other) => other !== lang && text[other] === own)) return false;
    return contentIn(lang, { 'zh-Hans': own, 'zh-Hant': own, en: own }).how !== 'written';
  });
