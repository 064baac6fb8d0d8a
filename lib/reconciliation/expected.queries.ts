import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { isCurrency } from '../shared/money';
import { staffDb } from '../staff-db';
import type { ExpectedMoney } from './match.rules';

type Row = {
  readonly id: string;
  readonly kind: ExpectedMoney['kind'];
  readonly reference: string | null;
  readonly numbers: string[];
  readonly amountMinor: bigint;
  readonly on: string;
  readonly names: string[];
  readonly accounts: string[];
  readonly designation: string | null;
};

export type Expected = ExpectedMoney & {
  /** Public number of the thing, and which kind of part of a match it becomes. */
  readonly subject: string;
  readonly part: 'gift' | 'pledge' | 'payout' | 'payment' | 'payment_returned' | 'refund';
  readonly designation: string | null;
};

/**
 * Everything an account of this campaign may still show: promises not kept, gifts recorded by hand, payouts under way,
 * approved payments and ones that may come back, refunds sent by transfer. Names and accounts a giver's money came from
 * before are taken from earlier matches: that is how matching learns who is who.
 */
export const expectedMoney = async (
  account: { readonly campaignId: string; readonly currency: string; readonly main: boolean },
  db: Reader = staffDb(),
): Promise<Expected[]> => {
  if (!isCurrency(account.currency)) return [];
  const { currency } = account;
  const { rows } = await sql<Row>`
    with seen as (
      select d.donor_id, array_agg(distinct b.counterparty_account) filter (where b.counterparty_account is not null) as accounts,
        array_agg(distinct b.counterparty) filter (where b.counterparty is not null) as names
      from bank_match_part p join bank_match m on m.id = p.match_id and m.undone_at is null
      join donation d on d.id = p.donation_id and d.donor_id is not null
      join bank_match_line l on l.match_id = m.id join bank_line b on b.id = l.line_id
      where m.account_id in (select id from bank_account where campaign_id = ${account.campaignId}::uuid)
        and (select count(*) from bank_match_part q where q.match_id = m.id) = 1
      group by d.donor_id
    ), seen_part as (
      select p.kind, p.subject from bank_match_part p join bank_match m on m.id = p.match_id
      where m.undone_at is null and p.kind in ('payment', 'refund')
    )
    select 'pledge:' || p.code as id, 'pledge' as kind, p.reference, array[p.code] as numbers,
      (p.amount_minor - coalesce(a.applied, 0))::bigint as "amountMinor", coalesce(i.due_on, p.pledged_on) as "on",
      array_remove(array[o.name], null) || coalesce(s.names, '{}') as names, coalesce(s.accounts, '{}') as accounts, p.designation
    from pledge p join donor o on o.id = p.donor_id left join seen s on s.donor_id = p.donor_id
    left join lateral (select sum(amount_minor) as applied from pledge_application x where x.pledge_id = p.id) a on true
    left join lateral (select min(due_on) as due_on from instalment x where x.pledge_id = p.id and x.pledge_version = p.version) i on true
    where p.campaign_id = ${account.campaignId}::uuid and p.status in ('open', 'partly_fulfilled') and p.currency = ${currency}
      and p.amount_minor > coalesce(a.applied, 0)
    union all
    select 'gift:' || d.code, 'gift', d.reference, array_remove(array[d.code, d.bank_reference], null),
      case when d.status = 'cleared' then d.settled_minor - d.fee_minor else d.amount_minor end, d.given_on,
      array_remove(array[o.name], null) || coalesce(s.names, '{}'), coalesce(s.accounts, '{}'), d.designation
    from donation d left join donor o on o.id = d.donor_id left join seen s on s.donor_id = d.donor_id
    where d.campaign_id = ${account.campaignId}::uuid and d.channel in ('bank', 'cheque') and ${account.main}
      and (d.status = 'cleared' or d.status = 'verified' and d.currency = ${currency})
    union all
    select 'payout:' || p.code, 'payout', null, array_remove(array[p.provider_payout_id, p.trace], null), p.amount_minor, p.arrives_on,
      array['Stripe'], '{}', null
    from payout p where p.status in ('expected', 'paid') and p.booked_on is not null and p.currency = ${currency} and ${account.main}
    union all
    select 'payment:' || d.code, 'disbursement', null, array[d.code], -d.amount_minor, coalesce(d.paid_on, d.decided_on, d.requested_on),
      array_remove(array[b.name ->> 'zh-Hans', b.name ->> 'en'], null), array_remove(array[b.bank_account], null), g.code
    from disbursement d join contract k on k.id = d.contract_id join segment g on g.id = k.segment_id join contractor b on b.id = d.contractor_id
    where g.campaign_id = ${account.campaignId}::uuid and d.status in ('approved', 'paid')
      and not exists (select 1 from seen_part s where s.kind = 'payment' and s.subject = d.code)
    union all
    select 'payment_returned:' || d.code, 'disbursement', null, array[d.code], d.amount_minor, coalesce(d.paid_on, d.decided_on, d.requested_on),
      array_remove(array[b.name ->> 'zh-Hans', b.name ->> 'en'], null), array_remove(array[b.bank_account], null), g.code
    from disbursement d join contract k on k.id = d.contract_id join segment g on g.id = k.segment_id join contractor b on b.id = d.contractor_id
    where g.campaign_id = ${account.campaignId}::uuid and d.status in ('paid', 'reconciled')
    union all
    select 'refund:' || r.code, 'refund', null, array[r.code], -r.amount_minor, coalesce(r.closed_on, r.proposed_on),
      array_remove(array[o.name], null), '{}', null
    from refund r join donation d on d.id = r.donation_id left join donor o on o.id = d.donor_id
    where d.campaign_id = ${account.campaignId}::uuid and r.status = 'succeeded' and d.channel in ('bank', 'cheque')
      and not exists (select 1 from seen_part s where s.kind = 'refund' and s.subject = r.code)`.execute(
    db as Kysely<Database>,
  );
  return rows.map((row) => {
    const [part = '', subject = ''] = row.id.split(':');
    return { ...row, currency, part: part as Expected['part'], subject };
  });
};
