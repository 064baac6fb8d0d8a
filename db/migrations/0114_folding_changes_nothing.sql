-- Why: folding happens every minute and was counted as a change of what is published, so all kept pages were made anew each minute
-- though nothing had happened. What is folded is the same before and after, which the proofs hold; its tables are not counted.
create or replace function watch_published_tables() returns integer language plpgsql as $$
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
    where c.relkind = 'r' and n.nspname = 'public'
      and c.relname not in ('publication_version', 'summary_mark', 'account_summary', 'account_day', 'gift_summary', 'month_summary',
        'named_gift_counted', 'named_gift_summary')
      and not exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = 'count_publication')
    order by c.relname
  loop
    execute format('create trigger count_publication after insert or update or delete on %I for each statement execute function count_publication()', t.relname);
    added := added + 1;
  end loop;
  return added;
end $$;

-- None of them has it on a new database, where the counters come after all migrations.
drop trigger if exists count_publication on summary_mark;
drop trigger if exists count_publication on account_summary;
drop trigger if exists count_publication on account_day;
drop trigger if exists count_publication on gift_summary;
drop trigger if exists count_publication on month_summary;
drop trigger if exists count_publication on named_gift_counted;
drop trigger if exists count_publication on named_gift_summary;
