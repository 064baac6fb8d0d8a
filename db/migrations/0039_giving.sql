-- Why: what people in a hall really say when they give: in whose honour or memory, for which family or association,
-- under which name, and who shares in it; how a plan of parts changes; and what becomes of money beyond a promise.
-- The gift carries all of it, not the donor.

alter table recognition add column name_kind text not null default 'name'
  constraint recognition_name_kind_known check (name_kind in ('name', 'pseudonym'));
alter table recognition add column dedication_kind text
  constraint recognition_dedication_kind_known check (dedication_kind in ('honour', 'memory'));
comment on column recognition.dedication_kind is 'In honour or in memory of whoever the dedication names; null: words of another kind.';

alter table donor add column kind text not null default 'person'
  constraint donor_kind_known check (kind in ('person', 'family', 'organisation'));
alter table donor add column contact text constraint donor_contact_length check (length(contact) between 1 and 200);
comment on column donor.contact is 'Who filled the form for a family or an organisation. Erasable.';

create table soft_credit (
  id uuid primary key,
  pledge_id uuid references pledge,
  donation_id uuid references donation,
  no integer not null,
  name text constraint soft_credit_name_length check (length(name) between 1 and 200),
  amount_minor minor_amount not null,
  recorded_at timestamptz not null default now(),
  constraint soft_credit_of_one check ((pledge_id is null) <> (donation_id is null)),
  constraint soft_credit_numbered unique nulls not distinct (pledge_id, donation_id, no)
);
comment on table soft_credit is
  'Who shares in a promise or gift that one person made (分摊署名). Never in the ledger, never public; the name is erasable.';
create index soft_credit_donation on soft_credit (donation_id) where donation_id is not null;

create table surplus_choice (
  id uuid primary key,
  donation_id uuid not null references donation,
  choice text not null constraint surplus_choice_known
    check (choice in ('raise_pledge', 'next_instalment', 'general_fund', 'refund')),
  amount_minor minor_amount not null,
  pledge_id uuid references pledge,
  chosen_by uuid references person,
  chosen_on date not null,
  recorded_at timestamptz not null default now(),
  constraint surplus_choice_names_its_pledge check ((pledge_id is not null) = (choice in ('raise_pledge', 'next_instalment')))
);
comment on table surplus_choice is 'What the giver decided about the part of a gift that is more than was promised.';
create index surplus_choice_donation on surplus_choice (donation_id);

alter table pledge add constraint pledge_version_positive check (version > 0);
create table pledge_change (
  id bigint generated always as identity primary key,
  pledge_id uuid not null references pledge,
  version integer not null,
  kind text not null constraint pledge_change_kind_known check (kind in ('replanned', 'raised')),
  before_minor minor_amount not null,
  after_minor minor_amount not null,
  by_person uuid references person,
  happened_on date not null,
  recorded_at timestamptz not null default now(),
  constraint pledge_change_replan_keeps_amount check (kind <> 'replanned' or before_minor = after_minor),
  constraint pledge_change_raise_raises check (kind <> 'raised' or after_minor > before_minor),
  constraint pledge_change_version_once unique (pledge_id, version)
);
comment on table pledge_change is 'A new plan of parts (the promise stays) or a raised promise; the plan itself is the instalment rows of that version.';

create view disclosure.message as
  select r.id::text as id, c.slug as campaign, m.subject, m.given_on as shown_on, r.shown_as, r.dedication, r.dedication_kind, r.message
  from recognition r
  join lateral (
    select p.code as subject, p.campaign_id, p.pledged_on as given_on from pledge p
      where p.recognition_id = r.id and p.status in ('open', 'partly_fulfilled', 'fulfilled')
    union all
    select d.code, d.campaign_id, d.received_on from donation d
      where d.recognition_id = r.id and d.pledge_id is null and d.status in ('cleared', 'settled', 'partly_refunded', 'won')
    order by 3 limit 1) m on true
  join campaign c on c.id = m.campaign_id and c.status <> 'draft'
  where r.consented_at is not null and r.withdrawn_at is null and r.moderation = 'shown'
    and (r.message is not null or r.dedication is not null);
comment on column disclosure.message.shown_as is 'Null: the giver left words without a name.';
comment on column disclosure.message.dedication is 'Null when there is none.';
comment on column disclosure.message.dedication_kind is 'Null unless in honour or in memory of someone.';
comment on column disclosure.message.message is 'Null when there is none.';

do $$
declare t text;
begin
  foreach t in array array['surplus_choice', 'pledge_change'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewrite()', t || '_append_only', t);
  end loop;
end $$;
grant select on soft_credit, surplus_choice, pledge_change to shanlu_app, shanlu_reader;
grant insert on soft_credit, surplus_choice, pledge_change to shanlu_app;
grant update (name) on soft_credit to shanlu_app;
