import type { ReactNode } from 'react';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { ReportFigures } from '@/lib/disclosure/report.rules';
import { isCurrency, money } from '@/lib/shared/money';
import { daysBetween } from '@/lib/shared/time';
import { Amt } from '../../../../_ui/amt/component';
import { BtnLink } from '../../../../_ui/btn/component';
import { Content, ContentParagraphs } from '../../../../_ui/content/component';
import { Fingerprint } from '../../../../_ui/docs/component';
import { Msg } from '../../../../_ui/msg/component';
import { Crumbs, Facts, Section, Wrap } from '../../../../_ui/page/component';
import type { ReportModel } from './report-model';
import { ReportTables } from './report-tables';

type Props = { readonly lang: Lang; readonly model: ReportModel };

/** One report: a person's words, then what the books say of the period. */
export function ReportView({ lang, model }: Props) {
  const t = words(lang, 'reports');
  const { report } = model;
  const to = (code: string | null) => (inner: ReactNode) => <a href={`/${lang}/reports/${code}`}>{inner}</a>;
  return (
    <Wrap>
      <Crumbs
        lang={lang}
        steps={[{ href: `/${lang}/reports`, label: t('report.crumb') }]}
        here={report.code}
      />
      <div className="page-head">
        <h1>
          <Content lang={lang} text={report.title} original={report.originalLang as Lang} quiet />
        </h1>
        <p className="no-print">
          <BtnLink kind="line" icon="download" href={`/${lang}/reports/${report.code}/pdf`}>
            {t('report.pdf')}
          </BtnLink>
        </p>
      </div>
      {model.correctedBy !== null && (
        <Msg kind="warn" title={t('report.correctedTitle')}>
          <p>{t.rich('report.correctedBody', { code: model.correctedBy, link: to(model.correctedBy) })}</p>
        </Msg>
      )}
      {model.corrects !== null && (
        <p className="story">
          {t.rich('report.corrects', { code: model.corrects, link: to(model.corrects) })}
        </p>
      )}
      <Facts
        facts={[
          { term: t('report.number'), value: report.code },
          {
            term: t('report.period'),
            value: (
              <>
                <time dateTime={report.periodFrom}>{report.periodFrom}</time> –{' '}
                <time dateTime={report.periodTo}>{report.periodTo}</time>
              </>
            ),
          },
          {
            term: t('report.published'),
            value: (
              <time dateTime={report.publishedOn ?? ''}>{dateText(report.publishedOn ?? '', lang)}</time>
            ),
          },
        ]}
      />
      <Section id="words" title={t('report.words')}>
        <ContentParagraphs lang={lang} text={report.body} original={report.originalLang as Lang} />
        {report.dueOn !== null && report.publishedOn !== null && (
          <p className="caption mt-3">{dutyLine(lang, report.dueOn, report.publishedOn)}</p>
        )}
      </Section>
      {report.figures && (
        <ReportTables lang={lang} figures={report.figures} from={report.periodFrom} to={report.periodTo} />
      )}
      {model.pack && report.figures && <Pack lang={lang} model={model} figures={report.figures} />}
      <p className="caption mt-5">{t('report.check')}</p>
      <Fingerprint lang={lang} sha256={report.contentHash} label={t('report.fingerprint')} />
      <p className="caption mt-3 no-print">
        {t.rich('report.proof', {
          verify: (inner) => <a href={`/${lang}/verify?thing=${report.code}`}>{inner}</a>,
          file: (inner) => <a href={`/log/proof/${report.code}/report_published.tlog-proof`}>{inner}</a>,
        })}
      </p>
    </Wrap>
  );
}

const dutyLine = (lang: Lang, dueOn: string, doneOn: string): string => {
  const days = daysBetween(doneOn, dueOn);
  const due = dateText(dueOn, lang);
  return days >= 0
    ? words(lang, 'reports')('report.duty', { due, days })
    : words(lang, 'reports')('report.dutyLate', { due, days: -days });
};

/** The same facts in the order of the national platform's form. */
function Pack({ lang, model, figures }: Props & { figures: ReportFigures }) {
  const t = words(lang, 'reports');
  const currency = isCurrency(figures.currency) ? figures.currency : 'CNY';
  return (
    <Section id="pack" title={t('report.pack')} intro={t('report.packNote')}>
      <dl className="pack">
        {model.pack?.map(({ row, value }) => (
          <div key={row}>
            <dt>{t(`pack.${row}`)}</dt>
            <dd>
              {value === null && <span className="text-ink-2">{t('pack.none')}</span>}
              {value?.kind === 'text' && <Content lang={lang} text={value.text} quiet />}
              {value?.kind === 'plain' && value.text}
              {value?.kind === 'minor' && <Amt value={money(currency, value.minor)} />}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
