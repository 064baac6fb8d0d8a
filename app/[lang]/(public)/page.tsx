import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { words } from '@/lib/i18n/words';
import { pageNonce } from '../../_ui/site/nonce';
import { langParam } from '../../_ui/site/page-lang';
import { campaignMachines } from '../../_ui/site/machines';
import { pageMeta } from '../../_ui/site/page-meta';
import { JsonLd } from '../../_ui/site/json-ld';
import { homeModel } from './home-model';
import { HomeView } from './home-view';
import { campaignFacts } from './schema-org';

type Params = { params: Promise<{ lang: string }> };

// The title and the page ask for the same figures: one look at the books serves both.
const model = cache(homeModel);

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const home = await model(lang);
  if (!home) return {};
  const t = words(lang, 'home');
  return pageMeta(lang, '', {
    title: t('title', { name: home.campaign.name, roads: home.roads.length }),
    description: t('description', { organiser: home.campaign.organiser }),
    machines: campaignMachines(lang, home.campaign.slug),
  });
}

export default async function HomePage({ params }: Params) {
  const lang = await langParam(params);
  const home = (await model(lang)) ?? notFound();
  return (
    <>
      <JsonLd data={campaignFacts(lang, home)} />
      <HomeView lang={lang} model={home} nonce={await pageNonce()} />
    </>
  );
}
