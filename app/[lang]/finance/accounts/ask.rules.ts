import { isIsoDate } from '@/lib/shared/time';
import { REPORT_KINDS, type ReportKind } from '@/lib/reports/kinds.rules';

export type ReportQuery = {
  readonly kind?: string | undefined;
  readonly campaign?: string | undefined;
  readonly on?: string | undefined;
  readonly format?: string | undefined;
};

/** What an address asks for; what it does not say, or says wrongly, is the first report of today. */
export const reportAsk = (
  query: ReportQuery,
  campaigns: readonly { readonly slug: string }[],
  today: string,
): { readonly kind: ReportKind; readonly campaign: string; readonly on: string } => ({
  kind: REPORT_KINDS.find((kind) => kind === query.kind) ?? 'trial-balance',
  campaign: (campaigns.find((one) => one.slug === query.campaign) ?? campaigns[0])?.slug ?? '',
  on: query.on !== undefined && isIsoDate(query.on) ? query.on : today,
});
