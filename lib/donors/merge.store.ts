import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { GiverTraits } from './duplicates.rules';

type Trx = Transaction<Database>;

export type GiverRow = GiverTraits & { readonly id: string; readonly erased: boolean };

/** Both records, locked in the order of their ids. */
export const lockGivers = async (trx: Trx, ids: readonly string[]): Promise<readonly GiverRow[]> =>
  (
    await sql<GiverRow>`
      select d.id, d.email, d.phone, k.same_key as "sameKey", k.any_order as "anyOrder",
        coalesce(k.surnames, '{}') as surnames, d.erased_at is not null as erased
      from donor d left join donor_name_key k on k.donor_id = d.id
      where d.id = any(${[...ids]}::uuid[]) order by d.id for update of d`.execute(trx)
  ).rows;

/** Does this record stand under another one already? */
export const standsUnder = async (trx: Trx, id: string): Promise<boolean> =>
  (await trx
    .selectFrom('donor_merge')
    .select('id')
    .where('merged_id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()) !== undefined;

export const insertMerge = async (
  trx: Trx,
  merge: {
    readonly keptId: string;
    readonly mergedId: string;
    readonly reasons: readonly string[];
    readonly by: string;
  },
): Promise<bigint> =>
  (
    await trx
      .insertInto('donor_merge')
      .values({
        kept_id: merge.keptId,
        merged_id: merge.mergedId,
        reasons: [...merge.reasons],
        merged_by: merge.by,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;

export const endMergeRow = async (
  trx: Trx,
  id: bigint,
  end: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<boolean> =>
  (await trx
    .updateTable('donor_merge')
    .set({ ended_by: end.by, ended_at: end.at, end_reason: end.reason })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()) !== undefined;

export const insertApart = async (trx: Trx, ids: readonly [string, string], by: string): Promise<boolean> => {
  const [a, b] = [...ids].sort() as [string, string];
  return (
    (await trx
      .insertInto('donor_apart')
      .values({ a_id: a, b_id: b, by_person: by })
      .onConflict((conflict) => conflict.columns(['a_id', 'b_id']).doNothing())
      .returning('a_id')
      .executeTakeFirst()) !== undefined
  );
};

/** Names without keys, or whose name is another one by now. */
export const namesWithoutKeys = async (
  trx: Trx,
  limit: number,
): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  (
    await sql<{ id: string; name: string }>`
      select d.id, d.name from donor d left join donor_name_key k on k.donor_id = d.id
      where d.name is not null and d.erased_at is null and k.of_name is distinct from d.name
      order by d.id limit ${limit}`.execute(trx)
  ).rows;

export const putKeys = async (
  trx: Trx,
  row: {
    readonly id: string;
    readonly name: string;
    readonly same: string;
    readonly anyOrder: string | null;
    readonly surnames: readonly string[];
  },
): Promise<void> => {
  const keys = {
    same_key: row.same,
    any_order: row.anyOrder,
    surnames: [...row.surnames],
    of_name: row.name,
  };
  await trx
    .insertInto('donor_name_key')
    .values({ donor_id: row.id, ...keys })
    .onConflict((conflict) => conflict.column('donor_id').doUpdateSet(keys))
    .execute();
};
