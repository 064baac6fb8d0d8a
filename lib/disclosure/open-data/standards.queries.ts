import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { groupBy } from '../../shared/group-by';

type View<Name extends keyof Database> = Selectable<Database[Name]>;

/** Everything published of one road, as the international standards want it. */
export type RoadRecord = {
  readonly campaign: View<'disclosure.campaign'>;
  readonly segment: View<'disclosure.segment'>;
  readonly budgets: readonly View<'disclosure.budget'>[];
  readonly allocations: readonly View<'disclosure.allocation'>[];
  readonly quotes: readonly View<'disclosure.quote'>[];
  readonly contracts: readonly View<'disclosure.contract'>[];
  readonly variations: readonly View<'disclosure.variation'>[];
  readonly payments: readonly View<'disclosure.payment'>[];
  readonly documents: readonly View<'disclosure.document'>[];
  readonly acceptances: readonly View<'disclosure.acceptance'>[];
  readonly moves: readonly View<'disclosure.segment_move'>[];
};

/** All public roads with their records, in the order of their codes. */
export const roadRecords = async (db: Reader): Promise<RoadRecord[]> => {
  const campaigns = await db.selectFrom('disclosure.campaign').selectAll().execute();
  const segments = await db.selectFrom('disclosure.segment').selectAll().orderBy('code').execute();
  const budgets = await db.selectFrom('disclosure.budget').selectAll().orderBy('version').execute();
  const allocations = await db.selectFrom('disclosure.allocation').selectAll().orderBy('code').execute();
  const quotes = await db.selectFrom('disclosure.quote').selectAll().orderBy('amount_minor').execute();
  const contracts = await db.selectFrom('disclosure.contract').selectAll().orderBy('code').execute();
  const variations = await db.selectFrom('disclosure.variation').selectAll().orderBy('code').execute();
  const payments = await db.selectFrom('disclosure.payment').selectAll().orderBy('code').execute();
  const documents = await db.selectFrom('disclosure.document').selectAll().orderBy('code').execute();
  const acceptances = await db.selectFrom('disclosure.acceptance').selectAll().orderBy('signed_on').execute();
  const moves = await db.selectFrom('disclosure.segment_move').selectAll().orderBy('move_order').execute();
  const of = {
    budgets: groupBy(budgets, (row) => row.segment),
    allocations: groupBy(allocations, (row) => row.segment),
    quotes: groupBy(quotes, (row) => row.segment),
    contracts: groupBy(contracts, (row) => row.segment),
    variations: groupBy(variations, (row) => row.contract),
    payments: groupBy(payments, (row) => row.segment),
    documents: groupBy(documents, (row) => row.segment ?? ''),
    acceptances: groupBy(acceptances, (row) => row.segment),
    moves: groupBy(moves, (row) => row.segment),
  };
  return segments.flatMap((segment) => {
    const campaign = campaigns.find(({ slug }) => slug === segment.campaign);
    if (!campaign) return [];
    const own = of.contracts.get(segment.code) ?? [];
    return [
      {
        campaign,
        segment,
        budgets: of.budgets.get(segment.code) ?? [],
        allocations: of.allocations.get(segment.code) ?? [],
        quotes: of.quotes.get(segment.code) ?? [],
        contracts: own,
        variations: own.flatMap(({ code }) => of.variations.get(code) ?? []),
        payments: of.payments.get(segment.code) ?? [],
        documents: of.documents.get(segment.code) ?? [],
        acceptances: of.acceptances.get(segment.code) ?? [],
        moves: of.moves.get(segment.code) ?? [],
      },
    ];
  });
};

/** Day of the newest entry: when the published books last changed. Null while there are none. */
export const lastEntryDay = async (db: Reader): Promise<string | null> => {
  const row = await db
    .selectFrom('disclosure.entry')
    .select((eb) => eb.fn.max('recorded_on').as('day'))
    .executeTakeFirst();
  return row?.day ?? null;
};
