-- Why: a concert night is an event of its own. Its QR code opens the form with the event set, its paper cards are typed
-- in batches whose totals are counted twice, and its screen shows one total that nothing outside the event changes.
create table hall_event (
  id uuid primary key,
  slug text not null constraint hall_event_slug_unique unique
    constraint hall_event_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  campaign_id uuid not null references campaign,
  name local_text not null,
  held_on date not null,
  recorded_by uuid references person,
  recorded_at timestamptz not null default now()
);
comment on table hall_event is 'An evening in a hall (晚会): what its QR code, its cards and its screen belong to.';
create index hall_event_campaign on hall_event (campaign_id, held_on);

create table pledge_batch (
  id uuid primary key,
  code text not null constraint pledge_batch_code_unique unique,
  hall_event_id uuid not null references hall_event,
  card_count integer not null constraint pledge_batch_has_cards check (card_count > 0),
  total_minor minor_amount not null,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null default now()
);
comment on table pledge_batch is
  'Paper pledge cards typed together. Count and total were added up by hand before typing and equal what was typed.';
create sequence pledge_batch_no;

alter table pledge add column hall_event_id uuid references hall_event;
alter table pledge add column batch_id uuid references pledge_batch;
alter table donation add column hall_event_id uuid references hall_event;
create index pledge_hall_event on pledge (hall_event_id) where hall_event_id is not null;
create index donation_hall_event on donation (hall_event_id) where hall_event_id is not null;
create index pledge_batch_event on pledge_batch (hall_event_id);

-- Promised: the evening's pledges, and what was given at once without one. Received: what has come of both.
create view disclosure.hall_event as
  select h.slug, c.slug as campaign, h.name, h.held_on, c.book_currency as currency, c.time_zone, c.illustrative,
    p.pledge_count + g.gift_count as promise_count,
    p.pledged_minor + g.given_minor as pledged_minor,
    p.kept_minor + g.given_minor as received_minor
  from hall_event h
  join campaign c on c.id = h.campaign_id and c.status <> 'draft'
  cross join lateral (
    select count(*)::int as pledge_count, coalesce(sum(q.amount_minor), 0)::bigint as pledged_minor,
      coalesce(sum((select coalesce(sum(a.amount_minor), 0) from pledge_application a where a.pledge_id = q.id)), 0)::bigint as kept_minor
    from pledge q where q.hall_event_id = h.id and q.status in ('open', 'partly_fulfilled', 'fulfilled')) p
  cross join lateral (
    select count(*)::int as gift_count, coalesce(sum(d.settled_minor), 0)::bigint as given_minor
    from donation d
    where d.hall_event_id = h.id and d.pledge_id is null and d.status in ('cleared', 'settled', 'partly_refunded', 'won')) g;

-- Only what its giver agreed to and a person has read. In the order of moderation: a name appears when it is released.
create view disclosure.hall_name as
  select h.slug as event, r.shown_as, m.designation, row_number() over (partition by h.id order by r.moderated_at, r.id)::int as name_order
  from hall_event h
  join campaign c on c.id = h.campaign_id and c.status <> 'draft'
  join lateral (
    select p.recognition_id, p.designation from pledge p
      where p.hall_event_id = h.id and p.status in ('open', 'partly_fulfilled', 'fulfilled')
    union all
    select d.recognition_id, d.designation from donation d
      where d.hall_event_id = h.id and d.pledge_id is null and d.status in ('cleared', 'settled', 'partly_refunded', 'won')) m on true
  join recognition r on r.id = m.recognition_id and r.consented_at is not null and r.withdrawn_at is null
    and r.moderation = 'shown' and r.shown_as is not null;
comment on column disclosure.hall_name.designation is 'Null: where it is needed.';

grant usage on sequence pledge_batch_no to shanlu_app;
do $$
begin
  create trigger pledge_batch_append_only before update or delete on pledge_batch for each row execute function refuse_rewrite();
end $$;
grant select on hall_event, pledge_batch to shanlu_app, shanlu_reader;
grant insert on hall_event, pledge_batch to shanlu_app;
