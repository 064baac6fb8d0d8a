import { sql } from 'kysely';
import type { Reader } from '@/db/connect';
import type { LocalText } from '@/db/tables';
import type { LiveSession } from '../auth/session.store';
import { primary } from '../auth/primary';
import { receiptNumber } from '../receipts/receipt.rules';

/** Whoever reads must be signed in: every statement below is narrowed to the records of this account. */
export type Owner = Pick<LiveSession, 'personId'>;

export type MyPledge = {
  readonly code: string;
  /** The plan that is shown; a change names it, so that no newer one is overwritten. */
  readonly version: number;
  readonly reference: string;
  readonly status: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly keptMinor: bigint;
  readonly designation: string | null;
  readonly pledgedOn: string;
  readonly instalments: readonly {
    readonly dueOn: string;
    readonly amountMinor: bigint;
    readonly keptMinor: bigint;
  }[];
};

export type MyGift = {
  readonly code: string;
  readonly status: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly bookCurrency: string;
  readonly settledMinor: bigint | null;
  readonly channel: string;
  readonly givenOn: string;
  readonly receivedOn: string | null;
  readonly designation: string | null;
  readonly campaign: string;
  readonly waived: boolean;
  readonly naming: { readonly name: LocalText | null; readonly moderation: string } | null;
  readonly receipts: readonly {
    readonly id: string;
    readonly number: string;
    readonly status: string;
    readonly fiscalNumber: string | null;
  }[];
  readonly requests: readonly {
    readonly code: string;
    readonly kind: string;
    readonly amountMinor: bigint | null;
    readonly designation: string | null;
    readonly status: string;
    readonly answer: string | null;
  }[];
};

export type MyGiving = {
  readonly pledges: readonly MyPledge[];
  readonly gifts: readonly MyGift[];
  readonly remindersStopped: boolean;
  readonly newsStopped: boolean;
};

const PLEDGES_MAX = 200;
const GIFTS_MAX = 500;

/** Everything of one account, the newest first. Reads the main database: what was just done shows at once. */
export const myGiving = async (owner: Owner, db: Reader = primary()): Promise<MyGiving> => {
  const [pledges, gifts, stopped] = await Promise.all([
    myPledges(owner, db),
    myGifts(owner, null, db),
    sql<{ reminders: boolean; news: boolean }>`
      select coalesce(bool_and(reminders_stopped_at is not null), false) as reminders,
        coalesce(bool_and(news_stopped_at is not null), false) as news
      from donor where id in (select donors_of(${owner.personId}))`.execute(db),
  ]);
  return {
    pledges,
    gifts,
    remindersStopped: stopped.rows[0]?.reminders ?? false,
    newsStopped: stopped.rows[0]?.news ?? false,
  };
};

/** One gift of this account; null for anybody else's. */
export const myGift = async (owner: Owner, code: string, db: Reader = primary()): Promise<MyGift | null> =>
  (await myGifts(owner, code, db))[0] ?? null;

/** One promise of this account; null for anybody else's. */
export const myPledge = async (
  owner: Owner,
  code: string,
  db: Reader = primary(),
): Promise<MyPledge | null> => (await myPledges(owner, db)).find((pledge) => pledge.code === code) ?? null;

type PledgeRow = Omit<MyPledge, 'instalments'> & { readonly id: string };

const myPledges = async (owner: Owner, db: Reader): Promise<MyPledge[]> => {
  const { rows } = await sql<PledgeRow>`
    select p.id, p.version, p.code, p.reference, p.status, p.currency, p.amount_minor as "amountMinor", p.designation,
      p.pledged_on as "pledgedOn",
      (select coalesce(sum(a.amount_minor), 0)::bigint from pledge_application a where a.pledge_id = p.id) as "keptMinor"
    from pledge p where p.donor_id in (select donors_of(${owner.personId}))
    order by p.pledged_on desc, p.code desc limit ${PLEDGES_MAX}`.execute(db);
  if (rows.length === 0) return [];
  const parts = await db
    .selectFrom('instalment as i')
    .innerJoin('pledge as p', (join) =>
      join.onRef('p.id', '=', 'i.pledge_id').onRef('p.version', '=', 'i.pledge_version'),
    )
    .select(['i.pledge_id as pledgeId', 'i.due_on as dueOn', 'i.amount_minor as amountMinor'])
    .where(
      'i.pledge_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('i.no')
    .execute();
  return rows.map(({ id, ...pledge }) => {
    let left = pledge.keptMinor;
    const instalments = parts
      .filter((part) => part.pledgeId === id)
      .map(({ dueOn, amountMinor }) => {
        const keptMinor = left < amountMinor ? left : amountMinor;
        left -= keptMinor;
        return { dueOn, amountMinor, keptMinor };
      });
    return { ...pledge, instalments };
  });
};

type GiftRow = Omit<MyGift, 'receipts' | 'requests' | 'naming'> & {
  readonly id: string;
  readonly named: boolean;
  readonly name: LocalText | null;
  readonly moderation: string | null;
};

const myGifts = async (owner: Owner, code: string | null, db: Reader): Promise<MyGift[]> => {
  const { rows } = await sql<GiftRow>`
    select g.id, g.code, g.status, g.currency, g.amount_minor as "amountMinor", c.book_currency as "bookCurrency",
      g.settled_minor as "settledMinor", g.channel, g.given_on as "givenOn", g.received_on as "receivedOn",
      case when n.lot_id is null then g.designation else n.designation end as designation,
      c.slug as campaign, r.id is not null as named, r.shown_as as name, r.moderation,
      exists (select from receipt_waiver w where w.donation_id = g.id and w.withdrawn_on is null) as waived
    from donation g join campaign c on c.id = g.campaign_id left join lot_now n on n.subject = g.code
    left join recognition r on r.id = g.recognition_id and r.consented_at is not null and r.withdrawn_at is null
    where g.donor_id in (select donors_of(${owner.personId})) and (${code}::text is null or g.code = ${code})
    order by coalesce(g.received_on, g.given_on) desc, g.code desc limit ${GIFTS_MAX}`.execute(db);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const [receipts, requests] = await Promise.all([
    db
      .selectFrom('receipt')
      .select([
        'id',
        'donation_id as giftId',
        'serial',
        'issued_on as issuedOn',
        'status',
        'fiscal_number as fiscalNumber',
      ])
      .where('donation_id', 'in', ids)
      .orderBy('serial', 'desc')
      .execute(),
    db
      .selectFrom('donor_request')
      .select([
        'donation_id as giftId',
        'code',
        'kind',
        'amount_minor as amountMinor',
        'designation',
        'status',
        'answer',
      ])
      .where('donation_id', 'in', ids)
      .orderBy('code', 'desc')
      .execute(),
  ]);
  return rows.map(({ id, named, name, moderation, ...gift }) => ({
    ...gift,
    naming: named ? { name, moderation: moderation ?? 'waiting' } : null,
    receipts: receipts.flatMap(({ giftId, serial, issuedOn, ...receipt }) =>
      giftId === id && serial !== null ? [{ ...receipt, number: receiptNumber(issuedOn, serial) }] : [],
    ),
    requests: requests.flatMap(({ giftId, ...request }) => (giftId === id ? [request] : [])),
  }));
};
