import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';
import { INVARIANTS } from './proofs.queries';

/** The newest outcome of each proof, with what it says. */
export const latestProofs = async (db: Reader = staffDb()) => {
  const rows = await db
    .selectFrom('disclosure.proof_status')
    .select(['proof as name', 'offenders', 'checked_at as checkedAt'])
    .orderBy('proof')
    .execute();
  return rows.map((row) => ({ ...row, says: INVARIANTS.find((one) => one.name === row.name)?.says ?? '' }));
};
