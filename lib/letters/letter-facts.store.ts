import { sql, type Transaction } from 'kysely';
import type { Database, LocalText } from '@/db/tables';
import type { Lang } from '../i18n/languages';

type Trx = Transaction<Database>;

/** Who gets a letter, about what; the pair is written once. */
type Addressed = { readonly donorId: string; readonly lang: Lang; readonly about: string };

/**
 * Letters tell what has just happened. What was entered long after it happened (an old list, the story of a past
 * campaign) is told to nobody.
 */
const RECENT = sql`now() - interval '14 days'`;
const LATELY = sql`(now() - interval '45 days')::date`;
/** Donors that can be written to and were not yet about this. */
const unwritten = (kind: string, about: ReturnType<typeof sql>) => sql`
  d.email is not null and d.erased_at is null
  and not exists (select from donor_letter l where l.donor_id = d.id and l.kind = ${kind} and l.about = ${about})`;

export type NewPledge = Addressed & {
  readonly pledgeId: string;
  readonly version: number;
  readonly reference: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly campaignId: string;
  readonly campaign: LocalText;
  readonly road: string | null;
  readonly roadName: LocalText | null;
};

/** Promises nobody has been thanked for. */
export const newPledges = async (trx: Trx, limit: number): Promise<readonly NewPledge[]> =>
  (
    await sql<NewPledge>`
      select d.id as "donorId", d.lang, p.code as about, p.id as "pledgeId", p.version, p.reference, p.currency,
        p.amount_minor as "amountMinor", c.id as "campaignId", c.name as campaign, s.code as road, s.name as "roadName"
      from pledge p join donor d on d.id = p.donor_id join campaign c on c.id = p.campaign_id
      left join segment s on s.code = p.designation
      where p.created_at > ${RECENT} and p.pledged_on > ${LATELY} and p.status in ('open', 'partly_fulfilled')
        and ${unwritten('pledge_thanks', sql`p.code`)}
      order by p.created_at limit ${limit}`.execute(trx)
  ).rows;

export type DuePart = Addressed & {
  readonly reference: string;
  readonly currency: string;
  readonly dueMinor: bigint;
  readonly dueOn: string;
  readonly pledgedOn: string;
  readonly timeZone: string;
  readonly campaignId: string;
  readonly campaign: LocalText;
};

/**
 * Parts of promises around their due day that are still to be paid, of givers who take reminders. Nothing of a
 * promise that was written off, released, cancelled or kept; nothing while a payment for it is under way.
 */
export const dueParts = async (trx: Trx, limit: number): Promise<readonly DuePart[]> =>
  (
    await sql<DuePart>`
      select d.id as "donorId", d.lang, p.code || '/' || p.version || '/' || i.no as about, p.reference, p.currency,
        least(i.amount_minor, i.upto_minor - coalesce(f.applied, 0))::bigint as "dueMinor", i.due_on as "dueOn",
        p.pledged_on as "pledgedOn", c.time_zone as "timeZone", c.id as "campaignId", c.name as campaign
      from (select pledge_id, pledge_version, no, due_on, amount_minor,
              (select sum(e.amount_minor) from instalment e
                where e.pledge_id = n.pledge_id and e.pledge_version = n.pledge_version and e.no <= n.no) as upto_minor
            from instalment n where due_on between current_date - 61 and current_date + 8) i
      join pledge p on p.id = i.pledge_id and p.version = i.pledge_version
      join donor d on d.id = p.donor_id join campaign c on c.id = p.campaign_id
      left join lateral (select sum(a.amount_minor) as applied from pledge_application a where a.pledge_id = p.id) f on true
      where p.status in ('open', 'partly_fulfilled') and i.upto_minor > coalesce(f.applied, 0)
        and d.email is not null and d.erased_at is null and d.reminders_stopped_at is null
        and not exists (select from donation g where g.pledge_id = p.id and g.status in ('pending', 'recorded', 'verified'))
        and not exists (select from donor_letter l where l.donor_id = d.id and l.queued_at > now() - interval '3 days'
          and l.kind in ('reminder_before', 'reminder_after') and l.about like p.code || '/%')
      order by i.due_on, p.code limit ${limit}`.execute(trx)
  ).rows;

export type FailedPayment = Addressed & {
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly reference: string | null;
  readonly campaign: LocalText;
};

