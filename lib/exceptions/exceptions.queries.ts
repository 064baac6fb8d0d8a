import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { staffDb } from '../staff-db';

/** Something nobody has explained yet. `kind` has words for what it is and for the next step. */
export type Exception = {
  readonly kind: string;
  readonly subject: string;
  /** What to show instead of the subject: whom a mail did not reach, for instance. */
  readonly label: string | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly since: Date;
  readonly owner: string | null;
  readonly note: string | null;
};

/** A bank line may be this many days old before it is asked about; so may money received from nobody known. */
const LINE_DAYS = 7;

/** The oldest lines of an account stand one by one; the others of it are one item, so that they hide nothing else. */
const LINES_SHOWN = 50;

/**
 * The one queue of the desk, recomputed from the records on every look, so that an item leaves it by being put right
 * and in no other way. Oldest first.
 */
export const exceptions = async (db: Reader = staffDb()): Promise<Exception[]> =>
  (
    await sql<Exception>`
      with old_line as (
        select b.id, a.code as account, b.amount_minor, b.currency, b.booked_on,
          row_number() over (partition by b.account_id order by b.booked_on, b.id) as no
        from bank_line b join bank_account a on a.id = b.account_id
        where b.match_id is null and b.booked_on < current_date - ${LINE_DAYS}::int
      ), unreached as (
        -- A sign-in code is asked for again; what was erased on purpose was not to arrive.
        select m.id, m.queued_at, coalesce(d.name, p.name) as name from outbox m
        left join donor d on d.id = m.donor_id left join person p on p.id = m.person_id
        where m.dropped_at is not null and m.dropped_because <> 'erased' and m.template not in ('sign_in', 'log_head')
          and not exists (select 1 from mail_told t where t.outbox_id = m.id)
      ), found as (
        select 'payout_finding' as kind, p.code as subject, p.amount_minor::bigint as amount, p.currency::text as currency, p.recorded_at as since
        from payout p where exists (select 1 from payout_finding f where f.payout_id = p.id and f.reading = p.reading and f.explained_by is null)
        union all
        select 'payout_late', code, amount_minor, currency, arrives_on::timestamptz from payout
        where status = 'expected' and arrives_on < current_date - 2
        union all
        select 'payout_unmatched', code, amount_minor, currency, arrives_on::timestamptz from payout
        where status = 'paid' and arrives_on < current_date - 3
        union all
        select 'payout_missing', d.code, d.settled_minor, c.book_currency, d.received_on::timestamptz
        from donation d join campaign c on c.id = d.campaign_id
        where d.channel in ('card', 'alipay', 'wechat') and d.status = 'cleared' and d.received_on < current_date - 14
          and exists (select 1 from checkout k where k.donation_id = d.id and k.charge_id is not null)
          and not exists (select 1 from payout_line l join payout p on p.id = l.payout_id and p.reading = l.reading where l.donation_id = d.id)
          and exists (select 1 from payout where automatic)
        union all
        select 'shortfall', f.code, f.amount_minor, c.book_currency, f.opened_on::timestamptz
        from shortfall f join campaign c on c.id = f.campaign_id where f.resolved_on is null
        union all
        select 'intent_stuck', d.code, d.amount_minor, d.currency, k.asked_at
        from checkout k join donation d on d.id = k.donation_id
        where k.state in ('asked', 'unknown') and k.asked_at < now() - interval '1 day'
        union all
        select 'event_flagged', e.event_id, null, null, e.received_at from stripe_event e
        where e.done_at is null and (e.outcome like 'flagged:%' or e.attempts >= 12)
        union all
        select 'overpayment', d.code, d.settled_minor - coalesce(a.s, 0), c.book_currency, d.received_on::timestamptz
        from donation d join campaign c on c.id = d.campaign_id
        left join (select donation_id, sum(amount_minor)::bigint as s from pledge_application group by donation_id) a on a.donation_id = d.id
        where d.pledge_id is not null and d.status in ('cleared', 'settled') and d.settled_minor > coalesce(a.s, 0)
          and exists (select 1 from pledge g where g.id = d.pledge_id and g.status = 'fulfilled')
        union all
        select 'invariant', r.proof, null, null, r.started_at
        from (select distinct on (proof) proof, offenders, started_at from proof_run order by proof, id desc) r where r.offenders > 0
        union all
        select 'dispute_due', x.code, x.amount_minor, c.book_currency, x.opened_on::timestamptz
        from dispute x join donation d on d.id = x.donation_id join campaign c on c.id = d.campaign_id
        where x.status = 'open' and not exists (select 1 from dispute_answer w where w.dispute_id = x.id and w.sent_at is not null)
        union all
        select 'refund_waiting', r.code, r.amount_minor, c.book_currency, r.proposed_on::timestamptz
        from refund r join donation d on d.id = r.donation_id join campaign c on c.id = d.campaign_id
        where r.status in ('proposed', 'approved', 'sent') and r.proposed_on < current_date - 3
        union all
        select 'gift_unverified', d.code, d.amount_minor, d.currency, d.given_on::timestamptz
        from donation d where d.status = 'recorded' and d.given_on < current_date - 7
        union all
        select 'transit_left', b.code, b.balance_minor, b.currency, now()
        from account_balance b where b.code like 'assets:payout-in-transit:%' and b.balance_minor <> 0
          and not exists (select 1 from payout where status in ('expected', 'paid') and booked_on is not null)
        union all
        select 'line_unmatched', b.account || ' #' || b.id, b.amount_minor, b.currency, b.booked_on::timestamptz
        from old_line b where b.no <= ${LINES_SHOWN}
        union all
        select 'lines_unmatched', b.account, sum(b.amount_minor)::bigint, b.currency, min(b.booked_on)::timestamptz
        from old_line b where b.no > ${LINES_SHOWN} group by b.account, b.currency
        union all
        select 'receipt_unidentified', m.code, x.amount_minor, a.currency, m.matched_on::timestamptz
        from bank_match_part x join bank_match m on m.id = x.match_id and m.undone_at is null join bank_account a on a.id = m.account_id
        where x.kind = 'unidentified' and m.matched_on < current_date - ${LINE_DAYS}::int
        union all
        select 'statement_waiting', i.code, null, null, i.uploaded_at from bank_import i
        where i.status = 'asking' and i.uploaded_at < now() - interval '1 day'
          or i.status in ('waiting', 'working') and i.uploaded_at < now() - interval '1 hour'
        union all
        select 'mail_failed', x.id::text, null, null, x.queued_at from unreached x
      )
      select f.kind, f.subject, case when f.kind = 'mail_failed' then (select u.name from unreached u where u.id::text = f.subject) end as label, f.amount as "amountMinor", f.currency, f.since, p.name as owner, o.note
      from found f
      left join lateral (select owner_id, note from exception_owner o where o.kind = f.kind and o.subject = f.subject order by o.id desc limit 1) o on true
      left join shortfall h on f.kind = 'shortfall' and h.code = f.subject
      left join person p on p.id = coalesce(h.owner_id, o.owner_id)
      order by f.since, f.kind, f.subject limit 500`.execute(db as Kysely<Database>)
  ).rows;
