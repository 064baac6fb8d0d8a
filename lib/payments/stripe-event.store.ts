import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

export type KeptEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly objectId: string;
  readonly objectKind: string;
  readonly livemode: boolean;
  readonly created: Date;
};

/**
 * Keeps an event; false when it was here before. Its body is not kept: it holds the giver's name and address, and
 * nothing here may believe it anyway.
 */
export const insertEvent = async (
  trx: Trx,
  event: KeptEvent,
  done: { readonly outcome: string; readonly at: Date } | null,
): Promise<boolean> => {
  const row = await trx
    .insertInto('stripe_event')
    .values({
      event_id: event.eventId,
      type: event.type,
      object_id: event.objectId,
      object_kind: event.objectKind,
      livemode: event.livemode,
      created: event.created,
      body: JSON.stringify({}),
      ...(done && { outcome: done.outcome, done_at: done.at }),
    })
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .returning('event_id')
    .executeTakeFirst();
  return row !== undefined;
};

/** An earlier event of the same type about the same object, if one is kept. */
export const earlierTwin = async (trx: Trx, event: KeptEvent): Promise<string | null> =>
  (
    await trx
      .selectFrom('stripe_event')
      .select('event_id')
      .where('object_id', '=', event.objectId)
      .where('type', '=', event.type)
      .where('event_id', '<>', event.eventId)
      .limit(1)
      .executeTakeFirst()
  )?.event_id ?? null;

export const lockEvent = async (
  trx: Trx,
  eventId: string,
): Promise<{ readonly type: string; readonly objectId: string; readonly done: boolean } | null> => {
  const row = await trx
    .selectFrom('stripe_event')
    .select(['type', 'object_id as objectId', 'done_at'])
    .where('event_id', '=', eventId)
    .forUpdate()
    .executeTakeFirst();
  return row ? { type: row.type, objectId: row.objectId, done: row.done_at !== null } : null;
};

export const noteEvent = async (
  trx: Trx,
  eventId: string,
  outcome: string,
  doneAt: Date | null,
): Promise<void> => {
  await trx
    .updateTable('stripe_event')
    .set((eb) => ({ outcome, done_at: doneAt, attempts: eb('attempts', '+', 1) }))
    .where('event_id', '=', eventId)
    .execute();
};
