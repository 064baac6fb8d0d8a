import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { words } from '@/lib/i18n/words';
import { langParam } from '../../../../_ui/site/page-lang';
import { pageMeta } from '../../../../_ui/site/page-meta';
import { reportModel } from './report-model';
import { ReportView } from './report-view';

type Params = { params: Promise<{ lang: string; number: string }> };

const model = cache(reportModel);

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const found = await model((await params).number);
  if (!found) return {};
  const t = words(lang, 'reports');
  const { title, code, periodFrom, periodTo } = found.report;
  return pageMeta(lang, `/reports/${code}`, {
    title: t('report.title', { title: title[lang], code }),
    description: t('report.description', { title: title[lang], from: periodFrom, to: periodTo }),
  });
}

export default async function ReportPage({ params }: Params) {
  const lang = await langParam(params);
  return <ReportView lang={lang} model={(await model((await params).number)) ?? notFound()} />;
}