/** Payments that failed and were not made good since. */
export const failedPayments = async (trx: Trx, limit: number): Promise<readonly FailedPayment[]> =>
  (
    await sql<FailedPayment>`
      select d.id as "donorId", d.lang, g.code || '/' || m.id as about, g.currency, g.amount_minor as "amountMinor",
        p.reference, c.name as campaign
      from donation_status_change m join donation g on g.id = m.donation_id
      join donor d on d.id = g.donor_id join campaign c on c.id = g.campaign_id left join pledge p on p.id = g.pledge_id
      where m.event = 'fail' and m.recorded_at > ${RECENT} and g.status = 'failed'
        and not exists (select from donation_status_change n where n.donation_id = g.id and n.id > m.id)
        and ${unwritten('payment_failed', sql`g.code || '/' || m.id`)}
      order by m.id limit ${limit}`.execute(trx)
  ).rows;

export type NewReceipt = Addressed & {
  readonly receiptId: string;
  readonly serial: bigint;
  readonly issuedOn: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly receivedOn: string;
  readonly gift: string;
  readonly campaign: LocalText;
};

/**
 * Receipts in force that have not been sent. A receipt carries the proof of its gift, so it waits until the gift is in
 * the public log, a second or two; not for ever, should the log stand still.
 */
export const newReceipts = async (trx: Trx, limit: number): Promise<readonly NewReceipt[]> =>
  (
    await sql<NewReceipt>`
      select d.id as "donorId", d.lang, r.id::text as about, r.id as "receiptId", r.serial, r.issued_on as "issuedOn",
        r.currency, r.amount_minor as "amountMinor", g.received_on as "receivedOn", g.code as gift, c.name as campaign
      from receipt r join donation g on g.id = r.donation_id join donor d on d.id = g.donor_id
      join campaign c on c.id = g.campaign_id
      where r.status = 'issued' and r.serial is not null and r.recorded_at > ${RECENT} and g.received_on > ${LATELY}
        and (r.recorded_at < now() - interval '10 minutes'
          or exists (select from log_leaf f where f.subject = g.code and f.event = 'gift_received'))
        and ${unwritten('receipt', sql`r.id::text`)}
      order by r.recorded_at limit ${limit}`.execute(trx)
  ).rows;

export type MovedRoad = Addressed & {
  readonly event: string;
  readonly on: string;
  readonly road: string;
  readonly roadName: LocalText;
  readonly campaign: LocalText;
  readonly gift: string;
  readonly photographSha256: string | null;
  readonly photographOn: string | null;
};

/** Roads that moved, and each giver with money in them: one letter a giver, road and step, whatever they gave. */
export const movedRoads = async (trx: Trx, limit: number): Promise<readonly MovedRoad[]> =>
  (
    await sql<MovedRoad>`
      select distinct on (d.id, m.event, s.id) d.id as "donorId", d.lang, s.code || '/' || m.event as about, m.event,
        m.happened_on as "on", s.code as road, s.name as "roadName", c.name as campaign, g.code as gift,
        f.thumb_sha256 as "photographSha256", f.taken_on as "photographOn"
      from segment_status_change m join segment s on s.id = m.segment_id join campaign c on c.id = s.campaign_id
      join account a on a.campaign_id = c.id and a.book = 'purpose' and (
        (a.class = 'allocated' and a.subject = s.code) or (a.class in ('committed', 'certified', 'paid')
          and a.subject in (select k.code from contract k where k.segment_id = s.id)))
      join lot_position h on h.account_id = a.id and h.held_minor > 0
      join lot l on l.id = h.lot_id and l.kind = 'gift' join donation g on g.code = l.subject
      join donor d on d.id = g.donor_id
      left join lateral (select f.thumb_sha256, f.taken_on from photograph f
        where f.segment_id = s.id and f.published_on is not null
        order by f.taken_on desc, array_position(array['before', 'during', 'after'], f.stage) desc, f.id limit 1) f on true
      where m.event in ('start', 'ask_inspection', 'accept') and m.recorded_at > ${RECENT} and m.happened_on > ${LATELY}
        and d.news_stopped_at is null and ${unwritten('road_news', sql`s.code || '/' || m.event`)}
      order by d.id, m.event, s.id, h.held_minor desc limit ${limit}`.execute(trx)
  ).rows;

export type NewDispute = Addressed & {
  readonly gift: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly on: string;
  readonly campaign: LocalText;
};

export const newDisputes = async (trx: Trx, limit: number): Promise<readonly NewDispute[]> =>
  (
    await sql<NewDispute>`
      select d.id as "donorId", d.lang, x.code as about, g.code as gift, c.book_currency as currency,
        x.amount_minor as "amountMinor", x.opened_on as "on", c.name as campaign
      from dispute x join donation g on g.id = x.donation_id join donor d on d.id = g.donor_id
      join campaign c on c.id = g.campaign_id
      where x.status = 'open' and x.opened_on > ${LATELY} and ${unwritten('dispute', sql`x.code`)}
      order by x.opened_on limit ${limit}`.execute(trx)
  ).rows;
