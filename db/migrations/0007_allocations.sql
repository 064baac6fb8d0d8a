-- Why: money is assigned to a road by one person and approved by another. Approval moves the lots.
create table allocation (
  id uuid primary key,
  code text not null constraint allocation_code_unique unique,
  campaign_id uuid not null references campaign,
  segment_id uuid not null references segment,
  amount_minor minor_amount not null,
  note text,
  status text not null constraint allocation_status_known
    check (status in ('proposed', 'approved', 'returned', 'withdrawn', 'released')),
  content_hash text not null,
  proposed_by uuid not null references person,
  proposed_on date not null,
  decided_by uuid references person,
  decided_on date,
  decision_note text,
  entry_id bigint references entry,
  created_at timestamptz not null default now(),
  constraint allocation_maker_is_not_checker check (decided_by is null or status = 'withdrawn' or decided_by <> proposed_by),
  constraint allocation_approved_is_posted check (status not in ('approved', 'released') or entry_id is not null)
);
comment on table allocation is 'Money assigned from the campaign''s fund to one segment (资金分配).';
create index allocation_segment on allocation (segment_id);
create index allocation_waiting on allocation (created_at) where status = 'proposed';

create table shortfall (
  id uuid primary key,
  code text not null constraint shortfall_code_unique unique,
  campaign_id uuid not null references campaign,
  donation_id uuid not null references donation,
  lot_id bigint not null references lot,
  amount_minor minor_amount not null,
  cause text not null constraint shortfall_cause_known check (cause in ('refund', 'dispute')),
  opened_on date not null,
  resolved_on date,
  resolved_by uuid references person,
  resolution text,
  entry_id bigint references entry
);
comment on table shortfall is 'Money returned after it had been assigned: a named hole a person must fill. Nothing goes silently negative.';
create sequence shortfall_no;

grant usage on sequence shortfall_no to shanlu_app;
grant select on allocation, shortfall to shanlu_app, shanlu_reader;
grant insert, update on allocation, shortfall to shanlu_app;
