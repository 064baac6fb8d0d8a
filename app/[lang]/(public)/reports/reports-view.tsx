import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Documents } from '../../../_ui/docs/component';
import { Empty } from '../../../_ui/msg/component';
import { Section, Wrap } from '../../../_ui/page/component';
import { Table } from '../../../_ui/table/component';
import { DutyChip } from '../duty-chip';
import { ReportList } from './report-list';
import type { ReportsModel } from './reports-model';

type Props = { readonly lang: Lang; readonly model: ReportsModel };

/** Every report and correction, and every day by which the law wants one. */
export function ReportsView({ lang, model }: Props) {
  const t = words(lang, 'reports');
  return (
    <Wrap>
      <div className="page-head">
        <h1>{t('list.title')}</h1>
        <p>{t('list.description')}</p>
      </div>
      <Section id="reports" title={t('list.reports')}>
        {model.reports.length === 0 ? (
          <Empty title={t('list.none')}>{t('list.noneBody')}</Empty>
        ) : (
          <ReportList lang={lang} reports={model.reports} />
        )}
      </Section>
      {model.withheld.length > 0 && (
        <Section id="withheld" title={t('list.withheld')}>
          <Documents lang={lang} documents={model.withheld} />
        </Section>
      )}
      <Section id="corrections" title={t('list.corrections')}>
        {model.corrections.length === 0 ? (
          <p>{t('list.noCorrections')}</p>
        ) : (
          <ReportList lang={lang} reports={model.corrections} />
        )}
      </Section>
      <Calendar lang={lang} model={model} />
    </Wrap>
  );
}

function Calendar({ lang, model }: Props) {
  const t = words(lang, 'duties');
  return (
    <Section
      id="duties"
      title={t('title')}
      intro={t('intro', {
        start: dateText(model.startsOn, lang),
        end: dateText(model.endsOn, lang),
      })}
    >
      <Table
        lang={lang}
        caption={t('caption')}
        captionHidden
        rows={model.duties}
        rowKey={(duty) => duty.id}
        columns={[
          {
            key: 'due',
            head: t('due'),
            phoneLabel: t('due'),
            cell: (duty) => <time dateTime={duty.dueOn}>{duty.dueOn}</time>,
          },
          {
            key: 'what',
            head: t('what'),
            names: true,
            cell: (duty) => (duty.href === undefined ? duty.name : <a href={duty.href}>{duty.name}</a>),
          },
          {
            key: 'done',
            head: t('done'),
            phoneLabel: t('done'),
            cell: (duty) => (duty.doneOn === null ? '—' : <time dateTime={duty.doneOn}>{duty.doneOn}</time>),
          },
          { key: 'rule', head: t('rule'), phone: 'left-out', cell: (duty) => duty.rule },
          {
            key: 'state',
            head: t('state'),
            phone: 'main',
            cell: (duty) => <DutyChip lang={lang} duty={duty} today={model.today} />,
          },
        ]}
      />
      <p className="caption mt-3">{t('note')}</p>
    </Section>
  );
}
