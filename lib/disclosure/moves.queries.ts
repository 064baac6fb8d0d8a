import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import { publicDb } from './public-db';

/** Money in or out as the public may see it: a gift or a payment, by the day. */
export type LatestMove = {
  readonly code: string;
  readonly kind: 'gift' | 'payment';
  readonly date: string;
  readonly amountMinor: bigint;
  readonly road: string | null;
  readonly roadName: LocalText | null;
  readonly contractor: LocalText | null;
  readonly channel: string | null;
};

/** The newest gifts and payments of a campaign, in one list. */
export const latestMoves = async (
  slug: string,
  limit: number,
  db: Reader = publicDb(),
): Promise<LatestMove[]> =>
  (
    await sql<LatestMove>`
      select m.*, s.name as "roadName" from (
        (select g.code, 'gift' as kind, g.received_on as date, g.amount_minor as "amountMinor", g.designation as road,
            null::jsonb as contractor, g.channel
         from disclosure.gift_arrival n join disclosure.gift g on g.code = n.code
         where n.campaign = ${slug} order by n.arrived_on desc, n.lot_order desc limit ${limit})
        union all
        (select p.code, 'payment', p.paid_on, -p.amount_minor, p.segment, p.contractor_name::jsonb, null
         from disclosure.payment p where p.campaign = ${slug} order by p.paid_on desc, p.code desc limit ${limit})) m
      left join disclosure.segment s on s.code = m.road
      order by m.date desc, m.code desc limit ${limit}`.execute(db as Kysely<Database>)
  ).rows;
