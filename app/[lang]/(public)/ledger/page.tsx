import type { Metadata } from 'next';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../_ui/site/page-lang';
import { exampleLedger } from './ledger-examples';
import { LedgerView } from './ledger-view';

type Params = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = words(await langParam(params), 'ledger');
  return { title: t('title'), description: t('description') };
}

export default async function LedgerPage({ params }: Params) {
  const lang = await langParam(params);
  return <LedgerView lang={lang} model={exampleLedger(lang)} />;
}
