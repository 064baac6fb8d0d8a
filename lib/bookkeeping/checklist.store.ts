import { sql, type Kysely, type Transaction } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { contentHash } from '../shared/canonical';

export type ChecklistItem = {
  readonly name:
    | 'payout_findings'
    | 'payouts_unmatched'
    | 'lines_unmatched'
    | 'events'
    | 'approvals'
    | 'unverified'
    | 'invariants'
    | 'unidentified';
  readonly count: number;
  /** Whether the month cannot be closed while there is one. */
  readonly blocks: boolean;
};

type Db = Reader | Transaction<Database>;

/**
 * What must be clear before a month is closed. Payouts count that were sent by its end; what waits for approval or is
 * unidentified is shown and does not block, because it can be lawful over a month's end.
 */
export const checklist = async (db: Db, campaign: string, month: string): Promise<ChecklistItem[]> => {
  const end = sql`(${`${month}-01`}::date + interval '1 month' - interval '1 day')::date`;
  const { rows } = await sql<Record<string, number>>`
    select
      (select count(*) from payout_finding f join payout p on p.id = f.payout_id and p.reading = f.reading
        where f.explained_by is null and p.made_on <= ${end})::int as payout_findings,
      (select count(*) from payout p where p.status in ('expected', 'paid') and p.arrives_on <= ${end})::int as payouts_unmatched,
      (select count(*) from bank_line b join bank_account k on k.id = b.account_id join campaign c on c.id = k.campaign_id
        where c.slug = ${campaign} and b.match_id is null and b.booked_on <= ${end})::int as lines_unmatched,
      (select count(*) from stripe_event s where s.done_at is null and s.outcome like 'flagged:%' and s.created::date <= ${end})::int as events,
      (select count(*) from allocation a join campaign c on c.id = a.campaign_id where c.slug = ${campaign} and a.status = 'proposed' and a.proposed_on <= ${end})::int
        + (select count(*) from refund r where r.status in ('proposed', 'approved') and r.proposed_on <= ${end})::int
        + (select count(*) from disbursement d where d.status in ('submitted', 'approved') and d.requested_on <= ${end})::int as approvals,
      (select count(*) from donation d join campaign c on c.id = d.campaign_id where c.slug = ${campaign}
        and d.status in ('recorded', 'verified') and d.given_on <= ${end})::int as unverified,
      (select count(*) from (select distinct on (proof) proof, offenders from proof_run order by proof, id desc) x where offenders > 0)::int as invariants,
      (select count(*) from account_balance b join campaign c on c.id = b.campaign_id where c.slug = ${campaign}
        and b.code like 'liabilities:unidentified:%' and b.balance_minor <> 0)::int as unidentified`.execute(
    db as Kysely<Database>,
  );
  const found = rows[0] ?? {};
  const item = (name: ChecklistItem['name'], blocks: boolean): ChecklistItem => ({
    name,
    count: found[name] ?? 0,
    blocks,
  });
  return [
    item('payout_findings', true),
    item('payouts_unmatched', true),
    item('lines_unmatched', true),
    item('events', true),
    item('unverified', true),
    item('invariants', true),
    item('approvals', false),
    item('unidentified', false),
  ];
};

/** The balance of every account at the end of a month, as one hash: what two people close over. */
export const figuresHash = async (db: Db, campaign: string, month: string): Promise<string> => {
  const { rows } = await sql<{ code: string; minor: string }>`
    select a.code, sum(case when p.debit_account_id = a.id then p.amount_minor else -p.amount_minor end)::text as minor
    from campaign c join entry e on e.campaign_id = c.id
      and e.accounting_date < (${`${month}-01`}::date + interval '1 month')::date
    join posting p on p.entry_id = e.id join account a on a.id in (p.debit_account_id, p.credit_account_id)
    where c.slug = ${campaign} group by a.id, a.code order by a.code`.execute(db as Kysely<Database>);
  return contentHash({ campaign, month, balances: rows });
};
