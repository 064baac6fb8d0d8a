'use server';

import { redirect } from 'next/navigation';
import { refuseForeignAction, requestNetwork } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { takeReport } from '@/lib/concerns/report.flow';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { noteRefused } from '@/lib/server/refusal-log';

export type ReportState = {
  readonly message: string | null;
  readonly field: string | null;
  readonly typed: Readonly<Record<string, string>>;
};

/** Anyone's report of a defect or an irregularity. A refusal comes back with everything that was typed. */
export async function sendReport(_before: ReportState, data: FormData): Promise<ReportState> {
  await refuseForeignAction();
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const asked = text('lang');
  const lang: Lang = isLang(asked) ? asked : 'zh-Hans';
  const file = data.get('picture');
  const sent = file instanceof File && file.size > 0 ? file : null;
  const report = {
    kind: text('kind'),
    campaign: text('campaign') || null,
    segment: text('segment').toUpperCase() || null,
    aboutRole: text('aboutRole') || null,
    told: text('told'),
    contact: text('contact') || null,
    on: accountingToday(),
  };
  const done = await takeReport(report, sent, {
    key: `report:${text('key')}`,
    network: await requestNetwork(),
  });
  if (done.ok) redirect(`/${lang}/report?done=${done.value.code}`);
  noteRefused(done.refusal, { door: 'concern.report', actor: { kind: 'visitor' } });
  const typed = Object.fromEntries(
    ['kind', 'segment', 'aboutRole', 'told', 'contact'].map((name) => [name, text(name)]),
  );
  return { message: refusals[lang][done.refusal.name], field: done.refusal.field ?? null, typed };
}
