import { accountingToday } from '@/lib/clock';
import { homeCampaign, publicCampaigns } from '@/lib/disclosure/campaign.queries';
import { publicReports, withheldReports } from '@/lib/disclosure/reports.queries';
import { contentIn } from '@/lib/i18n/convert';
import type { Lang } from '@/lib/i18n/languages';
import type { PublicDocument } from '../../../_ui/docs/component';
import { calendarOf, startOf, type CalendarDuty } from '../campaign-duties';
import { listedReport, type ListedReport } from './listed-report';

export type ReportsModel = {
  readonly today: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly reports: readonly ListedReport[];
  readonly corrections: readonly ListedReport[];
  /** Approved, and kept back until a day. */
  readonly withheld: readonly PublicDocument[];
  readonly duties: readonly CalendarDuty[];
};

/** Reports, corrections and the calendar of the campaign on the home page; null while none is public. */
export const reportsModel = async (lang: Lang): Promise<ReportsModel | null> => {
  const slug = await homeCampaign();
  const campaign = (await publicCampaigns()).find((one) => one.slug === slug);
  if (!campaign) return null;
  const [reports, withheld, duties] = await Promise.all([
    publicReports(campaign.slug),
    withheldReports(campaign.slug),
    calendarOf(campaign, lang),
  ]);
  const listed = reports.map(listedReport);
  return {
    today: accountingToday(),
    startsOn: startOf(campaign),
    endsOn: campaign.ends_on,
    reports: listed.filter((report) => report.kind !== 'correction'),
    corrections: listed.filter((report) => report.kind === 'correction'),
    withheld: withheld.map((report) => ({
      id: report.code ?? '',
      title: `${report.code} ${contentIn(lang, report.title).text}`,
      href: null,
      date: report.period_to ?? '',
      sha256: report.content_hash,
      withheld: { reason: report.withheld_reason ?? '', opens: report.opens_on ?? undefined },
    })),
    duties,
  };
};
