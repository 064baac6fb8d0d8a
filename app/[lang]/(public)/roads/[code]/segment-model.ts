import { accountingToday } from '@/lib/clock';
import { roadsOf } from '@/lib/disclosure/campaign.queries';
import { quotedFor } from '@/lib/disclosure/contracts.rules';
import { papersOf } from '@/lib/disclosure/papers.rules';
import { pictureOf } from '@/lib/disclosure/photographs.rules';
import { segmentPage, type SegmentPage } from '@/lib/disclosure/segment.queries';
import type { LinePrivacy, RoadClass, Surface } from '@/lib/shared/road-facts';
import { unitOf, writtenValue, type MeasurementKind } from '@/lib/shared/measurement';
import type { Lang } from '@/lib/i18n/languages';
import { isCurrency, sumMinor } from '@/lib/shared/money';
import type { RoadState } from '../../../../_ui/chip/component';
import type { PublicDocument } from '../../../../_ui/docs/component';
import { lineOf, publicChannel } from '../../home-model';
import { segmentEvents } from './segment-events';
import { keptBack } from './segment-gifts.rules';
import type {
  PaymentStage,
  SegmentGift,
  SegmentItem,
  SegmentLine,
  SegmentModel,
  SegmentMove,
  SegmentPayment,
  SegmentPhotograph,
  SegmentProof,
} from './segment-view';

/** One road's page in the page's language, or null when there is no such public road. */
export const segmentModel = async (lang: Lang, code: string): Promise<SegmentModel | null> => {
  const page = await segmentPage(code);
  if (!page || !isCurrency(page.segment.currency)) return null;
  const { segment } = page;
  const contract = page.contracts.at(-1);
  const retentionMinor = (contract?.retention_minor ?? 0n) - repairsMinor(page, contract?.code);
  const roads = await roadsOf(segment.campaign);
  return {
    campaign: segment.campaign,
    code,
    name: segment.name[lang],
    state: segment.status as RoadState,
    lengthMm: segment.length_mm,
    widthMm: segment.width_mm,
    thicknessMm: segment.thickness_mm,
    roadClass: segment.road_class as RoadClass | null,
    surface: segment.surface as Surface | null,
    households: segment.households,
    linePrivacy: segment.line_privacy as LinePrivacy,
    successors: page.story.successors.map((one) => one.successor),
    succession: (page.story.successors[0]?.kind ?? null) as 'split' | 'merge' | null,
    origins: page.story.origins.map((one) => one.segment),
    place: segment.location?.[lang] ?? null,
    contractor: contract?.contractor_name[lang] ?? null,
    warrantyUntil: segment.warranty_until,
    currency: page.segment.currency,
    asOf: accountingToday(),
    roads: roads.map((road) => ({
      code: road.code,
      name: road.name[lang],
      state: road.status as RoadState,
      href: `/${lang}/roads/${road.code}`,
      line: lineOf(road),
    })),
    budgetMinor: segment.budget_minor,
    allocatedMinor: segment.allocated_minor,
    committedMinor: segment.committed_minor,
    paidMinor: segment.paid_minor,
    retentionMinor,
    averagePerMetreMinor: page.averagePerMetreMinor,
    shortPath: `/r/${code}`,
    photographs: page.photographs.flatMap((picture) => photograph(picture, lang)),
    items: items(page, lang),
    lines: contractLines(page, contract?.code, lang),
    payments: payments(page, lang),
    gifts: segmentGifts(page, retentionMinor, lang),
    moves: page.moves.map((move) => roadMove(page, move, lang)),
    events: segmentEvents(page, lang),
    quotes: page.quotes.map((quote) => ({
      contractor: quote.contractor_name[lang],
      amountMinor: quote.amount_minor,
      chosen: quote.chosen,
    })),
    quotesWithheld: null,
    measurements: page.measurements.map((one) => {
      const kind = one.kind as MeasurementKind;
      return {
        kind,
        station: one.station,
        value: `${writtenValue(kind, one.value_milli)} ${unitOf(kind)}`,
        required:
          one.required_milli === null ? null : `${writtenValue(kind, one.required_milli)} ${unitOf(kind)}`,
        short: one.required_milli !== null && one.value_milli < one.required_milli,
        date: one.measured_on,
        report: one.report,
      };
    }),
    documents: page.documents.map((document) => ({
      ...publicDocument(document, lang),
      accepts: page.acceptances.some((one) => one.sheet === document.code && one.result === 'accepted'),
    })),
    proofs: proofs(page),
  };
};

