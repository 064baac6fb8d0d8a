import type { Metadata } from 'next';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../_ui/site/page-lang';
import { exampleHome } from './home-examples';
import { HomeView } from './home-view';

type Params = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const { campaign, roads } = exampleHome(lang);
  const t = words(lang, 'home');
  return {
    title: t('title', { name: campaign.name, roads: roads.length }),
    description: t('description', { organiser: campaign.organiser }),
  };
}

export default async function HomePage({ params }: Params) {
  const lang = await langParam(params);
  return <HomeView lang={lang} model={exampleHome(lang)} />;
}
