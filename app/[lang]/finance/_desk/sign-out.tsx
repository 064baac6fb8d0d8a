import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/** Leads to the account page, where sessions are ended by POST. */
export function SignOut({ lang }: { lang: Lang }) {
  return <a href={`/${lang}/account`}>{words(lang, 'desk')('nav.account')}</a>;
}
