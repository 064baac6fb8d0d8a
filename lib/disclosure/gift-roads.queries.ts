import type { Reader } from '@/db/connect';
import { publicDb } from './public-db';

/** Roads of a campaign that money can still be used for. */
export const roadChoices = (campaign: string, db: Reader = publicDb()) =>
  db
    .selectFrom('disclosure.segment')
    .select(['code', 'name'])
    .where('campaign', '=', campaign)
    .where('status', 'in', ['approved', 'funded', 'contracted', 'in_progress', 'inspection', 'rework'])
    .orderBy('code')
    .execute();