/** What was decided and done, by the day, with the place of its leaf in the public log. */
const proofs = ({
  segment,
  allocations,
  contracts,
  variations,
  certificates,
  payments,
  acceptances,
}: SegmentPage): SegmentProof[] => {
  const proof = (event: SegmentProof['event'], code: string, date: string, which = ''): SegmentProof => ({
    event,
    code,
    date,
    path: `${code}/${event}${which}`,
  });
  const earlier = (one: (typeof variations)[number]) =>
    variations.slice(0, variations.indexOf(one)).filter(({ contract }) => contract === one.contract);
  return [
    ...allocations.map((one) => proof('allocation_approved', one.code, one.approved_on)),
    ...contracts.map((one) => proof('contract_signed', one.code, one.signed_on)),
    ...certificates.map((one) => proof('work_certified', one.code, one.certified_on)),
    ...payments.flatMap((one) =>
      one.paid_on === null ? [] : [proof('contractor_paid', one.code, one.paid_on)],
    ),
    ...variations.map((one) =>
      proof('variation_approved', one.contract, one.approved_on, `/${earlier(one).length + 1}`),
    ),
    ...acceptances.map((one, index) =>
      proof('acceptance_signed', segment.code, one.signed_on, `/${index + 1}`),
    ),
  ].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
};

const photograph = (picture: SegmentPage['photographs'][number], lang: Lang): SegmentPhotograph[] =>
  picture.stage === 'defect'
    ? []
    : [
        {
          stage: picture.stage as SegmentPhotograph['stage'],
          picture: {
            src: `/files/${picture.public_sha256}`,
            width: picture.width_px,
            height: picture.height_px,
          },
          caption: picture.caption[lang],
          takenOn: picture.taken_on,
          by: null,
          originalSha256: picture.original_sha256,
        },
      ];

/** Budget and contract line by line where both have the same works; what was paid is known only for the whole. */
const items = (page: SegmentPage, lang: Lang): SegmentItem[] => {
  const version = page.budgets.at(-1)?.version;
  return page.budgetLines
    .filter((line) => line.version === version)
    .map((line) => ({
      name: line.item[lang],
      budgetMinor: line.amount_minor,
      contractMinor:
        page.contractLines.find((one) => one.item['zh-Hans'] === line.item['zh-Hans'])?.amount_minor ?? null,
      paidMinor: null,
    }));
};

/** What repairs have taken of a contract's retention. */
const repairsMinor = (page: SegmentPage, contract: string | undefined): bigint =>
  sumMinor(
    page.certificates
      .filter((one) => one.contract === contract && one.stage === 'repair')
      .map((one) => one.amount_minor),
  );

/** The lines of the contract in force that have quantities: contracted, varied, paid. */
const contractLines = (page: SegmentPage, contract: string | undefined, lang: Lang): SegmentLine[] =>
  page.contractLines.flatMap((line) =>
    line.contract !== contract || line.quantity_milli === null
      ? []
      : [
          {
            no: line.line_no,
            item: line.item[lang],
            unit: line.unit ?? '',
            quantityMilli: line.quantity_milli,
            variedMilli: line.varied_milli,
            paidMilli: line.paid_milli,
            amountMinor: line.amount_minor + line.varied_minor,
            paidMinor: line.paid_minor,
          },
        ],
  );

const STAGES: Readonly<Record<string, PaymentStage>> = {
  advance: 'advance',
  base: 'base',
  final: 'acceptance',
  retention: 'retention',
  repair: 'repair',
};

