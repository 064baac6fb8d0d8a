-- Why: anyone must be able to check the books without trusting us. Leaves are drafted in the transaction of their act
-- (log_draft) and appended here, after the commit, by one sequencer, to a Merkle log (RFC 6962) whose signed heads are
-- public. A hash chain inside the transaction would make all writers wait for each other; this does not. The bytes of
-- a leaf are stored once, in log_draft, and hashed once, here. docs/log.md describes the log for outsiders.
create table log_epoch (
  epoch integer primary key constraint log_epoch_positive check (epoch > 0),
  origin text not null constraint log_epoch_origin_unique unique
    constraint log_epoch_origin_shape check (origin ~ '^[^\s+]{1,100}$'),
  began_at timestamptz not null default now()
);
comment on table log_epoch is 'The name (origin) under which heads are signed. A new one only after a person has confirmed that leaves were lost.';

create table log_key (
  vkey text primary key,
  epoch integer not null references log_epoch,
  used_from timestamptz not null default now()
);
comment on table log_key is 'Every public key that has ever signed a head: old proofs are checked with old keys.';

create table log_leaf (
  leaf_index bigint primary key constraint log_leaf_index_not_negative check (leaf_index >= 0),
  draft_id bigint not null constraint log_leaf_draft_once unique references log_draft,
  leaf_hash bytea not null constraint log_leaf_hash_length check (length(leaf_hash) = 32),
  kind text not null constraint log_leaf_kind_known check (kind in ('entry', 'act', 'lots')),
  number text,
  event text,
  subject text,
  appended_at timestamptz not null default now()
);
comment on table log_leaf is 'The log itself: which draft is leaf number n, and its hash (SHA-256 of 0x00 and the bytes).';
comment on column log_leaf.number is 'Public number of the entry; null for acts.';
comment on column log_leaf.event is 'Kind of entry or name of the act; null for lots.';
comment on column log_leaf.subject is 'What it is about: gift, road, contract, payment.';
create index log_leaf_number on log_leaf (number) where number is not null;
create index log_leaf_subject on log_leaf (subject, leaf_index);

create table log_node (
  level smallint not null constraint log_node_level_sane check (level between 1 and 7),
  node_index bigint not null constraint log_node_index_not_negative check (node_index >= 0),
  hash bytea not null constraint log_node_hash_length check (length(hash) = 32),
  primary key (level, node_index)
);
comment on table log_node is 'Hash of each complete run of 256, 256², … leaves (C2SP tlog-tiles). Level 0 is log_leaf.';

create table log_checkpoint (
  epoch integer not null references log_epoch,
  size bigint not null constraint log_checkpoint_size_not_negative check (size >= 0),
  root bytea not null constraint log_checkpoint_root_length check (length(root) = 32),
  note text not null,
  signed_at timestamptz not null default now(),
  constraint log_checkpoint_one_per_size primary key (epoch, size)
);
comment on table log_checkpoint is 'Signed heads (C2SP tlog-checkpoint). One per size: two would be a fork.';

create table log_cosignature (
  epoch integer not null,
  size bigint not null,
  witness text not null,
  line text not null,
  cosigned_at timestamptz not null,
  primary key (epoch, size, witness),
  foreign key (epoch, size) references log_checkpoint (epoch, size)
);
comment on table log_cosignature is 'What independent witnesses have added to our heads.';

-- A restored database is a rolled-back log. It may neither sign nor take money until a person has said why.
create table log_halt (
  id bigint generated always as identity primary key,
  cause text not null constraint log_halt_cause_known check (cause in ('tree_smaller', 'tree_differs')),
  own_size bigint not null,
  own_root bytea not null constraint log_halt_own_root_length check (length(own_root) = 32),
  witnessed_size bigint not null,
  witnessed_note text,
  found_at timestamptz not null default now()
);
comment on table log_halt is 'Our tree is smaller than, or differs from, the last head others hold. While unconfirmed: no signature, no money.';
comment on column log_halt.witnessed_note is 'The head others hold; null when a witness tells only its size.';

create table log_resumption (
  halt_id bigint primary key references log_halt,
  confirmed_by uuid not null references person,
  reason text not null constraint log_resumption_reason_length check (length(trim(reason)) between 10 and 2000),
  salt bytea not null constraint log_resumption_salt_length check (length(salt) = 32),
  epoch integer not null references log_epoch,
  recorded_at timestamptz not null default now()
);
comment on table log_resumption is 'Who confirmed a halt, with the public reason; the leaf in the log holds the reason''s commitment.';

