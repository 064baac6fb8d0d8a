-- Why: what a road is (thickness, class, surface, households) is part of its plan and of what the public is shown. A
-- line or a fact that changes is superseded: the row before stays. Where a line would lead to somebody's door it can be
-- shown coarsely or not at all; the exact one stays inside.
alter table segment
  add thickness_mm integer constraint segment_thickness_sane check (thickness_mm between 20 and 1000),
  add road_class text constraint segment_class_known check (road_class in ('county', 'township', 'village', 'lane')),
  add surface text constraint segment_surface_known
    check (surface in ('concrete', 'asphalt', 'block', 'gravel', 'earth')),
  add households integer constraint segment_households_sane check (households between 0 and 100000),
  add line_privacy text not null default 'exact' constraint segment_line_privacy_known
    check (line_privacy in ('exact', 'rounded', 'withheld'));
comment on column segment.thickness_mm is 'Planned thickness of the surface course.';
comment on column segment.road_class is 'Administrative class of a rural road (县道, 乡道, 村道) or a lane to houses (巷道).';
comment on column segment.surface is 'Planned surface.';
comment on column segment.households is 'Households the road serves.';
comment on column segment.line_privacy is 'How the public sees the line: exact, rounded to a thousandth of a degree (about 100 m), or not at all.';

create table segment_revision (
  id bigint generated always as identity primary key,
  segment_id uuid not null references segment,
  geometry jsonb not null,
  length_mm integer not null,
  width_mm integer not null,
  thickness_mm integer,
  road_class text,
  surface text,
  households integer,
  line_privacy text not null,
  line_changed boolean not null,
  length_after_mm integer not null,
  reason text not null constraint segment_revision_reason_given check (length(reason) > 0),
  happened_on date not null,
  by_person uuid not null references person,
  recorded_at timestamptz not null default now()
);
comment on table segment_revision is 'What a road''s line and facts were before each change, and why they changed.';
create index segment_revision_segment on segment_revision (segment_id, id);
create trigger segment_revision_append_only before update or delete on segment_revision
  for each row execute function refuse_rewrite();
grant select, insert on segment_revision to shanlu_app;
grant select on segment_revision to shanlu_reader;

create or replace view disclosure.segment as
  select s.code, c.slug as campaign, s.name, s.location, s.length_mm, s.width_mm,
    case s.line_privacy
      when 'exact' then s.geometry
      when 'rounded' then jsonb_build_object('type', 'LineString', 'coordinates', (
        select jsonb_agg(jsonb_build_array(round((p.point ->> 0)::numeric, 3), round((p.point ->> 1)::numeric, 3)) order by p.n)
        from jsonb_array_elements(s.geometry -> 'coordinates') with ordinality as p (point, n)))
    end as geometry,
    s.status, s.budget_minor,
    s.warranty_until, c.book_currency as currency,
    coalesce((select sum(b.balance_minor) from account_balance b where b.class = 'allocated' and b.subject = s.code), 0)::bigint
      + w.committed + w.certified + w.paid as allocated_minor,
    w.committed + w.certified + w.paid as committed_minor,
    w.certified + w.paid as certified_minor,
    w.paid as paid_minor,
    (select count(*)::int from lot_position p join account a on a.id = p.account_id
       join lot l on l.id = p.lot_id and l.kind = 'gift'
     where a.class = 'allocated' and a.subject = s.code) as gift_count,
    s.thickness_mm, s.road_class, s.surface, s.households, s.line_privacy
  from segment s
  join campaign c on c.id = s.campaign_id
  cross join lateral (
    select coalesce(sum(b.balance_minor) filter (where b.class = 'committed'), 0)::bigint as committed,
      coalesce(sum(b.balance_minor) filter (where b.class = 'certified'), 0)::bigint as certified,
      coalesce(sum(b.balance_minor) filter (where b.class = 'paid'), 0)::bigint as paid
    from contract k join account_balance b on b.subject = k.code and b.class in ('committed', 'certified', 'paid')
    where k.segment_id = s.id) w
  where c.status <> 'draft' and s.status <> 'proposed';

create view disclosure.segment_revision as
  select s.code as segment, r.happened_on, r.reason, r.line_changed, r.length_mm as length_before_mm,
    r.length_after_mm, r.id as revision_order
  from segment_revision r join segment s on s.id = r.segment_id join campaign c on c.id = s.campaign_id
  where c.status <> 'draft' and s.status <> 'proposed';
grant select on disclosure.segment_revision to shanlu_public, shanlu_reader, shanlu_app;
comment on column disclosure.segment.geometry is 'Null when the line is withheld; rounded where it would lead to a door.';
comment on column disclosure.segment.thickness_mm is 'Null when not stated.';
comment on column disclosure.segment.road_class is 'Null when not stated.';
comment on column disclosure.segment.surface is 'Null when not stated.';
comment on column disclosure.segment.households is 'Null when not stated.';
