-- Why: a gift's road changes in one place only. What its giver named stays on the gift and on its lot for good; where it
-- may go now (the giver's own wish, their consent, a filing, an approved plan) stands in one list beside them.
alter table lot_redesignation
  alter column from_segment drop not null,
  alter column plan_change_id drop not null,
  add column request_id uuid references donor_request,
  drop constraint lot_redesignation_basis_known,
  add constraint lot_redesignation_basis_known check (basis in ('consent', 'filing', 'plan', 'wish')),
  add constraint lot_redesignation_one_cause
    check (num_nonnulls(plan_change_id, request_id) = 1 and (basis = 'wish') = (request_id is not null)),
  add constraint lot_redesignation_to_known foreign key (to_segment) references segment (code);
comment on table lot_redesignation is 'A gift may serve another road than its giver named: at their own wish, by consent, or by filing. The gift itself keeps what was named.';
comment on column lot_redesignation.from_segment is 'Null: where it was needed.';
comment on column lot_redesignation.request_id is 'The giver''s own request, for moves at their wish.';

-- Moves made so far: into the list, and what was named first back onto the gift and its lot.
insert into lot_redesignation (lot_id, from_segment, to_segment, basis, request_id, decided_on, recorded_at)
  select l.id, m.from_designation, m.to_designation, 'wish', m.request_id, m.moved_on, m.recorded_at
  from gift_move m join lot l on l.subject = m.lot_subject order by m.id;
drop trigger lot_append_only on lot;
update lot l set designation = m.from_designation
  from (select distinct on (lot_subject) lot_subject, from_designation from gift_move order by lot_subject, id) m
  where m.lot_subject = l.subject;
update donation d set designation = m.from_designation
  from (select distinct on (donation_id) donation_id, from_designation from gift_move order by donation_id, id) m
  where m.donation_id = d.id;
create trigger lot_append_only before update or delete on lot for each row execute function refuse_rewrite();
drop table gift_move;
drop function refuse_lot_rewrite();
revoke update (designation) on lot from shanlu_app;

create or replace view disclosure.gift as
  select d.code, c.slug as campaign, d.received_on, d.settled_minor as amount_minor, d.fee_minor, c.book_currency as currency,
    d.channel, d.designation, d.status,
    case when d.currency <> c.book_currency then d.currency end as foreign_currency,
    case when d.currency <> c.book_currency then d.amount_minor end as foreign_minor,
    case when d.currency <> c.book_currency then d.rate end as rate,
    case when d.currency <> c.book_currency then d.rate_on end as rate_on,
    r.shown_as as shown_as, l.id as lot_order, n.designation as designation_now
  from donation d
  join campaign c on c.id = d.campaign_id and c.status <> 'draft'
  join lot l on l.subject = d.code
  join lot_now n on n.lot_id = l.id
  left join recognition r on r.id = d.recognition_id and r.consented_at is not null and r.withdrawn_at is null
    and r.moderation = 'shown'
  where d.received_on is not null;
comment on column disclosure.gift.designation is 'The road its giver named. Null: where it is needed.';
comment on column disclosure.gift.designation_now is 'The road it may pave now. Null: where it is needed.';
