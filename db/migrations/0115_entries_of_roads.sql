-- Why: the entries that moved money of a road are few, but the database guesses that an account has as many postings as the average
-- of all accounts, and with a million gifts reads all postings for it. Here it may only look them up.
create function disclosure.entries_of_roads(codes text[]) returns setof bigint language sql stable rows 100
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$ select r.entry_id from disclosure.entry_road r where r.segment = any(codes) $$;
comment on function disclosure.entries_of_roads(text[]) is 'Numbers of the entries that moved money of these roads, looked up by their accounts.';
revoke execute on function disclosure.entries_of_roads(text[]) from public;
grant execute on function disclosure.entries_of_roads(text[]) to shanlu_public, shanlu_reader, shanlu_app;
