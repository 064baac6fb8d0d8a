import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../../_ui/site/page-lang';
import { exampleEmptySegment, exampleSegment } from './segment-examples';
import { SegmentView, type SegmentModel } from './segment-view';

type Params = { params: Promise<{ lang: string; code: string }> };

const segmentModel = (lang: Lang, code: string): SegmentModel | null =>
  [exampleSegment(lang), exampleEmptySegment(lang)].find((model) => model.code === code) ?? null;

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const model = segmentModel(lang, (await params).code);
  if (!model) return {};
  const t = words(lang, 'segment');
  const { name, code, lengthMm } = model;
  return {
    title: t('title', { name, code }),
    description: t('description', { name, length: metresText(lengthMm, lang) }),
  };
}

export default async function SegmentPage({ params }: Params) {
  const lang = await langParam(params);
  const model = segmentModel(lang, (await params).code) ?? notFound();
  return <SegmentView lang={lang} model={model} />;
}
