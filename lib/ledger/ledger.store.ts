import { sql, type Transaction } from 'kysely';
import { later, together } from '@/db/dialect';
import type { Database } from '@/db/tables';
import { hasFloor, type AccountClass, type AccountSpec } from './accounts.rules';
import type { Position, PositionChange } from './lots.rules';
import { entryAmount } from './posting.rules';

type Trx = Transaction<Database>;

export type KnownAccount = AccountSpec & { readonly id: bigint };

/** The accounts' rows, made on first use together with the guard of those that have a floor. */
export const ensureAccounts = async (
  trx: Trx,
  campaignId: string,
  currency: string,
  specs: readonly AccountSpec[],
): Promise<Map<string, KnownAccount>> => {
  const wanted = new Map(specs.map((spec) => [spec.code, spec]));
  const find = (): Promise<{ id: bigint; code: string }[]> =>
    trx
      .selectFrom('account')
      .select(['id', 'code'])
      .where('code', 'in', [...wanted.keys()])
      .execute();
  let rows = await find();
  if (rows.length < wanted.size) {
    const known = new Set(rows.map((row) => row.code));
    for (const spec of [...wanted.values()].filter((one) => !known.has(one.code)).sort(byCode)) {
      await trx
        .with('made', (db) =>
          db
            .insertInto('account')
            .values({
              code: spec.code,
              book: spec.book,
              class: spec.class,
              subject: spec.subject,
              currency,
              campaign_id: campaignId,
              has_floor: hasFloor(spec.class),
            })
            .onConflict((conflict) => conflict.column('code').doNothing())
            .returning(['id', 'has_floor']),
        )
        .insertInto('guard')
        .columns(['account_id'])
        .expression((eb) => eb.selectFrom('made').select('made.id').where('made.has_floor', '=', true))
        .execute();
    }
    rows = await find();
  }
  return new Map(
    rows.map(({ id, code }) => {
      const spec = wanted.get(code);
      if (!spec) throw new Error(`account ${code} was not asked for`);
      return [code, { ...spec, id }];
    }),
  );
};

const byCode = (a: AccountSpec, b: AccountSpec): number => (a.code < b.code ? -1 : 1);

export type GuardState = {
  readonly accountId: bigint;
  readonly class: AccountClass;
  readonly inMinor: bigint;
  readonly outMinor: bigint;
};

/**
 * Locks the guards in account order, so that two acts can never wait for each other, and then counts what has come
 * into each account: folded summary plus newer postings, exact at the moment the lock was won.
 */
export const lockGuards = async (trx: Trx, accountIds: readonly bigint[]): Promise<GuardState[]> => {
  const locks = trx
    .selectFrom('guard')
    .select('account_id')
    .where('account_id', 'in', [...accountIds])
    .orderBy('account_id')
    .forUpdate();
  // Two statements: what has come in is read by a snapshot taken after the lock was won.
  const counts = sql<GuardState>`
    select b.account_id as "accountId", b.class, b.in_minor as "inMinor", g.out_minor as "outMinor"
    from account_balance b join guard g on g.account_id = b.account_id
    where b.account_id = any(${accountIds as bigint[]}::bigint[]) order by b.account_id`;
  const [, guards] = await together(trx, locks, counts);
  return guards;
};

/** Moves a guard forward; its CHECK refuses an overdraft whatever the code above believed. */
export const advanceGuard = (trx: Trx, guard: GuardState, takenMinor: bigint): Promise<void> =>
  later(
    trx,
    trx
      .updateTable('guard')
      .set({ in_seen_minor: guard.inMinor, out_minor: guard.outMinor + takenMinor })
      .where('account_id', '=', guard.accountId),
  );

/** Most postings take a few lots; only a large one goes on to read by the page. */
const FEW = 16;
const PAGE = 500;

/**
 * The lots that will make up `amountMinor`, in order of use. For a road: gifts for this very road first, then the
 * free ones, oldest first; gifts for other roads never. Read page by page so that a fund of ten million gifts costs
 * no more than the lots that are taken.
 */
