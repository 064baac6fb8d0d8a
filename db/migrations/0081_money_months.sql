-- Why: the curve of a campaign read every posting of the purpose book. What moved in each month between which kinds of
-- account is folded with the balances, in the same act and up to the same mark; what is newer is read from the postings.
create table month_summary (
  campaign_id uuid not null references campaign,
  month date not null constraint month_summary_is_a_month check (extract(day from month) = 1),
  from_class text not null,
  to_class text not null,
  amount_minor minor_total not null,
  primary key (campaign_id, month, from_class, to_class)
);
comment on table month_summary is 'Postings of the purpose book of transactions before summary_mark, summed by accounting month and the classes they move between. Derived; can be made again from nothing.';

create view month_movement as
  select e.campaign_id, date_trunc('month', e.accounting_date)::date as month, k.class as from_class, d.class as to_class,
    p.tx, p.amount_minor
  from posting p
  join entry e on e.id = p.entry_id
  join account k on k.id = p.credit_account_id
  join account d on d.id = p.debit_account_id
  where p.book = 'purpose';
comment on view month_movement is 'Each posting of the purpose book with its month, what it moves between, and its transaction.';

insert into month_summary (campaign_id, month, from_class, to_class, amount_minor)
select m.campaign_id, m.month, m.from_class, m.to_class, sum(m.amount_minor)
from month_movement m, summary_mark k where m.tx < k.through_tx group by 1, 2, 3, 4;

create view month_sum as
  select x.campaign_id, x.month, x.from_class, x.to_class, sum(x.amount_minor)::bigint as amount_minor
  from (
    select campaign_id, month, from_class, to_class, amount_minor from month_summary
    union all
    select m.campaign_id, m.month, m.from_class, m.to_class, m.amount_minor from month_movement m
    where m.tx >= (select through_tx from summary_mark)) x
  group by x.campaign_id, x.month, x.from_class, x.to_class;
comment on view month_sum is 'What moved in each month between which classes of account, exact at this instant.';

create or replace view disclosure.money_month as
  select c.slug as campaign, to_char(m.month, 'YYYY-MM') as month,
    (coalesce(sum(m.amount_minor) filter (where m.from_class = 'given'), 0)
      - coalesce(sum(m.amount_minor) filter (where m.to_class in ('returned', 'lost')), 0))::bigint as received_minor,
    (coalesce(sum(m.amount_minor) filter (where m.to_class = 'allocated' and m.from_class = 'unallocated'), 0)
      - coalesce(sum(m.amount_minor) filter (where m.from_class = 'allocated' and m.to_class = 'unallocated'), 0))::bigint
      as allocated_minor,
    (coalesce(sum(m.amount_minor) filter (where m.to_class = 'committed' and m.from_class = 'allocated'), 0)
      - coalesce(sum(m.amount_minor) filter (where m.from_class = 'committed' and m.to_class = 'allocated'), 0))::bigint
      as committed_minor,
    (coalesce(sum(m.amount_minor) filter (where m.to_class = 'paid'), 0)
      - coalesce(sum(m.amount_minor) filter (where m.from_class = 'paid'), 0))::bigint as paid_minor
  from month_sum m join campaign c on c.id = m.campaign_id and c.status <> 'draft'
  group by 1, 2;

grant select on month_summary, month_movement, month_sum to shanlu_app, shanlu_reader;
grant insert on month_summary to shanlu_app;
grant update (amount_minor) on month_summary to shanlu_app;
