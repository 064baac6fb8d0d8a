-- Why: a bank line of the payment provider is a payout, and a payout is the sum of its lines. Each line is tied to our
-- own gift, refund or dispute; what cannot be tied, or differs, is a finding that blocks the month until a person has
-- looked at it. A payout read again writes a new reading beside the old one.
create sequence payout_no;

create table payout (
  id uuid primary key,
  code text not null constraint payout_code_unique unique,
  provider_payout_id text not null constraint payout_provider_unique unique,
  currency currency_code not null,
  amount_minor bigint not null constraint payout_not_zero check (amount_minor <> 0),
  automatic boolean not null,
  status text not null constraint payout_status_known check (status in ('expected', 'paid', 'matched', 'failed')),
  made_on date not null,
  arrives_on date not null,
  trace text,
  failure text,
  reading integer not null default 0 constraint payout_reading_counts check (reading >= 0),
  read_at timestamptz,
  line_count integer not null default 0,
  lines_net_minor bigint not null default 0,
  booked_on date,
  matched_on date,
  bank_line text,
  recorded_at timestamptz not null default now(),
  constraint payout_matched_names_line check ((status = 'matched') = (bank_line is not null and matched_on is not null)),
  constraint payout_paid_is_dated check (status <> 'matched' or booked_on is not null)
);
comment on table payout is 'Money the payment provider sends to the bank (结算到账); negative when it collects from the bank.';
comment on column payout.automatic is 'Automatic payouts come with the list of their lines; of manual ones the provider knows only the sum.';
comment on column payout.reading is 'Which reading of the provider''s list counts; 0 until it was read.';
comment on column payout.bank_line is 'Public number of the bank line that shows it.';
create index payout_waiting on payout (arrives_on) where status in ('expected', 'paid');

create table payout_line (
  payout_id uuid not null references payout,
  reading integer not null,
  line_no integer not null,
  provider_line_id text not null,
  type text not null,
  home text not null constraint payout_line_home_known
    check (home in ('gift', 'refund', 'refund_back', 'dispute', 'dispute_back', 'fee', 'reserve', 'payout', 'other')),
  currency currency_code not null,
  gross_minor bigint not null,
  fee_minor bigint not null,
  net_minor bigint not null,
  source_id text,
  subject text,
  campaign_id uuid references campaign,
  donation_id uuid references donation,
  expected_minor bigint,
  made_at timestamptz not null,
  primary key (payout_id, reading, line_no),
  constraint payout_line_net_is_gross_less_fee check (net_minor = gross_minor - fee_minor)
);
comment on table payout_line is 'One balance transaction of a payout and what of ours it is. Append-only; a new reading is new rows.';
comment on column payout_line.subject is 'Public number of our gift, refund, dispute or payout; null when we know none.';
comment on column payout_line.expected_minor is 'Net that our books say for it, null where they say nothing before the payout.';
create index payout_line_provider on payout_line (provider_line_id);
create index payout_line_donation on payout_line (donation_id) where donation_id is not null;

create table payout_finding (
  id bigint generated always as identity primary key,
  payout_id uuid not null references payout,
  reading integer not null,
  kind text not null constraint payout_finding_kind_known check (kind in ('missing', 'extra', 'wrong_fee', 'wrong_amount',
    'wrong_currency', 'twice', 'not_booked', 'unexpected_type', 'sum_differs')),
  provider_line_id text,
  subject text,
  expected_minor bigint,
  found_minor bigint,
  explained_by uuid references person,
  explained_at timestamptz,
  explanation text,
  constraint payout_finding_explained_whole check (
    (explained_by is null) = (explained_at is null) and (explained_by is null) = (explanation is null))
);
comment on table payout_finding is 'Where a payout''s list and our books differ. Open until a person explains it; blocks the close of its month.';
create index payout_finding_open on payout_finding (payout_id, reading) where explained_by is null;

create table payout_entry (
  payout_id uuid not null references payout,
  entry_id bigint primary key references entry,
  act text not null constraint payout_entry_act_known check (act in ('sent', 'failed', 'arrived', 'unmatched'))
);
comment on table payout_entry is 'The entries a payout made in the books, one per campaign and act.';
create index payout_entry_payout on payout_entry (payout_id, act);

create trigger payout_line_append_only before update or delete on payout_line for each row execute function refuse_rewrite();
create trigger payout_entry_append_only before update or delete on payout_entry for each row execute function refuse_rewrite();

-- The rate of a foreign gift has moved by the time it goes back: what left the balance differs from what was reserved.
alter table refund add column settled_minor minor_amount;
comment on column refund.settled_minor is 'What really left the balance, in the book currency; the difference to amount_minor is an exchange difference.';

alter table dispute add column due_on date;
comment on column dispute.due_on is 'Last day on which the giver''s bank takes our answer.';

create table dispute_answer (
  id uuid primary key,
  dispute_id uuid not null references dispute,
  words text not null constraint dispute_answer_length check (length(words) between 1 and 20000),
  document_id uuid references document,
  written_by uuid not null references person,
  written_on date not null,
  sent_at timestamptz,
  recorded_at timestamptz not null default now()
);
comment on table dispute_answer is 'Our side of a dispute, with its evidence; sent to the provider after the commit.';
create index dispute_answer_dispute on dispute_answer (dispute_id);

grant usage on sequence payout_no to shanlu_app;
grant select on payout, payout_line, payout_finding, payout_entry, dispute_answer to shanlu_app, shanlu_reader;
grant insert on payout, payout_line, payout_finding, payout_entry, dispute_answer to shanlu_app;
grant update on payout to shanlu_app;
grant update (explained_by, explained_at, explanation) on payout_finding to shanlu_app;
grant update (sent_at) on dispute_answer to shanlu_app;
