-- Why: a month is closed by two people over the same figures, and opened again by two people in public. What was
-- closed is kept with the hash of its trial balance, so that anyone can see later whether a closed figure has moved.
create table period_change (
  id bigint generated always as identity primary key,
  campaign_id uuid not null references campaign,
  month date not null constraint period_change_is_a_month check (extract(day from month) = 1),
  event text not null constraint period_change_event_known check (event in ('soft_closed', 'closed', 'reopened')),
  made_by uuid not null references person,
  checked_by uuid references person,
  figures_hash sha256_hex not null,
  reason text,
  public_text local_text,
  happened_on date not null,
  recorded_at timestamptz not null default now(),
  constraint period_change_maker_is_not_checker check (checked_by is null or checked_by <> made_by),
  constraint period_change_two_people check (event = 'soft_closed' or checked_by is not null),
  constraint period_change_reopening_says_why check (event <> 'reopened' or (length(reason) > 0 and public_text is not null))
);
comment on table period_change is 'History of each month: who closed it over which figures, and who opened it again and why. Append-only.';
create index period_change_month on period_change (campaign_id, month, id);
create trigger period_change_append_only before update or delete on period_change
  for each row execute function refuse_rewrite();

create table period_reopening (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  month date not null,
  reason text not null,
  public_text local_text not null,
  content_hash sha256_hex not null,
  proposed_by uuid not null references person,
  proposed_on date not null,
  decided_by uuid references person,
  decided_on date,
  status text not null constraint period_reopening_status_known check (status in ('proposed', 'approved', 'returned')),
  constraint period_reopening_maker_is_not_checker check (decided_by is null or decided_by <> proposed_by)
);
comment on table period_reopening is 'A request to open a closed month again; shown in public once a second person approves it.';
create unique index period_reopening_one_open on period_reopening (campaign_id, month) where status = 'proposed';

grant select on period_change, period_reopening to shanlu_app, shanlu_reader;
grant insert on period_change, period_reopening to shanlu_app;
grant update on period_reopening to shanlu_app;

create view disclosure.period_event as
  select c.slug as campaign, to_char(p.month, 'YYYY-MM') as month, p.event,
    p.happened_on, p.public_text, p.figures_hash
  from period_change p join campaign c on c.id = p.campaign_id and c.status <> 'draft'
  where p.event in ('closed', 'reopened');
comment on view disclosure.period_event is 'Closed months and months that were opened again, with the reason given to the public.';

-- A correction of a published figure: a mirror entry in the open month for an entry of a month that had been closed.
create view disclosure.correction as
  select c.slug as campaign, r.id as correcting_id, o.id as corrected_id, o.kind, o.subject_kind, o.subject,
    o.accounting_date as corrected_on, r.accounting_date as correcting_on,
    (select sum(g.amount_minor) from posting g where g.entry_id = r.id and g.book = 'financial')::bigint as financial_minor,
    (select sum(g.amount_minor) from posting g where g.entry_id = r.id and g.book = 'purpose')::bigint as purpose_minor,
    c.book_currency as currency
  from entry r join entry o on o.id = r.reverses_id join campaign c on c.id = r.campaign_id and c.status <> 'draft'
  where exists (select 1 from period_change p where p.campaign_id = o.campaign_id and p.event = 'closed'
    and p.month = date_trunc('month', o.accounting_date)::date and p.recorded_at <= r.recorded_at);
comment on view disclosure.correction is 'Correction notices (更正说明): entries that undo an entry of a closed month, with both numbers.';

grant select on disclosure.period_event, disclosure.correction to shanlu_public, shanlu_app, shanlu_reader;
