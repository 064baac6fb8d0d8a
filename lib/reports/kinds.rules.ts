/** The reports there are, by the name an address gives them. */
export const REPORT_KINDS = [
  'trial-balance',
  'activities',
  'position',
  'fund',
  'roads',
  'pledges',
  'cash',
  'advised',
  'duties',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