export const nextPositions = async (
  trx: Trx,
  accountId: bigint,
  amountMinor: bigint,
  forSegment: string | null | undefined,
): Promise<Position[]> => {
  const found: Position[] = [];
  let sum = 0n;
  const take = (positions: readonly Position[]): void => {
    found.push(...positions);
    sum = positions.reduce((total, position) => total + position.heldMinor, sum);
  };
  const groups: (string | null | undefined)[] = forSegment === undefined ? [undefined] : [forSegment, null];
  const first = await together(trx, ...groups.map((group) => positionsOf(trx, accountId, group, 0, FEW)));
  for (const [at, group] of groups.entries()) {
    let page = first[at] ?? [];
    if (sum < amountMinor) take(page);
    if (page.length < FEW) continue;
    for (let offset = FEW; sum < amountMinor; offset += PAGE) {
      page = await positionsOf(trx, accountId, group, offset, PAGE).execute();
      take(page);
      if (page.length < PAGE) break;
    }
  }
  return found;
};

/** Some of the lots in an account, in order of use; only those for a road, for none (`null`), or whatever they are for. */
const positionsOf = (
  trx: Trx,
  accountId: bigint,
  designation: string | null | undefined,
  offset: number,
  limit: number,
) => {
  const query = trx
    .selectFrom('lot_position')
    .select(['lot_id as lotId', 'held_minor as heldMinor'])
    .where('account_id', '=', accountId)
    .where('held_minor', '>', 0n)
    .orderBy('ordered_on')
    .orderBy('order_no')
    .orderBy('lot_id')
    .limit(limit)
    .offset(offset);
  if (designation === undefined) return query;
  return designation === null
    ? query.where('designation', 'is', null)
    : query.where('designation', '=', designation);
};

export type EntryRow = {
  readonly kind: string;
  readonly campaignId: string;
  readonly subjectKind: string;
  readonly subject: string;
  readonly date: string;
  readonly reversesId: bigint | null;
  readonly reason: string | null;
};

export type PostingRow = {
  readonly book: string;
  readonly creditId: bigint;
  readonly debitId: bigint;
  readonly amountMinor: bigint;
};

export type PostingLotRow = { readonly lineNo: number; readonly lotId: bigint; readonly amountMinor: bigint };

export type PlacedChange = PositionChange & {
  /** In the fund lots lie by the day they were received; further on by the order in which they were used. */
  readonly byDay: boolean;
};

export type WrittenEntry = {
  readonly id: bigint;
  /** The public number of each lot that moved. */
  readonly subjects: ReadonlyMap<bigint, string>;
};

/** Writes an entry, its postings, their lots and the lots' new positions in one statement. */
export const insertEntry = async (
  trx: Trx,
  entry: EntryRow,
  currency: string,
  postings: readonly PostingRow[],
  lots: readonly PostingLotRow[],
  changes: readonly PlacedChange[],
): Promise<WrittenEntry> => {
  const moved = [...new Set(lots.map((row) => row.lotId))];
  const down = changes.filter((change) => change.changeMinor < 0n);
  const up = changes.filter((change) => change.changeMinor > 0n);
  const { rows } = await sql<{ id: bigint; lowered: bigint; subjects: string[] }>`
    with e as (
      insert into entry (kind, campaign_id, subject_kind, subject, accounting_date, reverses_id, reason, amount_minor, named_for)
      values (${entry.kind}, ${entry.campaignId}, ${entry.subjectKind}, ${entry.subject}, ${entry.date}, ${entry.reversesId}, ${entry.reason},
        ${entryAmount(postings)},
        (select d.designation from donation d where d.code = ${entry.subject} and ${entry.subjectKind}::text = 'donation'))
      returning id
    ), p as (
      insert into posting (entry_id, line_no, book, currency, credit_account_id, debit_account_id, amount_minor)
      select e.id, x.n, x.book, ${currency}, x.credit, x.debit, x.amount
      from e, unnest(${postings.map((row) => row.book)}::text[], ${postings.map((row) => row.creditId)}::bigint[],
        ${postings.map((row) => row.debitId)}::bigint[], ${postings.map((row) => row.amountMinor)}::bigint[])
        with ordinality as x(book, credit, debit, amount, n)
    ), pl as (
      insert into posting_lot (entry_id, line_no, lot_id, amount_minor)
      select e.id, x.line, x.lot, x.amount
      from e, unnest(${lots.map((row) => row.lineNo)}::smallint[], ${lots.map((row) => row.lotId)}::bigint[],
        ${lots.map((row) => row.amountMinor)}::bigint[]) as x(line, lot, amount)
    ), lowered as (
      update lot_position l set held_minor = l.held_minor + x.change
      from unnest(${down.map((row) => row.accountId)}::bigint[], ${down.map((row) => row.lotId)}::bigint[],
        ${down.map((row) => row.changeMinor)}::bigint[]) as x(account, lot, change)
      where l.account_id = x.account and l.lot_id = x.lot
      returning 1
    ), raised as (
      insert into lot_position as l (account_id, lot_id, held_minor, designation, ordered_on, order_no)
      select x.account, x.lot, x.change, now.designation,
        case when x.by_day then lot.received_on else date '2000-01-01' end,
        case when x.by_day then lot.id else e.id * 100000 + x.n end
      from e, unnest(${up.map((row) => row.accountId)}::bigint[], ${up.map((row) => row.lotId)}::bigint[],
        ${up.map((row) => row.changeMinor)}::bigint[], ${up.map((row) => row.byDay)}::boolean[])
        with ordinality as x(account, lot, change, by_day, n)
      join lot on lot.id = x.lot join lot_now now on now.lot_id = x.lot
      on conflict (account_id, lot_id) do update
        set held_minor = l.held_minor + excluded.held_minor, designation = excluded.designation
    )
    select e.id, (select count(*) from lowered) as lowered,
      array(select l.subject from unnest(${moved}::bigint[]) with ordinality as x(id, n) left join lot l on l.id = x.id order by x.n) as subjects
    from e`.execute(trx);
  const row = rows[0];
  if (!row) throw new Error('the entry was not written');
  if (row.lowered !== BigInt(down.length)) throw new Error('a lot was to leave an account it never lay in');
  return { id: row.id, subjects: new Map(moved.map((lot, at) => [lot, row.subjects[at] ?? ''])) };
};

