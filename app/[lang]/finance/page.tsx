import type { Metadata } from 'next';
import { approvalsInbox, paymentsToMake } from '@/lib/approvals/approvals.queries';
import { requireStaff } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../_ui/site/page-lang';
import { Figures, StaffTitle } from '../../_ui/staff/component';
import { Desk } from './_desk/desk';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'desk')('overview.title') };
}

/** What waits, in two figures that lead on. */
export default async function OverviewPage({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'desk');
  const [inbox, payable] = await Promise.all([approvalsInbox(), paymentsToMake()]);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('overview.title')} />
      <Figures
        figures={[
          {
            term: t('overview.waiting'),
            value: <a href={`/${lang}/finance/approvals`}>{inbox.length}</a>,
            due: inbox.length > 0,
          },
          {
            term: t('overview.toPay'),
            value: <a href={`/${lang}/finance/payments`}>{payable.length}</a>,
            due: payable.length > 0,
          },
        ]}
      />
    </Desk>
  );
}
