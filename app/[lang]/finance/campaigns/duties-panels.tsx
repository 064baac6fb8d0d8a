import { mayDo } from '@/lib/auth/roles.rules';
import type { StaffActor } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { DUTY_KINDS } from '@/lib/disclosure/duties.rules';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CampaignOnDesk } from '@/lib/publications/plan.queries';
import { newId } from '@/lib/shared/id';
import { calendarFrom, type CalendarDuty } from '../../(public)/campaign-duties';
import { DutyChip } from '../../(public)/duty-chip';
import { dutyState } from '../../(public)/duty.rules';
import { Chip } from '../../../_ui/chip/component';
import { Panel } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { threeWordings } from './plan-form';

type Props = { readonly lang: Lang; readonly actor: StaffActor; readonly campaign: CampaignOnDesk };

/** Every day by which something must be published, kept or not, and the forms to say so. */
export function DutiesPanels({ lang, actor, campaign }: Props) {
  const t = words(lang, 'planDesk');
  const columns = words(lang, 'duties');
  const today = accountingToday();
  const duties = calendarFrom(
    { campaign, plan: campaign.plans[0], records: campaign.duties, reports: [] },
    lang,
  );
  const overdue = duties.filter((duty) => dutyState(duty, today).name === 'overdue').length;
  const mayRecord = mayDo(actor, 'duty:manage') === 'allowed';
  return (
    <>
      <Panel
        flush
        title={t('duties')}
        aside={
          overdue > 0 && (
            <Chip kind="bad" icon="octagon" size="small">
              {t('overdue', { count: overdue })}
            </Chip>
          )
        }
      >
        <Table
          caption={`${campaign.name[lang]} · ${t('duties')}`}
          captionHidden
          look="dense"
          lang={lang}
          rows={duties}
          rowKey={(duty) => duty.id}
          columns={[
            { key: 'what', head: columns('what'), names: true, cell: (duty) => duty.name },
            {
              key: 'due',
              head: columns('due'),
              cell: (duty) => <time dateTime={duty.dueOn}>{duty.dueOn}</time>,
            },
            {
              key: 'state',
              head: columns('state'),
              cell: (duty) => <DutyChip lang={lang} duty={duty} today={today} />,
            },
            {
              key: 'done',
              head: t('doneOn'),
              cell: (duty) => {
                if (duty.doneOn !== null) return <time dateTime={duty.doneOn}>{duty.doneOn}</time>;
                return mayRecord ? <DoneForm lang={lang} campaign={campaign.slug} duty={duty} /> : '—';
              },
            },
            { key: 'rule', head: columns('rule'), cell: (duty) => duty.rule },
          ]}
        />
      </Panel>
      {mayRecord && <NewDuty lang={lang} campaign={campaign.slug} />}
    </>
  );
}

/** The day an open duty was met. The words go along for a day of the law that nobody has on record yet. */
function DoneForm({ lang, campaign, duty }: { lang: Lang; campaign: string; duty: CalendarDuty }) {
  const t = words(lang, 'planDesk');
  return (
    <ActForm
      id={`done-${campaign}-${duty.id}`}
      lang={lang}
      action={actOnDesk}
      hidden={{
        lang,
        back: `/${lang}/finance/campaigns`,
        act: 'duty.done',
        campaign,
        kind: duty.kind,
        title: duty.record.title['zh-Hans'],
        titleHant: duty.record.title['zh-Hant'],
        titleEn: duty.record.title.en,
        rule: duty.record.rule,
        dueOn: duty.dueOn,
        key: newId(),
      }}
      fields={[{ kind: 'day', name: 'doneOn', label: t('doneOn'), value: '' }]}
      submit={t('saveDone')}
      kind="line"
      fold={t('doneFold')}
      refusedTitle={words(lang, 'desk')('act.refused')}
    />
  );
}

function NewDuty({ lang, campaign }: { lang: Lang; campaign: string }) {
  const t = words(lang, 'planDesk');
  return (
    <Panel title={t('newDuty')}>
      <p>{t('newDutyNote')}</p>
      <ActForm
        id={`duty-${campaign}`}
        lang={lang}
        action={actOnDesk}
        hidden={{
          lang,
          back: `/${lang}/finance/campaigns`,
          act: 'duty.record',
          campaign,
          key: newId(),
        }}
        fields={[
          {
            kind: 'choice',
            name: 'kind',
            label: t('kind'),
            choices: (['promise', ...DUTY_KINDS] as const).map((kind) => ({
              value: kind,
              label: t(`kinds.${kind}`),
            })),
          },
          ...threeWordings(lang, 'title', t('dutyTitle')),
          { kind: 'text', name: 'rule', label: t('dutyRule') },
          { kind: 'day', name: 'dueOn', label: t('dutyDue'), value: '' },
        ]}
        submit={t('saveDuty')}
        refusedTitle={words(lang, 'desk')('act.refused')}
      />
    </Panel>
  );
}
