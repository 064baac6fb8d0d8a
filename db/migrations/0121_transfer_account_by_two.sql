-- Why: who changes the account that is printed on transfer cards moves every transfer to come. One administrator could do
-- it alone; now one person proposes the account and another approves what was seen, as with every payment. Only the first
-- account of a campaign comes with its set-up.
create table transfer_account_proposal (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  holder local_text not null,
  account_number text not null constraint transfer_account_proposal_number_shape
    check (account_number ~ '^[0-9A-Z][0-9A-Z -]{3,40}$'),
  bank local_text not null,
  reason text not null constraint transfer_account_proposal_reason_length check (length(reason) between 1 and 2000),
  content_hash sha256_hex not null,
  status text not null constraint transfer_account_proposal_status_known
    check (status in ('proposed', 'approved', 'returned', 'withdrawn')),
  proposed_by uuid not null references person,
  proposed_on date not null,
  decided_by uuid references person,
  decided_on date,
  decision_note text,
  recorded_at timestamptz not null default now(),
  constraint transfer_account_maker_is_not_checker
    check (decided_by is null or status = 'withdrawn' or decided_by <> proposed_by),
  constraint transfer_account_proposal_decided_has_person check ((status = 'proposed') = (decided_by is null))
);
comment on table transfer_account_proposal is
  'An account that a person asks to have printed on transfer cards, and what another decided.';
create unique index transfer_account_proposal_one_waiting on transfer_account_proposal (campaign_id) where status = 'proposed';

alter table transfer_account add column proposal_id uuid constraint transfer_account_of_one_proposal unique
  references transfer_account_proposal;
comment on column transfer_account.proposal_id is 'What two people decided; null for the account a campaign was set up with.';
alter table transfer_account add constraint transfer_account_is_approved
  check (proposal_id is not null or recorded_by is null);

grant select, insert on transfer_account_proposal to shanlu_app;
grant update (status, decided_by, decided_on, decision_note) on transfer_account_proposal to shanlu_app;
grant select on transfer_account_proposal to shanlu_reader;
