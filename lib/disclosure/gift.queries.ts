import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { publicDb } from './public-db';
import { segmentPage } from './segment.queries';

type View<Name extends keyof Database> = Selectable<Database[Name]>;

export type GiftStretch = {
  readonly segment: string;
  readonly name: View<'disclosure.segment'>['name'];
  readonly lengthMm: number;
  readonly status: string;
  readonly fromMm: bigint;
  readonly toMm: bigint;
  readonly amountMinor: bigint;
};

export type GiftPage = {
  readonly gift: View<'disclosure.gift'>;
  /** Where every fen is now; sums to the gift. */
  readonly places: readonly View<'disclosure.gift_place'>[];
  readonly stretches: readonly GiftStretch[];
  readonly payments: readonly (View<'disclosure.gift_payment'> & {
    readonly payment_details: View<'disclosure.payment'>;
  })[];
  readonly entries: readonly View<'disclosure.entry'>[];
};

/** One gift, from the day it came to the metres it paved and the invoices it paid. Null when unknown. */
export const giftPage = async (code: string, db: Reader = publicDb()): Promise<GiftPage | null> => {
  const gift = await db.selectFrom('disclosure.gift').selectAll().where('code', '=', code).executeTakeFirst();
  if (!gift) return null;
  const [places, shares, entries] = await Promise.all([
    db.selectFrom('disclosure.gift_place').selectAll().where('gift', '=', code).execute(),
    db
      .selectFrom('disclosure.gift_payment')
      .selectAll()
      .where('gift', '=', code)
      .orderBy('payment')
      .execute(),
    db
      .selectFrom('disclosure.entry as e')
      .selectAll('e')
      .where('e.id', 'in', (eb) =>
        eb.selectFrom('disclosure.posting_gift').select('entry_id').where('gift', '=', code),
      )
      .orderBy('e.id')
      .execute(),
  ]);
  const paid = shares.length
    ? await db
        .selectFrom('disclosure.payment')
        .selectAll()
        .where(
          'code',
          'in',
          shares.map((share) => share.payment),
        )
        .execute()
    : [];
  const roads = [
    ...new Set(places.filter((place) => place.contract !== null).map((place) => place.segment ?? '')),
  ];
  const stretches = (await Promise.all(roads.map((road) => stretchOn(road, code, db)))).flat();
  return {
    gift,
    places,
    stretches,
    payments: shares.flatMap((share) => {
      const details = paid.find((payment) => payment.code === share.payment);
      return details ? [{ ...share, payment_details: details }] : [];
    }),
    entries,
  };
};

const stretchOn = async (segment: string, gift: string, db: Reader): Promise<GiftStretch[]> => {
  const page = await segmentPage(segment, db);
  const own = page?.gifts.find((one) => one.gift === gift);
  return page && own
    ? [
        {
          segment,
          name: page.segment.name,
          lengthMm: page.segment.length_mm,
          status: page.segment.status,
          fromMm: own.fromMm,
          toMm: own.toMm,
          amountMinor: own.amount_minor,
        },
      ]
    : [];
};
