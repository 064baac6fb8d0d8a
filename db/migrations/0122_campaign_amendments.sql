-- Why: the legal host, the licence and the number of the filing often come after a campaign was entered, and a filing can be
-- prolonged; they could not be entered any more. What stood before, and why it changed, stays.
create table campaign_amendment (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  before jsonb not null,
  after jsonb not null,
  reason text not null constraint campaign_amendment_reason_length check (length(reason) between 1 and 2000),
  made_by uuid not null references person,
  made_on date not null,
  recorded_at timestamptz not null default now(),
  constraint campaign_amendment_changes_something check (before <> after)
);
comment on table campaign_amendment is
  'What was changed of a campaign as it was filed: legal host, licence, filing number, last day. The campaign has the present state.';
create index campaign_amendment_of_campaign on campaign_amendment (campaign_id, recorded_at desc);
create trigger campaign_amendment_append_only before update or delete on campaign_amendment
  for each row execute function refuse_rewrite();

grant select, insert on campaign_amendment to shanlu_app;
grant select on campaign_amendment to shanlu_reader;
