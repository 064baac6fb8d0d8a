import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { staffDb } from '../staff-db';

/** What is looked for in the trail; what is left out does not narrow. */
export type TrailFilter = {
  /** Who acted. */
  readonly personId?: string | undefined;
  /** Number of the thing, whole or its beginning: G-0095, ML-07, C-07. */
  readonly thing?: string | undefined;
  readonly event?: string | undefined;
  /** Kind of thing: donation, segment, contract. */
  readonly kind?: string | undefined;
  /** Days in UTC, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Older than this row (keyset). */
  readonly before?: bigint | undefined;
};

export type TrailRow = {
  readonly id: bigint;
  readonly at: Date;
  readonly command: string;
  readonly event: string;
  readonly thingKind: string;
  readonly thing: string;
  /** Name of the person, or the role or part of the system that acted. */
  readonly who: string;
  /** Figures and codes of the act; `from` and `to`, `before…` and `after…` where something changed. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Its state, or the amount, before and after the act; null where nothing of the kind changed. */
  readonly from: string | null;
  readonly to: string | null;
  /** SHA-256 over the whole input that was acted on. */
  readonly inputHash: string;
  /** Hash of what somebody else had made and this person approved, as it was on their screen. */
  readonly approvedHash: string | null;
  /** Index of the leaf this act left in the public log, if it is a public act and is logged already. */
  readonly leaf: bigint | null;
};

/**
 * The audit trail, newest first. Each row names its leaf: the ledger entry it posted, else the public act about the
 * same thing written in the same transaction (both carry the transaction's own time). Before and after come from the
 * act's own details, else from the change of state written with it.
 */
export const auditTrail = async (
  filter: TrailFilter,
  limit: number,
  db: Reader = staffDb(),
): Promise<TrailRow[]> => {
  const { personId = null, thing = null, event = null, kind = null } = filter;
  const { from = null, to = null, before = null } = filter;
  const { rows } = await sql<TrailRow>`
    select a.id, a.recorded_at as at, a.command, a.event, a.subject_kind as "thingKind", a.subject_id as thing,
      coalesce(p.name, a.actor_name) as who, a.details, encode(a.input_hash, 'hex') as "inputHash",
      a.details->>'approvedHash' as "approvedHash",
      coalesce(a.details->>'from', a.details->>'beforeMinor', c.from_status) as "from",
      coalesce(a.details->>'to', a.details->>'afterMinor', c.to_status) as "to",
      coalesce(
        (select l.leaf_index from log_leaf l where l.number = a.details->>'entry' and l.kind = 'entry'),
        (select l.leaf_index from log_leaf l join log_draft d on d.id = l.draft_id
         where l.subject = a.subject_id and d.drafted_at = a.recorded_at
         order by (l.event = a.event) desc, l.leaf_index limit 1)) as leaf
    from audit_event a left join person p on p.id = a.actor_id
    left join lateral (
      select from_status, to_status from donation_status_change h join donation d on d.id = h.donation_id
        where a.subject_kind = 'donation' and d.code = a.subject_id and h.recorded_at = a.recorded_at
      union all
      select from_status, to_status from pledge_status_change h join pledge d on d.id = h.pledge_id
        where a.subject_kind = 'pledge' and d.code = a.subject_id and h.recorded_at = a.recorded_at
      union all
      select from_status, to_status from segment_status_change h join segment d on d.id = h.segment_id
        where a.subject_kind = 'segment' and d.code = a.subject_id and h.recorded_at = a.recorded_at
      limit 1) c on true
    where (${personId}::uuid is null or a.actor_id = ${personId}::uuid)
      and (${thing}::text is null or starts_with(a.subject_id, ${thing}::text))
      and (${event}::text is null or a.event = ${event}::text)
      and (${kind}::text is null or a.subject_kind = ${kind}::text)
      and (${from}::date is null or a.recorded_at >= ${from}::date)
      and (${to}::date is null or a.recorded_at < ${to}::date + 1)
      and (${before}::bigint is null or a.id < ${before}::bigint)
    order by a.id desc limit ${limit}`.execute(db as Kysely<Database>);
  return rows;
};

export type TrailChoices = {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly events: readonly string[];
  readonly kinds: readonly string[];
};

/** Who has ever acted, and what kinds of acts there are: the choices of the search form. */
export const trailChoices = async (db: Reader = staffDb()): Promise<TrailChoices> => {
  const people = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('audit_event')
        .select('actor_id')
        .where('actor_id', 'is not', null)
        .$castTo<{ actor_id: string }>(),
    )
    .orderBy('name')
    .execute();
  const events = await db.selectFrom('audit_event').select('event').distinct().orderBy('event').execute();
  const kinds = await db
    .selectFrom('audit_event')
    .select('subject_kind as kind')
    .distinct()
    .orderBy('kind')
    .execute();
  return { people, events: events.map((row) => row.event), kinds: kinds.map((row) => row.kind) };
};
