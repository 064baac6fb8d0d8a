import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import type { GiftPage } from './gift.queries';
import { publicDb } from './public-db';

type View<Name extends keyof Database> = Selectable<Database[Name]>;

export type GiftEvidence = {
  readonly invoices: readonly View<'disclosure.document'>[];
  readonly photographs: readonly View<'disclosure.photograph'>[];
  readonly roads: readonly Pick<View<'disclosure.segment'>, 'code' | 'name' | 'status'>[];
};

/** What shows that a gift was used: the invoices it paid and the pictures of its roads, the newest first. */
export const giftEvidence = async (page: GiftPage, db: Reader = publicDb()): Promise<GiftEvidence> => {
  const codes = [...new Set(page.places.flatMap((place) => place.segment ?? []))];
  if (codes.length === 0) return { invoices: [], photographs: [], roads: [] };
  const payments = page.payments.map((share) => share.payment_details.invoice);
  const [invoices, photographs, roads] = await Promise.all([
    payments.length === 0
      ? []
      : db.selectFrom('disclosure.document').selectAll().where('code', 'in', payments).execute(),
    db
      .selectFrom('disclosure.photograph')
      .selectAll()
      .where('segment', 'in', codes)
      .orderBy('segment')
      .orderBy('taken_on', 'desc')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('disclosure.segment')
      .select(['code', 'name', 'status'])
      .where('code', 'in', codes)
      .orderBy('code')
      .execute(),
  ]);
  return { invoices, photographs, roads };
};
