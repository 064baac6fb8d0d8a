import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Content } from '../../../_ui/content/component';
import type { ListedReport } from './listed-report';

/** Reports as a list: kind, title, day, and whether a later one corrects it. */
export function ReportList({ lang, reports }: { lang: Lang; reports: readonly ListedReport[] }) {
  const t = words(lang, 'reports');
  return (
    <ul className="report-list">
      {reports.map((report) => (
        <li key={report.code}>
          <a href={`/${lang}/reports/${report.code}`}>
            <Content lang={lang} text={report.title} original={report.originalLang} quiet />
          </a>
          <span className="caption">
            {report.code} · {t(`kind.${report.kind}`)} ·{' '}
            <time dateTime={report.publishedOn}>
              {t('list.published', { date: dateText(report.publishedOn, lang) })}
            </time>
            {report.correctedBy !== null && (
              <>
                {' '}
                ·{' '}
                <a href={`/${lang}/reports/${report.correctedBy}`}>
                  {t('list.correctedBy', { code: report.correctedBy })}
                </a>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
