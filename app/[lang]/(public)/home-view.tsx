import type { Position } from 'geojson';
import type { ReactNode } from 'react';
import { amountText, countText, dateText, metresText, percentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { Amt } from '../../_ui/amt/component';
import { BtnLink, BtnRow } from '../../_ui/btn/component';
import type { RoadState } from '../../_ui/chip/component';
import { Curve } from '../../_ui/curve/component';
import type { CurvePoint } from '../../_ui/curve/curve.rules';
import { MalingGround } from '../../_ui/illustration/maling-ground';
import { Panorama } from '../../_ui/illustration/panorama';
import { MapKey, VillageMap } from '../../_ui/map/component';
import { Section, Slip, Wrap } from '../../_ui/page/component';
import { FiveNumbers, RoadBarPicture } from '../../_ui/road-bar/component';
import type { RoadBarFigures } from '../../_ui/road-bar/road-bar.rules';
import { Steps } from '../../_ui/steps/component';
import { Tie } from '../../_ui/tie/component';
import { DutyChip } from './duty-chip';
import type { Duty } from './duty.rules';
import { MoveList, type PublicMove } from './move-list';
import type { ListedReport } from './reports/listed-report';
import { ReportList } from './reports/report-list';
import { RoadList, type ListedRoad } from './roads/road-list';

/** Everything the home page shows, already public, in the page's language. Amounts are minor units of `currency`. */
export type HomeModel = {
  readonly currency: CurrencyCode;
  /** Date the figures stand at, and the day of the reader in the charity's time zone: `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly today: string;
  readonly campaign: {
    readonly slug: string;
    readonly name: string;
    readonly organiser: string;
    readonly place: string;
    /** Whether gifts are taken here; null address means on this site. */
    readonly open: boolean;
    readonly payElsewhereUrl: string | null;
  };
  readonly figures: RoadBarFigures & { readonly pledgedMinor: bigint; readonly receivedMinor: bigint };
  readonly unallocatedMinor: bigint;
  readonly feesMinor: bigint;
  readonly pledges: {
    readonly count: number;
    readonly outstandingMinor: bigint;
    readonly overdueMinor: bigint;
  };
  readonly contracts: { readonly count: number; readonly contractors: number };
  readonly payments: { readonly count: number };
  readonly roads: readonly (ListedRoad & { readonly line: readonly Position[] })[];
  readonly moves: readonly PublicMove[];
  readonly duties: readonly Duty[];
  /** The newest reports, and how many corrections stand among all. */
  readonly reports: readonly ListedReport[];
  readonly corrections: number;
  /** Running totals month by month; empty before the first money. */
  readonly curve: readonly CurvePoint[];
  /** The last time the books re-checked themselves, and how many things did not agree; null before the first time. */
  readonly proofs: { readonly checkedOn: string; readonly offenders: number } | null;
};

type Props = { readonly lang: Lang; readonly model: HomeModel; readonly nonce?: string | undefined };

/** What has to be drawn by hand for a campaign; any other campaign does without. */
const DRAWN = 'gen-hun-meng';

const PAVED: readonly RoadState[] = ['accepted', 'in_warranty', 'closed'];

export function HomeView({ lang, model, nonce }: Props) {
  return (
    <>
      <Hero lang={lang} model={model} />
      <Wrap>
        <MoneyStory lang={lang} model={model} />
        <Village lang={lang} model={model} nonce={nonce} />
        <div className="home-two">
          <Section
            id="moves"
            title={words(lang, 'home')('moves.title')}
            aside={<a href={`/${lang}/ledger`}>{words(lang, 'home')('moves.all')}</a>}
          >
            <MoveList lang={lang} currency={model.currency} moves={model.moves} />
          </Section>
          <Duties lang={lang} model={model} />
        </div>
        <OverTime lang={lang} model={model} />
        <Check lang={lang} model={model} />
      </Wrap>
      <GiveBar lang={lang} model={model} />
    </>
  );
}