/** A gift whose clearing was undone and that now comes again: its lot is there, and nothing lies in it. */
export const lotAgain = async (
  trx: Trx,
  lot: { readonly subject: string; readonly amountMinor: bigint; readonly designation: string | null },
): Promise<bigint> => {
  const known = await trx
    .selectFrom('lot as l')
    .select('l.id')
    .where('l.subject', '=', lot.subject)
    .where('l.amount_minor', '=', lot.amountMinor)
    .where('l.designation', 'is not distinct from', lot.designation)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('lot_position as p')
            .select('p.lot_id')
            .whereRef('p.lot_id', '=', 'l.id')
            .where('p.held_minor', '>', 0n),
        ),
      ),
    )
    .executeTakeFirst();
  if (!known) throw new Error(`${lot.subject} is a lot already`);
  return known.id;
};

/** Makes a gift (or a named shortfall) traceable; no row when it is a lot already. */
export const insertLotQuery = (
  trx: Trx,
  lot: {
    readonly kind: 'gift' | 'shortfall';
    readonly subject: string;
    readonly campaignId: string;
    readonly amountMinor: bigint;
    readonly receivedOn: string;
    readonly designation: string | null;
  },
) =>
  trx
    .insertInto('lot')
    .values({
      kind: lot.kind,
      subject: lot.subject,
      campaign_id: lot.campaignId,
      amount_minor: lot.amountMinor,
      received_on: lot.receivedOn,
      designation: lot.designation,
    })
    .onConflict((conflict) => conflict.column('subject').doNothing())
    .returning('id');

/** Everything a reversal must mirror. */
export const findEntry = async (trx: Trx, entryId: bigint) => {
  const entry = await trx.selectFrom('entry').selectAll().where('id', '=', entryId).executeTakeFirst();
  if (!entry) return null;
  const reversal = await trx
    .selectFrom('entry')
    .select('id')
    .where('reverses_id', '=', entryId)
    .executeTakeFirst();
  const postings = await trx
    .selectFrom('posting as p')
    .innerJoin('account as c', 'c.id', 'p.credit_account_id')
    .innerJoin('account as d', 'd.id', 'p.debit_account_id')
    .select([
      'p.line_no',
      'p.amount_minor',
      'p.currency',
      'p.book',
      'c.code as credit_code',
      'c.class as credit_class',
      'c.subject as credit_subject',
      'd.code as debit_code',
      'd.class as debit_class',
      'd.subject as debit_subject',
    ])
    .where('p.entry_id', '=', entryId)
    .orderBy('p.line_no')
    .execute();
  const lots = await trx
    .selectFrom('posting_lot')
    .select(['line_no', 'lot_id', 'amount_minor'])
    .where('entry_id', '=', entryId)
    .orderBy('line_no')
    .orderBy('lot_id')
    .execute();
  return { entry, postings, lots, reversed: reversal !== undefined };
};
