-- Why: the sums of gifts nobody is named for read every gift there is, two seconds of a million. All gifts and the named ones
-- are now folded by month and way with the balances, in the same act and up to the same mark; what is newer is read from the
-- postings, and who is named now from what the givers last said. So consent acts at once, and giving writes nothing more.

-- What brought a gift in and what undid that, also by month: of the lot, which never changes, the one a gift first came in.
-- A gift comes in as one posting from given to unallocated and, where there was a fee, one from given to fees.
create or replace view gift_movement as
  select l.campaign_id, d.channel, p.tx,
    case when 'unallocated' not in (k.class, o.class) then 0 when k.class = 'given' then 1 else -1 end as gifts,
    case when k.class = 'given' then p.amount_minor::bigint else -p.amount_minor::bigint end as amount_minor,
    date_trunc('month', l.received_on::timestamp)::date as month, e.id as entry_id
  from posting p
  join account k on k.id = p.credit_account_id
  join account o on o.id = p.debit_account_id
  join entry e on e.id = p.entry_id and e.subject_kind = 'donation'
  join donation d on d.code = e.subject
  join lot l on l.subject = d.code
  where p.book = 'purpose' and (k.class = 'given') <> (o.class = 'given');

-- What the summaries do not hold yet. As a list that is made first: how long it is the database cannot know, and left to
-- choose it would read everything instead.
create view entry_since_mark as
  select q.entry_id from posting q where q.tx >= (select through_tx from summary_mark);
comment on view entry_since_mark is 'Entries of transactions that summary_mark has not passed, once for each posting.';

alter table gift_summary add column month date constraint gift_summary_is_a_month check (extract(day from month) = 1);
alter table gift_summary drop constraint gift_summary_pkey;
delete from gift_summary;
insert into gift_summary (campaign_id, month, channel, gifts, amount_minor)
select m.campaign_id, m.month, m.channel, sum(m.gifts), sum(m.amount_minor)
from gift_movement m, summary_mark k where m.tx < k.through_tx group by 1, 2, 3;
alter table gift_summary alter column month set not null, add primary key (campaign_id, month, channel);
comment on table gift_summary is 'Gifts of transactions before summary_mark by the month and the way they came, undone ones taken off. Derived; can be made again from nothing.';
comment on column gift_summary.month is 'The month a gift first came in, also when it was undone and came again.';

create view gift_month_sum as
  select x.campaign_id, x.month, x.channel, sum(x.gifts)::bigint as gifts, sum(x.amount_minor)::bigint as amount_minor
  from (
    select campaign_id, month, channel, gifts, amount_minor from gift_summary
    union all
    select m.campaign_id, m.month, m.channel, m.gifts, m.amount_minor from gift_movement m
    where m.entry_id = any(array(select entry_id from entry_since_mark)) and m.tx >= (select through_tx from summary_mark)) x
  group by x.campaign_id, x.month, x.channel;
comment on view gift_month_sum is 'Gifts of each campaign by the month and the way they came, exact at this instant: the summary and what is newer.';

create or replace view gift_sum as
  select campaign_id, channel, sum(gifts)::bigint as gifts, sum(amount_minor)::bigint as amount_minor
  from gift_month_sum group by campaign_id, channel;

-- When a naming last changed. Whoever changes it writes this with it; a change that does not is refused, because the sums
-- would not see it before everything is counted again.
alter table recognition add column tx xid8 not null default '0';
alter table recognition alter column tx set default pg_current_xact_id();
comment on column recognition.tx is 'Transaction that last changed it: what is newer than summary_mark is looked at again by every sum.';
create index recognition_tx on recognition (tx);

create function refuse_untold_naming() returns trigger language plpgsql as $$
begin
  if not exists (select from recognition r where r.id = new.recognition_id and r.tx = pg_current_xact_id()) then
    raise exception 'a gift may only be given a naming that is made or changed with it'
      using errcode = 'check_violation', constraint = 'donation_naming_is_told', table = 'donation';
  end if;
  return new;
end $$;
create trigger donation_naming_is_told before update of recognition_id on donation
  for each row when (new.recognition_id is distinct from old.recognition_id) execute function refuse_untold_naming();

