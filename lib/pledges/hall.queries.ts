import type { Reader } from '@/db/connect';
import type { LocalText } from '@/db/tables';
import { staffDb } from '../staff-db';

export type WaitingWords = {
  readonly id: string;
  readonly shownAs: LocalText | null;
  readonly nameKind: string;
  readonly dedication: string | null;
  readonly dedicationKind: string | null;
  readonly message: string | null;
  readonly source: string;
};

/** Names, dedications and messages that somebody must read before anyone else can, the oldest first. */
export const waitingWords = async (limit: number, db: Reader = staffDb()): Promise<WaitingWords[]> =>
  (
    await db
      .selectFrom('recognition as r')
      .leftJoin('pledge as p', 'p.recognition_id', 'r.id')
      .leftJoin('donation as d', (join) =>
        join.onRef('d.recognition_id', '=', 'r.id').on('d.pledge_id', 'is', null),
      )
      .select([
        'r.id',
        'r.shown_as as shownAs',
        'r.name_kind as nameKind',
        'r.dedication',
        'r.dedication_kind as dedicationKind',
        'r.message',
        'p.code as pledge',
        'd.code as gift',
      ])
      .where('r.moderation', '=', 'waiting')
      .where('r.withdrawn_at', 'is', null)
      .where('r.consented_at', 'is not', null)
      .orderBy('r.consented_at')
      .orderBy('r.id')
      .limit(limit)
      .execute()
  ).map(({ pledge, gift, ...row }) => ({ ...row, source: pledge ?? gift ?? '' }));

export type DeskEvent = {
  readonly slug: string;
  readonly name: LocalText;
  readonly campaign: string;
  readonly currency: string;
  readonly heldOn: string;
};

/** Evenings that were set up, the newest first. */
export const deskEvents = (db: Reader = staffDb()): Promise<DeskEvent[]> =>
  db
    .selectFrom('hall_event as h')
    .innerJoin('campaign as c', 'c.id', 'h.campaign_id')
    .select(['h.slug', 'h.name', 'c.slug as campaign', 'c.book_currency as currency', 'h.held_on as heldOn'])
    .orderBy('h.held_on', 'desc')
    .orderBy('h.slug')
    .execute();

/** The promises of a batch, for the slips that go back to the givers. */
export const batchPledges = (
  batch: string,
  db: Reader = staffDb(),
): Promise<{ readonly code: string; readonly reference: string }[]> =>
  db
    .selectFrom('pledge as p')
    .innerJoin('pledge_batch as b', 'b.id', 'p.batch_id')
    .select(['p.code', 'p.reference'])
    .where('b.code', '=', batch)
    .orderBy('p.code')
    .execute();
