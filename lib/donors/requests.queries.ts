import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';

/** What givers asked for and nobody has answered, the oldest first. For the desk. */
export const openRequests = (db: Reader = staffDb()) =>
  db
    .selectFrom('donor_request as q')
    .innerJoin('donation as g', 'g.id', 'q.donation_id')
    .innerJoin('campaign as c', 'c.id', 'g.campaign_id')
    .select([
      'q.code',
      'q.kind',
      'q.amount_minor as amountMinor',
      'q.designation',
      'q.reason',
      'q.asked_on as askedOn',
      'g.code as gift',
      'c.book_currency as currency',
    ])
    .where('q.status', '=', 'open')
    .orderBy('q.recorded_at')
    .limit(200)
    .execute();