create function refuse_undated_naming() returns trigger language plpgsql as $$
begin
  if new.tx <> pg_current_xact_id() then
    raise exception 'a change of a naming must say its transaction'
      using errcode = 'check_violation', constraint = 'recognition_change_is_told', table = 'recognition';
  end if;
  return new;
end $$;
create trigger recognition_change_is_told before update on recognition
  for each row execute function refuse_undated_naming();

create table named_gift_counted (
  donation_id uuid primary key references donation,
  counted boolean not null
);
comment on table named_gift_counted is 'Whether named_gift_summary holds a gift; no row where it never did. Derived; can be made again from nothing.';

create table named_gift_summary (
  campaign_id uuid not null references campaign,
  month date not null constraint named_gift_summary_is_a_month check (extract(day from month) = 1),
  channel text not null,
  gifts bigint not null,
  amount_minor bigint not null,
  primary key (campaign_id, month, channel)
);
comment on table named_gift_summary is 'The gifts of named_gift_counted by the month and the way they came. Derived; can be made again from nothing.';

create view gift_naming as
  select d.id as donation_id, l.campaign_id, date_trunc('month', l.received_on::timestamp)::date as month, d.channel,
    l.amount_minor::bigint as amount_minor,
    r.id is not null and d.status in ('cleared', 'settled', 'partly_refunded', 'refunded', 'disputed', 'won', 'lost') as named,
    coalesce(n.counted, false) as counted
  from donation d
  join lot l on l.subject = d.code
  left join recognition r on r.id = d.recognition_id
    and r.consented_at is not null and r.withdrawn_at is null and r.moderation = 'shown' and r.shown_as is not null
  left join named_gift_counted n on n.donation_id = d.id;
comment on view gift_naming is 'Whether each gift ever received is named now, and whether named_gift_summary holds it.';

create view gift_naming_change as
  select g.* from gift_naming g
  where g.donation_id = any(array(
      select d.id from donation d where d.recognition_id = any(array(
        select r.id from recognition r where r.tx >= (select through_tx from summary_mark)))
      union
      select d.id from entry e join donation d on d.code = e.subject and d.recognition_id is not null
      where e.subject_kind = 'donation' and e.id = any(array(select entry_id from entry_since_mark))))
    and g.named <> g.counted;
comment on view gift_naming_change is 'Gifts that named_gift_summary must be changed by. Looked for among what came, was undone or had its naming changed since summary_mark.';

create view named_gift_sum as
  select x.campaign_id, x.month, x.channel, sum(x.gifts)::bigint as gifts, sum(x.amount_minor)::bigint as amount_minor
  from (
    select campaign_id, month, channel, gifts, amount_minor from named_gift_summary
    union all
    select campaign_id, month, channel, case when named then 1 else -1 end, case when named then amount_minor else -amount_minor end
    from gift_naming_change) x
  group by x.campaign_id, x.month, x.channel;
comment on view named_gift_sum is 'Gifts whose giver is named now, by the month and the way they came, exact at this instant.';

insert into named_gift_counted (donation_id, counted) select donation_id, true from gift_naming where named;
insert into named_gift_summary (campaign_id, month, channel, gifts, amount_minor)
select campaign_id, month, channel, count(*), sum(amount_minor) from gift_naming where named group by 1, 2, 3;

create or replace view disclosure.unnamed_gift_sum as
  select c.slug as campaign, to_char(a.month, 'YYYY-MM') as month, a.channel, c.book_currency as currency,
    (a.gifts - coalesce(n.gifts, 0))::int as gifts, (a.amount_minor - coalesce(n.amount_minor, 0))::bigint as amount_minor
  from gift_month_sum a
  left join named_gift_sum n using (campaign_id, month, channel)
  join campaign c on c.id = a.campaign_id and c.status <> 'draft'
  where a.gifts > coalesce(n.gifts, 0);

grant select on entry_since_mark, gift_month_sum, named_gift_counted, named_gift_summary, gift_naming, gift_naming_change, named_gift_sum
  to shanlu_app, shanlu_reader;
grant insert on named_gift_counted, named_gift_summary to shanlu_app;
grant update (counted) on named_gift_counted to shanlu_app;
grant update (gifts, amount_minor) on named_gift_summary to shanlu_app;
