-- Why: a segment is one stretch of road, one published unit. Its budget is approved by a second person and amended
-- with a reason, never overwritten.
create table segment (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  code text not null constraint segment_code_unique unique constraint segment_code_shape check (code ~ '^[A-Z]{2,6}-[0-9]{2,4}$'),
  name local_text not null,
  location local_text,
  length_mm integer not null constraint segment_length_sane check (length_mm between 1000 and 100000000),
  width_mm integer not null constraint segment_width_sane check (width_mm between 500 and 50000),
  geometry jsonb not null constraint segment_geometry_is_line check (geometry ->> 'type' = 'LineString'),
  status text not null,
  budget_minor minor_total not null default 0,
  warranty_until date,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  constraint segment_status_known check (status in ('proposed', 'approved', 'funded', 'contracted', 'in_progress',
    'inspection', 'rework', 'accepted', 'in_warranty', 'closed', 'suspended', 'cancelled'))
);
comment on table segment is 'One stretch of road (路段): what is funded, contracted, built and accepted as a unit.';
comment on column segment.geometry is 'GeoJSON LineString, WGS84, [lon, lat].';
comment on column segment.budget_minor is 'Total of the approved budget now in force; 0 until the first approval.';
create index segment_campaign on segment (campaign_id, code);

create table segment_status_change (
  id bigint generated always as identity primary key,
  segment_id uuid not null references segment,
  event text not null,
  from_status text not null,
  to_status text not null,
  happened_on date not null,
  by_person uuid references person,
  reason text,
  recorded_at timestamptz not null default now()
);
comment on table segment_status_change is 'Each move of a segment through its state table, with the day and the reason.';
create index segment_status_change_segment on segment_status_change (segment_id, id);

create table budget (
  id uuid primary key,
  segment_id uuid not null references segment,
  version integer not null,
  total_minor minor_amount not null,
  reason text,
  status text not null constraint budget_status_known check (status in ('proposed', 'approved', 'returned')),
  content_hash text not null,
  proposed_by uuid not null references person,
  proposed_on date not null,
  decided_by uuid references person,
  decided_on date,
  unique (segment_id, version),
  constraint budget_maker_is_not_checker check (decided_by is null or decided_by <> proposed_by),
  constraint budget_amendment_has_reason check (version = 1 or length(reason) > 0)
);
comment on table budget is 'Versions of a segment''s budget; the newest approved one is in force.';

create table budget_line (
  budget_id uuid not null references budget,
  line_no integer not null,
  item local_text not null,
  unit text not null,
  quantity_milli bigint not null constraint budget_line_quantity_positive check (quantity_milli > 0),
  amount_minor minor_amount not null,
  primary key (budget_id, line_no)
);
comment on table budget_line is 'Bill of quantities (工程量清单) of a budget version.';

create trigger segment_status_change_append_only before update or delete on segment_status_change
  for each row execute function refuse_rewrite();
create trigger budget_line_append_only before update or delete on budget_line
  for each row execute function refuse_rewrite();

grant select on segment, segment_status_change, budget, budget_line to shanlu_app, shanlu_reader;
grant insert on segment, segment_status_change, budget, budget_line to shanlu_app;
grant update on segment, budget to shanlu_app;