const payments = (page: SegmentPage, lang: Lang): SegmentPayment[] =>
  page.payments
    .filter((payment) => payment.status !== 'bounced' && payment.paid_on !== null)
    .map((payment) => ({
      id: payment.code,
      date: payment.paid_on ?? '',
      payee: payment.contractor_name[lang],
      stage: STAGES[payment.stage] ?? 'other',
      percent: page.certificates.find((one) => one.code === payment.certificate)?.percent ?? null,
      evidence: evidenceOf(page, payment),
      people: null,
      amountMinor: payment.amount_minor,
    }));

/** Why it could be paid: the invoice, the sheet that accepted the road before its last part, the picture of the works. */
const evidenceOf = (
  page: SegmentPage,
  payment: SegmentPage['payments'][number],
): SegmentPayment['evidence'] => {
  const papers = papersOf(payment, page.documents, page.acceptances).flatMap(({ kind, paper }) =>
    paper.file_sha256 === null ? [] : [{ kind, href: `/files/${paper.file_sha256}` }],
  );
  const picture = pictureOf(
    payment,
    page.photographs.filter(({ stage }) => stage !== 'before' && stage !== 'defect'),
  );
  return picture === null ? papers : [...papers, { kind: 'photo', href: `/files/${picture.public_sha256}` }];
};

const roadMove = (page: SegmentPage, move: SegmentPage['moves'][number], lang: Lang): SegmentMove => {
  const contract =
    move.to_status === 'contracted'
      ? page.contracts.find((one) => one.signed_on === move.happened_on)
      : undefined;
  const sheet = page.acceptances.find(
    (one) => one.result === move.to_status && one.signed_on === move.happened_on,
  );
  return {
    to: move.to_status as RoadState,
    date: move.happened_on,
    ...(move.reason !== null && { detail: move.reason }),
    ...(contract && {
      contract: {
        contractor: contract.contractor_name[lang],
        ...quotedFor(contract, page),
      },
    }),
    ...(sheet && {
      measured: { lengthMm: sheet.length_mm, widthMm: sheet.width_mm, thicknessMm: sheet.thickness_mm },
    }),
  };
};

const segmentGifts = (page: SegmentPage, retentionMinor: bigint, lang: Lang): SegmentGift[] => {
  const gifts = page.gifts.map((gift) => segmentGift(page, gift, lang));
  const kept = keptBack(
    gifts.map((gift) => gift.unpaidMinor),
    retentionMinor,
  );
  return gifts.map((gift, index) => {
    const retainedMinor = kept[index] ?? 0n;
    return { ...gift, retainedMinor, unpaidMinor: gift.unpaidMinor - retainedMinor };
  });
};

const segmentGift = (
  page: SegmentPage,
  gift: SegmentPage['gifts'][number],
  lang: Lang,
): Omit<SegmentGift, 'retainedMinor'> => {
  const usedIn = page.giftPayments
    .filter((one) => one.gift === gift.gift)
    .map((one) => ({ payment: one.payment, amountMinor: one.amount_minor }));
  return {
    id: gift.gift,
    name: gift.shownAs?.[lang] ?? null,
    date: gift.receivedOn ?? '',
    channel: gift.channel === null ? 'other' : publicChannel(gift.channel),
    foreign:
      gift.foreignCurrency !== null &&
      gift.foreignMinor !== null &&
      gift.rate !== null &&
      isCurrency(gift.foreignCurrency)
        ? { currency: gift.foreignCurrency, minor: gift.foreignMinor, rate: gift.rate }
        : null,
    amountMinor: gift.amount_minor,
    usedIn,
    unpaidMinor: gift.amount_minor - sumMinor(usedIn.map((one) => one.amountMinor)),
    fromMm: Number(gift.fromMm),
    toMm: Number(gift.toMm),
  };
};

const publicDocument = (document: SegmentPage['documents'][number], lang: Lang): PublicDocument => ({
  id: document.code,
  title: document.title[lang],
  href: document.file_sha256 === null ? null : `/files/${document.file_sha256}`,
  date: document.dated,
  ...(document.pages !== null && { pages: document.pages }),
  sha256: document.sha256,
  redacted: document.visibility === 'redacted',
  ...(document.visibility === 'withheld' && {
    withheld: {
      reason: document.withheld_reason ?? '',
      ...(document.opens_on !== null && { opens: document.opens_on }),
    },
  }),
});
