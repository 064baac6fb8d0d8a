-- Why: public pages are kept ready-made by every app process and by caches before them, and must be made anew exactly
-- when something they may show has changed. Each transaction that writes a table behind a view of schema `disclosure`
-- counts itself once; the sum is the version of all published data. Every backend counts in a row of its own, so writers
-- neither wait for each other nor for readers; NOTIFY is not used because its queue lock is held through every commit.
-- The trigger counts writes, it computes nothing of the field.
create table publication_version (
  slot integer primary key,
  changes bigint not null constraint publication_version_counts check (changes > 0)
) with (fillfactor = 50);
comment on table publication_version is 'How many transactions of each backend have written what the public may see; the sum is the version of published data.';

create function count_publication() returns trigger language plpgsql security definer as $$
declare own text := pg_catalog.pg_current_xact_id()::text;
begin
  if pg_catalog.current_setting('shanlu.counted', true) is distinct from own then
    perform pg_catalog.set_config('shanlu.counted', own, true);
    insert into public.publication_version as v values (pg_catalog.pg_backend_pid() % 4096, 1)
      on conflict (slot) do update set changes = v.changes + 1;
  end if;
  return null;
end $$;
revoke execute on function count_publication() from public;

-- Puts the counter on every table behind the disclosure views that has none. Called after each migration, so that a
-- view added later cannot be forgotten.
create function watch_published_tables() returns integer language plpgsql as $$
declare t record; added integer := 0;
begin
  for t in
    with recursive behind as (
      select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'disclosure'
      union
      select d.refobjid from behind b
      join pg_rewrite r on r.ev_class = b.oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass)
    select c.relname from behind join pg_class c using (oid) join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = 'public' and c.relname <> 'publication_version'
      and not exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = 'count_publication')
    order by c.relname
  loop
    execute format('create trigger count_publication after insert or update or delete on %I for each statement execute function count_publication()', t.relname);
    added := added + 1;
  end loop;
  return added;
end $$;
revoke execute on function watch_published_tables() from public;

create view disclosure.publication_version as select coalesce(sum(changes), 0)::bigint as version from publication_version;
