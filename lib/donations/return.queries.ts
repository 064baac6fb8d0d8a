import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import type { AccountClass } from '../ledger/accounts.rules';
import { groupBy } from '../shared/group-by';
import { staffDb } from '../staff-db';
import { takeBackFrom, type Place } from './refund.rules';

type Loose = Kysely<Database>;

export type RefundableGift = {
  readonly code: string;
  readonly currency: string;
  readonly availableMinor: bigint;
};

export type RoadLoss = {
  readonly stage: string;
  readonly road: string | null;
  readonly name: LocalText | null;
  readonly amountMinor: bigint;
};

/** A gift with what of it can still go back, counting refunds under way; null when there is no such gift. */
export const refundableGift = async (code: string, db: Reader = staffDb()): Promise<RefundableGift | null> =>
  (
    await sql<RefundableGift>`
      select d.code, c.book_currency as currency,
        (coalesce(d.settled_minor, 0) - coalesce((select sum(r.amount_minor) from refund r where r.donation_id = d.id and r.status in ('approved', 'sent', 'succeeded')), 0)
         - coalesce((select sum(x.amount_minor) from dispute x where x.donation_id = d.id and x.status in ('open', 'lost')), 0))::bigint as "availableMinor"
      from donation d join campaign c on c.id = d.campaign_id where d.code = ${code}`.execute(db as Loose)
  ).rows[0] ?? null;

/** Money of a gift that would go back. */
export type Asked = { readonly gift: string; readonly amountMinor: bigint };

/**
 * Which roads lose what if this much of each gift goes back now, by the same rule the approval uses; the books may move
 * between looking and approving. One answer for each that was asked, null when the gift does not hold that much.
 */
export const roadLosses = async (
  asked: readonly Asked[],
  db: Reader = staffDb(),
): Promise<readonly (RoadLoss[] | null)[]> => {
  if (asked.length === 0) return [];
  const { rows } = await sql<Held>`
    select l.subject as gift, a.code, a.class, a.subject, p.held_minor as held, s.code as road, s.name
    from lot l join lot_position p on p.lot_id = l.id and p.held_minor > 0 join account a on a.id = p.account_id
    left join contract k on k.code = a.subject and a.class in ('committed', 'certified', 'paid')
    left join segment s on s.id = k.segment_id or (a.class = 'allocated' and s.code = a.subject)
    where l.subject = any(${asked.map(({ gift }) => gift)}) order by a.id`.execute(db as Loose);
  const held = groupBy(rows, ({ gift }) => gift);
  return asked.map(({ gift, amountMinor }) => lossesAmong(held.get(gift) ?? [], amountMinor));
};

type Held = {
  readonly gift: string;
  readonly code: string;
  readonly class: AccountClass;
  readonly subject: string;
  readonly held: bigint;
  readonly road: string | null;
  readonly name: LocalText | null;
};

const lossesAmong = (held: readonly Held[], amountMinor: bigint): RoadLoss[] | null => {
  const places: Place[] = held.map((row) => ({
    account: { code: row.code, book: 'purpose', class: row.class, subject: row.subject },
    heldMinor: row.held,
  }));
  const taken = takeBackFrom(places, amountMinor);
  if (taken === null) return null;
  const road = new Map(held.map((row) => [row.code, row]));
  return [...taken.free, ...taken.assigned].map((one) => ({
    stage: one.account.class,
    road: road.get(one.account.code)?.road ?? null,
    name: road.get(one.account.code)?.name ?? null,
    amountMinor: one.amountMinor,
  }));
};

export type RefundLine = {
  readonly code: string;
  readonly gift: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: string;
  readonly reason: string;
  readonly failure: string | null;
  readonly makerId: string | null;
  readonly makerName: string | null;
  readonly on: string;
  readonly contentHash: string;
  readonly online: boolean;
};

/** Refunds, those that wait first. */
export const refundLines = async (db: Reader = staffDb()): Promise<RefundLine[]> =>
  (
    await sql<RefundLine>`
      select r.code, d.code as gift, r.amount_minor as "amountMinor", c.book_currency as currency, r.status, r.reason, r.failure,
        r.proposed_by as "makerId", p.name as "makerName", r.proposed_on as on, r.content_hash as "contentHash",
        d.channel in ('card', 'alipay', 'wechat') as online
      from refund r join donation d on d.id = r.donation_id join campaign c on c.id = d.campaign_id left join person p on p.id = r.proposed_by
      order by r.status not in ('proposed', 'approved', 'sent'), r.code desc limit 200`.execute(db as Loose)
  ).rows;

export type DisputeLine = {
  readonly code: string;
  readonly gift: string;
  readonly campaign: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly currency: string;
  readonly status: string;
  readonly reason: string;
  readonly openedOn: string;
  readonly dueOn: string | null;
  readonly answers: readonly {
    readonly words: string;
    readonly on: string;
    readonly sent: boolean;
    readonly document: string | null;
  }[];
};

/** Disputes, the open ones first by their due day. */
export const disputeLines = async (db: Reader = staffDb()): Promise<DisputeLine[]> =>
  (
    await sql<DisputeLine>`
      select x.code, d.code as gift, c.slug as campaign, x.amount_minor as "amountMinor", x.fee_minor as "feeMinor", c.book_currency as currency,
        x.status, x.reason, x.opened_on as "openedOn", x.due_on as "dueOn",
        coalesce((select jsonb_agg(jsonb_build_object('words', w.words, 'on', w.written_on, 'sent', w.sent_at is not null, 'document', o.code) order by w.recorded_at)
          from dispute_answer w left join document o on o.id = w.document_id where w.dispute_id = x.id), '[]'::jsonb) as answers
      from dispute x join donation d on d.id = x.donation_id join campaign c on c.id = d.campaign_id
      order by x.status <> 'open', x.due_on nulls last, x.code desc limit 200`.execute(db as Loose)
  ).rows;
