import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { metresText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../../_ui/site/page-lang';
import { roadMachines } from '../../../../_ui/site/machines';
import { pageMeta } from '../../../../_ui/site/page-meta';
import { JsonLd } from '../../../../_ui/site/json-ld';
import { roadFacts } from '../../schema-org';
import { segmentModel } from './segment-model';
import { SegmentView } from './segment-view';

type Params = { params: Promise<{ lang: string; code: string }> };

// The title and the page ask for the same road: one look at the books serves both.
const model = cache(segmentModel);

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const road = await model(lang, (await params).code);
  if (!road) return {};
  const t = words(lang, 'segment');
  const { name, code, lengthMm } = road;
  return pageMeta(lang, `/roads/${code}`, {
    title: t('title', { name, code }),
    description: t('description', { name, length: metresText(lengthMm, lang) }),
    picture: `/roads/${code}/share.png`,
    machines: roadMachines(lang, code),
  });
}

export default async function SegmentPage({ params }: Params) {
  const lang = await langParam(params);
  const road = (await model(lang, (await params).code)) ?? notFound();
  return (
    <>
      <JsonLd data={roadFacts(lang, road)} />
      <SegmentView lang={lang} model={road} />
    </>
  );
}
