-- Why: a road that is split or joined keeps its old number and every link to it; its page says where it went.
create table segment_succession (
  id bigint generated always as identity primary key,
  from_segment uuid not null references segment,
  to_segment uuid not null references segment,
  kind text not null constraint segment_succession_kind_known check (kind in ('split', 'merge')),
  reason text not null constraint segment_succession_reason_given check (length(reason) > 0),
  happened_on date not null,
  by_person uuid not null references person,
  recorded_at timestamptz not null default now(),
  constraint segment_succession_once unique (from_segment, to_segment),
  constraint segment_succession_changes check (from_segment <> to_segment)
);
comment on table segment_succession is 'Which roads came of a road that was split or merged. The old road stays, cancelled, under its number.';
create index segment_succession_to on segment_succession (to_segment);
create trigger segment_succession_append_only before update or delete on segment_succession
  for each row execute function refuse_rewrite();
grant select, insert on segment_succession to shanlu_app;
grant select on segment_succession to shanlu_reader;

create view disclosure.segment_succession as
  select o.code as segment, n.code as successor, x.kind, x.happened_on
  from segment_succession x join segment o on o.id = x.from_segment join segment n on n.id = x.to_segment
  join campaign c on c.id = o.campaign_id and c.status <> 'draft';
grant select on disclosure.segment_succession to shanlu_public, shanlu_reader, shanlu_app;
