-- Why: mail that never arrived waits in the exceptions queue until somebody has told the person in another way; and
-- a payout the bank converted comes with an exchange difference, which is a part of its match.
create table mail_told (
  outbox_id uuid primary key,
  told_by uuid not null references person,
  note text not null constraint mail_told_note_length check (length(note) between 1 and 2000),
  told_at timestamptz not null default now()
);
comment on table mail_told is 'Who told the recipient of a mail that was given up, and how. No reference to outbox, whose old rows are removed. Append-only.';
create trigger mail_told_append_only before update or delete on mail_told
  for each row execute function refuse_rewrite();
grant select on mail_told to shanlu_app, shanlu_reader;
grant insert on mail_told to shanlu_app;
-- The desk says who was not reached.
grant select (person_id, donor_id) on outbox to shanlu_reader;

alter table bank_match_part drop constraint bank_match_part_kind_known;
alter table bank_match_part add constraint bank_match_part_kind_known check (kind in ('gift', 'pledge', 'new_gift', 'payout',
  'payment', 'payment_returned', 'refund', 'fee', 'interest', 'unidentified', 'own_transfer', 'cash_banked', 'exchange'));
