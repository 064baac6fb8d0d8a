import { sql, type Transaction } from 'kysely';
import { together } from '@/db/dialect';
import type { Database, LocalText } from '@/db/tables';
import type { SegmentFacts, SegmentStatus } from './segment.rules';

type Trx = Transaction<Database>;
/** Pure reads of this file also serve pages. */
type Looking = Pick<Trx, 'selectFrom'>;

export type SegmentRow = {
  readonly id: string;
  readonly campaignId: string;
  readonly code: string;
  readonly name: LocalText;
  readonly status: SegmentStatus;
  readonly budgetMinor: bigint;
  readonly lengthMm: number;
  readonly version: number;
};

const COLUMNS = [
  'id',
  'campaign_id as campaignId',
  'code',
  'name',
  'status',
  'budget_minor as budgetMinor',
  'length_mm as lengthMm',
  'version',
] as const;

/** The segment, locked until the end of the transaction: acts on one road happen one after the other. */
export const lockSegment = async (
  trx: Trx,
  by: { readonly code: string } | { readonly id: string },
): Promise<SegmentRow | null> => {
  return rowOf(
    await locking(trx, 'code' in by ? 'code' : 'id', 'code' in by ? by.code : by.id).executeTakeFirst(),
  );
};

/** The same with what is known about it then, in one journey: while it is locked, others who assign money to it wait. */
export const lockSegmentWithFacts = async (
  trx: Trx,
  code: string,
): Promise<{ readonly segment: SegmentRow; readonly facts: SegmentFacts } | null> => {
  // Each statement looks anew: the facts are those of after the lock was won.
  const [[row], balances, works] = await together(trx, locking(trx, 'code', code), ...factsOf(code));
  const segment = rowOf(row);
  return segment ? { segment, facts: factsFrom(segment, balances, works[0]) } : null;
};

const locking = (trx: Trx, by: 'code' | 'id', value: string) =>
  trx.selectFrom('segment').select(COLUMNS).where(by, '=', value).forUpdate();

const rowOf = (row: (Omit<SegmentRow, 'status'> & { readonly status: string }) | undefined) =>
  row ? { ...row, status: row.status as SegmentStatus } : null;

/** What the guards of the state table need to know. The purpose book is asked, not a copy of it. */
export const segmentFacts = async (trx: Trx, segment: SegmentRow): Promise<SegmentFacts> => {
  const [balances, works] = await together(trx, ...factsOf(segment.code));
  return factsFrom(segment, balances, works[0]);
};

type Balance = { readonly class: string; readonly balance: bigint };
type Works = {
  readonly contract: boolean;
  readonly photographs: number;
  readonly sheet: boolean;
  readonly held: string | null;
};

const factsOf = (code: string) => {
  const balances = sql<Balance>`
    select b.class, sum(b.balance_minor)::bigint as balance from account_balance b
    where (b.class = 'allocated' and b.subject = ${code})
       or (b.class in ('committed', 'certified', 'paid')
           and b.subject in (select c.code from contract c join segment s on s.id = c.segment_id where s.code = ${code}))
    group by b.class`;
  const works = sql<Works>`
    select exists (select 1 from contract where segment_id = s.id and status in ('signed', 'completed')) as contract,
      (select count(*)::int from photograph where segment_id = s.id and stage = 'after' and published_on is not null) as photographs,
      exists (select 1 from acceptance where segment_id = s.id and result = 'accepted') as sheet,
      (select from_status from segment_status_change where segment_id = s.id and event = 'suspend'
       order by id desc limit 1) as held
    from segment s where s.code = ${code}`;
  return [balances, works] as const;
};

const factsFrom = (segment: SegmentRow, rows: readonly Balance[], found: Works | undefined): SegmentFacts => {
  const of = (accountClass: string): bigint => rows.find((row) => row.class === accountClass)?.balance ?? 0n;
  return {
    status: segment.status,
    budgetMinor: segment.budgetMinor,
    allocatedMinor: of('allocated') + of('committed') + of('certified') + of('paid'),
    freeMinor: of('allocated'),
    committedMinor: of('committed'),
    certifiedMinor: of('certified'),
    contractInForce: found?.contract ?? false,
    afterPhotographs: found?.photographs ?? 0,
    signedSheet: found?.sheet ?? false,
    heldBeforeSuspension: (found?.held ?? null) as SegmentStatus | null,
  };
};

/** Moves a segment if it is still where the caller saw it; false when someone else was faster. */
export const moveSegmentRow = async (
  trx: Trx,
  segment: SegmentRow,
  move: {
    readonly event: string;
    readonly to: SegmentStatus;
    readonly on: string;
    readonly byPerson: string | null;
    readonly reason: string | null;
    readonly warrantyUntil?: string | null | undefined;
  },
): Promise<boolean> => {
  const moved = await trx
    .updateTable('segment')
    .set((eb) => ({
      status: move.to,
      version: eb('version', '+', 1),
      ...(move.warrantyUntil !== undefined && { warranty_until: move.warrantyUntil }),
    }))
    .where('id', '=', segment.id)
    .where('status', '=', segment.status)
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) return false;
  await trx
    .insertInto('segment_status_change')
    .values({
      segment_id: segment.id,
      event: move.event,
      from_status: segment.status,
      to_status: move.to,
      happened_on: move.on,
      by_person: move.byPerson,
      reason: move.reason,
    })
    .execute();
  return true;
};

export const newestBudget = (trx: Trx, segmentId: string) =>
  trx
    .selectFrom('budget')
    .selectAll()
    .where('segment_id', '=', segmentId)
    .orderBy('version', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();

/** A point of the campaign's roads, by which another road is told to be near; null before the first. */
export const pointOfCampaign = async (
  db: Looking,
  campaignId: string,
): Promise<readonly [number, number] | null> => {
  const row = await db
    .selectFrom('segment')
    .select(sql<[number, number] | null>`geometry -> 'coordinates' -> 0`.as('point'))
    .where('campaign_id', '=', campaignId)
    .where('status', '<>', 'cancelled')
    .orderBy('code')
    .limit(1)
    .executeTakeFirst();
  return row?.point ?? null;
};

export const codesTaken = async (db: Looking): Promise<Set<string>> =>
  new Set((await db.selectFrom('segment').select('code').execute()).map((row) => row.code));

/** Money that lies with a road or waits for it alone, anywhere but spent. */
export const waitingForRoad = async (db: Pick<Trx, 'getExecutor'>, code: string): Promise<bigint> => {
  const { rows } = await sql<{ left: bigint }>`
    select coalesce(sum(p.held_minor), 0)::bigint as left
    from lot_position p join account a on a.id = p.account_id join lot_now l on l.lot_id = p.lot_id
    where p.held_minor > 0 and ((a.class = 'allocated' and a.subject = ${code})
      or (a.class = 'unallocated' and l.designation = ${code}))`.execute(db);
  return rows[0]?.left ?? 0n;
};
