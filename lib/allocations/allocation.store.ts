import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

/** An allocation with its segment's code, locked. */
export const lockAllocation = (trx: Trx, code: string) =>
  trx
    .selectFrom('allocation as a')
    .innerJoin('segment as s', 's.id', 'a.segment_id')
    .selectAll('a')
    .select('s.code as segment_code')
    .where('a.code', '=', code)
    .forUpdate('a')
    .executeTakeFirst();

/** The next free number of this segment's allocations; the caller holds the segment's lock. */
export const nextAllocationNo = async (trx: Trx, segmentId: string): Promise<number> => {
  const { count } = await trx
    .selectFrom('allocation')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('segment_id', '=', segmentId)
    .executeTakeFirstOrThrow();
  return Number(count) + 1;
};
