-- Why: a report that a second person has read may have to wait (a tender that is still open, somebody's privacy). The
-- public sees that it exists, why it waits and when it opens, and its hash, so that it cannot be changed meanwhile.
alter table publication
  add column withheld_reason text,
  add constraint publication_embargo_says_why
    check (status <> 'embargoed' or (approved_by is not null and opens_on is not null and length(withheld_reason) > 0));
comment on column publication.withheld_reason is 'Why it waited or waits; null when it never did.';
comment on column publication.opens_on is 'The first day it may be published; null when it never had to wait.';

create view disclosure.publication_withheld as
  select p.code, c.slug as campaign, p.kind, p.title, p.period_from, p.period_to, p.due_on, p.opens_on, p.withheld_reason,
    p.content_hash
  from publication p join campaign c on c.id = p.campaign_id and c.status <> 'draft'
  where p.status = 'embargoed';
comment on column disclosure.publication_withheld.due_on is 'Null when no law sets a day for it.';
grant select on disclosure.publication_withheld to shanlu_public, shanlu_reader, shanlu_app;
