import type { Metadata } from 'next';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { REPORT_KINDS } from '@/lib/reports/kinds.rules';
import { makeReport } from '@/lib/reports/make.queries';
import { reportCampaigns } from '@/lib/reports/lists.queries';
import type { Report, ReportCell, ReportRow } from '@/lib/reports/report.rules';
import { isCurrency, money } from '@/lib/shared/money';
import { staffDb } from '@/lib/staff-db';
import { Amt } from '../../../_ui/amt/component';
import { Btn, BtnLink, BtnRow } from '../../../_ui/btn/component';
import { SelectField, TextField } from '../../../_ui/form/component';
import { Empty } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { Desk } from '../_desk/desk';
import { reportAsk, type ReportQuery } from './ask.rules';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<ReportQuery> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'accounts')('title') };
}

const FILES = ['pdf', 'xlsx', 'csv', 'hledger', 'beancount'] as const;

/** Any report as of any day, on screen, and the same figures as files. */
export default async function ReportsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'accounts');
  const campaigns = await reportCampaigns(staffDb());
  const ask = reportAsk(await searchParams, campaigns, accountingToday());
  const report = await makeReport({ ...ask, lang });
  const path = `/${lang}/finance/accounts`;
  const address = new URLSearchParams(ask).toString();
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('title')} over={t('over')} />
      <form method="get" action={path} className="desk-choice print:hidden">
        <SelectField
          id="report-kind"
          name="kind"
          label={t('choose')}
          choices={REPORT_KINDS.map((kind) => ({ value: kind, label: titleOf(lang, kind) }))}
          defaultValue={ask.kind}
        />
        <SelectField
          id="report-campaign"
          name="campaign"
          label={t('campaign')}
          choices={campaigns.map((one) => ({ value: one.slug, label: one.name[lang] }))}
          defaultValue={ask.campaign}
        />
        <TextField id="report-on" name="on" type="date" label={t('day')} defaultValue={ask.on} />
        <Btn kind="primary" size="dense" type="submit">
          {t('show')}
        </Btn>
      </form>
      {report === null ? (
        <Empty title={t('empty')} />
      ) : (
        <>
          <Panel title={report.title} aside={report.lines.at(-2)}>
            <ReportTable lang={lang} report={report} />
            {report.notes.map((note) => (
              <p key={note} className="desk-note">
                {note}
              </p>
            ))}
          </Panel>
          <Panel title={t('download')}>
            <BtnRow>
              {FILES.map((format) => (
                <BtnLink
                  key={format}
                  kind="line"
                  size="dense"
                  href={`${path}/file?${address}&format=${format}`}
                >
                  {t(format)}
                </BtnLink>
              ))}
            </BtnRow>
          </Panel>
        </>
      )}
    </Desk>
  );
}

const titleOf = (lang: Lang, kind: string): string =>
  words(lang, 'accounts')(`titles.${kind.replaceAll('-', '_')}` as never);

function ReportTable({ lang, report }: { lang: Lang; report: Report }) {
  return (
    <Table
      lang={lang}
      caption={report.title}
      captionHidden
      look="dense"
      rows={report.rows}
      rowKey={(row) => row.id}
      selected={(row) => row.look === 'total'}
      columns={report.columns.map((column, index) => ({
        key: String(index),
        head: column.label,
        numeric: column.kind !== 'text',
        names: index === 0,
        cell: (row: ReportRow) => <Shown cell={row.cells[index]} row={row} currency={report.currency} />,
      }))}
    />
  );
}

function Shown({ cell, row, currency }: { cell: ReportCell | undefined; row: ReportRow; currency: string }) {
  switch (cell?.kind) {
    case 'text':
      return row.look === 'line' ? cell.text : <strong>{cell.text}</strong>;
    case 'count':
      return cell.count;
    case 'money':
      return isCurrency(currency) ? <Amt value={money(currency, cell.minor)} /> : null;
    default:
      return null;
  }
}
