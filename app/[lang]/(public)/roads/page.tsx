import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../_ui/site/page-lang';
import { homeModel } from '../home-model';
import { RoadsView } from './roads-view';

type Params = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: words(await langParam(params), 'segment')('list.title') };
}

export default async function RoadsPage({ params, searchParams }: Params) {
  const lang = await langParam(params);
  const { state } = await searchParams;
  const { roads, currency, campaign } = (await homeModel(lang)) ?? notFound();
  return (
    <RoadsView
      lang={lang}
      model={{ campaign: campaign.slug, currency, roads, state: typeof state === 'string' ? state : null }}
    />
  );
}
