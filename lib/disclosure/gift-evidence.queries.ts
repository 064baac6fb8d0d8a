import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import type { GiftPage } from './gift.queries';
import { publicDb } from './public-db';

type View<Name extends keyof Database> = Selectable<Database[Name]>;

export type GiftEvidence = {
  /** Invoices and acceptance sheets. */
  readonly papers: readonly View<'disclosure.document'>[];
  readonly acceptances: readonly View<'disclosure.acceptance'>[];
  readonly photographs: readonly View<'disclosure.photograph'>[];
  readonly roads: readonly Pick<View<'disclosure.segment'>, 'code' | 'name' | 'status'>[];
};

/**
 * What shows that a gift was used: the invoices it paid, the sheets that accepted its roads, and
 * their pictures, the newest first.
 */
export const giftEvidence = async (page: GiftPage, db: Reader = publicDb()): Promise<GiftEvidence> => {
  const codes = [...new Set(page.places.flatMap((place) => place.segment ?? []))];
  if (codes.length === 0) return { papers: [], acceptances: [], photographs: [], roads: [] };
  const invoices = page.payments.map((share) => share.payment_details.invoice);
  const [papers, acceptances, photographs, roads] = await Promise.all([
    db
      .selectFrom('disclosure.document')
      .selectAll()
      .where((eb) =>
        eb.or([
          ...(invoices.length === 0 ? [] : [eb('code', 'in', invoices)]),
          eb.and([eb('kind', '=', 'acceptance_sheet'), eb('segment', 'in', codes)]),
        ]),
      )
      .orderBy('code')
      .execute(),
    db
      .selectFrom('disclosure.acceptance')
      .selectAll()
      .where('segment', 'in', codes)
      .orderBy('segment')
      .orderBy('signed_on')
      .execute(),
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
  return { papers, acceptances, photographs, roads };
};
