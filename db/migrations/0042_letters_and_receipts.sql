-- Why: what happens after a gift. Letters go out once each and stop when their reader says so; a receipt says which
-- print it is, carries the fiscal receipt's data, and need not exist when its giver does without (慈善法 art 38).
alter table donor add column reminders_stopped_at timestamptz;
alter table donor add column news_stopped_at timestamptz;
comment on column donor.reminders_stopped_at is 'No more reminders of promises made with this row; a later promise starts anew.';

create table donor_letter (
  donor_id uuid not null references donor,
  kind text not null constraint donor_letter_kind_known check (kind in
    ('pledge_thanks', 'reminder_before', 'reminder_after', 'payment_failed', 'receipt', 'road_news', 'dispute')),
  about text not null constraint donor_letter_about_length check (length(about) between 1 and 80),
  queued_at timestamptz not null default now(),
  primary key (donor_id, kind, about)
);
comment on table donor_letter is 'Which letters were written to whom: each once, whatever is repeated. Holds no address and no content.';

alter table receipt add column fiscal_code text;
alter table receipt add column fiscal_check text;
alter table receipt add column fiscal_on date;
alter table receipt add constraint receipt_fiscal_is_whole check (
  (fiscal_code is null) = (fiscal_check is null) and (fiscal_check is null) = (fiscal_on is null)
  and (fiscal_code is null or fiscal_number is not null));
comment on column receipt.fiscal_code is 'Of the fiscal receipt (公益事业捐赠票据); null when only its number was told.';

create table receipt_print (
  receipt_id uuid not null references receipt,
  no integer not null constraint receipt_print_counts_up check (no > 0),
  lang text not null,
  by_person uuid references person,
  printed_at timestamptz not null default now(),
  primary key (receipt_id, no)
);
comment on table receipt_print is 'Every print of a receipt. The first is the original, each later one says 副本 on its face.';

create table receipt_waiver (
  donation_id uuid not null references donation,
  no integer not null,
  by_person uuid references person,
  waived_on date not null,
  withdrawn_on date,
  recorded_at timestamptz not null default now(),
  primary key (donation_id, no),
  constraint receipt_waiver_ends_later check (withdrawn_on is null or withdrawn_on >= waived_on)
);
comment on table receipt_waiver is 'The giver does without a receipt (放弃接受捐赠票据), which the charity must have on record (慈善法 art 38).';
create unique index receipt_waiver_in_force on receipt_waiver (donation_id) where withdrawn_on is null;

do $$
declare t text;
begin
  foreach t in array array['donor_letter', 'receipt_print'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewrite()', t || '_append_only', t);
  end loop;
end $$;
grant select on donor_letter, receipt_print, receipt_waiver to shanlu_app, shanlu_reader;
grant insert on donor_letter, receipt_print, receipt_waiver to shanlu_app;
grant update (withdrawn_on) on receipt_waiver to shanlu_app;

-- What is looked for again and again is what happened lately.
create index pledge_created on pledge (created_at);
create index receipt_recorded on receipt (recorded_at);
create index receipt_donation on receipt (donation_id);
create index donation_failed on donation_status_change (recorded_at) where event = 'fail';
create index instalment_due on instalment (due_on);
create index segment_status_change_recorded on segment_status_change (recorded_at);
