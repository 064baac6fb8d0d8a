-- Why: gifts by hand come in bundles (a cash box, a stack of cheques, a list from the concert). A bundle is posted only
-- when its own count and sum agree with what the clerk counted beforehand, and is confirmed as a whole by a second person.
create sequence gift_batch_no;

create table gift_batch (
  id uuid primary key,
  code text not null constraint gift_batch_code_unique unique,
  campaign_id uuid not null references campaign,
  kind text not null constraint gift_batch_kind_known check (kind in ('mixed', 'cash', 'cheque')),
  note text constraint gift_batch_note_length check (length(note) <= 500),
  gift_count integer not null constraint gift_batch_count_positive check (gift_count > 0),
  total_minor minor_amount not null,
  cash_count jsonb,
  content_hash text not null,
  status text not null constraint gift_batch_status_known check (status in ('recorded', 'verified', 'returned')),
  entered_on date not null,
  entered_by uuid not null references person,
  entered_at timestamptz not null default now(),
  decided_by uuid references person,
  decided_on date,
  reason text,
  constraint gift_batch_maker_is_not_checker check (decided_by is null or decided_by <> entered_by)
);
comment on table gift_batch is 'A bundle of gifts by hand with its control totals; verified or sent back as a whole by a second person.';
comment on column gift_batch.cash_count is 'Cash count sheet: how many of each note and coin, by face value in minor units.';
create index gift_batch_waiting on gift_batch (entered_on) where status = 'recorded';

create table gift_batch_line (
  batch_id uuid not null references gift_batch,
  line_no integer not null,
  donation_id uuid not null constraint gift_batch_line_gift_once unique references donation,
  primary key (batch_id, line_no)
);
create trigger gift_batch_line_append_only before update or delete on gift_batch_line
  for each row execute function refuse_rewrite();

grant usage on sequence gift_batch_no to shanlu_app;
grant select on gift_batch, gift_batch_line to shanlu_app, shanlu_reader;
grant insert on gift_batch, gift_batch_line to shanlu_app;
grant update (status, decided_by, decided_on, reason) on gift_batch to shanlu_app;
