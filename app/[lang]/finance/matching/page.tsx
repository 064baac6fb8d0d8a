import { redirect } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { ownAccounts } from '@/lib/reconciliation/workspace.queries';
import { Empty } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { StaffTitle } from '../../../_ui/staff/component';
import { Desk } from '../_desk/desk';

type Props = { params: Promise<{ lang: string }> };

/** The matching of the main account; without any account, what to do first. */
export default async function MatchingEntry({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const [first] = await ownAccounts();
  if (first) redirect(`/${lang}/finance/matching/${first.code}`);
  const t = words(lang, 'bank');
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('matching.title')} />
      <Empty title={t('matching.none')}>
        <a href={`/${lang}/finance/statements`}>{t('matching.noneBody')}</a>
      </Empty>
    </Desk>
  );
}
