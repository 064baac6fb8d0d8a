import type { LocalText } from '@/db/tables';
import { mayDo } from '@/lib/auth/roles.rules';
import type { StaffActor } from '@/lib/auth/session';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { PLAN_TEXTS } from '@/lib/publications/plan.rules';
import type { CampaignOnDesk, PlanVersion } from '@/lib/publications/plan.queries';
import { Content, Written } from '../../../_ui/content/component';
import { Empty } from '../../../_ui/msg/component';
import { Terms, type TermRow } from '../../../_ui/page/component';
import { Panel } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { PlanForm } from './plan-form';
import { planLabel, untranslated } from './plan-words';

type Props = { readonly lang: Lang; readonly actor: StaffActor; readonly campaign: CampaignOnDesk };

/** The plan in force field by field, the form for the next version, and why each earlier one changed. */
export function PlanPanels({ lang, actor, campaign }: Props) {
  const t = words(lang, 'planDesk');
  const plan = campaign.plans[0];
  const missing = plan ? textsOf(plan).filter((text) => untranslated(text).length > 0).length : 0;
  return (
    <>
      <Panel
        title={`${campaign.name[lang]} · ${t('plan')}`}
        aside={plan && missing > 0 && t('untranslatedCount', { count: missing })}
      >
        {plan ? (
          <PlanInForce lang={lang} plan={plan} />
        ) : (
          <Empty title={t('planNone')}>{t('planNoneBody')}</Empty>
        )}
        {mayDo(actor, 'plan:record') === 'allowed' && (
          <PlanForm lang={lang} campaign={campaign.slug} plan={plan} />
        )}
      </Panel>
      {campaign.plans.length > 1 && <Versions lang={lang} campaign={campaign} />}
    </>
  );
}

const textsOf = (plan: PlanVersion): readonly LocalText[] => [
  ...PLAN_TEXTS.map((name) => plan[name]),
  ...plan.partners.flatMap((partner) => [partner.name, partner.role]),
];

function Said({ lang, text }: { lang: Lang; text: LocalText }) {
  const t = words(lang, 'planDesk');
  const missing = untranslated(text);
  return (
    <>
      <Content lang={lang} text={text} quiet />
      {missing.length > 0 && (
        <span className="content-note">
          {t('untranslated', { langs: missing.map((one) => t(`langs.${one}`)).join(t('and')) })}
        </span>
      )}
    </>
  );
}

function PlanInForce({ lang, plan }: { lang: Lang; plan: PlanVersion }) {
  const t = words(lang, 'planDesk');
  const rows: readonly TermRow[] = [
    [t('versionHead'), t('version', { version: plan.version })],
    [t('filedOn'), plan.filedOn === null ? t('notFiled') : dateText(plan.filedOn, lang)],
    [t('recorded'), t('recordedBy', { date: dateText(plan.recordedOn, lang), name: plan.recordedBy })],
    [t('mode'), t(`modes.${plan.mode}`)],
    ...PLAN_TEXTS.map(
      (name) => [planLabel(lang, name), <Said key={name} lang={lang} text={plan[name]} />] as const,
    ),
    [
      words(lang, 'reports')('pack.partners'),
      plan.partners.length === 0 ? (
        t('noPartners')
      ) : (
        <ul key="partners">
          {plan.partners.map((partner, index) => (
            <li key={index}>
              <Said lang={lang} text={partner.name} /> — <Said lang={lang} text={partner.role} />
            </li>
          ))}
        </ul>
      ),
    ],
  ];
  return <Terms rows={rows} />;
}

function Versions({ lang, campaign }: Omit<Props, 'actor'>) {
  const t = words(lang, 'planDesk');
  return (
    <Panel flush title={t('versions')}>
      <Table
        caption={`${campaign.name[lang]} · ${t('versions')}`}
        captionHidden
        look="dense"
        lang={lang}
        rows={campaign.plans}
        rowKey={(plan) => String(plan.version)}
        columns={[
          {
            key: 'version',
            head: t('versionHead'),
            names: true,
            cell: (plan) => t('version', { version: plan.version }),
          },
          {
            key: 'filed',
            head: t('filedOn'),
            cell: (plan) => (plan.filedOn === null ? t('notFiled') : dateText(plan.filedOn, lang)),
          },
          {
            key: 'recorded',
            head: t('recorded'),
            cell: (plan) => t('recordedBy', { date: dateText(plan.recordedOn, lang), name: plan.recordedBy }),
          },
          {
            key: 'reason',
            head: t('reason'),
            cell: (plan) =>
              plan.reason === null ? t('firstVersion') : <Written lang={lang} text={plan.reason} />,
          },
        ]}
      />
    </Panel>
  );
}