create table log_watch (
  only_one boolean primary key default true check (only_one),
  incarnation text not null,
  checked_at timestamptz not null,
  witnessed_at timestamptz
);
comment on table log_watch is 'When our tree was last compared with what others hold, and on which running database. Money waits for it.';
comment on column log_watch.incarnation is 'Start of the database server and id of the database: a restored copy has another one.';

-- Which running database this is. A backup that is started again, or restored beside, answers differently.
create function log_incarnation() returns text language sql stable as $$
  select to_char(pg_postmaster_start_time() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '/' ||
    (select oid from pg_database where datname = current_database())
$$;

-- Leaves are numbered without a gap from 0. Whoever deletes one as superuser is found by the verifier; the
-- application cannot even skip one.
create function refuse_log_gap() returns trigger language plpgsql as $$
declare first_index bigint; last_index bigint; how_many bigint;
begin
  select min(leaf_index), max(leaf_index), count(*) into first_index, last_index, how_many from added;
  if how_many > 0 and (last_index - first_index + 1 <> how_many
      or (first_index > 0 and not exists (select 1 from log_leaf where leaf_index = first_index - 1))) then
    raise exception 'leaves are appended without a gap'
      using errcode = 'check_violation', constraint = 'log_leaf_without_gap', table = 'log_leaf';
  end if;
  return null;
end $$;
create trigger log_leaf_without_gap after insert on log_leaf referencing new table as added
  for each statement execute function refuse_log_gap();

do $$
declare t text;
begin
  foreach t in array array['log_epoch', 'log_key', 'log_leaf', 'log_node', 'log_checkpoint', 'log_cosignature', 'log_halt', 'log_resumption'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewrite()', t || '_append_only', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_rewrite()', t || '_no_truncate', t);
  end loop;
end $$;

grant select on log_epoch, log_key, log_leaf, log_node, log_checkpoint, log_cosignature, log_halt, log_resumption, log_watch
  to shanlu_app, shanlu_reader;
grant insert on log_epoch, log_key, log_leaf, log_node, log_checkpoint, log_cosignature, log_halt, log_resumption, log_watch
  to shanlu_app;
grant update (incarnation, checked_at, witnessed_at) on log_watch to shanlu_app;

-- What the public sees of it: everything but who confirmed a halt.
create view disclosure.log_leaf as
  select l.leaf_index, l.leaf_hash, l.kind, l.number, l.event, l.subject, d.body
  from log_leaf l join log_draft d on d.id = l.draft_id;
comment on column disclosure.log_leaf.number is 'Null for acts.';
comment on column disclosure.log_leaf.event is 'Null for lots.';
comment on column disclosure.log_leaf.subject is 'Null for entries about nothing in particular.';
create view disclosure.log_leaf_hash as select leaf_index, leaf_hash from log_leaf;
create view disclosure.log_node as select level, node_index, hash from log_node;
create view disclosure.log_key as select k.vkey, k.epoch, e.origin, k.used_from from log_key k join log_epoch e using (epoch);
create view disclosure.log_checkpoint as
  select c.epoch, e.origin, c.size, c.root, c.note, c.signed_at,
    (select count(*)::int from log_cosignature s where s.epoch = c.epoch and s.size = c.size) as witnesses,
    coalesce((select string_agg(s.line, '' order by s.witness) from log_cosignature s
      where s.epoch = c.epoch and s.size = c.size), '') as cosignatures
  from log_checkpoint c join log_epoch e using (epoch);
create view disclosure.log_halt as
  select h.id, h.cause, h.own_size, h.witnessed_size, h.found_at, r.reason, r.salt, r.recorded_at as resumed_at, e.origin as resumed_as
  from log_halt h left join log_resumption r on r.halt_id = h.id left join log_epoch e on e.epoch = r.epoch;
comment on column disclosure.log_halt.reason is 'Null while no person has confirmed it.';
comment on column disclosure.log_halt.salt is 'Opens the commitment of the reason in the log; null until confirmed.';
comment on column disclosure.log_halt.resumed_at is 'Null while no person has confirmed it.';
comment on column disclosure.log_halt.resumed_as is 'Null while no person has confirmed it.';
-- How far behind the log is: drafts that are not leaves yet, and the age of the oldest. Looks back over the last
-- 10,000 numbers below the newest leaf, because drafts commit out of order.
create view disclosure.log_waiting as
  select count(*)::int as leaves, coalesce(extract(epoch from now() - min(d.drafted_at)) * 1000, 0)::bigint as oldest_ms
  from log_draft d
  where d.id > coalesce((select max(draft_id) from log_leaf), 0) - 10000
    and not exists (select 1 from log_leaf l where l.draft_id = d.id);
