import { publicCampaigns } from '@/lib/disclosure/campaign.queries';
import { publicPlans, publicReport, type PublicReport } from '@/lib/disclosure/reports.queries';
import { packOf, type Report, type ReportFigures } from '@/lib/disclosure/report.rules';
import { startOf } from '../../campaign-duties';

export type ReportModel = {
  readonly report: Report;
  readonly corrects: string | null;
  readonly correctedBy: string | null;
  readonly organiser: PublicReport['title'];
  readonly pack: ReturnType<typeof packOf> | null;
};

/** One published report with everything its page and its paper show, or null. */
export const reportModel = async (code: string): Promise<ReportModel | null> => {
  const row = /^R-\d{4,8}$/.test(code) ? await publicReport(code) : null;
  const campaign = (await publicCampaigns()).find((one) => one.slug === (row?.campaign ?? ''));
  if (!row || !campaign) return null;
  const figures = (row.figures ?? null) as ReportFigures | null;
  const plan = (await publicPlans(row.campaign))[0] ?? null;
  return {
    report: {
      code,
      kind: row.kind,
      title: row.title,
      body: row.body,
      originalLang: row.original_lang,
      periodFrom: row.period_from ?? '',
      periodTo: row.period_to ?? '',
      dueOn: row.due_on,
      publishedOn: row.published_on,
      contentHash: row.content_hash,
      figures,
    },
    corrects: row.corrects_code,
    correctedBy: row.corrected_by,
    organiser: campaign.organiser,
    pack:
      figures &&
      packOf(
        {
          name: campaign.name,
          filingNo: campaign.filing_no,
          legalHost: campaign.legal_host,
          startsOn: startOf(campaign),
          endsOn: campaign.ends_on,
        },
        plan,
        figures,
      ),
  };
};
