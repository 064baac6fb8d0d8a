-- Why: the bank's own words are kept as they came: file, statements in it, lines. A line is the same line by whatever
-- route it comes (content and occurrence number), so nothing is ever taken in twice. What a line was is said by a match,
-- which may be undone but never edited; each line has at most one standing match.
create sequence bank_import_no;
create sequence bank_match_no;

create table bank_account (
  id uuid primary key,
  code text not null constraint bank_account_code_unique unique constraint bank_account_code_shape check (code ~ '^[a-z0-9-]{1,40}$'),
  campaign_id uuid not null references campaign,
  name local_text not null,
  number text not null constraint bank_account_number_length check (length(number) between 1 and 60),
  currency currency_code not null,
  main boolean not null,
  opened_by uuid references person,
  opened_at timestamptz not null default now()
);
comment on table bank_account is 'An account of ours at a bank or wallet whose statements are read.';
comment on column bank_account.main is 'The account gifts and payments go through unless another is named.';
create unique index bank_account_one_main on bank_account (campaign_id) where main;

create table column_mapping (
  id bigint generated always as identity primary key,
  account_id uuid not null references bank_account,
  mapping jsonb not null,
  saved_by uuid references person,
  saved_at timestamptz not null default now()
);
comment on table column_mapping is 'How a bank''s table is read, as a person confirmed it after the preview. Append-only; the newest with the same header counts.';
create index column_mapping_account on column_mapping (account_id, id desc);

create table bank_import (
  id uuid primary key,
  code text not null constraint bank_import_code_unique unique,
  account_id uuid not null references bank_account,
  file_sha256 sha256_hex not null,
  file_name text not null constraint bank_import_file_name_length check (length(file_name) between 1 and 200),
  size_bytes bigint not null,
  status text not null constraint bank_import_status_known
    check (status in ('asking', 'waiting', 'working', 'done', 'refused', 'cancelled')),
  options jsonb not null default '{}',
  phase text constraint bank_import_phase_known check (phase in ('reading', 'comparing', 'storing')),
  done_count integer not null default 0,
  total_count integer not null default 0,
  cancel_asked boolean not null default false,
  attempt integer not null default 0,
  format text,
  result jsonb,
  uploaded_by uuid references person,
  uploaded_at timestamptz not null default now(),
  ended_at timestamptz
);
comment on table bank_import is 'A bank file that was handed in, and what became of it. All or nothing: lines are written when it is done.';
create index bank_import_account on bank_import (account_id, uploaded_at desc);

create table bank_statement (
  id bigint generated always as identity primary key,
  import_id uuid not null references bank_import,
  account_id uuid not null references bank_account,
  number text,
  from_on date,
  to_on date,
  opening_minor bigint,
  closing_minor bigint,
  currency text,
  adds_up boolean,
  flags jsonb not null default '[]'
);
comment on table bank_statement is 'A statement within a file, with what the bank says it began and ended with. Never corrected, only flagged.';
create index bank_statement_import on bank_statement (import_id);
create index bank_statement_account on bank_statement (account_id, to_on desc);

create table bank_line (
  id bigint generated always as identity primary key,
  account_id uuid not null references bank_account,
  import_id uuid not null references bank_import,
  line_no integer not null,
  fingerprint bytea not null constraint bank_line_fingerprint_length check (length(fingerprint) = 32),
  route text not null,
  booked_on date not null,
  value_on date,
  amount_minor bigint not null constraint bank_line_not_zero check (amount_minor <> 0),
  currency currency_code not null,
  counterparty text,
  counterparty_account text,
  reference text,
  memo text not null,
  bank_reference text,
  kind text,
  flags jsonb not null default '[]',
  suspect_of bigint references bank_line,
  version integer not null default 0,
  match_id uuid,
  recorded_at timestamptz not null default now(),
  constraint bank_line_once unique (account_id, fingerprint)
);
comment on table bank_line is 'One movement on an account as the bank tells it. Only its standing match and version ever change.';
comment on column bank_line.version is 'Counts matches and their undoing, so that an old screen is noticed.';
comment on column bank_line.suspect_of is 'So like a line that came by another route on another day that a person should look.';
create index bank_line_open on bank_line (account_id, booked_on, id) where match_id is null;
create index bank_line_day on bank_line (account_id, booked_on, id);
create index bank_line_import on bank_line (import_id);
create index bank_line_match on bank_line (match_id) where match_id is not null;

