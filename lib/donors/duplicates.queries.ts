import { sql } from 'kysely';
import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';
import { duplicateReasons, PHONE_DIGITS, type DuplicateReason, type GiverTraits } from './duplicates.rules';

export type GiverSummary = {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly gifts: number;
  readonly pledges: number;
};

export type Suggestion = {
  readonly a: GiverSummary;
  readonly b: GiverSummary;
  readonly reasons: readonly DuplicateReason[];
};

type Pair = { readonly a: string; readonly b: string };
type TraitRow = GiverSummary & {
  readonly sameKey: string | null;
  readonly anyOrder: string | null;
  readonly surnames: readonly string[] | null;
};

/**
 * Pairs of records that may be one giver, with the reasons, the likeliest first. Each sign is looked up by its own
 * index; pairs that are joined or were found to be two people do not come again.
 */
export const suggestDuplicates = async (limit = 50, db: Reader = staffDb()): Promise<Suggestion[]> => {
  const digits = sql.raw(
    `right(regexp_replace(%.phone, '[^0-9]', '', 'g'), ${PHONE_DIGITS})`.replace('%', 'x'),
  );
  const { rows: pairs } = await sql<Pair>`
    with phones as (select x.id, ${digits} as digits from donor x where x.phone is not null and x.erased_at is null),
    pairs as (
      (select x.id as a, y.id as b from donor x join donor y on y.email = x.email and y.id > x.id
        where x.erased_at is null and y.erased_at is null limit 500)
      union (select x.id, y.id from phones x join phones y on y.digits = x.digits and y.id > x.id
        where length(x.digits) = ${PHONE_DIGITS} limit 500)
      union (select x.donor_id, y.donor_id from donor_name_key x
        join donor_name_key y on y.same_key = x.same_key and y.donor_id > x.donor_id limit 500)
      union (select x.donor_id, y.donor_id from donor_name_key x
        join donor_name_key y on y.any_order = x.any_order and y.donor_id > x.donor_id limit 500))
    select a, b from pairs p
    where not exists (select from donor_apart t where t.a_id = p.a and t.b_id = p.b)
      and not exists (select from donor_merge m where m.ended_at is null and (m.merged_id in (p.a, p.b)))`.execute(
    db,
  );
  if (pairs.length === 0) return [];
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const traits = new Map((await summaries(ids, db)).map((row) => [row.id, row]));
  return pairs
    .flatMap(({ a, b }): Suggestion[] => {
      const [one, two] = [traits.get(a), traits.get(b)];
      if (!one || !two) return [];
      const reasons = duplicateReasons(traitsOf(one), traitsOf(two));
      return reasons.length === 0 ? [] : [{ a: summaryOf(one), b: summaryOf(two), reasons }];
    })
    .sort((x, y) => weight(y.reasons) - weight(x.reasons))
    .slice(0, limit);
};

const WEIGHTS: Readonly<Record<DuplicateReason, number>> = {
  same_email: 8,
  same_phone: 6,
  same_name: 5,
  same_name_any_order: 3,
  surname: 2,
  names_contradict: -5,
};
const weight = (reasons: readonly DuplicateReason[]): number =>
  reasons.reduce((sum, reason) => sum + WEIGHTS[reason], 0);

const traitsOf = (row: TraitRow): GiverTraits => ({ ...row, surnames: row.surnames ?? [] });
const summaryOf = ({ id, name, email, phone, gifts, pledges }: TraitRow): GiverSummary => ({
  id,
  name,
  email,
  phone,
  gifts,
  pledges,
});

const summaries = async (ids: readonly string[], db: Reader): Promise<readonly TraitRow[]> =>
  (
    await sql<TraitRow>`
      select d.id, d.name, d.email, d.phone, k.same_key as "sameKey", k.any_order as "anyOrder", k.surnames,
        (select count(*)::int from donation g where g.donor_id = d.id) as gifts,
        (select count(*)::int from pledge p where p.donor_id = d.id) as pledges
      from donor d left join donor_name_key k on k.donor_id = d.id
      where d.id = any(${[...ids]}::uuid[])`.execute(db)
  ).rows;

export type MergedPair = {
  readonly id: bigint;
  readonly kept: GiverSummary;
  readonly merged: GiverSummary;
};

/** Joins in force, the newest first. */
export const mergedPairs = async (limit = 50, db: Reader = staffDb()): Promise<MergedPair[]> => {
  const rows = await db
    .selectFrom('donor_merge')
    .select(['id', 'kept_id', 'merged_id'])
    .where('ended_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const known = new Map(
    (rows.length === 0
      ? []
      : await summaries(
          rows.flatMap((row) => [row.kept_id, row.merged_id]),
          db,
        )
    ).map((row) => [row.id, summaryOf(row)]),
  );
  return rows.flatMap((row) => {
    const [kept, merged] = [known.get(row.kept_id), known.get(row.merged_id)];
    return kept && merged ? [{ id: row.id, kept, merged }] : [];
  });
};
