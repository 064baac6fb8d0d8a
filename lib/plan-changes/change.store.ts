import { sql, type Transaction } from 'kysely';
import type { Database, LocalText } from '@/db/tables';
import type { Lang } from '../i18n/languages';
import type { Answer, ChangeBasis, ChangeKind, PlanChangeStatus } from './change.rules';

type Trx = Transaction<Database>;

export type ChangeRow = {
  readonly id: string;
  readonly code: string;
  readonly campaignId: string;
  readonly segmentId: string;
  readonly segment: string;
  readonly segmentName: LocalText;
  readonly kind: ChangeKind;
  readonly reason: LocalText;
  readonly basis: ChangeBasis;
  readonly toSegment: string | null;
  readonly toSegmentName: LocalText | null;
  readonly deadline: string;
  readonly status: PlanChangeStatus;
  readonly decision: string | null;
  readonly contentHash: string | null;
  readonly proposedBy: string | null;
};

export const nextChangeCode = async (trx: Trx): Promise<string> => {
  const { rows } = await sql<{ no: bigint }>`select nextval('plan_change_no') as no`.execute(trx);
  return `PC-${(rows[0]?.no ?? 0n).toString().padStart(4, '0')}`;
};

/** A changed plan, locked: answers and its settlement happen one after the other. */
export const lockChange = async (trx: Trx, code: string): Promise<ChangeRow | null> => {
  const row = await trx
    .selectFrom('plan_change as p')
    .innerJoin('segment as s', 's.id', 'p.segment_id')
    .leftJoin('segment as t', 't.id', 'p.to_segment_id')
    .select([
      'p.id',
      'p.code',
      'p.campaign_id as campaignId',
      'p.segment_id as segmentId',
      's.code as segment',
      's.name as segmentName',
      'p.kind',
      'p.reason',
      'p.basis',
      't.code as toSegment',
      't.name as toSegmentName',
      'p.deadline',
      'p.status',
      'p.decision',
      'p.content_hash as contentHash',
      'p.proposed_by as proposedBy',
    ])
    .where('p.code', '=', code)
    .forUpdate('p')
    .executeTakeFirst();
  return row
    ? {
        ...row,
        kind: row.kind as ChangeKind,
        basis: row.basis as ChangeBasis,
        status: row.status as PlanChangeStatus,
      }
    : null;
};

export type GiftOfChange = {
  readonly lotId: bigint;
  readonly subject: string;
  readonly lotKind: string;
  /** The road it may pave now, null = any. */
  readonly designation: string | null;
  readonly amountMinor: bigint;
  readonly answer: Answer;
  readonly outcome: string | null;
  readonly refundId: string | null;
  readonly donorId: string | null;
  readonly donorLang: Lang;
  readonly hasAddress: boolean;
};

export const giftsOfChange = async (trx: Trx, changeId: string): Promise<GiftOfChange[]> => {
  const { rows } = await sql<GiftOfChange>`
    select g.lot_id as "lotId", l.subject, l.kind as "lotKind", l.designation, g.amount_minor as "amountMinor", g.answer,
      g.outcome, g.refund_id as "refundId", o.id as "donorId", coalesce(o.lang, 'zh-Hans') as "donorLang",
      (o.email is not null and o.erased_at is null) as "hasAddress"
    from plan_change_gift g join lot_now l on l.lot_id = g.lot_id
    left join donation d on d.code = l.subject left join donor o on o.id = d.donor_id
    where g.plan_change_id = ${changeId} order by g.lot_id`.execute(trx);
  return rows;
};

export type HeldLot = {
  readonly lotId: bigint;
  readonly kind: string;
  readonly designation: string | null;
  /** What the giver chose beforehand for the case that the road is not built; null for what is no gift. */
  readonly ifNotBuilt: string | null;
  readonly onRoadMinor: bigint;
  readonly inFundMinor: bigint;
};

/** The lots a changed plan touches: what lies with the road uncontracted, and what waits in the fund for it alone. */
export const lotsOfRoad = async (
  trx: Trx,
  road: { readonly code: string; readonly campaign: string },
): Promise<HeldLot[]> => {
  const { rows } = await sql<HeldLot>`
    select l.lot_id as "lotId", l.kind, l.designation, d.if_not_built as "ifNotBuilt",
      coalesce(sum(p.held_minor) filter (where a.class = 'allocated'), 0)::bigint as "onRoadMinor",
      coalesce(sum(p.held_minor) filter (where a.class = 'unallocated'), 0)::bigint as "inFundMinor"
    from lot_position p join account a on a.id = p.account_id join lot_now l on l.lot_id = p.lot_id
    left join donation d on d.code = l.subject
    where p.held_minor > 0
      and ((a.class = 'allocated' and a.subject = ${road.code})
        or (a.class = 'unallocated' and a.subject = ${road.campaign} and l.designation = ${road.code}))
    group by l.lot_id, l.kind, l.designation, d.if_not_built order by l.lot_id`.execute(trx);
  return rows;
};

/** The accounts such lots lie in, for holding them still. */
export const accountsOfRoad = async (
  trx: Trx,
  road: { readonly code: string; readonly campaign: string },
): Promise<bigint[]> => {
  const { rows } = await sql<{ id: bigint }>`
    select id from account where book = 'purpose'
      and ((class = 'allocated' and subject = ${road.code}) or (class = 'unallocated' and subject = ${road.campaign}))
    order by id`.execute(trx);
  return rows.map((row) => row.id);
};
