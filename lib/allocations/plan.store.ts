import { sql, type Transaction } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import { FUNDABLE } from './allocation.rules';
import type { PlanRoad } from './plan.rules';

type Trx = Transaction<Database>;

export type FundableRoad = PlanRoad & { readonly id: string; readonly name: LocalText };
export type PlanFacts = {
  readonly roads: readonly FundableRoad[];
  /** Money in the fund that may go to any road. */
  readonly freeMinor: bigint;
  /** Money in the fund that was given for roads which may take none now. */
  readonly boundMinor: bigint;
};

/** What the fund holds and what each road that may be given money still needs, by code. */
export const planFacts = async (db: Trx | Reader, campaignSlug: string): Promise<PlanFacts> => {
  const { rows } = await sql<{
    id: string;
    code: string;
    name: LocalText;
    lengthMm: number;
    room: bigint;
    own: bigint;
  }>`
    select s.id, s.code, s.name, s.length_mm as "lengthMm",
      greatest(s.budget_minor
        - coalesce((select sum(b.balance_minor) from account_balance b where b.class = 'allocated' and b.subject = s.code), 0)
        - coalesce((select sum(b.balance_minor) from contract k join account_balance b
            on b.class in ('committed', 'certified', 'paid') and b.subject = k.code where k.segment_id = s.id), 0), 0)::bigint as room,
      coalesce((select sum(p.held_minor) from lot_position p join account a on a.id = p.account_id
        where a.class = 'unallocated' and a.subject = c.slug and p.designation = s.code), 0)::bigint as own
    from segment s join campaign c on c.id = s.campaign_id
    where c.slug = ${campaignSlug} and s.status = any(${[...FUNDABLE]}::text[]) order by s.code`.execute(db);
  const { rows: fund } = await sql<{ free: bigint; bound: bigint }>`
    select coalesce(sum(p.held_minor) filter (where p.designation is null), 0)::bigint as free,
      coalesce(sum(p.held_minor) filter (where p.designation <> all(${rows.map((row) => row.code)}::text[])), 0)::bigint as bound
    from lot_position p join account a on a.id = p.account_id
    where a.class = 'unallocated' and a.subject = ${campaignSlug} and p.held_minor > 0`.execute(db);
  return {
    roads: rows.map(({ room, own, ...road }) => ({ ...road, roomMinor: room, designatedMinor: own })),
    freeMinor: fund[0]?.free ?? 0n,
    boundMinor: fund[0]?.bound ?? 0n,
  };
};

export const nextPlanCode = async (trx: Trx): Promise<string> => {
  const { rows } = await sql<{ no: bigint }>`select nextval('allocation_plan_no') as no`.execute(trx);
  return `AP-${(rows[0]?.no ?? 0n).toString().padStart(4, '0')}`;
};

export const lockPlan = (trx: Trx, code: string) =>
  trx.selectFrom('allocation_plan').selectAll().where('code', '=', code).forUpdate().executeTakeFirst();

export const linesOfPlan = (trx: Trx, planId: string) =>
  trx
    .selectFrom('allocation_plan_line as l')
    .innerJoin('segment as s', 's.id', 'l.segment_id')
    .select([
      'l.line_no as lineNo',
      'l.amount_minor as amountMinor',
      'l.designated_minor as designatedMinor',
      's.code as segment',
      's.id as segmentId',
    ])
    .where('l.plan_id', '=', planId)
    .orderBy('l.line_no')
    .execute();