function GiveLink({ lang, campaign }: { lang: Lang; campaign: HomeModel['campaign'] }) {
  const t = words(lang, 'home');
  if (!campaign.open) return null;
  return campaign.payElsewhereUrl === null ? (
    <BtnLink kind="give" href={`/${lang}/give`}>
      {t('give')}
    </BtnLink>
  ) : (
    <BtnLink kind="give" href={campaign.payElsewhereUrl} rel="noopener">
      {t('giveElsewhere')}
    </BtnLink>
  );
}

function Hero({ lang, model: { campaign } }: Props) {
  const t = words(lang, 'home');
  const drawn = campaign.slug === DRAWN;
  return (
    <section className="hero" aria-labelledby="title">
      <Wrap>
        <div className="hero-words">
          <p className="hero-kicker">
            {campaign.organiser} · {campaign.place}
          </p>
          <h1 id="title">{drawn ? t.rich('hero.title', { br: () => <br /> }) : campaign.name}</h1>
          <p className="hero-lead">
            {drawn
              ? t('hero.lead')
              : t('heroPlain', { organiser: campaign.organiser, place: campaign.place })}
          </p>
          <BtnRow>
            <GiveLink lang={lang} campaign={campaign} />
            <BtnLink kind="line" href={`/${lang}/gifts`}>
              {t('find')}
            </BtnLink>
          </BtnRow>
        </div>
        {drawn && <Slip lang={lang} title={t('hero.slip')} note={t('hero.slipNote')} />}
      </Wrap>
      <Panorama />
    </section>
  );
}

function MoneyStory({ lang, model }: Props) {
  const t = words(lang, 'home');
  const { currency, figures } = model;
  const amount = (minor: bigint) => <Amt value={money(currency, minor)} />;
  return (
    <Section
      id="money"
      title={t('money.title')}
      aside={
        <>
          {words(lang, 'common')('asOf', { date: dateText(model.asOf, lang) })} ·{' '}
          <a href={`/${lang}/ledger`}>{t('money.how')}</a>
        </>
      }
    >
      <p className="story">
        {t.rich('money.story', {
          roads: countText(model.roads.length),
          target: () => amount(figures.targetMinor),
          received: () => amount(figures.receivedMinor),
          paid: () => amount(figures.paidMinor),
          mark: (inner) => <mark>{inner}</mark>,
        })}
      </p>
      <figure className="sheet money-sheet" aria-labelledby="money">
        <RoadBarPicture lang={lang} currency={currency} figures={figures} />
        <FiveNumbers lang={lang} currency={currency} figures={figures} explain={explain(lang, model)} />
        <Tie
          lang={lang}
          currency={currency}
          whole={{ label: t('money.tieReceived'), minor: figures.receivedMinor }}
          parts={[
            { label: t('money.tieAllocated'), minor: figures.allocatedMinor },
            { label: t('money.tieUnallocated'), minor: model.unallocatedMinor },
            { label: t('money.tieFees'), minor: model.feesMinor },
          ]}
        />
      </figure>
    </Section>
  );
}

/** One plain explanation under each of the five numbers. */
const explain = (lang: Lang, model: HomeModel): Parameters<typeof FiveNumbers>[0]['explain'] => {
  const t = words(lang, 'home');
  const { figures, pledges, contracts, payments, currency } = model;
  return {
    pledged: t.rich('money.pledged', {
      count: countText(pledges.count),
      overdue: pledges.overdueMinor > 0n ? 'yes' : 'no',
      outstanding: () => <Amt value={money(currency, pledges.outstandingMinor)} />,
      late: () => <Amt value={money(currency, pledges.overdueMinor)} />,
    }),
    received: t('money.received', { share: percentText(figures.receivedMinor, figures.targetMinor) }),
    allocated: t('money.allocated', { share: percentText(figures.allocatedMinor, figures.receivedMinor) }),
    committed: t('money.committed', { count: contracts.count, contractors: contracts.contractors }),
    paid: t('money.paid', { count: payments.count }),
  };
};

