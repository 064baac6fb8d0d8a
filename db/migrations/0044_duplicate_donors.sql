-- Why: one person gives at home as 陈大文 and in the hall as CHAN Tai Man, and is one person. Records are joined by a
-- row that can be ended again and never by changing them: what was joined by mistake comes apart with nothing lost.
create table donor_name_key (
  donor_id uuid primary key references donor,
  same_key text not null,
  any_order text,
  surnames text[] not null,
  of_name text not null
);
comment on table donor_name_key is 'What names in different scripts have in common; only for suggesting duplicates. Erasable.';
comment on column donor_name_key.of_name is 'The name the keys were made of: another one needs other keys.';
create index donor_name_key_same on donor_name_key (same_key);
create index donor_name_key_any_order on donor_name_key (any_order) where any_order is not null;

create table donor_merge (
  id bigint generated always as identity primary key,
  kept_id uuid not null references donor,
  merged_id uuid not null references donor,
  reasons text[] not null,
  merged_by uuid not null references person,
  merged_at timestamptz not null default now(),
  ended_by uuid references person,
  ended_at timestamptz,
  end_reason text constraint donor_merge_end_reason_length check (length(end_reason) between 1 and 2000),
  constraint donor_merge_two_records check (kept_id <> merged_id),
  constraint donor_merge_ends_whole check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null))
);
comment on table donor_merge is 'Two records of one giver, joined by a person. While in force, merged_id stands under kept_id.';
create unique index donor_merge_once on donor_merge (merged_id) where ended_at is null;
create index donor_merge_kept on donor_merge (kept_id) where ended_at is null;

create table donor_apart (
  a_id uuid not null references donor,
  b_id uuid not null references donor,
  by_person uuid not null references person,
  at timestamptz not null default now(),
  primary key (a_id, b_id),
  constraint donor_apart_ordered check (a_id < b_id)
);
comment on table donor_apart is 'Two records that someone looked at and found to be two people: not suggested again.';

grant select on donor_name_key, donor_merge, donor_apart to shanlu_app, shanlu_reader;
grant insert on donor_name_key, donor_merge, donor_apart to shanlu_app;
grant update, delete on donor_name_key to shanlu_app;
grant update (ended_by, ended_at, end_reason) on donor_merge to shanlu_app;
create index donor_phone_digits on donor (regexp_replace(phone, '[^0-9]', '', 'g')) where phone is not null;

-- Records of a signed-in giver: their own, and unclaimed ones that staff found to be the same person. A record with an
-- account of its own stays with that account, whatever is joined.
create function donors_of(of_person uuid) returns setof uuid language sql stable as $$
  with recursive own(id) as (
    select d.id from donor d where d.person_id = of_person and d.erased_at is null
    union
    select d.id from own o
    join donor_merge m on m.ended_at is null and o.id in (m.kept_id, m.merged_id)
    join donor d on d.id in (m.kept_id, m.merged_id) and d.id <> o.id
    where d.erased_at is null and (d.person_id is null or d.person_id = of_person))
  select id from own
$$;
