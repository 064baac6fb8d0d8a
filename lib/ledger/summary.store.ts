import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';

const LOCK = 75_113;
/** A statement's time is bounded; what an import or a worker that was away for days has left is folded in pieces. */
const POSTINGS_AT_ONCE = 100_000;

/**
 * Folds finished postings into account_summary, account_day, gift_summary, named_gift_summary and month_summary, so that a
 * balance, today's or as of a past day, is a few rows plus a short tail.
 *
 * Exact while others write: only postings of transactions older than every running one are folded
 * (`pg_snapshot_xmin`), so none of them can still appear, and the mark moves in the same transaction. One folder at
 * a time, by advisory lock; a second one does nothing. Whose gifts are named is no sum of what happened but how things
 * stand: each gift that may have changed since the mark is counted as it is seen now, and what is seen too early is looked
 * at again the next time.
 *
 * Not an act and without an audit event: it changes no balance (proof L4 compares summary + tail with all postings),
 * it is derived from them and can be made again from nothing, and a row a minute would bury the audit trail.
 *
 * @returns how many accounts were brought up to date, one for each piece; null when another folder was at work
 */
export const foldSummaries = async (
  db: Kysely<Database>,
  atOnce = POSTINGS_AT_ONCE,
): Promise<number | null> => {
  let accounts = 0;
  for (;;) {
    const piece = await foldPiece(db, atOnce);
    if (piece === null) return accounts === 0 ? null : accounts;
    accounts += piece.accounts;
    if (!piece.more) return accounts;
  }
};

const foldPiece = async (
  db: Kysely<Database>,
  atOnce: number,
): Promise<{ accounts: number; more: boolean } | null> =>
  db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (trx) => {
      const lock = await sql<{
        won: boolean;
      }>`select pg_try_advisory_xact_lock(${LOCK}) as won`.execute(trx);
      if (!lock.rows[0]?.won) return null;
      // A piece ends between two transactions: where the mark stands, a whole one begins.
      const { rows } = await sql<{ accounts: number; more: boolean }>`
        with span as materialized (
          select through_tx as old, pg_snapshot_xmin(pg_current_snapshot()) as newest from summary_mark
        ), far as materialized (
          select (select p.tx from posting p, span where p.tx >= span.old order by p.tx limit 1) as nearest,
            (select p.tx from posting p, span where p.tx >= span.old order by p.tx offset ${atOnce} limit 1) as farthest
        ), edge as materialized (
          select span.old, least(span.newest, coalesce(
            (select p.tx from posting p where p.tx >= far.farthest and p.tx > far.nearest order by p.tx limit 1),
            span.newest)) as new, span.newest
          from span, far
        ), fresh as materialized (
          select p.entry_id, p.debit_account_id, p.credit_account_id, p.amount_minor
          from posting p, edge where p.tx >= edge.old and p.tx < edge.new
        ), moves as (
          select debit_account_id as account_id, entry_id, amount_minor as came_in, 0::bigint as went_out from fresh
          union all
          select credit_account_id, entry_id, 0, amount_minor from fresh
        ), folded as (
          insert into account_summary as s (account_id, in_minor, out_minor)
          select account_id, sum(came_in)::bigint, sum(went_out)::bigint from moves group by account_id order by account_id
          on conflict (account_id) do update
            set in_minor = s.in_minor + excluded.in_minor, out_minor = s.out_minor + excluded.out_minor
          returning account_id
        ), dated as (
          select m.account_id, e.accounting_date as day, m.came_in, m.went_out
          from moves m join entry e on e.id = m.entry_id and e.id = any(array(select entry_id from fresh))
        ), folded_days as (
          insert into account_day as s (account_id, day, in_minor, out_minor)
          select account_id, day, sum(came_in)::bigint, sum(went_out)::bigint from dated
            group by account_id, day order by account_id, day
          on conflict (account_id, day) do update
            set in_minor = s.in_minor + excluded.in_minor, out_minor = s.out_minor + excluded.out_minor
          returning 1
        ), folded_gifts as (
          insert into gift_summary as s (campaign_id, month, channel, gifts, amount_minor)
          select m.campaign_id, m.month, m.channel, sum(m.gifts)::bigint, sum(m.amount_minor)::bigint from gift_movement m, edge
            where m.entry_id = any(array(select entry_id from fresh)) and m.tx >= edge.old and m.tx < edge.new
            group by 1, 2, 3 order by 1, 2, 3
          on conflict (campaign_id, month, channel) do update
            set gifts = s.gifts + excluded.gifts, amount_minor = s.amount_minor + excluded.amount_minor
          returning 1
        ), named as (
          select * from gift_naming_change
        ), counted_names as (
          insert into named_gift_counted as s (donation_id, counted)
          select donation_id, named from named order by 1
          on conflict (donation_id) do update set counted = excluded.counted
          returning 1
        ), folded_names as (
          insert into named_gift_summary as s (campaign_id, month, channel, gifts, amount_minor)
          select campaign_id, month, channel, sum(case when named then 1 else -1 end)::bigint,
            sum(case when named then amount_minor else -amount_minor end)::bigint from named group by 1, 2, 3 order by 1, 2, 3
          on conflict (campaign_id, month, channel) do update
            set gifts = s.gifts + excluded.gifts, amount_minor = s.amount_minor + excluded.amount_minor
          returning 1
        ), folded_months as (
          insert into month_summary as s (campaign_id, month, from_class, to_class, amount_minor)
          select m.campaign_id, m.month, m.from_class, m.to_class, sum(m.amount_minor)::bigint from month_movement m, edge
            where m.entry_id = any(array(select entry_id from fresh)) and m.tx >= edge.old and m.tx < edge.new
            group by 1, 2, 3, 4 order by 1, 2, 3, 4
          on conflict (campaign_id, month, from_class, to_class) do update
            set amount_minor = s.amount_minor + excluded.amount_minor
          returning 1
        ), moved as (
          update summary_mark set through_tx = edge.new from edge where edge.new > edge.old returning 1
        )
        select (select count(*) from folded)::int as accounts, (select new < newest from edge) as more,
          (select count(*) from moved) as moved,
          (select count(*) from folded_days) as days, (select count(*) from folded_gifts) as gifts,
          (select count(*) from folded_months) as months,
          (select count(*) from counted_names) as names, (select count(*) from folded_names) as named_months`.execute(
        trx,
      );
      return rows[0] ?? { accounts: 0, more: false };
    });
