-- Why: with half a million gifts the sums of unnamed gifts took longer than a statement may take, and the wall of merit
-- two seconds: the one computed for every gift what only the page of a gift shows, the other went through all gifts in
-- their order to find the few that are named. So all gifts are summed, and what the named ones brought is taken off.
create view disclosure.unnamed_gift_sum as
  select c.slug as campaign, to_char(a.month, 'YYYY-MM') as month, a.channel, c.book_currency as currency,
    (a.gifts - coalesce(n.gifts, 0))::int as gifts, (a.amount_minor - coalesce(n.amount_minor, 0))::bigint as amount_minor
  from (
    select campaign_id, date_trunc('month', received_on::timestamp) as month, channel, count(*) as gifts,
      sum(settled_minor) as amount_minor
    from donation where received_on is not null group by 1, 2, 3) a
  left join (
    select d.campaign_id, date_trunc('month', d.received_on::timestamp) as month, d.channel, count(*) as gifts,
      sum(d.settled_minor) as amount_minor
    from recognition r
    join donation d on d.recognition_id = r.id and d.recognition_id is not null and d.received_on is not null
    where r.consented_at is not null and r.withdrawn_at is null and r.moderation = 'shown' and r.shown_as is not null
    group by 1, 2, 3) n using (campaign_id, month, channel)
  join campaign c on c.id = a.campaign_id and c.status <> 'draft'
  where a.gifts > coalesce(n.gifts, 0);
comment on view disclosure.unnamed_gift_sum is 'Gifts nobody is named for, by month and way. Small sums are put together before they are shown.';

create or replace view disclosure.named_gift as
  select d.code, c.slug as campaign, d.received_on, d.settled_minor as amount_minor, c.book_currency as currency,
    d.designation, r.shown_as, l.id as lot_order
  from recognition r
  join donation d on d.recognition_id = r.id and d.recognition_id is not null and d.received_on is not null
  join lot l on l.subject = d.code
  join campaign c on c.id = d.campaign_id and c.status <> 'draft'
  where r.consented_at is not null and r.withdrawn_at is null and r.moderation = 'shown' and r.shown_as is not null
    and d.status in ('cleared', 'settled', 'partly_refunded', 'won');

grant select on disclosure.unnamed_gift_sum to shanlu_public, shanlu_reader, shanlu_app;
