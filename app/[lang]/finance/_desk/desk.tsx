import type { ReactNode } from 'react';
import type { StaffActor } from '@/lib/auth/session';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { StaffShell } from '../../../_ui/staff/component';
import { SignOut } from './sign-out';
import { accountChangesNow, inboxNow, nameNow, payableNow } from './waiting';

/** The staff shell with what waits where. Each page has asked `requireStaff` before it draws this. */
export async function Desk({
  lang,
  actor,
  children,
}: {
  lang: Lang;
  actor: StaffActor;
  children: ReactNode;
}) {
  const t = words(lang, 'desk');
  const record = words(lang, 'trail');
  const books = words(lang, 'books');
  const money = words(lang, 'bank');
  const giver = words(lang, 'giverDesk');
  const roles = words(lang, 'signIn');
  const [inbox, payable, accounts, name] = await Promise.all([
    inboxNow(),
    payableNow(),
    accountChangesNow(actor.personId),
    nameNow(actor.personId),
  ]);
  const others = inbox.filter((item) => item.makerId !== actor.personId).length;
  const base = `/${lang}/finance`;
  return (
    <StaffShell
      lang={lang}
      sections={[
        { label: t('nav.overview'), links: [{ href: base, label: t('nav.overview'), exact: true }] },
        {
          label: t('nav.approvals'),
          links: [{ href: `${base}/approvals`, label: t('nav.approvals'), waiting: others }],
        },
        {
          label: t('nav.income'),
          links: [
            { href: `${base}/gifts`, label: money('nav.gifts') },
            { href: `${base}/statements`, label: money('nav.statements') },
            { href: `${base}/matching`, label: money('nav.matching') },
            {
              href: `${base}/transfer-accounts`,
              label: words(lang, 'transferAccounts')('title'),
              waiting: accounts,
            },
            { href: `${base}/payouts`, label: books('nav.payouts') },
            { href: `${base}/refunds`, label: books('nav.refunds') },
            { href: `${base}/disputes`, label: books('nav.disputes') },
          ],
        },
        {
          label: t('nav.givers'),
          links: [
            { href: `${base}/pledges`, label: giver('pledges.nav') },
            { href: `${base}/receipts`, label: giver('receipts.nav') },
            { href: `${base}/hall`, label: words(lang, 'hall')('desk.title') },
            { href: `${base}/donors`, label: words(lang, 'me')('desk.nav') },
          ],
        },
        {
          label: t('nav.works'),
          links: [
            { href: `${base}/roads`, label: t('nav.roads') },
            { href: `${base}/contractors`, label: words(lang, 'roadWork')('contractors.title') },
            { href: `${base}/concerns`, label: words(lang, 'concerns')('desk.title') },
            { href: `${base}/payments`, label: t('nav.payments'), waiting: payable.length },
          ],
        },
        {
          label: t('nav.books'),
          links: [
            { href: `${base}/exceptions`, label: books('nav.exceptions') },
            { href: `${base}/accounts`, label: books('nav.accounts') },
            { href: `${base}/periods`, label: books('nav.periods') },
            { href: `${base}/reports`, label: words(lang, 'reportDesk')('nav') },
            { href: `${base}/campaigns`, label: words(lang, 'planDesk')('title') },
          ],
        },
        {
          label: t('nav.record'),
          links: [
            { href: `${base}/proofs`, label: t('nav.health') },
            { href: `${base}/audit`, label: record('nav.audit') },
            { href: `${base}/log`, label: record('nav.log') },
          ],
        },
        ...(actor.roles.includes('administrator')
          ? [
              {
                label: words(lang, 'signIn')('people.nav'),
                links: [{ href: `${base}/people`, label: words(lang, 'signIn')('people.nav') }],
              },
            ]
          : []),
      ]}
      who={[name, ...actor.roles.map((role) => roles(`roles.${role}`))].join(' · ')}
      signOut={<SignOut lang={lang} />}
    >
      {children}
    </StaffShell>
  );
}

/** What the last act on this page came to, said once above the page. */
export const doneText = (lang: Lang, done: string | string[] | undefined): string | null =>
  typeof done === 'string' && done !== '' ? words(lang, 'desk')('act.done') : null;
