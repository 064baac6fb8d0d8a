import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { saltSet, unsaltedSet } from './recovery.store';
import { removeOldSessions } from './session.store';
import { removeOldRequests } from './sign-in.store';
import { newSalt, withSlowHash } from './slow-hash';

/** Removes what signing in no longer needs: old requests and sessions, budgets that are whole again. */
export const clearOldSignIns = async (db: Kysely<Database>): Promise<void> => {
  await db.transaction().execute(async (trx) => {
    await removeOldRequests(trx);
    await removeOldSessions(trx);
    await sql`delete from rate_limit where full_until < now() - interval '1 hour'`.execute(trx);
  });
};

/** People a round of the worker looks after: with ten codes each, half a minute of one core. */
const PEOPLE_A_ROUND = 5;

/**
 * Puts codes that were kept before there were salts under scrypt as well: what is kept of them is what is hashed, so
 * nobody needs to type them. Answers for how many people.
 */
export const slowOldRecoveryCodes = async (db: Kysely<Database>): Promise<number> => {
  for (let people = 0; people < PEOPLE_A_ROUND; people += 1) {
    const set = await unsaltedSet(db);
    if (set === null) return people;
    const salt = newSalt();
    const done = await withSlowHash(set.hashes.length, async (hash) => {
      const pairs = await Promise.all(
        set.hashes.map(async (was) => ({ was, becomes: await hash(was, salt) })),
      );
      await saltSet(db, set.personId, salt, pairs);
      return true;
    });
    if (done === null) return people;
  }
  return PEOPLE_A_ROUND;
};
