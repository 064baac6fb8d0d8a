-- Why: what the law wants to be seen of a campaign (慈善法 art 24 and 25: plan, filing, host, contact) stands on its
-- page, in versions, so that a change of the plan is seen as a change. Reports are composed from the books, carry a
-- person's words, are approved by a second person, and a mistake in one is corrected by another, never overwritten.
create table campaign_plan (
  campaign_id uuid not null references campaign,
  version integer not null constraint campaign_plan_version_positive check (version > 0),
  mode text not null constraint campaign_plan_mode_known check (mode in ('public', 'targeted', 'overseas')),
  purpose local_text not null,
  area local_text not null,
  person_in_charge local_text not null,
  office local_text not null,
  ways_to_give local_text not null,
  bank_account local_text not null,
  beneficiaries local_text not null,
  uses local_text not null,
  costs local_text not null,
  surplus local_text not null,
  partners jsonb not null default '[]' constraint campaign_plan_partners_is_list check (jsonb_typeof(partners) = 'array'),
  contact local_text not null,
  complaints local_text not null,
  filed_on date,
  reason text,
  recorded_by uuid not null references person,
  recorded_on date not null,
  recorded_at timestamptz not null default now(),
  primary key (campaign_id, version),
  constraint campaign_plan_change_has_reason check (version = 1 or length(reason) > 0)
);
comment on table campaign_plan is 'Versions of a fundraising plan (募捐方案); the newest is in force.';
comment on column campaign_plan.partners is 'Cooperating bodies (合作方): [{"name": …, "role": …}] in three languages.';
create trigger campaign_plan_append_only before update or delete on campaign_plan
  for each row execute function refuse_rewrite();
create trigger campaign_plan_no_truncate before truncate on campaign_plan
  for each statement execute function refuse_rewrite();

create sequence publication_no;
alter table publication
  add column code text constraint publication_code_unique unique,
  add column period_from date,
  add column period_to date,
  add column due_on date,
  add column figures jsonb,
  add column original_lang text not null default 'zh-Hans'
    constraint publication_lang_known check (original_lang in ('zh-Hans', 'zh-Hant', 'en')),
  add column submitted_on date,
  add constraint publication_period_in_order check (period_from <= period_to),
  add constraint publication_published_is_approved
    check (status not in ('published', 'corrected') or (approved_by is not null and published_on is not null));
comment on column publication.figures is 'What the books said of the period when the report was submitted; frozen. Null for news.';
comment on column publication.original_lang is 'The language a person wrote it in; the others are converted or shown marked.';
create index publication_public on publication (campaign_id, published_on desc) where status in ('published', 'corrected');
grant usage on sequence publication_no to shanlu_app;

create view disclosure.campaign_plan as
  select c.slug as campaign, p.version, p.mode, p.purpose, p.area, p.person_in_charge, p.office, p.ways_to_give,
    p.bank_account, p.beneficiaries, p.uses, p.costs, p.surplus, p.partners, p.contact, p.complaints, p.filed_on, p.reason,
    p.recorded_on
  from campaign_plan p join campaign c on c.id = p.campaign_id and c.status <> 'draft';
comment on column disclosure.campaign_plan.filed_on is 'Null when no filing is recorded.';
comment on column disclosure.campaign_plan.reason is 'Null for the first version.';

create or replace view disclosure.publication as
  select p.id::text as id, c.slug as campaign, p.kind, p.title, p.body, p.corrects_id::text as corrects, p.status, p.published_on,
    p.code, p.period_from, p.period_to, p.due_on, p.figures, p.original_lang, p.content_hash,
    (select o.code from publication o where o.id = p.corrects_id) as corrects_code,
    (select n.code from publication n where n.corrects_id = p.id and n.status in ('published', 'corrected')
      order by n.published_on desc, n.code desc limit 1) as corrected_by
  from publication p join campaign c on c.id = p.campaign_id and c.status <> 'draft'
  where p.status in ('published', 'corrected');
comment on column disclosure.publication.code is 'Null for news without a number.';
comment on column disclosure.publication.period_from is 'Null for news.';
comment on column disclosure.publication.period_to is 'Null for news.';
comment on column disclosure.publication.due_on is 'Null when no law sets a day for it.';
comment on column disclosure.publication.figures is 'Null for news.';
comment on column disclosure.publication.corrects_code is 'Null unless it corrects another.';
comment on column disclosure.publication.corrected_by is 'Null unless a later one corrects it.';

-- Money month by month, from the purpose book: what the curve of a campaign is drawn from.
create view disclosure.money_month as
  select c.slug as campaign, to_char(e.accounting_date, 'YYYY-MM') as month,
    coalesce(sum(p.amount_minor) filter (where k.class = 'given'), 0)::bigint
      - coalesce(sum(p.amount_minor) filter (where d.class in ('returned', 'lost')), 0)::bigint as received_minor,
    coalesce(sum(p.amount_minor) filter (where d.class = 'allocated' and k.class = 'unallocated'), 0)::bigint
      - coalesce(sum(p.amount_minor) filter (where k.class = 'allocated' and d.class = 'unallocated'), 0)::bigint as allocated_minor,
    coalesce(sum(p.amount_minor) filter (where d.class = 'committed' and k.class = 'allocated'), 0)::bigint
      - coalesce(sum(p.amount_minor) filter (where k.class = 'committed' and d.class = 'allocated'), 0)::bigint as committed_minor,
    coalesce(sum(p.amount_minor) filter (where d.class = 'paid'), 0)::bigint
      - coalesce(sum(p.amount_minor) filter (where k.class = 'paid'), 0)::bigint as paid_minor
  from entry e
  join campaign c on c.id = e.campaign_id and c.status <> 'draft'
  join posting p on p.entry_id = e.id and p.book = 'purpose'
  join account k on k.id = p.credit_account_id
  join account d on d.id = p.debit_account_id
  group by 1, 2;

grant select on campaign_plan to shanlu_app, shanlu_reader;
grant insert on campaign_plan to shanlu_app;
grant select on disclosure.campaign_plan, disclosure.publication, disclosure.money_month to shanlu_public, shanlu_reader, shanlu_app;
