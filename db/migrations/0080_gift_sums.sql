-- Why: the public pages say how many gifts came and by which ways, and read every gift for it: with a million gifts a
-- page took seconds. What has come in by each way is folded like the balances of accounts, in the same act and up to the
-- same mark; what is newer is read from the postings. A gift whose clearing was undone is taken off again.
create table gift_summary (
  campaign_id uuid not null references campaign,
  channel text not null,
  gifts bigint not null,
  amount_minor bigint not null,
  primary key (campaign_id, channel)
);
comment on table gift_summary is 'Gifts of transactions before summary_mark by the way they came, undone ones taken off. Derived; can be made again from nothing.';
comment on column gift_summary.amount_minor is 'Settled amounts, before fees and before anything went back to a donor.';

-- A gift comes in as one posting from given to unallocated and, where there was a fee, one from given to fees.
create view gift_movement as
  select a.campaign_id, d.channel, p.tx, case when o.class = 'unallocated' then 1 else 0 end as gifts, p.amount_minor
  from account a
  join posting p on p.credit_account_id = a.id
  join account o on o.id = p.debit_account_id
  join entry e on e.id = p.entry_id and e.subject_kind = 'donation'
  join donation d on d.code = e.subject
  where a.class = 'given'
  union all
  select a.campaign_id, d.channel, p.tx, case when o.class = 'unallocated' then -1 else 0 end, -p.amount_minor
  from account a
  join posting p on p.debit_account_id = a.id
  join account o on o.id = p.credit_account_id
  join entry e on e.id = p.entry_id and e.subject_kind = 'donation'
  join donation d on d.code = e.subject
  where a.class = 'given';
comment on view gift_movement is 'Each posting that brought a gift in, and each that undid that (negative), with its transaction.';

insert into gift_summary (campaign_id, channel, gifts, amount_minor)
select m.campaign_id, m.channel, sum(m.gifts), sum(m.amount_minor)
from gift_movement m, summary_mark k where m.tx < k.through_tx group by 1, 2;

create view gift_sum as
  select x.campaign_id, x.channel, sum(x.gifts)::bigint as gifts, sum(x.amount_minor)::bigint as amount_minor
  from (
    select campaign_id, channel, gifts, amount_minor from gift_summary
    union all
    select m.campaign_id, m.channel, m.gifts, m.amount_minor from gift_movement m
    where m.tx >= (select through_tx from summary_mark)) x
  group by x.campaign_id, x.channel;
comment on view gift_sum is 'Gifts of each campaign by the way they came, exact at this instant: the summary and what is newer.';

create view disclosure.gift_channel as
  select c.slug as campaign, g.channel, g.amount_minor, c.book_currency as currency
  from campaign c join gift_sum g on g.campaign_id = c.id and g.amount_minor <> 0
  where c.status <> 'draft';

create or replace view disclosure.campaign_numbers as
  select c.slug as campaign, c.book_currency as currency,
    p.pledged_minor, p.pledge_count, p.fulfilled_minor,
    m.given_minor - m.returned_minor - m.lost_minor as received_minor,
    m.held_minor + m.paid_minor as allocated_minor,
    m.committed_minor + m.certified_minor + m.paid_minor as committed_minor,
    m.certified_minor + m.paid_minor as certified_minor,
    m.paid_minor, m.unallocated_minor, m.fees_minor, m.returned_minor, m.lost_minor, m.shortfall_minor,
    (select coalesce(sum(s.budget_minor), 0)::bigint from segment s where s.campaign_id = c.id and s.status not in ('proposed', 'cancelled')) as target_minor,
    (select count(*)::int from segment s where s.campaign_id = c.id and s.status not in ('proposed', 'cancelled')) as segment_count,
    (select coalesce(sum(g.gifts), 0)::int from gift_sum g where g.campaign_id = c.id) as gift_count,
    (select count(*)::int from contract k join segment s on s.id = k.segment_id
      where s.campaign_id = c.id and k.status in ('signed', 'completed')) as contract_count,
    (select count(distinct k.contractor_id)::int from contract k join segment s on s.id = k.segment_id
      where s.campaign_id = c.id and k.status in ('signed', 'completed')) as contractor_count,
    (select count(*)::int from disbursement d join contract k on k.id = d.contract_id join segment s on s.id = k.segment_id
      where s.campaign_id = c.id and d.status in ('paid', 'reconciled')) as payment_count,
    (select max(e.accounting_date) from entry e where e.campaign_id = c.id) as last_entry_on
  from campaign c
  cross join lateral (
    select coalesce(-sum(balance_minor) filter (where class = 'given'), 0)::bigint as given_minor,
      coalesce(sum(balance_minor) filter (where class = 'unallocated'), 0)::bigint as unallocated_minor,
      coalesce(sum(balance_minor) filter (where class in ('allocated', 'committed', 'certified')), 0)::bigint as held_minor,
      coalesce(sum(balance_minor) filter (where class = 'committed'), 0)::bigint as committed_minor,
      coalesce(sum(balance_minor) filter (where class = 'certified'), 0)::bigint as certified_minor,
      coalesce(sum(balance_minor) filter (where class = 'paid'), 0)::bigint as paid_minor,
      coalesce(sum(balance_minor) filter (where class = 'fees'), 0)::bigint as fees_minor,
      coalesce(sum(balance_minor) filter (where class = 'returned'), 0)::bigint as returned_minor,
      coalesce(sum(balance_minor) filter (where class = 'lost'), 0)::bigint as lost_minor,
      coalesce(-sum(balance_minor) filter (where class = 'shortfall'), 0)::bigint as shortfall_minor
    from account_balance b where b.campaign_id = c.id and b.book = 'purpose') m
  cross join lateral (
    select coalesce(sum(g.amount_minor) filter (where g.status in ('open', 'partly_fulfilled', 'fulfilled')), 0)::bigint as pledged_minor,
      (count(*) filter (where g.status in ('open', 'partly_fulfilled', 'fulfilled')))::int as pledge_count,
      (select coalesce(sum(a.amount_minor), 0)::bigint from pledge_application a join pledge q on q.id = a.pledge_id
        where q.campaign_id = c.id) as fulfilled_minor
    from pledge g where g.campaign_id = c.id and g.currency = c.book_currency) p
  where c.status <> 'draft';

grant select on gift_summary, gift_movement, gift_sum to shanlu_app, shanlu_reader;
grant insert on gift_summary to shanlu_app;
grant update (gifts, amount_minor) on gift_summary to shanlu_app;
grant select on disclosure.gift_channel to shanlu_public, shanlu_reader, shanlu_app;
