import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';

type Loose = Kysely<Database>;

export type ReportCampaign = {
  readonly slug: string;
  readonly name: LocalText;
  readonly organiser: LocalText;
  readonly currency: string;
  readonly opensOn: string;
};

/** Campaigns whose books can be asked for, the newest first. */
export const reportCampaigns = async (db: Reader): Promise<ReportCampaign[]> =>
  db
    .selectFrom('campaign')
    .select(['slug', 'name', 'organiser', 'book_currency as currency', 'opens_on as opensOn'])
    .where('status', '<>', 'draft')
    .orderBy('opens_on', 'desc')
    .execute();

export type SegmentCost = {
  readonly code: string;
  readonly name: LocalText;
  readonly budgetMinor: bigint;
  readonly allocatedMinor: bigint;
  readonly committedMinor: bigint;
  readonly certifiedMinor: bigint;
  readonly paidMinor: bigint;
};

/** What each road has cost up to a day: what was assigned to it in all, and how far that money has come. */
export const segmentCosts = async (campaign: string, on: string, db: Reader): Promise<SegmentCost[]> =>
  (
    await sql<SegmentCost>`
      with moved as (
        select d.account_id, d.in_minor - d.out_minor as minor from account_day d where d.day <= ${on}::date
        union all
        select p.debit_account_id, p.amount_minor from posting p join entry e on e.id = p.entry_id
          where p.tx >= (select through_tx from summary_mark) and e.accounting_date <= ${on}::date
        union all
        select p.credit_account_id, -p.amount_minor from posting p join entry e on e.id = p.entry_id
          where p.tx >= (select through_tx from summary_mark) and e.accounting_date <= ${on}::date
      ), held as (
        select coalesce(k.segment_id, s.id) as segment_id, a.class, sum(m.minor) as minor
        from moved m join account a on a.id = m.account_id
          left join contract k on k.code = a.subject and a.class in ('committed', 'certified', 'paid')
          left join segment s on s.code = a.subject and a.class = 'allocated'
        where a.class in ('allocated', 'committed', 'certified', 'paid') group by 1, 2
      ), by_road as (
        select segment_id, coalesce(sum(minor) filter (where class = 'allocated'), 0) as a, coalesce(sum(minor) filter (where class = 'committed'), 0) as c,
          coalesce(sum(minor) filter (where class = 'certified'), 0) as z, coalesce(sum(minor) filter (where class = 'paid'), 0) as p
        from held group by segment_id)
      select s.code, s.name, s.budget_minor as "budgetMinor", coalesce(a + c + z + p, 0)::bigint as "allocatedMinor",
        coalesce(c + z + p, 0)::bigint as "committedMinor", coalesce(z + p, 0)::bigint as "certifiedMinor", coalesce(p, 0)::bigint as "paidMinor"
      from segment s join campaign g on g.id = s.campaign_id left join by_road b on b.segment_id = s.id
      where g.slug = ${campaign} order by s.code`.execute(db as Loose)
  ).rows;

export type PledgeDue = {
  readonly bucket: string;
  readonly pledges: number;
  readonly dueMinor: bigint;
};

/**
 * What of the pledges is still outstanding on a day, by how long its instalment has been due. Gifts applied by then
 * count against the earliest instalments; pledges written off, released or cancelled by then are left out.
 */
