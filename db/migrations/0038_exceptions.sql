-- Why: whatever nobody has explained waits in one queue. The queue is computed from the records themselves; only who
-- has taken charge of an item, and what they noted, is kept here.
create table exception_owner (
  id bigint generated always as identity primary key,
  kind text not null constraint exception_owner_kind_shape check (kind ~ '^[a-z_]{1,60}$'),
  subject text not null constraint exception_owner_subject_length check (length(subject) between 1 and 200),
  owner_id uuid references person,
  note text constraint exception_owner_note_length check (length(note) <= 2000),
  given_by uuid not null references person,
  given_at timestamptz not null default now()
);
comment on table exception_owner is 'Who takes charge of an item of the exceptions queue; the newest row of an item counts. Append-only.';
create index exception_owner_item on exception_owner (kind, subject, id desc);
create trigger exception_owner_append_only before update or delete on exception_owner
  for each row execute function refuse_rewrite();
grant select on exception_owner to shanlu_app, shanlu_reader;
grant insert on exception_owner to shanlu_app;
