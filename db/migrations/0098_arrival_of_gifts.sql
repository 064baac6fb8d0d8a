-- Why: the sums of gifts nobody is named for read every gift whole, 2 to 5 seconds of a million. They need four of its
-- columns, in the order of the days: from an index that holds just these the same sums are read in one go, without sorting.
create index donation_arrival on donation (campaign_id, received_on, channel) include (settled_minor)
  where received_on is not null;

create or replace view disclosure.unnamed_gift_sum as
  select c.slug as campaign, to_char(a.month, 'YYYY-MM') as month, a.channel, c.book_currency as currency,
    (a.gifts - coalesce(n.gifts, 0))::int as gifts, (a.amount_minor - coalesce(n.amount_minor, 0))::bigint as amount_minor
  from (
    select campaign_id, date_trunc('month', received_on::timestamp) as month, channel, sum(gifts)::bigint as gifts,
      sum(amount_minor)::bigint as amount_minor
    from (
      select campaign_id, received_on, channel, count(*) as gifts, sum(settled_minor)::bigint as amount_minor
      from donation where received_on is not null group by 1, 2, 3) days
    group by 1, 2, 3) a
  left join (
    select d.campaign_id, date_trunc('month', d.received_on::timestamp) as month, d.channel, count(*) as gifts,
      sum(d.settled_minor)::bigint as amount_minor
    from recognition r
    join donation d on d.recognition_id = r.id and d.recognition_id is not null and d.received_on is not null
    where r.consented_at is not null and r.withdrawn_at is null and r.moderation = 'shown' and r.shown_as is not null
    group by 1, 2, 3) n using (campaign_id, month, channel)
  join campaign c on c.id = a.campaign_id and c.status <> 'draft'
  where a.gifts > coalesce(n.gifts, 0);
