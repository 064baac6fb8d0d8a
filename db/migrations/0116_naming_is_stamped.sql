-- Why: a change of a naming that did not say its transaction was refused, so servers of the version before 0111 could neither
-- take nor withdraw a consent while two versions run together. The stamp is the database's own note, as the counter of
-- publications is, and nothing is decided by it: the database writes it, and no program can forget it.
create function stamp_naming() returns trigger language plpgsql as $$
begin
  new.tx := pg_current_xact_id();
  return new;
end $$;
drop trigger recognition_change_is_told on recognition;
drop function refuse_undated_naming();
create trigger recognition_is_stamped before insert or update on recognition
  for each row execute function stamp_naming();
