import type { ReactNode } from 'react';
import type { MeasurementKind } from '@/lib/shared/measurement';
import type { LinePrivacy, RoadClass, Surface } from '@/lib/shared/road-facts';
import { dateText, metresText, percentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import type { verify } from '@/lib/i18n/messages/verify';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { RoadStateChip, type RoadState } from '../../../../_ui/chip/component';
import { Stele } from '../../../../_ui/code/component';
import type { PublicDocument, Withholding } from '../../../../_ui/docs/component';
import { MalingGround } from '../../../../_ui/illustration/maling-ground';
import { VillageMap, type MapRoad } from '../../../../_ui/map/component';
import { Msg } from '../../../../_ui/msg/component';
import { Crumbs, Facts, Section, Wrap } from '../../../../_ui/page/component';
import { Steps } from '../../../../_ui/steps/component';
import type { PublicChannel } from '../../move-list';
import { Budget } from './segment-budget';
import type { SegmentEvent } from './segment-events';
import { roadFacts, Succession } from './segment-facts';
import { Papers } from './segment-documents';
import { Measured } from './segment-measured';
import { Gifts } from './segment-gifts';
import { History } from './segment-history';
import { Photographs } from './segment-photographs';
import { Proofs } from './segment-proofs';

/** Everything the page of one road shows, already public, in the page's language. Amounts are minor units. */
export type SegmentModel = {
  readonly campaign: string;
  readonly code: string;
  readonly name: string;
  readonly state: RoadState;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly thicknessMm: number | null;
  readonly roadClass: RoadClass | null;
  readonly surface: Surface | null;
  readonly households: number | null;
  readonly linePrivacy: LinePrivacy;
  /** Roads that came of this one, and how. */
  readonly successors: readonly string[];
  readonly succession: 'split' | 'merge' | null;
  /** Roads this one came of. */
  readonly origins: readonly string[];
  readonly place: string | null;
  readonly contractor: string | null;
  readonly warrantyUntil: string | null;
  readonly currency: CurrencyCode;
  readonly asOf: string;
  /** All roads of the campaign, for the position map. */
  readonly roads: readonly MapRoad[];
  readonly budgetMinor: bigint;
  readonly allocatedMinor: bigint;
  readonly committedMinor: bigint;
  readonly paidMinor: bigint;
  /** The part of the contract that is kept back until the warranty ends. */
  readonly retentionMinor: bigint;
  /** The campaign's average contract cost of a metre, over all contracted roads; null before the first. */
  readonly averagePerMetreMinor: bigint | null;
  /** The permanent short address, as it stands on the poster. */
  readonly shortPath: string;
  readonly photographs: readonly SegmentPhotograph[];
  readonly items: readonly SegmentItem[];
  readonly lines: readonly SegmentLine[];
  readonly payments: readonly SegmentPayment[];
  readonly gifts: readonly SegmentGift[];
  readonly moves: readonly SegmentMove[];
  readonly events: readonly SegmentEvent[];
  readonly quotes: readonly SegmentQuote[];
  readonly quotesWithheld: Withholding | null;
  /** What was measured on the road, in its written units. */
  readonly measurements: readonly SegmentMeasurement[];
  readonly documents: readonly RoadDocument[];
  /** What was decided or done about this road, each with its own proof file. */
  readonly proofs: readonly SegmentProof[];
};

/** `accepts`: the sheet by which the road was accepted; it bears the seal. */
export type RoadDocument = PublicDocument & { readonly accepts?: boolean | undefined };

export type SegmentPhotograph = {
  readonly stage: 'before' | 'during' | 'after';
  /** Null: no photograph but a drawing stands here, and the page says so. */
  readonly picture: { readonly src: string; readonly width: number; readonly height: number } | null;
  /** What the picture shows, in words. */
  readonly caption: string;
  readonly takenOn: string;
  readonly by: string | null;
  readonly originalSha256: string;
};

export type SegmentItem = {
  readonly name: string;
  readonly budgetMinor: bigint;
  readonly contractMinor: bigint | null;
  readonly paidMinor: bigint | null;
};

/** A line of the contract: planned against actual. Quantities in thousandths of the unit. */
export type SegmentLine = {
  readonly no: number;
  readonly item: string;
  readonly unit: string;
  readonly quantityMilli: bigint;
  readonly variedMilli: bigint;
  readonly paidMilli: bigint;
  readonly amountMinor: bigint;
  readonly paidMinor: bigint;
};

export type PaymentStage = 'advance' | 'base' | 'acceptance' | 'retention' | 'repair' | 'other';

export type SegmentPayment = {
  readonly id: string;
  readonly date: string;
  readonly payee: string;
  readonly stage: PaymentStage;
  readonly percent: number | null;
  readonly evidence: readonly {
    readonly kind: 'invoice' | 'sheet' | 'photo' | 'certificate';
    readonly href: string;
  }[];
  /** Who prepared and who approved it, as far as they may be named. */
  readonly people: readonly [maker: string, checker: string] | null;
  readonly amountMinor: bigint;
};

export type SegmentGift = {
  readonly id: string;
  /** Null: the donor did not agree to be named. */
  readonly name: string | null;
  readonly date: string;
  readonly channel: PublicChannel;
  readonly foreign: { readonly currency: CurrencyCode; readonly minor: bigint; readonly rate: string } | null;
  readonly amountMinor: bigint;
  readonly usedIn: readonly { readonly payment: string; readonly amountMinor: bigint }[];
  /** Part of this gift that waits for works to be done. */
  readonly unpaidMinor: bigint;
  /** Part of this gift that is kept back as retention. */
  readonly retainedMinor: bigint;
  /** The gift's stretch in millimetres of chainage, in the order the money was used. */
  readonly fromMm: number;
  readonly toMm: number;
};

export type SegmentMove = {
  readonly to: RoadState;
  readonly date: string;
  /** The reason, as its writer wrote it. */
  readonly detail?: string | undefined;
  /** With whom it was contracted and out of how many quotes; 0 where they cannot be told from another contract's. */
  readonly contract?: {
    readonly contractor: string;
    readonly quotes: number;
    readonly lowest: boolean;
  };
  /** What the sheet says that accepted the road or sent it back. */
  readonly measured?: { readonly lengthMm: number; readonly widthMm: number; readonly thicknessMm: number };
};

export type SegmentProof = {
  /** Name of the act in the public log. */
  readonly event: keyof (typeof verify)['en']['event'];
  readonly code: string;
  readonly date: string;
  /** Below /log/proof/, without the suffix. */
  readonly path: string;
};

export type SegmentMeasurement = {
  readonly kind: MeasurementKind;
  readonly station: string;
  readonly value: string;
  readonly required: string | null;
  /** Less than the design asks. */
  readonly short: boolean;
  readonly date: string;
  readonly report: string | null;
};

export type SegmentQuote = {
  readonly contractor: string;
  readonly amountMinor: bigint;
  readonly chosen: boolean;
};

export type SegmentProps = { readonly lang: Lang; readonly model: SegmentModel };

export function SegmentView({ lang, model }: SegmentProps) {
  return (
    <Wrap>
      <Head lang={lang} model={model} />
      <Photographs lang={lang} model={model} />
      <Budget lang={lang} model={model} />
      <Gifts lang={lang} model={model} />
      <div className="two-equal">
        <History lang={lang} model={model} />
        <Papers lang={lang} model={model} />
      </div>
      <Measured lang={lang} model={model} />
      <Check lang={lang} model={model} />
      <Proofs lang={lang} model={model} />
    </Wrap>
  );
}

function Head({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const facts: { term: string; value: ReactNode }[] = [
    {
      term: t('facts.size'),
      value: `${metresText(model.lengthMm, lang)} × ${metresText(model.widthMm, lang)}`,
    },
  ];
  facts.push(...roadFacts(lang, model));
  if (model.place !== null) facts.push({ term: t('facts.place'), value: model.place });
  if (model.contractor !== null) facts.push({ term: t('facts.contractor'), value: model.contractor });
  if (model.warrantyUntil !== null)
    facts.push({
      term: t('facts.warranty'),
      value: <time dateTime={model.warrantyUntil}>{model.warrantyUntil}</time>,
    });
  return (
    <>
      <Crumbs
        lang={lang}
        steps={[{ href: `/${lang}/roads`, label: t('crumbs', { count: model.roads.length }) }]}
        here={model.code}
      />
      <div className="segment-head">
        <Stele code={model.code} size="large" />
        <div>
          <h1>{model.name}</h1>
          <RoadStateChip lang={lang} state={model.state} />
        </div>
        <Facts facts={facts} />
        <figure className="segment-place">
          <VillageMap
            lang={lang}
            roads={model.roads}
            around={model.code}
            background={model.campaign === 'gen-hun-meng' ? <MalingGround lang={lang} /> : undefined}
          />
          <figcaption className={model.linePrivacy === 'exact' ? 'sr-only' : 'caption'}>
            {model.linePrivacy === 'exact'
              ? t('mapCaption', { name: model.name })
              : words(lang, 'roadShape')(`facts.${model.linePrivacy}Note`)}
          </figcaption>
        </figure>
      </div>
      <Succession lang={lang} model={model} />
      <p className="story">
        <Summary lang={lang} model={model} />
      </p>
      <Compared lang={lang} model={model} />
      <p className="segment-links no-print">
        {t.rich('short', {
          address: model.shortPath,
          link: (inner) => <a href={model.shortPath}>{inner}</a>,
        })}{' '}
        · <a href={`/${lang}/roads/${model.code}/poster`}>{t('poster.link')}</a> ·{' '}
        <a href={`/${lang}/ledger?road=${model.code}`}>{t('allEntries')}</a>
      </p>
    </>
  );
}

const BUILT: readonly RoadState[] = ['accepted', 'in_warranty', 'closed'];

/** The road in one sentence, by how far it has got. */
function Summary({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const amount = (minor: bigint) => <Amt value={money(model.currency, minor)} />;
  const perMetre = (minor: bigint) => amount((minor * 1000n) / BigInt(model.lengthMm));
  const contracted = model.committedMinor > 0n;
  const missing = model.budgetMinor - model.allocatedMinor;
  return t.rich(`say.${!contracted ? 'planned' : BUILT.includes(model.state) ? 'built' : 'building'}`, {
    gifts: model.gifts.length,
    short: missing > 0n ? 'yes' : 'no',
    retained: model.retentionMinor > 0n ? 'yes' : 'no',
    budget: () => amount(model.budgetMinor),
    committed: () => amount(model.committedMinor),
    per: () => perMetre(contracted ? model.committedMinor : model.budgetMinor),
    allocated: () => amount(model.allocatedMinor),
    missing: () => amount(missing),
    paid: () => amount(model.paidMinor),
    retention: () => amount(model.retentionMinor),
  });
}

/** This road's cost per metre beside the average of all contracted roads, with the reason it may differ. */
function Compared({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const average = model.averagePerMetreMinor;
  if (average === null || average === 0n || model.committedMinor === 0n) return null;
  const own = (model.committedMinor * 1000n) / BigInt(model.lengthMm);
  const apart = own > average ? own - average : average - own;
  return (
    <p>
      {t.rich('compared', {
        how: own === average ? 'same' : own > average ? 'more' : 'less',
        share: percentText(apart, average),
        width: metresText(model.widthMm, lang),
        average: () => <Amt value={money(model.currency, average)} />,
      })}
    </p>
  );
}

function Check({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const giftsMinor = model.gifts.reduce((sum, gift) => sum + gift.amountMinor, 0n);
  const amount = (minor: bigint) => <Amt value={money(model.currency, minor)} />;
  const link = (href: string) => (inner: ReactNode) => <a href={href}>{inner}</a>;
  return (
    <Section id="check" title={t('check.title')}>
      <div className="two-equal">
        <Steps
          steps={[
            ...(giftsMinor > 0n
              ? [
                  {
                    title: t('check.money'),
                    body: t.rich('check.moneyBody', {
                      count: model.gifts.length,
                      gifts: () => amount(giftsMinor),
                      contract: () => amount(model.committedMinor),
                    }),
                  },
                ]
              : []),
            { title: t('check.docs'), body: t('check.docsBody') },
            {
              title: t('check.log'),
              body: t.rich('check.logBody', { link: link(`/${lang}/verify?road=${model.code}`) }),
            },
            {
              title: t('check.road'),
              body: t.rich('check.roadBody', { link: link(`/${lang}/report?road=${model.code}`) }),
            },
          ]}
        />
        <Msg kind="info" title={t('check.everyNumber')}>
          <p>
            {t.rich('check.everyNumberBody', { link: link(`/open-data/segments/${model.code}`) })}{' '}
            {words(lang, 'common')('asOf', { date: dateText(model.asOf, lang) })}
          </p>
        </Msg>
      </div>
    </Section>
  );
}
