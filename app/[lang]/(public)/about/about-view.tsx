import type { ReactNode } from 'react';
import type { publicCampaigns } from '@/lib/disclosure/campaign.queries';
import type { PublicPlan } from '@/lib/disclosure/reports.queries';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { partnersOf } from '@/lib/disclosure/report.rules';
import { Content, ContentParagraphs, Written } from '../../../_ui/content/component';
import { Empty } from '../../../_ui/msg/component';
import { Section, Terms, Wrap, type TermRow } from '../../../_ui/page/component';

type Props = {
  readonly lang: Lang;
  readonly campaign: Awaited<ReturnType<typeof publicCampaigns>>[number];
  readonly startsOn: string;
  readonly plans: readonly PublicPlan[];
};

export function AboutView(props: Props) {
  const { lang, plans } = props;
  const t = words(lang, 'about');
  const plan = plans[0];
  const to = (href: string) => (inner: ReactNode) => <a href={`/${lang}${href}`}>{inner}</a>;
  return (
    <Wrap>
      <div className="page-head">
        <h1>{t('title')}</h1>
        <p>{t('description')}</p>
      </div>
      <Section id="who" title={t('who')}>
        <Who {...props} plan={plan} />
      </Section>
      <Section
        id="plan"
        title={t('plan')}
        aside={plan && t('planVersion', { version: plan.version, date: dateText(plan.recorded_on, lang) })}
      >
        {plan ? <Plan {...props} plan={plan} /> : <Empty title={t('planNone')}>{t('planNoneBody')}</Empty>}
      </Section>
      <Section id="contact" title={t('contact')}>
        {plan && <ContentParagraphs lang={lang} text={plan.contact} />}
        <h3 className="mt-5 font-sans text-md">{t('query')}</h3>
        <p>
          {t.rich('queryBody', {
            ledger: to('/ledger'),
            roads: to('/roads'),
            verify: to('/verify'),
          })}
        </p>
      </Section>
      <Section id="report" title={t('report')}>
        <p>{t('reportBody')}</p>
        {plan && <ContentParagraphs lang={lang} text={plan.complaints} />}
        <p>{t('reportOfficial')}</p>
      </Section>
    </Wrap>
  );
}

function Who({ lang, campaign, plan }: Props & { plan: PublicPlan | undefined }) {
  const t = words(lang, 'about');
  const partners = partnersOf(plan?.partners);
  return (
    <Terms
      rows={[
        [t('organiser'), campaign.organiser[lang]],
        [t('host'), campaign.legal_host?.[lang] ?? t('hostNone')],
        [t('licence'), campaign.licence_no ?? words(lang, 'reports')('pack.none')],
        [t('filing'), campaign.filing_no ?? t('filingNone')],
        ...(plan?.filed_on
          ? [
              [
                t('filedOn'),
                <time key="on" dateTime={plan.filed_on}>
                  {dateText(plan.filed_on, lang)}
                </time>,
              ] as TermRow,
            ]
          : []),
        ...(partners.length > 0
          ? [
              [
                t('partners'),
                <ul key="partners">
                  {partners.map((partner) => (
                    <li key={partner.name['zh-Hans']}>
                      {partner.name[lang]} — <Content lang={lang} text={partner.role} quiet />
                    </li>
                  ))}
                </ul>,
              ] as TermRow,
            ]
          : []),
      ]}
    />
  );
}

/** The plan field by field, in the order of 慈善法 art 24. */
function Plan({ lang, campaign, startsOn, plans, plan }: Props & { plan: PublicPlan }) {
  const t = words(lang, 'reports');
  const said = (text: PublicPlan['purpose']) => <Content lang={lang} text={text} quiet />;
  return (
    <>
      <Terms
        rows={[
          [t('pack.purpose'), said(plan.purpose)],
          [t('pack.period'), `${dateText(startsOn, lang)} – ${dateText(campaign.ends_on, lang)}`],
          [t('pack.area'), said(plan.area)],
          [t('pack.person'), said(plan.person_in_charge)],
          [t('pack.office'), said(plan.office)],
          [t('pack.ways'), said(plan.ways_to_give)],
          [t('pack.account'), said(plan.bank_account)],
          [t('pack.beneficiaries'), said(plan.beneficiaries)],
          [t('pack.uses'), said(plan.uses)],
          [t('pack.costs'), said(plan.costs)],
          [t('pack.surplus'), said(plan.surplus)],
        ]}
      />
      {plans
        .filter((version) => version.reason !== null)
        .map((version) => (
          <p key={version.version} className="caption mt-3">
            {words(lang, 'about').rich('planChanged', {
              version: version.version,
              date: dateText(version.recorded_on, lang),
              said: () => <Written lang={lang} text={version.reason ?? ''} />,
            })}
          </p>
        ))}
    </>
  );
}
