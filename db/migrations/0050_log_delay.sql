-- Why: acts promise to be in the signed log within seconds. How long they really took must be a figure anybody can see,
-- not only one of a bench. A leaf counts from the start of its act to the moment the sequencer writes it; now() would be
-- the start of the sequencer's transaction, a moment too early.
alter table log_leaf alter column appended_at set default clock_timestamp();

-- Of the 1,000 newest leaves those that were drafted since the log began: what was there before waited for the log itself.
create view disclosure.log_delay as
  select count(*)::int as leaves,
    coalesce(percentile_disc(0.5) within group (order by ms), 0)::bigint as median_ms,
    coalesce(percentile_disc(0.99) within group (order by ms), 0)::bigint as p99_ms,
    coalesce(max(ms), 0)::bigint as max_ms
  from (select (extract(epoch from l.appended_at - d.drafted_at) * 1000)::bigint as ms, d.drafted_at
        from (select draft_id, appended_at from log_leaf order by leaf_index desc limit 1000) l
        join log_draft d on d.id = l.draft_id) newest
  where drafted_at >= (select min(began_at) from log_epoch);