create table bank_line_held (
  id bigint generated always as identity primary key,
  import_id uuid not null references bank_import,
  attempt integer not null,
  line_no integer not null,
  reason text not null,
  excerpt text not null,
  booked_on date,
  amount text
);
comment on table bank_line_held is 'Lines kept back until a person answers the question in reason, and records that could not be read.';
create index bank_line_held_import on bank_line_held (import_id, attempt, line_no);

create table match_rule (
  id bigint generated always as identity primary key,
  account_id uuid not null references bank_account,
  inward boolean not null,
  counterparty_key text not null,
  memo_key text not null,
  makes text not null constraint match_rule_makes_known check (makes in ('fee', 'interest', 'own_transfer', 'cash_banked')),
  other_account text,
  times integer not null default 1 constraint match_rule_times_positive check (times > 0),
  learned_at timestamptz not null default now(),
  off_at timestamptz,
  off_by uuid references person,
  constraint match_rule_once unique (account_id, inward, counterparty_key, memo_key, makes)
);
comment on table match_rule is 'What accepted matches have taught: lines of the same wording were this kind of thing so many times.';

create table bank_match (
  id uuid primary key,
  code text not null constraint bank_match_code_unique unique,
  account_id uuid not null references bank_account,
  matched_on date not null,
  made_by uuid references person,
  made_at timestamptz not null default now(),
  in_bulk boolean not null default false,
  reasons jsonb not null default '[]',
  rule_id bigint references match_rule,
  locked_by uuid references person,
  locked_at timestamptz,
  undone_by uuid references person,
  undone_at timestamptz,
  undone_because text,
  constraint bank_match_lock_whole check ((locked_by is null) = (locked_at is null)),
  constraint bank_match_undone_whole check ((undone_at is null) = (undone_because is null)),
  constraint bank_match_maker_does_not_lock check (locked_by is null or locked_by <> made_by),
  constraint bank_match_locked_or_undone check (locked_at is null or undone_at is null)
);
comment on table bank_match is 'What one or several bank lines were, decided by a person. Undone by reversing entries, never edited.';
create index bank_match_account on bank_match (account_id, made_at desc);

alter table bank_line add constraint bank_line_match_known foreign key (match_id) references bank_match;

create table bank_match_line (
  match_id uuid not null references bank_match,
  line_id bigint not null references bank_line,
  amount_minor bigint not null,
  primary key (match_id, line_id)
);
create index bank_match_line_line on bank_match_line (line_id);

create table bank_match_part (
  match_id uuid not null references bank_match,
  part_no smallint not null,
  kind text not null constraint bank_match_part_kind_known check (kind in ('gift', 'pledge', 'new_gift', 'payout', 'payment',
    'payment_returned', 'refund', 'fee', 'interest', 'unidentified', 'own_transfer', 'cash_banked')),
  subject text,
  amount_minor bigint not null constraint bank_match_part_not_zero check (amount_minor <> 0),
  donation_id uuid references donation,
  entry_id bigint references entry,
  undo_entry_id bigint references entry,
  primary key (match_id, part_no)
);
comment on table bank_match_part is 'One thing a match consists of, signed as the bank shows it, with the entry it made when it made one.';
create index bank_match_part_donation on bank_match_part (donation_id) where donation_id is not null;
create index bank_match_part_subject on bank_match_part (kind, subject);

do $$
declare t text;
begin
  foreach t in array array['column_mapping', 'bank_statement', 'bank_line_held', 'bank_match_line'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewrite()', t || '_append_only', t);
  end loop;
end $$;

grant usage on sequence bank_import_no, bank_match_no to shanlu_app;
grant select on bank_account, column_mapping, bank_import, bank_statement, bank_line, bank_line_held, match_rule, bank_match,
  bank_match_line, bank_match_part to shanlu_app, shanlu_reader;
grant insert on bank_account, column_mapping, bank_import, bank_statement, bank_line, bank_line_held, match_rule, bank_match,
  bank_match_line, bank_match_part to shanlu_app;
grant update (status, options, phase, done_count, total_count, cancel_asked, attempt, format, result, ended_at) on bank_import to shanlu_app;
grant update (version, match_id) on bank_line to shanlu_app;
grant update (times, off_at, off_by, other_account) on match_rule to shanlu_app;
grant update (locked_by, locked_at, undone_by, undone_at, undone_because) on bank_match to shanlu_app;
grant update (undo_entry_id) on bank_match_part to shanlu_app;
