-- Why: the public ledger is also narrowed by amount. The amount of an entry was added up from its postings for each row
-- looked at, so a rare amount cost a walk through the whole ledger. It is written with the entry now, by the one function
-- that writes entries, and found through an index; proof L2 holds it against the postings.
alter table entry add column amount_minor bigint;
alter table entry disable trigger entry_append_only;
update entry e set amount_minor = coalesce(
  (select sum(p.amount_minor) from posting p where p.entry_id = e.id and p.book = 'purpose'),
  (select sum(p.amount_minor) from posting p where p.entry_id = e.id));
alter table entry enable trigger entry_append_only;
alter table entry alter column amount_minor set not null,
  add constraint entry_amount_positive check (amount_minor > 0);
comment on column entry.amount_minor is 'What the entry moves for its purpose, or where it only moves money, how much; the sum of those postings.';
create index entry_campaign_amount on entry (campaign_id, amount_minor, id);

create or replace view disclosure.entry as
  select e.id, 'E-' || lpad(e.id::text, 6, '0') as number, c.slug as campaign, e.kind, e.subject_kind, e.subject,
    e.accounting_date, e.recorded_at::date as recorded_on, e.reverses_id, e.reason,
    r.id as reversed_by_id,
    e.amount_minor,
    c.book_currency as currency,
    (select min(coalesce(s.code, case when a.class = 'allocated' then a.subject end))
       from posting p join account a on a.id in (p.credit_account_id, p.debit_account_id) and a.book = 'purpose'
       left join contract k on k.code = a.subject left join segment s on s.id = k.segment_id
      where p.entry_id = e.id) as segment
  from entry e join campaign c on c.id = e.campaign_id and c.status <> 'draft'
  left join entry r on r.reverses_id = e.id;
