import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../_ui/site/page-lang';
import { pageMeta } from '../../../_ui/site/page-meta';
import { ledgerModel } from './ledger-model';
import { LedgerView } from './ledger-view';

type Params = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'ledger');
  return pageMeta(lang, '/ledger', { title: t('title'), description: t('description') });
}

export default async function LedgerPage({ params, searchParams }: Params) {
  const lang = await langParam(params);
  const model = (await ledgerModel(lang, await searchParams)) ?? notFound();
  return <LedgerView lang={lang} model={model} />;
}
