-- Why: closing a month must wait for the entries that are being written, and hold new ones back until it has
-- committed. A lock on the table needs rights the application does not have (it may only add entries), so both sides
-- meet at an advisory lock per campaign: each entry shares it to the end of its transaction, closing takes it alone.
-- The check comes after the lock and therefore sees what the close committed.
create or replace function refuse_closed_period() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(new.campaign_id::text, 75114));
  if exists (select 1 from period p
             where p.campaign_id = new.campaign_id and p.month = date_trunc('month', new.accounting_date)::date
               and p.status = 'closed') then
    raise exception 'the month of % is closed', new.accounting_date
      using errcode = 'check_violation', constraint = 'entry_period_open', table = 'entry';
  end if;
  return new;
end $$;
