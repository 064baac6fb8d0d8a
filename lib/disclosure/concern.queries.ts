import type { Reader } from '@/db/connect';
import { publicDb } from './public-db';

/** Reports taken up and what came of them, the newest first; with a road only those about it. */
export const publicConcerns = (segment: string | null, db: Reader = publicDb()) =>
  db
    .selectFrom('disclosure.concern')
    .selectAll()
    .$if(segment !== null, (query) => query.where('segment', '=', segment))
    .orderBy('received_on', 'desc')
    .orderBy('code', 'desc')
    .limit(100)
    .execute();
