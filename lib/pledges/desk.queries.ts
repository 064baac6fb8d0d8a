import { sql } from 'kysely';
import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';
import type { SurplusRow } from './surplus.store';

export type DeskPledge = {
  readonly code: string;
  readonly reference: string;
  readonly status: string;
  readonly version: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly keptMinor: bigint;
  readonly pledgedOn: string;
  /** The first day on which something is still due; null when nothing is. */
  readonly dueOn: string | null;
  readonly giver: string | null;
  readonly instalments: readonly { readonly dueOn: string; readonly amountMinor: bigint }[];
};

const SHOWN = 50;

type Row = Omit<DeskPledge, 'instalments'> & {
  readonly parts: readonly { readonly on: string; readonly minor: string }[];
};

/** Promises that are still open, what is due longest first; or those that a number, reference or name finds. */
export const deskPledges = async (asked: string, db: Reader = staffDb()): Promise<DeskPledge[]> => {
  const exact = asked.replace(/[\s-]/g, '').toUpperCase();
  const { rows } = await sql<Row>`
    with parts as (
      select p.id, i.no, i.due_on, i.amount_minor, sum(i.amount_minor) over (partition by p.id order by i.no) as until_minor
      from pledge p join instalment i on i.pledge_id = p.id and i.pledge_version = p.version)
    select p.code, p.reference, p.status, p.version, p.currency, p.amount_minor as "amountMinor",
      k.kept::bigint as "keptMinor", p.pledged_on as "pledgedOn", o.name as giver,
      (select min(t.due_on) from parts t where t.id = p.id and t.until_minor > k.kept) as "dueOn",
      (select jsonb_agg(jsonb_build_object('on', t.due_on, 'minor', t.amount_minor::text) order by t.no)
        from parts t where t.id = p.id) as parts
    from pledge p left join donor o on o.id = p.donor_id
    cross join lateral (select coalesce(sum(a.amount_minor), 0) as kept from pledge_application a where a.pledge_id = p.id) k
    where case when ${asked} = '' then p.status in ('open', 'partly_fulfilled')
      else replace(p.code, '-', '') = ${exact} or p.reference = ${exact} or o.name = ${asked} end
    order by "dueOn" nulls last, p.code limit ${SHOWN}`.execute(db);
  return rows.map(({ parts, ...row }) => ({
    ...row,
    instalments: parts.map((part) => ({ dueOn: part.on, amountMinor: BigInt(part.minor) })),
  }));
};

/** The one promise of this number; null when there is none. */
export const deskPledge = async (code: string, db: Reader = staffDb()): Promise<DeskPledge | null> =>
  (await deskPledges(code, db)).find((pledge) => pledge.code === code) ?? null;

export type SurplusLine = {
  readonly gift: string;
  readonly pledge: string;
  readonly giver: string | null;
  readonly receivedOn: string;
  readonly currency: string;
  readonly surplusMinor: bigint;
  /** What the giver or a clerk said last; null when nobody was asked. */
  readonly wish: SurplusRow['choice'] | null;
};

/**
 * Gifts that are more than was promised and about whose rest something is still to be done: decided on, put towards
 * another promise, or proposed for refund. What is to stay a gift, and what has been dealt with, is not here.
 */
export const surplusLines = async (db: Reader = staffDb()): Promise<SurplusLine[]> => {
  const { rows } = await sql<SurplusLine>`
    select d.code as gift, p.code as pledge, o.name as giver, d.received_on as "receivedOn", c.book_currency as currency,
      x.surplus::bigint as "surplusMinor", w.choice as wish
    from donation d join pledge p on p.id = d.pledge_id join campaign c on c.id = d.campaign_id
    left join donor o on o.id = d.donor_id
    left join lateral (select s.choice from surplus_choice s where s.donation_id = d.id
      order by s.recorded_at desc limit 1) w on true
    cross join lateral (select d.settled_minor - d.fee_covered_minor
      - coalesce((select sum(a.amount_minor) from pledge_application a where a.donation_id = d.id), 0)
      - coalesce((select sum(r.amount_minor) from refund r where r.donation_id = d.id
          and r.status in ('proposed', 'approved', 'sent', 'succeeded')), 0) as surplus) x
    where d.status in ('cleared', 'settled', 'partly_refunded', 'won') and x.surplus > 0
      and w.choice is distinct from 'general_fund'
    order by d.received_on, d.code limit ${SHOWN}`.execute(db);
  return rows;
};
