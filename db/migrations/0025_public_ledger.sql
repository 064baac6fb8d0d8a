-- Why: the public ledger is narrowed by kind, day, road and words. Each of these must find its entries through an
-- index, so that a page costs the same with ten thousand entries as with ten million.
create index entry_campaign_kind on entry (campaign_id, kind, id);
create index entry_campaign_day on entry (campaign_id, accounting_date, id);
create index entry_corrections on entry (campaign_id, id) where reverses_id is not null;
create index donation_designation on donation (designation) where designation is not null;
create index donation_recognition on donation (recognition_id) where recognition_id is not null;
create index recognition_shown on recognition (id)
  where consented_at is not null and withdrawn_at is null and moderation = 'shown';

-- Which entries touch which road: found from the road's few accounts, never by looking at every entry.
create view disclosure.entry_road as
  select s.code as segment, p.entry_id
  from segment s join campaign c on c.id = s.campaign_id and c.status <> 'draft'
  join account a on a.class = 'allocated' and a.subject = s.code
  join posting p on p.debit_account_id = a.id or p.credit_account_id = a.id
  where s.status <> 'proposed'
  union
  select s.code, p.entry_id
  from segment s join campaign c on c.id = s.campaign_id and c.status <> 'draft'
  join contract k on k.segment_id = s.id
  join account a on a.class in ('committed', 'certified', 'paid') and a.subject = k.code
  join posting p on p.debit_account_id = a.id or p.credit_account_id = a.id
  where s.status <> 'proposed';

-- The names the donors agreed to, newest gift first: the wall of merit, and finding a gift by its name.
create view disclosure.named_gift as
  select d.code, c.slug as campaign, d.received_on, d.settled_minor as amount_minor, c.book_currency as currency,
    d.designation, r.shown_as, l.id as lot_order
  from recognition r
  join donation d on d.recognition_id = r.id and d.received_on is not null
  join lot l on l.subject = d.code
  join campaign c on c.id = d.campaign_id and c.status <> 'draft'
  where r.consented_at is not null and r.withdrawn_at is null and r.moderation = 'shown' and r.shown_as is not null
    and d.status in ('cleared', 'settled', 'partly_refunded', 'won');
comment on column disclosure.named_gift.designation is 'Null: where it is needed.';
grant select on disclosure.entry_road, disclosure.named_gift to shanlu_public, shanlu_reader, shanlu_app;
