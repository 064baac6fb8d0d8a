import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { prove, type ProofOutcome } from './proofs.queries';

/** Re-proves everything and keeps the outcome, so that staff and the public see when it last held. */
export const proveAndRecord = async (db: Kysely<Database>): Promise<ProofOutcome[]> => {
  const outcomes = await prove(db);
  await db
    .insertInto('proof_run')
    .values(outcomes.map(({ name, offenders, tookMs }) => ({ proof: name, offenders, took_ms: tookMs })))
    .execute();
  return outcomes;
};
