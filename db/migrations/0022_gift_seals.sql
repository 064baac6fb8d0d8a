-- Why: a leaf of the public log says nothing personal, yet a donor must be able to show that a gift in it is theirs.
-- So the entry of a gift carries a commitment to each thing its giver told us, and value and salt lie here, where they
-- can be forgotten. Without them the commitment is 32 random bytes and every proof of the log still holds.
create table gift_seal (
  donation_id uuid not null references donation,
  field text not null constraint gift_seal_field_known check (field in ('name', 'email', 'phone')),
  value text constraint gift_seal_value_length check (length(value) between 1 and 320),
  salt bytea not null constraint gift_seal_salt_length check (length(salt) in (0, 32)),
  primary key (donation_id, field),
  constraint gift_seal_forgotten_whole check ((value is null) = (length(salt) = 0))
);
comment on table gift_seal is 'What opens the commitments in the leaf of a gift. Erasable: value and salt go together.';
comment on column gift_seal.value is 'As it was when the gift arrived; null once forgotten.';
comment on column gift_seal.salt is 'Random, one per gift and field; empty once forgotten.';

-- A seal is written once, with its leaf; afterwards it can only be forgotten.
create function refuse_new_seal_value() returns trigger language plpgsql as $$
begin
  if new.value is not null or new.donation_id <> old.donation_id or new.field <> old.field then
    raise exception 'a seal can only be forgotten'
      using errcode = 'check_violation', constraint = 'gift_seal_only_forgotten', table = 'gift_seal';
  end if;
  return new;
end $$;
create trigger gift_seal_only_forgotten before update on gift_seal
  for each row execute function refuse_new_seal_value();

-- Nobody counts as forgotten while what opens a commitment of theirs is still here.
create function refuse_half_forgotten() returns trigger language plpgsql as $$
begin
  if exists (select from gift_seal s join donation d on d.id = s.donation_id
             where d.donor_id = new.id and s.value is not null) then
    raise exception 'the seals of a forgotten donor are still here'
      using errcode = 'check_violation', constraint = 'donor_forgotten_whole', table = 'donor';
  end if;
  return null;
end $$;
create constraint trigger donor_forgotten_whole after update of erased_at on donor
  deferrable initially deferred
  for each row when (new.erased_at is not null) execute function refuse_half_forgotten();

grant select on gift_seal to shanlu_app, shanlu_reader;
grant insert, update (value, salt) on gift_seal to shanlu_app;
