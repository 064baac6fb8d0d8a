-- Why: what givers can ask for afterwards: their money back, or another road while no contract has taken it. A gift
-- moves as a whole and only with a recorded wish of its giver; the lot then says so everywhere at once.
create table donor_request (
  id uuid primary key,
  code text not null constraint donor_request_code_unique unique,
  donation_id uuid not null references donation,
  kind text not null constraint donor_request_kind_known check (kind in ('refund', 'move')),
  amount_minor minor_amount,
  designation text references segment (code),
  reason text constraint donor_request_reason_length check (length(reason) between 1 and 2000),
  asked_by uuid not null references person,
  asked_on date not null,
  status text not null constraint donor_request_status_known check (status in ('open', 'done', 'declined', 'withdrawn')),
  answered_by uuid references person,
  answered_on date,
  answer text constraint donor_request_answer_length check (length(answer) between 1 and 2000),
  refund_id uuid references refund,
  recorded_at timestamptz not null default now(),
  constraint donor_request_answered check ((status = 'open') = (answered_on is null)),
  constraint donor_request_refund_has_amount check ((kind = 'refund') = (amount_minor is not null))
);
comment on table donor_request is 'What a giver asked for about a gift of theirs. The reason is erasable.';
comment on column donor_request.designation is 'Where the gift is to go; null: where it is needed.';
create unique index donor_request_one_open on donor_request (donation_id, kind) where status = 'open';
create sequence donor_request_no;

create table gift_move (
  id bigint generated always as identity primary key,
  donation_id uuid not null references donation,
  lot_subject text not null references lot (subject),
  from_designation text,
  to_designation text references segment (code),
  moved_on date not null,
  request_id uuid not null references donor_request,
  by_person uuid references person,
  recorded_at timestamptz not null default now(),
  constraint gift_move_moves check (from_designation is distinct from to_designation)
);
comment on table gift_move is 'A gift given to another road at its giver''s own wish, before any contract took it.';
create index gift_move_lot on gift_move (lot_subject, id desc);
create trigger gift_move_append_only before update or delete on gift_move for each row execute function refuse_rewrite();

create function refuse_lot_rewrite() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (to_jsonb(old) - 'designation') = (to_jsonb(new) - 'designation')
     and (select m.to_designation from gift_move m where m.lot_subject = new.subject order by m.id desc limit 1)
       is not distinct from new.designation
     and exists (select from gift_move m where m.lot_subject = new.subject) then
    return new;
  end if;
  raise exception '% of % is refused: history is corrected by adding to it', tg_op, tg_table_name
    using errcode = 'check_violation', constraint = 'history_is_append_only', table = tg_table_name;
end $$;
drop trigger lot_append_only on lot;
create trigger lot_append_only before update or delete on lot for each row execute function refuse_lot_rewrite();

grant usage on sequence donor_request_no to shanlu_app;
grant select on donor_request, gift_move to shanlu_app, shanlu_reader;
grant insert on donor_request, gift_move to shanlu_app;
grant update (status, answered_by, answered_on, answer, refund_id, reason) on donor_request to shanlu_app;
grant update (designation) on lot, lot_position to shanlu_app;
