-- Why: the inspector works where the network is poor: a photograph comes in pieces, again after a break, and counts
-- once. What was measured stands beside it. The public copy of a picture or paper is made by covering or blacking
-- out by hand, by a person, before anyone outside sees it.
create table upload (
  id uuid primary key,
  person_id uuid not null references person,
  sha256 sha256_hex not null,
  size_bytes integer not null constraint upload_size_sane check (size_bytes between 1 and 10485760),
  piece_bytes integer not null constraint upload_piece_sane check (piece_bytes between 4096 and 1048576),
  begun_at timestamptz not null default now(),
  done_at timestamptz,
  photograph_id uuid references photograph
);
comment on table upload is 'A photograph on its way in pieces. The id is made on the phone, so a retry finds its own upload.';
create index upload_begun on upload (begun_at);
create table upload_piece (
  upload_id uuid not null references upload on delete cascade,
  piece_no integer not null constraint upload_piece_no_sane check (piece_no between 0 and 4095),
  bytes bytea not null,
  primary key (upload_id, piece_no)
);
comment on table upload_piece is 'Bytes that have arrived; removed when the photograph is whole.';

create table measurement (
  id uuid primary key,
  segment_id uuid not null references segment,
  kind text not null constraint measurement_kind_known
    check (kind in ('length', 'width', 'thickness', 'core_thickness', 'compressive_strength')),
  station text not null constraint measurement_station_length check (length(station) between 1 and 40),
  value_milli bigint not null constraint measurement_value_positive check (value_milli > 0),
  required_milli bigint constraint measurement_required_positive check (required_milli > 0),
  document_id uuid references document,
  note text,
  measured_by uuid not null references person,
  measured_on date not null,
  recorded_at timestamptz not null default now(),
  constraint measurement_test_has_report check (kind <> 'compressive_strength' or document_id is not null)
);
comment on table measurement is 'What was measured on the road: lengths in micrometres (1/1000 mm), strength in kPa (1/1000 MPa).';
create index measurement_segment on measurement (segment_id, measured_on);
create trigger measurement_append_only before update or delete on measurement for each row execute function refuse_rewrite();

alter table photograph add column covered_by uuid references person;
alter table photograph add column covered_on date;
alter table photograph add column covered_count integer not null default 0 constraint photograph_covered_sane check (covered_count between 0 and 50);
comment on column photograph.covered_count is 'How many faces and number plates were made unrecognisable by hand.';
alter table document add column redacted_by uuid references person;
alter table document add column redacted_on date;

grant select on upload, upload_piece, measurement to shanlu_app, shanlu_reader;
grant insert on upload, upload_piece, measurement to shanlu_app;
grant update (done_at, photograph_id) on upload to shanlu_app;
grant delete on upload, upload_piece to shanlu_app;
grant update (public_sha256, thumb_sha256, width_px, height_px, covered_by, covered_on, covered_count) on photograph to shanlu_app;

create view disclosure.measurement as
  select s.code as segment, m.kind, m.station, m.value_milli, m.required_milli, d.code as report, m.measured_on
  from measurement m join segment s on s.id = m.segment_id left join document d on d.id = m.document_id;
comment on column disclosure.measurement.required_milli is 'Null when the contract names no value for it.';
comment on column disclosure.measurement.report is 'Null when it was read on the spot.';
grant select on disclosure.measurement to shanlu_public, shanlu_reader, shanlu_app;
