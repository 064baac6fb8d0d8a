-- Why: a pledge is a promise and never enters the ledger; a donation is money. The gift carries what the donor
-- chose (road, name shown or not); the donor row carries who they are and can be erased.
create sequence pledge_no;
create sequence donation_no;
create sequence reference_no;

create table pledge (
  id uuid primary key,
  code text not null constraint pledge_code_unique unique,
  reference text not null constraint pledge_reference_unique unique,
  campaign_id uuid not null references campaign,
  donor_id uuid not null references donor,
  recognition_id uuid references recognition,
  designation text references segment (code),
  currency currency_code not null,
  amount_minor minor_amount not null,
  status text not null,
  pledged_on date not null,
  source text not null constraint pledge_source_known check (source in ('online', 'hall', 'paper')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  constraint pledge_status_known check (status in ('draft', 'open', 'partly_fulfilled', 'fulfilled', 'written_off',
    'released_hardship', 'cancelled'))
);
comment on table pledge is 'A promise (认捐). Disclosed, never recognised as income, never in the ledger.';
comment on column pledge.reference is 'Short payment reference with check character, printed on card, QR and reminder.';
create index pledge_campaign on pledge (campaign_id, status);
create index pledge_donor on pledge (donor_id);

create table instalment (
  pledge_id uuid not null references pledge,
  pledge_version integer not null,
  no integer not null,
  due_on date not null,
  amount_minor minor_amount not null,
  primary key (pledge_id, pledge_version, no)
);
comment on table instalment is 'Scheduled parts of a pledge; an edit writes a new version of the whole plan.';

create table pledge_status_change (
  id bigint generated always as identity primary key,
  pledge_id uuid not null references pledge,
  event text not null,
  from_status text not null,
  to_status text not null,
  happened_on date not null,
  by_person uuid references person,
  reason text,
  amount_minor bigint,
  recorded_at timestamptz not null default now()
);
create index pledge_status_change_pledge on pledge_status_change (pledge_id, id);

create table donation (
  id uuid primary key,
  code text not null constraint donation_code_unique unique,
  reference text not null constraint donation_reference_unique unique,
  campaign_id uuid not null references campaign,
  donor_id uuid references donor,
  pledge_id uuid references pledge,
  recognition_id uuid references recognition,
  designation text references segment (code),
  channel text not null constraint donation_channel_known
    check (channel in ('card', 'alipay', 'wechat', 'bank', 'cash', 'cheque')),
  currency currency_code not null,
  amount_minor minor_amount not null,
  fee_covered_minor minor_total not null default 0,
  settled_minor minor_total,
  fee_minor minor_total,
  rate text,
  rate_on date,
  status text not null,
  given_on date not null,
  received_on date,
  bank_reference text,
  recorded_by uuid references person,
  verified_by uuid references person,
  content_hash text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  constraint donation_status_known check (status in ('intent', 'pending', 'recorded', 'verified', 'cleared', 'settled',
    'expired', 'failed', 'cancelled', 'partly_refunded', 'refunded', 'disputed', 'won', 'lost')),
  constraint donation_maker_is_not_checker check (verified_by is null or verified_by <> recorded_by),
  constraint donation_cleared_is_complete check (
    status in ('intent', 'pending', 'recorded', 'verified', 'expired', 'failed', 'cancelled')
    or (settled_minor is not null and fee_minor is not null and received_on is not null)),
  constraint donation_fee_below_gift check (fee_minor is null or fee_minor < settled_minor)
);
comment on table donation is 'A gift: money received, or about to be. Own currency kept; settled_minor is the book amount, frozen.';
comment on column donation.amount_minor is 'What the donor gave, in minor units of `currency`.';
comment on column donation.settled_minor is 'The same gift in the campaign''s book currency before fees, frozen when it cleared.';
comment on column donation.fee_minor is 'Processing fee in the book currency.';
comment on column donation.rate is 'Exchange rate as decimal text, frozen, when the gift came in another currency.';
create index donation_campaign on donation (campaign_id, status);
create index donation_pledge on donation (pledge_id) where pledge_id is not null;
create index donation_donor on donation (donor_id);

create table donation_status_change (
  id bigint generated always as identity primary key,
  donation_id uuid not null references donation,
  event text not null,
  from_status text not null,
  to_status text not null,
  by_person uuid references person,
  reason text,
  recorded_at timestamptz not null default now()
);
create index donation_status_change_donation on donation_status_change (donation_id, id);

create table pledge_application (
  id bigint generated always as identity primary key,
  pledge_id uuid not null references pledge,
  donation_id uuid not null references donation,
  amount_minor bigint not null constraint pledge_application_not_zero check (amount_minor <> 0),
  recorded_at timestamptz not null default now()
);
comment on table pledge_application is 'How much of a gift fulfils a pledge (book currency); negative rows un-apply.';
create index pledge_application_pledge on pledge_application (pledge_id);
create index pledge_application_donation on pledge_application (donation_id);

create table checkout (
  id uuid primary key,
  donation_id uuid not null references donation,
  provider text not null default 'stripe',
  session_id text constraint checkout_session_unique unique,
  session_url text,
  payment_intent_id text,
  charge_id text constraint checkout_charge_unique unique,
  state text not null constraint checkout_state_known check (state in ('asked', 'open', 'unknown', 'complete', 'expired', 'failed')),
  failure text,
  asked_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
comment on table checkout is 'One try to pay at the gateway. Stored before the call; its id is the gateway''s idempotency key.';
create index checkout_donation on checkout (donation_id);
create index checkout_unfinished on checkout (asked_at) where state in ('asked', 'open', 'unknown');

create table stripe_event (
  event_id text primary key,
  type text not null,
  object_id text not null,
  object_kind text not null,
  livemode boolean not null,
  created timestamptz not null,
  body jsonb not null,
  received_at timestamptz not null default now(),
  done_at timestamptz,
  outcome text,
  attempts integer not null default 0
);
comment on table stripe_event is 'Inbox of signed events: stored once, answered 2xx, worked on afterwards. Hints, not facts.';
create index stripe_event_waiting on stripe_event (received_at) where done_at is null;

create table refund (
  id uuid primary key,
  code text not null constraint refund_code_unique unique,
  donation_id uuid not null references donation,
  amount_minor minor_amount not null,
  reason text not null,
  status text not null constraint refund_status_known
    check (status in ('proposed', 'approved', 'sent', 'succeeded', 'failed', 'returned')),
  provider_refund_id text constraint refund_provider_unique unique,
  content_hash text not null,
  proposed_by uuid references person,
  proposed_on date not null,
  decided_by uuid references person,
  decided_on date,
  entry_id bigint references entry,
  constraint refund_maker_is_not_checker check (decided_by is null or decided_by <> proposed_by)
);
create sequence refund_no;

create table receipt (
  id uuid primary key,
  serial bigint not null constraint receipt_serial_unique unique,
  donation_id uuid not null references donation,
  status text not null constraint receipt_status_known check (status in ('requested', 'issued', 'voided', 're_issued')),
  replaces_id uuid references receipt,
  fiscal_number text,
  issued_on date not null,
  recorded_at timestamptz not null default now()
);
comment on table receipt is 'Numbered receipts, gap-free; void and re-issue, never delete.';
create unique index receipt_one_valid_per_gift on receipt (donation_id) where status = 'issued';
create table receipt_counter (
  campaign_id uuid primary key references campaign,
  last_serial bigint not null default 0
);

do $$
declare t text;
begin
  foreach t in array array['instalment', 'pledge_status_change', 'donation_status_change', 'pledge_application'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewrite()', t || '_append_only', t);
  end loop;
end $$;

grant usage on sequence pledge_no, donation_no, reference_no, refund_no to shanlu_app;
grant select on pledge, instalment, pledge_status_change, donation, donation_status_change, pledge_application, checkout,
  stripe_event, refund, receipt, receipt_counter to shanlu_app, shanlu_reader;
grant insert on pledge, instalment, pledge_status_change, donation, donation_status_change, pledge_application, checkout,
  stripe_event, refund, receipt, receipt_counter to shanlu_app;
grant update on pledge, donation, checkout, refund, receipt, receipt_counter to shanlu_app;
grant update (done_at, outcome, attempts) on stripe_event to shanlu_app;
