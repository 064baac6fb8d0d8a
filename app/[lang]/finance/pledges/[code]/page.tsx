import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { deskPledge } from '@/lib/pledges/desk.queries';
import { Plan } from '../../../(donor)/_give/plan';
import { langParam } from '../../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../../_ui/staff/component';
import { Desk } from '../../_desk/desk';
import { replanForGiver } from './actions';

type Props = { params: Promise<{ lang: string; code: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params;
  return { title: words(await langParam(params), 'giverDesk')('pledges.planTitle', { code }) };
}

/** The instalments of one promise, changed for its giver. */
export default async function PledgePlanPage({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('pledge:plan', lang);
  const { code } = await params;
  const pledge = await deskPledge(code);
  if (!pledge || (pledge.status !== 'open' && pledge.status !== 'partly_fulfilled')) notFound();
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={words(lang, 'giverDesk')('pledges.planTitle', { code })} />
      <Panel>
        <Plan lang={lang} pledge={pledge} action={replanForGiver.bind(null, lang, code, pledge.version)} />
      </Panel>
    </Desk>
  );
}
