-- Why: money is planned over several roads at once and approved as one; and when a road is suspended, cancelled or
-- costs less, each gift for it is asked about, answered for and moved by a recorded reason. A gift's own choice of
-- road stays on the gift; what its giver or a filing allows later stands beside it, and nothing is overwritten.
create sequence allocation_plan_no;
create table allocation_plan (
  id uuid primary key,
  code text not null constraint allocation_plan_code_unique unique,
  campaign_id uuid not null references campaign,
  method text not null constraint allocation_plan_method_known
    check (method in ('even', 'by_length', 'by_cost', 'by_priority', 'whole_campaign')),
  amount_minor minor_amount not null,
  note text,
  status text not null constraint allocation_plan_status_known check (status in ('proposed', 'approved', 'returned', 'withdrawn')),
  content_hash text not null,
  proposed_by uuid not null references person,
  proposed_on date not null,
  decided_by uuid references person,
  decided_on date,
  decision_note text,
  created_at timestamptz not null default now(),
  constraint allocation_plan_maker_is_not_checker check (decided_by is null or status = 'withdrawn' or decided_by <> proposed_by)
);
comment on table allocation_plan is 'One proposal to assign money to several segments; approved whole or not at all.';
create table allocation_plan_line (
  plan_id uuid not null references allocation_plan,
  line_no integer not null,
  segment_id uuid not null references segment,
  amount_minor minor_amount not null,
  designated_minor minor_total not null,
  allocation_id uuid,
  primary key (plan_id, line_no),
  unique (plan_id, segment_id),
  constraint allocation_plan_line_designated_within check (designated_minor <= amount_minor)
);
comment on column allocation_plan_line.designated_minor is 'How much of it gifts for this very segment were to bear when it was proposed.';
alter table allocation add column plan_id uuid references allocation_plan;
comment on column allocation.plan_id is 'The plan over several segments this came from; null when it was proposed by itself.';

create sequence plan_change_no;
create table plan_change (
  id uuid primary key,
  code text not null constraint plan_change_code_unique unique,
  campaign_id uuid not null references campaign,
  segment_id uuid not null references segment,
  kind text not null constraint plan_change_kind_known
    check (kind in ('suspended', 'cancelled', 'under_budget', 'over_budget', 'split')),
  reason local_text not null,
  basis text not null constraint plan_change_basis_known check (basis in ('consent', 'filing', 'plan')),
  basis_reference text,
  to_segment_id uuid references segment,
  deadline date not null,
  status text not null constraint plan_change_status_known check (status in ('open', 'proposed', 'settled', 'withdrawn')),
  decision text constraint plan_change_decision_known check (decision in ('move', 'keep')),
  keep_until date,
  outcome local_text,
  content_hash text,
  opened_by uuid not null references person,
  opened_on date not null,
  proposed_by uuid references person,
  proposed_on date,
  decided_by uuid references person,
  decided_on date,
  entry_id bigint references entry,
  created_at timestamptz not null default now(),
  constraint plan_change_maker_is_not_checker check (decided_by is null or decided_by <> proposed_by),
  constraint plan_change_basis_has_reference check (basis = 'consent' or length(basis_reference) > 0),
  constraint plan_change_settled_says_how check (status not in ('proposed', 'settled') or (decision is not null and outcome is not null)),
  constraint plan_change_keep_has_day check (decision is distinct from 'keep' or keep_until is not null),
  constraint plan_change_deadline_later check (deadline > opened_on)
);
comment on table plan_change is 'A road was suspended, cancelled, became cheaper or dearer, or was split: which gifts, on what legal basis, by when, and what came of it.';
comment on column plan_change.to_segment_id is 'Where givers are asked to let their gift go; null = where it is needed.';
create unique index plan_change_one_open on plan_change (segment_id) where status in ('open', 'proposed');

create table plan_change_gift (
  plan_change_id uuid not null references plan_change,
  lot_id bigint not null references lot,
  amount_minor minor_amount not null,
  answer text not null constraint plan_change_gift_answer_known
    check (answer in ('not_needed', 'to_ask', 'asked', 'given', 'refused', 'no_reply')),
  asked_on date,
  asked_by_means text constraint plan_change_gift_means_known check (asked_by_means in ('mail', 'letter', 'phone', 'in_person', 'with_gift')),
  answered_on date,
  evidence text,
  evidence_document_id uuid references document,
  outcome text constraint plan_change_gift_outcome_known check (outcome in ('moved', 'to_return', 'kept')),
  refund_id uuid references refund,
  primary key (plan_change_id, lot_id),
  constraint plan_change_gift_asked_has_day check (answer in ('not_needed', 'to_ask') or (asked_on is not null and asked_by_means is not null)),
  constraint plan_change_gift_answer_has_evidence check (answer not in ('given', 'refused') or (answered_on is not null and length(evidence) > 0))
);
comment on table plan_change_gift is 'One gift touched by a changed plan: was its giver asked, what was answered, what happened to it.';
create index plan_change_gift_lot on plan_change_gift (lot_id);

