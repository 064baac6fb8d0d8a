import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../_ui/site/page-lang';
import { pageMeta } from '../../../_ui/site/page-meta';
import { reportsModel } from './reports-model';
import { ReportsView } from './reports-view';

type Params = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'reports');
  return pageMeta(lang, '/reports', { title: t('list.title'), description: t('list.description') });
}

export default async function ReportsPage({ params }: Params) {
  const lang = await langParam(params);
  return <ReportsView lang={lang} model={(await reportsModel(lang)) ?? notFound()} />;
}
