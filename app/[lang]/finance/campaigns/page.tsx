import type { Metadata } from 'next';
import { requireStaff } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { plansAndDuties } from '@/lib/publications/plan.queries';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { StaffTitle } from '../../../_ui/staff/component';
import { Desk, doneText } from '../_desk/desk';
import { DutiesPanels } from './duties-panels';
import { FiledPanels } from './filed-panels';
import { PlanPanels } from './plan-panels';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'planDesk')('title') };
}

/** What each campaign has filed and owes the public: its plan in versions, and its duties with the day each was met. */
export default async function CampaignsDeskPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'planDesk');
  const campaigns = await plansAndDuties();
  const done = doneText(lang, (await searchParams).done);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('title')} over={t('over')} />
      {done && <Msg kind="ok" title={done} />}
      {campaigns.length === 0 && <Empty title={t('none')} />}
      {campaigns.map((campaign) => (
        <section key={campaign.slug} aria-label={campaign.name[lang]}>
          <FiledPanels lang={lang} actor={actor} campaign={campaign} />
          <PlanPanels lang={lang} actor={actor} campaign={campaign} />
          <DutiesPanels lang={lang} actor={actor} campaign={campaign} />
        </section>
      ))}
    </Desk>
  );
}
