import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { ok, refuse, type Result } from '../shared/result';

/** A comparison older than this is none: a dump restored into a running server carries its old one with it. */
const STALE_AFTER = '1 hour';

/**
 * May money be taken now? Commands that start or record a gift ask this first. Refuses `donations_suspended`
 * - while the log is halted: this database is not the one others have seen;
 * - on a database that was started or restored since its tree was last compared (the sequencer does that within a
 *   second of its own start);
 * A log that has not begun has nothing to lose: then it answers yes.
 */
export const mayTakeMoney = async (trx: Transaction<Database> | Kysely<Database>): Promise<Result<null>> =>
  decideSound((await soundQuery().execute(trx)).rows);

/** The same as a question that can travel with others; `decideSound` reads its answer. */
export const soundQuery = () => sql<{ sound: boolean }>`
    select not exists (select 1 from log_halt h where not exists (select 1 from log_resumption r where r.halt_id = h.id))
      and (not exists (select 1 from log_epoch)
        or exists (select 1 from log_watch where incarnation = log_incarnation()
                   and checked_at > now() - interval '${sql.raw(STALE_AFTER)}')) as sound`;

export const decideSound = (rows: readonly { readonly sound: boolean }[]): Result<null> =>
  rows[0]?.sound === true ? ok(null) : refuse('donations_suspended');
