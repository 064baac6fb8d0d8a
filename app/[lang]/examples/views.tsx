import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { exampleHome } from '../(public)/home-examples';
import { HomeView } from '../(public)/home-view';
import { exampleLedger } from '../(public)/ledger/ledger-examples';
import { LedgerView } from '../(public)/ledger/ledger-view';
import { exampleEmptySegment, exampleSegment } from '../(public)/roads/[code]/segment-examples';
import { SegmentView } from '../(public)/roads/[code]/segment-view';
import { roadsAsked } from '../(public)/roads/roads-order.rules';
import { RoadsView } from '../(public)/roads/roads-view';

/** Whole pages over example figures: what they look like does not depend on what a database holds today. */
export const EXAMPLE_VIEWS: Readonly<Record<string, (lang: Lang, nonce?: string) => ReactNode>> = {
  home: (lang, nonce) => <HomeView lang={lang} model={exampleHome(lang)} nonce={nonce} />,
  roads: (lang, nonce) => (
    <RoadsView
      lang={lang}
      nonce={nonce}
      model={{ ...exampleHome(lang), campaign: exampleHome(lang).campaign.slug, asked: roadsAsked({}) }}
    />
  ),
  segment: (lang) => <SegmentView lang={lang} model={exampleSegment(lang)} />,
  'segment-empty': (lang) => <SegmentView lang={lang} model={exampleEmptySegment(lang)} />,
  ledger: (lang) => <LedgerView lang={lang} model={exampleLedger(lang)} />,
  'ledger-empty': (lang) => (
    <LedgerView lang={lang} model={{ ...exampleLedger(lang), entries: [], olderHref: null, count: 0 }} />
  ),
};
