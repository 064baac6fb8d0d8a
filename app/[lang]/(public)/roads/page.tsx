import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { words } from '@/lib/i18n/words';
import { pageNonce } from '../../../_ui/site/nonce';
import { langParam } from '../../../_ui/site/page-lang';
import { pageMeta } from '../../../_ui/site/page-meta';
import { homeModel } from '../home-model';
import { roadsAsked } from './roads-order.rules';
import { RoadsView } from './roads-view';

type Params = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'segment');
  return pageMeta(lang, '/roads', { title: t('list.title'), description: t('list.description') });
}

export default async function RoadsPage({ params, searchParams }: Params) {
  const lang = await langParam(params);
  const { roads, currency, campaign } = (await homeModel(lang)) ?? notFound();
  return (
    <RoadsView
      lang={lang}
      nonce={await pageNonce()}
      model={{ campaign: campaign.slug, currency, roads, asked: roadsAsked(await searchParams) }}
    />
  );
}
