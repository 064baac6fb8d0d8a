-- Why: anyone may say that a road is broken or that something is not right, also without a name. It reaches a person it
-- is not about, is followed up step by step, and its outcome is public without names.
create sequence concern_no;
create table concern (
  id uuid primary key,
  code text not null constraint concern_code_unique unique,
  kind text not null constraint concern_kind_known check (kind in ('defect', 'irregularity')),
  campaign_id uuid not null references campaign,
  segment_id uuid references segment,
  about_role text constraint concern_about_known check (about_role in ('clerk', 'approver', 'inspector', 'administrator', 'contractor')),
  told text not null constraint concern_told_length check (length(told) between 1 and 4000),
  contact text constraint concern_contact_length check (length(contact) <= 200),
  picture_sha256 sha256_hex,
  status text not null constraint concern_status_known check (status in ('received', 'open', 'inspected', 'settled', 'declined')),
  finding text constraint concern_finding_known check (finding in ('confirmed', 'not_confirmed')),
  summary local_text,
  outcome local_text,
  received_on date not null,
  settled_on date,
  created_at timestamptz not null default now(),
  constraint concern_defect_has_road check (kind <> 'defect' or segment_id is not null),
  constraint concern_settled_says_how check (status <> 'settled' or (outcome is not null and settled_on is not null))
);
comment on table concern is 'What someone reported: a defect of a road or an irregularity. Its words and contact are never public.';
comment on column concern.about_role is 'Whom it is about, as far as was said: nobody of this role reads or handles it.';
create index concern_segment on concern (segment_id);
create index concern_campaign on concern (campaign_id);

create table concern_step (
  id bigint generated always as identity primary key,
  concern_id uuid not null references concern,
  event text not null,
  from_status text not null,
  to_status text not null,
  note text,
  by_person uuid references person,
  happened_on date not null,
  recorded_at timestamptz not null default now()
);
comment on table concern_step is 'What was done about a report, by whom. Internal.';
create index concern_step_concern on concern_step (concern_id, id);
create trigger concern_step_append_only before update or delete on concern_step
  for each row execute function refuse_rewrite();

grant usage on sequence concern_no to shanlu_app;
grant select on concern, concern_step to shanlu_app, shanlu_reader;
grant insert on concern, concern_step to shanlu_app;
grant update (status, finding, summary, outcome, settled_on, contact) on concern to shanlu_app;

create view disclosure.concern as
  select x.code, x.kind, c.slug as campaign, s.code as segment, x.status, x.finding, x.summary, x.outcome, x.received_on, x.settled_on
  from concern x join campaign c on c.id = x.campaign_id and c.status <> 'draft'
  left join segment s on s.id = x.segment_id and x.kind = 'defect'
  where x.status in ('open', 'inspected', 'settled');
comment on column disclosure.concern.segment is 'The road of a defect. Null for irregularities, which might point to people.';
comment on column disclosure.concern.finding is 'Null before someone has looked.';
comment on column disclosure.concern.summary is 'What was reported, in words of ours without names. Null for irregularities.';
comment on column disclosure.concern.outcome is 'Null until it is settled.';
comment on column disclosure.concern.settled_on is 'Null until it is settled.';
grant select on disclosure.concern to shanlu_public, shanlu_reader, shanlu_app;
