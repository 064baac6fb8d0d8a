import type { ReactNode } from 'react';
import { LEFT_COOKIE } from '@/lib/auth/options';
import { currentPerson } from '@/lib/auth/session';
import { SESSION_SECONDS } from '@/lib/auth/session-limits.rules';
import { words } from '@/lib/i18n/words';
import { SessionKeeper } from '../_ui/session/keeper';
import { pageLang } from '../_ui/site/page-lang';

/**
 * Around every page of a person: when their session is over, what is theirs goes off the page. `worksOn` is for the
 * inspector's page, which must take photographs where there is no network to sign in by.
 */
export async function WhileSignedIn({
  worksOn,
  inShell,
  children,
}: {
  worksOn?: boolean;
  inShell?: boolean;
  children: ReactNode;
}) {
  const live = await currentPerson();
  if (live === null) return children;
  const lang = await pageLang();
  const t = words(lang, 'signIn');
  return (
    <SessionKeeper
      session={live.sessionId}
      leftCookie={LEFT_COOKIE.name}
      seconds={
        live.roles.length > 0 ? Math.min(live.secondsLeft, SESSION_SECONDS.staffIdle) : live.secondsLeft
      }
      lang={lang}
      worksOn={worksOn}
      inShell={inShell}
      words={{
        title: words(lang, 'common')('brand'),
        left: t('over.left'),
        leftBody: worksOn === true ? t('over.leftSite') : t('over.leftBody'),
        expired: t('over.expired'),
        expiredBody: t('over.expiredBody'),
        worksOn: t('over.worksOn'),
        again: t('over.again'),
      }}
    >
      {children}
    </SessionKeeper>
  );
}
