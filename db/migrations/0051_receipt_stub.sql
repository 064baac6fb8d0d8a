-- Why: a giver who is forgotten leaves nothing readable behind, yet the stub of a receipt is an accounting archive to be
-- kept for 30 years (会计档案管理办法, Order 79, annex 1), and 个人信息保护法 art 47 then allows no more than storing it
-- safely. So the name leaves the receipt and lies here encrypted, in no page and no export, opened only by a print that an
-- auditor makes and that is on record, removed when its time is over.
create table receipt_stub (
  receipt_id uuid primary key references receipt,
  sealed bytea not null constraint receipt_stub_sealed_length check (length(sealed) between 30 and 2000),
  kept_until date not null,
  recorded_at timestamptz not null default now()
);
comment on table receipt_stub is 'Name on a receipt whose giver was forgotten: encrypted, and gone after kept_until.';
comment on column receipt_stub.kept_until is 'First day on which it may be removed, and is.';
create index receipt_stub_until on receipt_stub (kept_until);

create function refuse_early_removal() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' or old.kept_until > current_date then
    raise exception 'what the law keeps is neither changed nor removed before its time'
      using errcode = 'check_violation', constraint = 'receipt_stub_until_then', table = 'receipt_stub';
  end if;
  return old;
end $$;
create trigger receipt_stub_until_then before update or delete on receipt_stub
  for each row execute function refuse_early_removal();

-- The words of a bank line name the payer. They are as the bank wrote them and can only be emptied, all together; the
-- bank's own file stays in the sealed store, as its archive.
create function refuse_new_line_words() returns trigger language plpgsql as $$
begin
  if new.counterparty is not null or new.counterparty_account is not null or new.reference is not null or new.memo <> '' then
    raise exception 'the words of a bank line can only be emptied'
      using errcode = 'check_violation', constraint = 'bank_line_words_only_emptied', table = 'bank_line';
  end if;
  return new;
end $$;
create trigger bank_line_words_only_emptied
  before update of counterparty, counterparty_account, reference, memo on bank_line
  for each row execute function refuse_new_line_words();

-- Nobody counts as forgotten while a name they gave us is left.
create or replace function refuse_half_forgotten() returns trigger language plpgsql as $$
begin
  if exists (select from gift_seal s join donation d on d.id = s.donation_id
             where d.donor_id = new.id and s.value is not null) then
    raise exception 'the seals of a forgotten donor are still here'
      using errcode = 'check_violation', constraint = 'donor_forgotten_whole', table = 'donor';
  end if;
  if exists (select from donation d join soft_credit c on c.donation_id = d.id where d.donor_id = new.id and c.name is not null)
    or exists (select from pledge p join soft_credit c on c.pledge_id = p.id where p.donor_id = new.id and c.name is not null)
    or exists (select from receipt r join donation d on d.id = r.donation_id
               where d.donor_id = new.id and r.issued_to is not null) then
    raise exception 'a name given by a forgotten donor is still here'
      using errcode = 'check_violation', constraint = 'donor_forgotten_whole', table = 'donor';
  end if;
  return null;
end $$;

grant select, insert, delete on receipt_stub to shanlu_app;
grant update (counterparty, counterparty_account, reference, memo) on bank_line to shanlu_app;
