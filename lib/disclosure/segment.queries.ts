import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { stretches } from '../ledger/lots.rules';
import { publicConcerns } from './concern.queries';
import { publicDb } from './public-db';
import { segmentStory, type SegmentStory } from './segment-story.queries';

type View<Name extends keyof Database> = Selectable<Database[Name]>;

/** One gift's stretch of a road, in millimetres of chainage. */
export type RoadGift = View<'disclosure.segment_gift'> & {
  readonly shownAs: View<'disclosure.gift'>['shown_as'];
  readonly receivedOn: string | null;
  readonly channel: string | null;
  readonly foreignCurrency: string | null;
  readonly foreignMinor: bigint | null;
  readonly rate: string | null;
  readonly fromMm: bigint;
  readonly toMm: bigint;
};

export type SegmentPage = {
  readonly segment: View<'disclosure.segment'>;
  readonly budgets: readonly View<'disclosure.budget'>[];
  readonly budgetLines: readonly View<'disclosure.budget_line'>[];
  readonly quotes: readonly View<'disclosure.quote'>[];
  readonly contracts: readonly View<'disclosure.contract'>[];
  readonly contractLines: readonly View<'disclosure.contract_line'>[];
  readonly variations: readonly View<'disclosure.variation'>[];
  readonly allocations: readonly View<'disclosure.allocation'>[];
  readonly certificates: readonly View<'disclosure.certificate'>[];
  readonly payments: readonly View<'disclosure.payment'>[];
  readonly gifts: readonly RoadGift[];
  readonly photographs: readonly View<'disclosure.photograph'>[];
  readonly documents: readonly View<'disclosure.document'>[];
  readonly measurements: readonly View<'disclosure.measurement'>[];
  readonly concerns: readonly View<'disclosure.concern'>[];
  readonly acceptances: readonly View<'disclosure.acceptance'>[];
  readonly moves: readonly View<'disclosure.segment_move'>[];
  readonly story: SegmentStory;
  /** Which of the road's payments each gift went into. */
  readonly giftPayments: readonly View<'disclosure.gift_payment'>[];
  /** The campaign's average contract cost per metre in fen, over all contracted roads; null before the first. */
  readonly averagePerMetreMinor: bigint | null;
};

/** Everything about one road, or null when there is no such public road. */
export const segmentPage = async (code: string, db: Reader = publicDb()): Promise<SegmentPage | null> => {
  const segment = await db
    .selectFrom('disclosure.segment')
    .selectAll()
    .where('code', '=', code)
    .executeTakeFirst();
  if (!segment) return null;
  const contracts = await db
    .selectFrom('disclosure.contract')
    .selectAll()
    .where('segment', '=', code)
    .orderBy('signed_on')
    .execute();
  const codes = contracts.map((contract) => contract.code);
  const [
    budgets,
    budgetLines,
    quotes,
    certificates,
    payments,
    lots,
    photographs,
    documents,
    acceptances,
    moves,
    allocations,
    measurements,
    concerns,
  ] = await Promise.all([
    db.selectFrom('disclosure.budget').selectAll().where('segment', '=', code).orderBy('version').execute(),
    db
      .selectFrom('disclosure.budget_line')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('version')
      .orderBy('line_no')
      .execute(),
    db
      .selectFrom('disclosure.quote')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('amount_minor')
      .execute(),
    db
      .selectFrom('disclosure.certificate')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('certified_on')
      .orderBy('code')
      .execute(),
    db
      .selectFrom('disclosure.payment')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('paid_on')
      .orderBy('code')
      .execute(),
    db
      .selectFrom('disclosure.segment_gift as l')
      .leftJoin('disclosure.gift as g', 'g.code', 'l.gift')
      .selectAll('l')
      .select([
        'g.shown_as as shownAs',
        'g.received_on as receivedOn',
        'g.channel',
        'g.foreign_currency as foreignCurrency',
        'g.foreign_minor as foreignMinor',
        'g.rate',
      ])
      .where('l.segment', '=', code)
      .orderBy('l.lot_order')
      .execute(),
    db
      .selectFrom('disclosure.photograph')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('taken_on')
      .execute(),
    db
      .selectFrom('disclosure.document')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('dated')
      .orderBy('code')
      .execute(),
    db
      .selectFrom('disclosure.acceptance')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('signed_on')
      .execute(),
    db
      .selectFrom('disclosure.segment_move')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('move_order')
      .execute(),
    db
      .selectFrom('disclosure.allocation')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('approved_on')
      .orderBy('code')
      .execute(),
    db
      .selectFrom('disclosure.measurement')
      .selectAll()
      .where('segment', '=', code)
      .orderBy('measured_on')
      .orderBy('station')
      .execute(),
    publicConcerns(code, db),
  ]);
  const paid = payments.map((payment) => payment.code);
  const [contractLines, variations, averagePerMetreMinor, story, giftPayments] = await Promise.all([
    codes.length === 0
      ? []
      : db
          .selectFrom('disclosure.contract_line')
          .selectAll()
          .where('contract', 'in', codes)
          .orderBy('contract')
          .orderBy('line_no')
          .execute(),
    codes.length === 0
      ? []
      : db
          .selectFrom('disclosure.variation')
          .selectAll()
          .where('contract', 'in', codes)
          .orderBy('approved_on')
          .orderBy('code')
          .execute(),
    averagePerMetre(segment.campaign, db),
    segmentStory(code, payments, db),
    paid.length === 0
      ? []
      : db
          .selectFrom('disclosure.gift_payment')
          .selectAll()
          .where('payment', 'in', paid)
          .orderBy('payment')
          .execute(),
  ]);
  return {
    segment,
    budgets,
    budgetLines,
    quotes,
    contracts,
    contractLines,
    variations,
    allocations,
    certificates,
    payments,
    gifts: layOut(lots, BigInt(segment.length_mm)),
    photographs,
    documents,
    measurements,
    concerns,
    acceptances,
    moves,
    story,
    giftPayments,
    averagePerMetreMinor,
  };
};

/** Whether there is such a public road. */
export const segmentExists = async (code: string, db: Reader = publicDb()): Promise<boolean> =>
  (await db.selectFrom('disclosure.segment').select('code').where('code', '=', code).executeTakeFirst()) !==
  undefined;

type Lot = Omit<RoadGift, 'fromMm' | 'toMm'>;

/** Each gift with its stretch of the road. */
const layOut = (lots: readonly Lot[], lengthMm: bigint): RoadGift[] => {
  const laid = stretches(
    lots.map((lot) => lot.amount_minor),
    lengthMm,
  );
  return lots.map((lot, index) => ({ ...lot, ...(laid[index] ?? { fromMm: 0n, toMm: 0n }) }));
};

const averagePerMetre = async (campaign: string, db: Reader): Promise<bigint | null> => {
  const roads = await db
    .selectFrom('disclosure.segment')
    .select(['committed_minor', 'length_mm'])
    .where('campaign', '=', campaign)
    .where('committed_minor', '>', 0n)
    .execute();
  const length = roads.reduce((sum, road) => sum + BigInt(road.length_mm), 0n);
  return length === 0n
    ? null
    : (roads.reduce((sum, road) => sum + road.committed_minor, 0n) * 1000n) / length;
};