export const pledgeAgeing = async (campaign: string, on: string, db: Reader): Promise<PledgeDue[]> =>
  (
    await sql<PledgeDue>`
      with alive as (
        select p.id from pledge p join campaign c on c.id = p.campaign_id
        where c.slug = ${campaign} and p.pledged_on <= ${on}::date and p.currency = c.book_currency
          and coalesce((select h.to_status from pledge_status_change h where h.pledge_id = p.id and h.happened_on <= ${on}::date
                order by h.id desc limit 1), 'open') not in ('written_off', 'released_hardship', 'cancelled', 'draft')
      ), applied as (
        select a.pledge_id, sum(a.amount_minor) as minor from pledge_application a join donation d on d.id = a.donation_id
        where d.received_on <= ${on}::date group by a.pledge_id
      ), parts as (
        select i.pledge_id, i.due_on, i.amount_minor,
          sum(i.amount_minor) over (partition by i.pledge_id order by i.due_on, i.no) as upto, coalesce(x.minor, 0) as applied
        from instalment i join alive on alive.id = i.pledge_id left join applied x on x.pledge_id = i.pledge_id
        where i.pledge_version = (select max(j.pledge_version) from instalment j where j.pledge_id = i.pledge_id)
      ), left_over as (
        select pledge_id, due_on, least(amount_minor, greatest(0, upto - applied)) as minor from parts
      ), aged as (
        select pledge_id, minor, case when due_on > ${on}::date then 'not_due' when due_on > ${on}::date - 31 then 'to_30'
          when due_on > ${on}::date - 91 then 'to_90' when due_on > ${on}::date - 181 then 'to_180' else 'over_180' end as bucket
        from left_over where minor > 0)
      select b.bucket, count(distinct a.pledge_id)::int as pledges, coalesce(sum(a.minor), 0)::bigint as "dueMinor"
      from (values ('not_due', 1), ('to_30', 2), ('to_90', 3), ('to_180', 4), ('over_180', 5)) b(bucket, no)
      left join aged a on a.bucket = b.bucket group by b.bucket, b.no order by b.no`.execute(db as Loose)
  ).rows;

export type AdvisedGift = {
  readonly gift: string;
  readonly road: string;
  readonly receivedOn: string;
  readonly amountMinor: bigint;
  readonly waitingMinor: bigint;
  readonly assignedMinor: bigint;
  readonly paidMinor: bigint;
  readonly otherMinor: bigint;
};

/** Gifts whose giver named a road (定向捐款), with how far each had come on a day. No names: numbers only. */
export const advisedGifts = async (campaign: string, on: string, db: Reader): Promise<AdvisedGift[]> =>
  (
    await sql<AdvisedGift>`
      with own as (select l.* from lot l join campaign c on c.id = l.campaign_id
        where c.slug = ${campaign} and l.kind = 'gift' and l.designation is not null and l.received_on <= ${on}::date),
      moved as (
        select x.lot_id, a.class, x.amount_minor as minor from own join posting_lot x on x.lot_id = own.id
          join posting p using (entry_id, line_no) join entry e on e.id = p.entry_id join account a on a.id = p.debit_account_id
          where e.accounting_date <= ${on}::date
        union all
        select x.lot_id, a.class, -x.amount_minor from own join posting_lot x on x.lot_id = own.id
          join posting p using (entry_id, line_no) join entry e on e.id = p.entry_id join account a on a.id = p.credit_account_id
          where e.accounting_date <= ${on}::date)
      select own.subject as gift, own.designation as road, own.received_on as "receivedOn", own.amount_minor as "amountMinor",
        coalesce(sum(m.minor) filter (where m.class = 'unallocated'), 0)::bigint as "waitingMinor",
        coalesce(sum(m.minor) filter (where m.class in ('allocated', 'committed', 'certified')), 0)::bigint as "assignedMinor",
        coalesce(sum(m.minor) filter (where m.class = 'paid'), 0)::bigint as "paidMinor",
        coalesce(sum(m.minor) filter (where m.class in ('fees', 'returned', 'lost')), 0)::bigint as "otherMinor"
      from own left join moved m on m.lot_id = own.id
      group by own.id, own.subject, own.designation, own.received_on, own.amount_minor
      order by own.designation, own.received_on, own.id`.execute(db as Loose)
  ).rows;

export type DutyLine = {
  readonly title: LocalText;
  readonly rule: string;
  readonly dueOn: string;
  readonly doneOn: string | null;
};

/** The publication duties of a campaign with their days (公开事项日历). */
export const dutyLines = async (campaign: string, db: Reader): Promise<DutyLine[]> =>
  db
    .selectFrom('duty as d')
    .innerJoin('campaign as c', 'c.id', 'd.campaign_id')
    .select(['d.title', 'd.rule', 'd.due_on as dueOn', 'd.done_on as doneOn'])
    .where('c.slug', '=', campaign)
    .orderBy('d.due_on')
    .execute();
