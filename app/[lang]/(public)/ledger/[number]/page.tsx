import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../../_ui/site/page-lang';
import { pageMeta } from '../../../../_ui/site/page-meta';
import { entryModel } from './entry-model';
import { EntryView } from './entry-view';

type Params = { params: Promise<{ lang: string; number: string }> };

// The title and the page ask for the same entry: one look at the books serves both.
const model = cache(entryModel);

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const entry = await model(lang, (await params).number);
  if (!entry) return {};
  const t = words(lang, 'entry');
  const { number, subject, kind } = entry;
  return pageMeta(lang, `/ledger/${number}`, {
    title: t('title', { number, subject, kind: words(lang, 'ledger')(`kind.${kind}`) }),
    description: t('description', { number }),
  });
}

export default async function EntryPage({ params }: Params) {
  const lang = await langParam(params);
  return <EntryView lang={lang} model={(await model(lang, (await params).number)) ?? notFound()} />;
}
