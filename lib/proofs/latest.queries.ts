import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';
import type { ProofName } from './invariant';
import { INVARIANTS } from './proofs.queries';

/** The newest outcome of each proof there is now; what it claims has words in the area `proofs`. */
export const latestProofs = (db: Reader = staffDb()) =>
  db
    .selectFrom('disclosure.proof_status')
    .select((eb) => [eb.ref('proof').$castTo<ProofName>().as('name'), 'offenders', 'checked_at as checkedAt'])
    // One that is no longer made may have left outcomes, and has no words any more.
    .where(
      'proof',
      'in',
      INVARIANTS.map(({ name }) => name),
    )
    .orderBy('proof')
    .execute();