create table lot_redesignation (
  id bigint generated always as identity primary key,
  lot_id bigint not null references lot,
  from_segment text not null,
  to_segment text,
  basis text not null constraint lot_redesignation_basis_known check (basis in ('consent', 'filing', 'plan')),
  plan_change_id uuid not null references plan_change,
  decided_on date not null,
  recorded_at timestamptz not null default now(),
  constraint lot_redesignation_changes check (to_segment is distinct from from_segment)
);
comment on table lot_redesignation is 'A gift may serve another road than its giver named, by consent or filing. The gift itself keeps what was named.';
create index lot_redesignation_lot on lot_redesignation (lot_id, id desc);
create trigger lot_redesignation_append_only before update or delete on lot_redesignation
  for each row execute function refuse_rewrite();

create view lot_now as
  select l.id as lot_id, l.subject, l.kind, l.campaign_id, l.amount_minor,
    case when r.lot_id is null then l.designation else r.to_segment end as designation
  from lot l
  left join lateral (select x.lot_id, x.to_segment from lot_redesignation x where x.lot_id = l.id order by x.id desc limit 1) r on true;
comment on view lot_now is 'Each lot with the road it may pave now: what its giver named, or what was agreed or filed since.';
comment on column lot_now.designation is 'Null: where it is needed.';

alter table shortfall add column owner_id uuid references person;
alter table shortfall add column source_kind text constraint shortfall_source_known check (source_kind in ('fund', 'gift', 'road'));
alter table shortfall add column source_subject text;
comment on column shortfall.owner_id is 'The person who sees to it that the hole is filled.';
comment on column shortfall.source_subject is 'What filled it: the campaign''s fund, a named gift, or a named road''s surplus.';

grant usage on sequence allocation_plan_no, plan_change_no to shanlu_app;
grant select on allocation_plan, allocation_plan_line, plan_change, plan_change_gift, lot_redesignation, lot_now to shanlu_app, shanlu_reader;
grant insert on allocation_plan, allocation_plan_line, plan_change, plan_change_gift, lot_redesignation to shanlu_app;
grant update on allocation_plan, allocation_plan_line, plan_change, plan_change_gift to shanlu_app;
grant update (designation) on lot_position to shanlu_app;

create view disclosure.plan_change as
  select p.code, s.code as segment, c.slug as campaign, p.kind, p.reason, p.basis, p.basis_reference, t.code as to_segment,
    p.deadline, p.status, p.decision, p.keep_until, p.outcome, p.opened_on, p.decided_on,
    g.gift_count, g.amount_minor, g.given_count, g.refused_count, g.no_reply_count, g.moved_minor, g.return_minor
  from plan_change p join segment s on s.id = p.segment_id join campaign c on c.id = p.campaign_id and c.status <> 'draft'
  left join segment t on t.id = p.to_segment_id
  cross join lateral (
    select count(*)::int as gift_count, coalesce(sum(x.amount_minor), 0)::bigint as amount_minor,
      (count(*) filter (where x.answer = 'given'))::int as given_count,
      (count(*) filter (where x.answer = 'refused'))::int as refused_count,
      (count(*) filter (where x.answer = 'no_reply'))::int as no_reply_count,
      coalesce(sum(x.amount_minor) filter (where x.outcome = 'moved'), 0)::bigint as moved_minor,
      coalesce(sum(x.amount_minor) filter (where x.outcome = 'to_return'), 0)::bigint as return_minor
    from plan_change_gift x where x.plan_change_id = p.id) g
  where p.status <> 'withdrawn';
comment on column disclosure.plan_change.basis_reference is 'Null when givers themselves are asked.';
comment on column disclosure.plan_change.to_segment is 'Null: where it is needed.';
comment on column disclosure.plan_change.decision is 'Null while it is open.';
comment on column disclosure.plan_change.keep_until is 'Null unless the money stays with the road.';
comment on column disclosure.plan_change.outcome is 'Null while it is open.';
comment on column disclosure.plan_change.decided_on is 'Null while it is open.';
grant select on disclosure.plan_change to shanlu_public, shanlu_reader, shanlu_app;
