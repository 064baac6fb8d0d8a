-- Why: two ways of looking through the public ledger took longer the more gifts there were. A road read every gift that was
-- ever named for it, and part of a name read every gift whose giver is named.
--
-- An entry about a gift says the road the gift was named for, written with it by the one function that writes entries;
-- the newest entries of a road are then found from their end. Proof L7 holds it against the gifts.
alter table entry add column named_for text;
alter table entry disable trigger entry_append_only;
update entry e set named_for = d.designation from donation d
where e.subject_kind = 'donation' and d.code = e.subject and d.designation is not null;
alter table entry enable trigger entry_append_only;
comment on column entry.named_for is 'Road the gift it is about was named for; null where the gift is free or the entry is about something else.';
create index entry_named_for on entry (named_for, id) where named_for is not null;

create or replace view disclosure.entry as
  select e.id, 'E-' || lpad(e.id::text, 6, '0') as number, c.slug as campaign, e.kind, e.subject_kind, e.subject,
    e.accounting_date, e.recorded_at::date as recorded_on, e.reverses_id, e.reason,
    r.id as reversed_by_id,
    e.amount_minor,
    c.book_currency as currency,
    (select min(coalesce(s.code, case when a.class = 'allocated' then a.subject end))
       from posting p join account a on a.id in (p.credit_account_id, p.debit_account_id) and a.book = 'purpose'
       left join contract k on k.code = a.subject left join segment s on s.id = k.segment_id
      where p.entry_id = e.id) as segment,
    e.named_for
  from entry e join campaign c on c.id = e.campaign_id and c.status <> 'draft'
  left join entry r on r.reverses_id = e.id;
comment on column disclosure.entry.named_for is 'Road the gift it is about was named for; null otherwise.';

-- A name is found by what it is written with, one sign or two neighbours at a time: three, as pg_trgm wants them, are more
-- than most Chinese names have.
create function disclosure.name_grams(name jsonb) returns text[] language plpgsql immutable parallel safe cost 5000 as $$
declare
  word text;
  grams text[] := '{}';
begin
  for word in select distinct lower(value) from jsonb_each_text(name) loop
    for place in 1 .. length(word) loop
      grams := grams || array[substr(word, place, 1), substr(word, place, 2)];
    end loop;
  end loop;
  return grams;
end $$;
comment on function disclosure.name_grams(jsonb) is 'Every sign and every two neighbouring signs of a name in all its languages, in small letters.';
grant execute on function disclosure.name_grams(jsonb) to shanlu_public, shanlu_reader, shanlu_app;
create index recognition_name on recognition using gin (disclosure.name_grams(shown_as))
  where consented_at is not null and withdrawn_at is null and moderation = 'shown' and shown_as is not null;
