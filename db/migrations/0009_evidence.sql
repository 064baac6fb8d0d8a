-- Why: a road is paid for when it can be seen. The original photograph stays sealed; the public copy carries no
-- metadata and is published by a person. Acceptance is signed by someone other than the uploader.
create table photograph (
  id uuid primary key,
  segment_id uuid not null references segment,
  stage text not null constraint photograph_stage_known check (stage in ('before', 'during', 'after', 'defect')),
  station text not null default 'A' constraint photograph_station_length check (length(station) between 1 and 40),
  taken_on date not null,
  original_sha256 sha256_hex not null,
  public_sha256 sha256_hex not null,
  thumb_sha256 sha256_hex not null,
  width_px integer not null,
  height_px integer not null,
  caption local_text not null,
  illustrative boolean not null default false,
  uploaded_by uuid not null references person,
  uploaded_at timestamptz not null default now(),
  published_by uuid references person,
  published_on date,
  constraint photograph_once_per_segment unique (segment_id, original_sha256)
);
comment on table photograph is 'Evidence picture: sealed original, public copy and thumbnail, each by hash.';

create table photograph_sealed (
  photograph_id uuid primary key references photograph,
  captured_at timestamptz,
  latitude_e7 integer,
  longitude_e7 integer
);
comment on table photograph_sealed is 'Capture time and place read from the original. Never public.';

create table acceptance (
  id uuid primary key,
  segment_id uuid not null references segment,
  sheet_document_id uuid not null references document,
  length_mm integer not null,
  width_mm integer not null,
  thickness_mm integer not null,
  signed_by uuid not null references person,
  signed_on date not null,
  result text not null constraint acceptance_result_known check (result in ('accepted', 'rework')),
  remark text,
  recorded_at timestamptz not null default now()
);
comment on table acceptance is 'Signed acceptance sheet (竣工验收) with measured dimensions.';

create table duty (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  kind text not null,
  title local_text not null,
  rule text not null,
  due_on date not null,
  done_on date,
  unique (campaign_id, kind, due_on)
);
comment on table duty is 'A statutory or promised publication with its due date and the day it was met.';

create table publication (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  kind text not null constraint publication_kind_known check (kind in ('news', 'progress_report', 'annual_report', 'full_report', 'correction')),
  title local_text not null,
  body local_text not null,
  corrects_id uuid references publication,
  status text not null constraint publication_status_known
    check (status in ('draft', 'review', 'embargoed', 'published', 'corrected', 'withheld')),
  content_hash text not null,
  written_by uuid not null references person,
  approved_by uuid references person,
  published_on date,
  opens_on date,
  constraint publication_maker_is_not_checker check (approved_by is null or approved_by <> written_by)
);
comment on table publication is 'News, reports and correction notices (更正说明), approved by a second person.';

create trigger photograph_sealed_append_only before update or delete on photograph_sealed
  for each row execute function refuse_rewrite();
create trigger acceptance_append_only before update or delete on acceptance
  for each row execute function refuse_rewrite();

grant select on photograph, photograph_sealed, acceptance, duty, publication to shanlu_app, shanlu_reader;
grant insert on photograph, photograph_sealed, acceptance, duty, publication to shanlu_app;
grant update (published_by, published_on) on photograph to shanlu_app;
grant update on duty, publication to shanlu_app;
