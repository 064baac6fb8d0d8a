import { accountingToday } from '@/lib/clock';
import { homeCampaign, publicCampaigns } from '@/lib/disclosure/campaign.queries';
import { publicReports } from '@/lib/disclosure/reports.queries';
import type { Lang } from '@/lib/i18n/languages';
import { calendarOf, startOf, type CalendarDuty } from '../campaign-duties';
import { listedReport, type ListedReport } from './listed-report';

export type ReportsModel = {
  readonly today: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly reports: readonly ListedReport[];
  readonly corrections: readonly ListedReport[];
  readonly duties: readonly CalendarDuty[];
};

/** Reports, corrections and the calendar of the campaign on the home page; null while none is public. */
export const reportsModel = async (lang: Lang): Promise<ReportsModel | null> => {
  const slug = await homeCampaign();
  const campaign = (await publicCampaigns()).find((one) => one.slug === slug);
  if (!campaign) return null;
  const [reports, duties] = await Promise.all([publicReports(campaign.slug), calendarOf(campaign, lang)]);
  const listed = reports.map(listedReport);
  return {
    today: accountingToday(),
    startsOn: startOf(campaign),
    endsOn: campaign.ends_on,
    reports: listed.filter((report) => report.kind !== 'correction'),
    corrections: listed.filter((report) => report.kind === 'correction'),
    duties,
  };
};
