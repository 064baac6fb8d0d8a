import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { PositionChange } from './lots.rules';
import { entryAmount } from './posting.rules';

type Trx = Transaction<Database>;

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
