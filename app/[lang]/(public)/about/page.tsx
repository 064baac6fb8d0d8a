import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { homeCampaign, publicCampaigns } from '@/lib/disclosure/campaign.queries';
import { publicPlans } from '@/lib/disclosure/reports.queries';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../_ui/site/page-lang';
import { pageMeta } from '../../../_ui/site/page-meta';
import { startOf } from '../campaign-duties';
import { AboutView } from './about-view';

type Params = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'about');
  return pageMeta(lang, '/about', { title: t('title'), description: t('description') });
}

/** Who is responsible, what was filed, whom to ask and how to complain (慈善法 art 25). */
export default async function AboutPage({ params }: Params) {
  const lang = await langParam(params);
  const slug = await homeCampaign();
  const campaign = (await publicCampaigns()).find((one) => one.slug === slug) ?? notFound();
  return (
    <AboutView
      lang={lang}
      campaign={campaign}
      startsOn={startOf(campaign)}
      plans={await publicPlans(campaign.slug)}
    />
  );
}
