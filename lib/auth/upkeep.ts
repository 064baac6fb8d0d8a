import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { removeOldSessions } from './session.store';
import { removeOldRequests } from './sign-in.store';

/** Removes what signing in no longer needs: old requests and sessions, budgets that are whole again. */
export const clearOldSignIns = async (db: Kysely<Database>): Promise<void> => {
  await db.transaction().execute(async (trx) => {
    await removeOldRequests(trx);
    await removeOldSessions(trx);
    await sql`delete from rate_limit where full_until < now() - interval '1 hour'`.execute(trx);
  });
};
