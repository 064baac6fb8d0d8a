-- Why: each minute's folding read all entries four times over, and the curve of a campaign read them all for what is newer than
-- the last folding: the database cannot know how little that is. What is new is listed first now, and looked up by number.
create or replace view month_movement as
  select e.campaign_id, date_trunc('month', e.accounting_date)::date as month, k.class as from_class, d.class as to_class,
    p.tx, p.amount_minor, p.entry_id
  from posting p
  join entry e on e.id = p.entry_id
  join account k on k.id = p.credit_account_id
  join account d on d.id = p.debit_account_id
  where p.book = 'purpose';

create or replace view month_sum as
  select x.campaign_id, x.month, x.from_class, x.to_class, sum(x.amount_minor)::bigint as amount_minor
  from (
    select campaign_id, month, from_class, to_class, amount_minor from month_summary
    union all
    select m.campaign_id, m.month, m.from_class, m.to_class, m.amount_minor from month_movement m
    where m.entry_id = any(array(select entry_id from entry_since_mark)) and m.tx >= (select through_tx from summary_mark)) x
  group by x.campaign_id, x.month, x.from_class, x.to_class;
