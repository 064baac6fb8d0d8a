import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { SignOutForm } from '../../../_ui/session/keeper';

/** The account, where sessions of other devices are ended, and signing out here. */
export function SignOut({ lang }: { lang: Lang }) {
  return (
    <>
      <a href={`/${lang}/account`}>{words(lang, 'desk')('nav.account')}</a>
      <SignOutForm lang={lang}>
        <button type="submit">{words(lang, 'ui')('staff.signOut')}</button>
      </SignOutForm>
    </>
  );
}
