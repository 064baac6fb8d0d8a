import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';

/** Bundles of gifts, those that wait for a check first. */
export const giftBatches = (db: Reader = staffDb()) =>
  db
    .selectFrom('gift_batch as b')
    .innerJoin('campaign as c', 'c.id', 'b.campaign_id')
    .innerJoin('person as p', 'p.id', 'b.entered_by')
    .select([
      'b.id',
      'b.code',
      'b.kind',
      'b.note',
      'b.status',
      'b.gift_count as count',
      'b.total_minor as totalMinor',
      'b.content_hash as contentHash',
      'b.entered_by as makerId',
      'b.entered_on as on',
      'p.name as maker',
      'c.book_currency as currency',
    ])
    .orderBy((eb) => eb.case().when('b.status', '=', 'recorded').then(0).else(1).end())
    .orderBy('b.entered_at', 'desc')
    .limit(30)
    .execute();

/** The gifts of bundles, for the person who checks them. */
export const giftsOfBatches = (ids: readonly string[], db: Reader = staffDb()) =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('gift_batch_line as l')
        .innerJoin('donation as d', 'd.id', 'l.donation_id')
        .leftJoin('donor as o', 'o.id', 'd.donor_id')
        .select([
          'l.batch_id as batchId',
          'd.code',
          'd.status',
          'd.channel',
          'd.amount_minor as amountMinor',
          'd.given_on as on',
          'd.designation',
          'd.bank_reference as reference',
          'o.name',
        ])
        .where('l.batch_id', 'in', [...ids])
        .orderBy('l.line_no')
        .execute();
