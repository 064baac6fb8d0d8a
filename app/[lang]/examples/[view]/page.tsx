import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { env } from '@/lib/env';
import type { Lang } from '@/lib/i18n/languages';
import { PublicShell } from '../../../_ui/site/component';
import { readDisplay } from '../../../_ui/site/display';
import { langParam } from '../../../_ui/site/page-lang';
import { exampleHome } from '../../(public)/home-examples';
import { HomeView } from '../../(public)/home-view';
import { exampleLedger } from '../../(public)/ledger/ledger-examples';
import { LedgerView } from '../../(public)/ledger/ledger-view';
import { exampleEmptySegment, exampleSegment } from '../../(public)/roads/[code]/segment-examples';
import { SegmentView } from '../../(public)/roads/[code]/segment-view';
import { RoadsView } from '../../(public)/roads/roads-view';

export const metadata: Metadata = { title: 'Examples', robots: { index: false } };

/** Whole pages over example figures: what they look like does not depend on what a database holds today. */
const VIEWS: Readonly<Record<string, (lang: Lang) => ReactNode>> = {
  home: (lang) => <HomeView lang={lang} model={exampleHome(lang)} />,
  roads: (lang) => (
    <RoadsView
      lang={lang}
      model={{ ...exampleHome(lang), campaign: exampleHome(lang).campaign.slug, state: null }}
    />
  ),
  segment: (lang) => <SegmentView lang={lang} model={exampleSegment(lang)} />,
  'segment-empty': (lang) => <SegmentView lang={lang} model={exampleEmptySegment(lang)} />,
  ledger: (lang) => <LedgerView lang={lang} model={exampleLedger(lang)} />,
  'ledger-empty': (lang) => (
    <LedgerView lang={lang} model={{ ...exampleLedger(lang), entries: [], olderHref: null, count: 0 }} />
  ),
};

type Params = { params: Promise<{ lang: string; view: string }> };

export default async function ExampleView({ params }: Params) {
  const lang = await langParam(params);
  const view = VIEWS[(await params).view];
  if (!view || (!env.EXAMPLES && env.NODE_ENV === 'production')) notFound();
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={null}>
      {view(lang)}
    </PublicShell>
  );
}
