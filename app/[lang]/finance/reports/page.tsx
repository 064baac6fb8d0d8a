import type { Metadata } from 'next';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { homeCampaign, publicCampaigns } from '@/lib/disclosure/campaign.queries';
import { publicReports } from '@/lib/disclosure/reports.queries';
import { words } from '@/lib/i18n/words';
import { reportsOnDesk } from '@/lib/publications/publication.queries';
import { newId } from '@/lib/shared/id';
import { calendarOf } from '../../(public)/campaign-duties';
import { listedReport } from '../../(public)/reports/listed-report';
import { ReportList } from '../../(public)/reports/report-list';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';
import { ReportOnDesk } from './report-on-desk';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'reportDesk')('title') };
}

/** Reports are written here, looked at by a second person and published. */
export default async function ReportsDeskPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'reportDesk');
  const kinds = words(lang, 'reports');
  const slug = await homeCampaign();
  const campaign = (await publicCampaigns()).find((one) => one.slug === slug);
  const [waiting, published, duties] = campaign
    ? await Promise.all([reportsOnDesk(), publicReports(campaign.slug), calendarOf(campaign, lang)])
    : [[], [], []];
  const done = doneText(lang, (await searchParams).done);
  const today = accountingToday();
  const back = `/${lang}/finance/reports`;
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('title')} over={t('over', { waiting: waiting.length })} />
      {done && <Msg kind="ok" title={done} />}
      {waiting.length === 0 && <Empty title={t('none')}>{t('noneBody')}</Empty>}
      <ul className="desk-list">
        {waiting.map((report) => (
          <li key={report.code}>
            <ReportOnDesk lang={lang} actor={actor} report={report} back={back} today={today} />
          </li>
        ))}
      </ul>
      {campaign && mayDo(actor, 'report:write') === 'allowed' && (
        <Panel title={t('draft')}>
          <ActForm
            id="report-draft"
            lang={lang}
            action={actOnDesk}
            hidden={{ lang, back, act: 'report.draft', key: newId(), campaign: campaign.slug }}
            fields={[
              {
                kind: 'choice',
                name: 'kind',
                label: t('kind'),
                choices: (['progress_report', 'annual_report', 'full_report', 'correction'] as const).map(
                  (kind) => ({ value: kind, label: kinds(`kind.${kind}`) }),
                ),
              },
              {
                kind: 'choice',
                name: 'dueOn',
                label: t('duty'),
                choices: [
                  { value: '', label: t('noDuty') },
                  ...duties
                    .filter((duty) => duty.doneOn === null)
                    .slice(0, 12)
                    .map((duty) => ({ value: duty.dueOn, label: `${duty.dueOn} ${duty.name}` })),
                ],
              },
              { kind: 'text', name: 'title', label: t('titleField') },
              { kind: 'day', name: 'periodFrom', label: t('from'), value: '' },
              { kind: 'day', name: 'periodTo', label: t('to'), value: '' },
              { kind: 'area', name: 'body', label: t('body') },
              { kind: 'text', name: 'corrects', label: t('corrects'), optional: true },
            ]}
            submit={t('begin')}
            refusedTitle={words(lang, 'desk')('act.refused')}
          />
        </Panel>
      )}
      <Panel title={t('published')}>
        <ReportList lang={lang} reports={published.map(listedReport)} />
      </Panel>
    </Desk>
  );
}
