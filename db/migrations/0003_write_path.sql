-- Why: every write goes through runCommand. It leaves an audit event (no audit row, no act), remembers its answer
-- under the caller's key (a repeated request gets the same answer and writes nothing), and drafts the public leaf
-- that the sequencer will append to the log after the transaction has committed.
create table audit_event (
  id bigint generated always as identity primary key,
  command text not null,
  event text not null,
  subject_kind text not null,
  subject_id text not null,
  actor_kind text not null constraint audit_event_actor_known
    check (actor_kind in ('person', 'donor', 'visitor', 'system')),
  actor_id uuid references person,
  actor_name text not null,
  input_hash bytea not null,
  details jsonb not null default '{}',
  recorded_at timestamptz not null default now(),
  constraint audit_event_person_named check ((actor_kind = 'person') = (actor_id is not null))
);
comment on table audit_event is 'Who did what to which thing, when. Append-only; holds no personal value of a donor.';
comment on column audit_event.actor_name is 'Account kind for people (role), or the name of the system part.';
create index audit_event_subject on audit_event (subject_kind, subject_id, id);

create table command_key (
  command text not null,
  key text not null constraint command_key_length check (length(key) between 8 and 200),
  input_hash bytea not null,
  answer jsonb,
  recorded_at timestamptz not null default now(),
  primary key (command, key)
);
comment on table command_key is 'Idempotency: the answer once given under a key, and the hash of the input it was given for.';

create table log_draft (
  id bigint generated always as identity primary key,
  body bytea not null constraint log_draft_fits_entry_bundle check (length(body) between 2 and 65535),
  tx xid8 not null default pg_current_xact_id(),
  drafted_at timestamptz not null default now()
);
comment on table log_draft is 'Leaves written in the transaction of their act, waiting for the sequencer. Exact bytes, no personal value.';
create index log_draft_tx on log_draft (tx, id);

create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function refuse_rewrite();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function refuse_rewrite();
create trigger log_draft_append_only before update or delete on log_draft
  for each row execute function refuse_rewrite();
create trigger log_draft_no_truncate before truncate on log_draft
  for each statement execute function refuse_rewrite();

grant select on audit_event, command_key, log_draft to shanlu_app, shanlu_reader;
grant insert on audit_event, command_key, log_draft to shanlu_app;
grant update (answer) on command_key to shanlu_app;
