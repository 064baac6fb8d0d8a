import type { PublicReport } from '@/lib/disclosure/reports.queries';
import type { Lang } from '@/lib/i18n/languages';

/** A report as a line of a list. */
export type ListedReport = {
  readonly code: string;
  readonly kind: ReportKindWord;
  readonly title: PublicReport['title'];
  readonly originalLang: Lang;
  readonly publishedOn: string;
  readonly correctedBy: string | null;
};
export type ReportKindWord = 'news' | 'progress_report' | 'annual_report' | 'full_report' | 'correction';

export const listedReport = (report: PublicReport): ListedReport => ({
  code: report.code ?? report.id,
  kind: report.kind as ReportKindWord,
  title: report.title,
  originalLang: report.original_lang as Lang,
  publishedOn: report.published_on ?? '',
  correctedBy: report.corrected_by,
});