function Village({ lang, model, nonce }: Props) {
  const t = words(lang, 'home');
  const { roads, campaign, currency } = model;
  const drawn = campaign.slug === DRAWN;
  const metres = (these: HomeModel['roads']) =>
    metresText(
      these.reduce((sum, road) => sum + road.lengthMm, 0),
      lang,
    );
  return (
    <Section
      id="map"
      title={drawn ? t('map.title') : t('map.titlePlain')}
      intro={t('map.intro', {
        paved: metres(roads.filter((road) => PAVED.includes(road.state))),
        total: metres(roads),
      })}
      aside={<a href={`/${lang}/roads`}>{t('map.list', { count: roads.length })}</a>}
    >
      <VillageMap
        lang={lang}
        nonce={nonce}
        roads={roads.map((road) => ({ ...road, href: `/${lang}/roads/${road.code}` }))}
        background={drawn ? <MalingGround lang={lang} /> : undefined}
      />
      <MapKey lang={lang} roads={roads} />
      <p className="caption">{t('map.caption')}</p>
      <div className="home-roads">
        <RoadList
          lang={lang}
          currency={currency}
          roads={roads}
          label={t('map.listLabel', { count: roads.length })}
        />
        <p className="home-roads-all">
          <BtnLink kind="line" wide href={`/${lang}/roads`}>
            {t('map.all', { count: roads.length })}
          </BtnLink>
        </p>
      </div>
    </Section>
  );
}

function Duties({ lang, model }: Props) {
  const t = words(lang, 'home');
  return (
    <Section
      id="duties"
      title={t('duties.title')}
      aside={<a href={`/${lang}/reports#duties`}>{words(lang, 'reports')('list.all')}</a>}
    >
      <ul className="duties">
        {model.duties.map((duty) => (
          <li key={duty.id}>
            <time dateTime={duty.dueOn}>{duty.dueOn}</time>
            {duty.href === undefined ? <b>{duty.name}</b> : <a href={duty.href}>{duty.name}</a>}
            <DutyChip lang={lang} duty={duty} today={model.today} />
          </li>
        ))}
      </ul>
      <p className="caption mt-3">
        {t.rich('duties.note', {
          count: model.corrections,
          link: (inner) => <a href={`/${lang}/reports#corrections`}>{inner}</a>,
        })}
      </p>
    </Section>
  );
}

/** The curve of the money, and what people wrote about it. */
function OverTime({ lang, model }: Props) {
  const t = words(lang, 'home');
  const reports = words(lang, 'reports');
  if (model.curve.length === 0) return null;
  return (
    <div className="home-two">
      <Section id="over-time" title={t('curve.title')} intro={t('curve.intro')}>
        <Curve lang={lang} currency={model.currency} points={model.curve} />
      </Section>
      <Section
        id="news"
        title={reports('list.reports')}
        aside={<a href={`/${lang}/reports`}>{reports('list.all')}</a>}
      >
        <ReportList lang={lang} reports={model.reports} />
      </Section>
    </div>
  );
}

function Check({ lang, model }: Props) {
  const t = words(lang, 'home');
  const { proofs } = model;
  const toVerify = (inner: ReactNode) => <a href={`/${lang}/verify`}>{inner}</a>;
  return (
    <Section id="check" title={t('check.title')}>
      <Steps
        across
        steps={[
          { title: t('check.receipt'), body: t('check.receiptBody') },
          { title: t('check.road'), body: t('check.roadBody') },
          { title: t('check.ledger'), body: t.rich('check.ledgerBody', { link: toVerify }) },
        ]}
      />
      {proofs && (
        <p className="caption mt-5">
          {t(proofs.offenders === 0 ? 'proofs.good' : 'proofs.bad', {
            date: dateText(proofs.checkedOn, lang),
            count: proofs.offenders,
          })}
        </p>
      )}
    </Section>
  );
}

/** On a phone the way to give stays in reach; it says what is missing and never hurries. */
function GiveBar({ lang, model }: Props) {
  const t = words(lang, 'home');
  const { figures, campaign, currency } = model;
  if (!campaign.open) return null;
  const missing = figures.targetMinor - figures.receivedMinor;
  return (
    <div className="give-now no-print">
      <p>
        {missing > 0n
          ? t('giveBar', { amount: amountText(money(currency, missing)), roads: model.roads.length })
          : t('giveBarDone', { roads: model.roads.length })}
      </p>
      <GiveLink lang={lang} campaign={campaign} />
    </div>
  );
}
