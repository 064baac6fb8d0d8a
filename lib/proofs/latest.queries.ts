import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';

/** The newest outcome of each proof; its name has words in the area `proofs`. */
export const latestProofs = (db: Reader = staffDb()) =>
  db
    .selectFrom('disclosure.proof_status')
    .select(['proof as name', 'offenders', 'checked_at as checkedAt'])
    .orderBy('proof')
    .execute();
