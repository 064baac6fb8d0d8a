-- Why: what a giver decides once (what happens if the road is not built), what a release from a promise must be able
-- to show, where a transfer goes, and the life of receipts, refunds and disputes after the first migration drew them.

-- The giver's own answer to "if this road cannot be built", asked before paying and kept with the promise and the gift.
alter table pledge add column if_not_built text not null default 'ask'
  constraint pledge_if_not_built_known check (if_not_built in ('ask', 'where_needed', 'return'));
alter table donation add column if_not_built text not null default 'ask'
  constraint donation_if_not_built_known check (if_not_built in ('ask', 'where_needed', 'return'));

create table pledge_release (
  pledge_id uuid primary key references pledge,
  filing_reference text not null constraint pledge_release_filing_length check (length(filing_reference) between 1 and 100),
  public_text local_text not null,
  released_on date not null,
  recorded_at timestamptz not null default now()
);
comment on table pledge_release is
  'Release from a pledge for hardship (慈善法第四十一条): number of the report to the civil affairs department and the public explanation.';

create table transfer_account (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  holder local_text not null,
  account_number text not null constraint transfer_account_number_shape check (account_number ~ '^[0-9A-Z][0-9A-Z -]{3,40}$'),
  bank local_text not null,
  recorded_by uuid references person,
  recorded_at timestamptz not null default now()
);
comment on table transfer_account is
  'The account transfers go to, printed on the transfer card; the newest row of a campaign is in force, older ones stay as history.';
create index transfer_account_campaign on transfer_account (campaign_id, recorded_at desc);

-- Numbers are gap-free within a campaign, so they are unique there and nowhere wider. A receipt that is only asked
-- for has no number yet. What is printed on it is frozen: amount and words follow the receipt, not the gift.
alter table receipt drop constraint receipt_serial_unique;
alter table receipt alter column serial drop not null;
alter table receipt add column campaign_id uuid not null references campaign;
alter table receipt add column currency currency_code not null;
alter table receipt add column amount_minor minor_amount not null;
alter table receipt add column issued_to text constraint receipt_issued_to_length check (length(issued_to) between 1 and 200);
alter table receipt add column issued_by uuid references person;
alter table receipt add column voided_on date;
alter table receipt add column voided_by uuid references person;
alter table receipt add column reason text;
alter table receipt add constraint receipt_number_once unique (campaign_id, serial);
alter table receipt add constraint receipt_numbered_when_issued check ((serial is null) = (status = 'requested'));
alter table receipt add constraint receipt_void_says_why
  check (status not in ('voided', 're_issued') or (voided_on is not null and length(reason) > 0));
comment on column receipt.issued_to is 'Name printed on the receipt, erasable; null: 匿名.';
comment on column receipt.reason is 'Why it was voided or replaced.';

alter table refund add column own_minor minor_amount;
alter table refund add column sent_by uuid references person;
alter table refund add column sent_on date;
alter table refund add column closed_on date;
alter table refund add column closing_entry_id bigint references entry;
alter table refund add column bank_reference text;
alter table refund add column failure text;
comment on column refund.amount_minor is 'In the book currency, what leaves the books.';
comment on column refund.own_minor is 'In the gift''s own currency, what the giver gets back.';
create index refund_donation on refund (donation_id);

create table dispute (
  id uuid primary key,
  code text not null constraint dispute_code_unique unique,
  donation_id uuid not null references donation,
  provider_dispute_id text not null constraint dispute_provider_unique unique,
  amount_minor minor_amount not null,
  fee_minor minor_total not null,
  status text not null constraint dispute_status_known check (status in ('open', 'won', 'lost')),
  reason text not null,
  opened_on date not null,
  closed_on date,
  entry_id bigint not null references entry,
  closing_entry_id bigint references entry,
  constraint dispute_closed_has_day check ((status = 'open') = (closed_on is null))
);
comment on table dispute is 'A giver''s bank took the money back (拒付). Won: it returned. Lost: it is gone, and so is the fee.';
create sequence dispute_no;
create index dispute_donation on dispute (donation_id);

do $$
declare t text;
begin
  foreach t in array array['pledge_release', 'transfer_account'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewrite()', t || '_append_only', t);
  end loop;
end $$;

grant usage on sequence dispute_no to shanlu_app;
grant select on pledge_release, transfer_account, dispute to shanlu_app, shanlu_reader;
grant insert on pledge_release, transfer_account, dispute to shanlu_app;
grant update on dispute to shanlu_app;
