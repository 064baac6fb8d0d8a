import type { Selectable } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import { quotedFor } from './contracts.rules';
import { publicDb } from './public-db';
import { segmentPage } from './segment.queries';

type View<Name extends keyof Database> = Selectable<Database[Name]>;

export type GiftStretch = {
  readonly segment: string;
  readonly name: View<'disclosure.segment'>['name'];
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly status: string;
  /** The day a sheet was signed that accepts the road; null until then. */
  readonly acceptedOn: string | null;
  readonly warrantyUntil: string | null;
  readonly fromMm: bigint;
  readonly toMm: bigint;
  readonly amountMinor: bigint;
  /** All gifts of the road in the order they lie, this one among them. */
  readonly road: readonly (Pick<GiftStretch, 'fromMm' | 'toMm'> & { readonly mine: boolean })[];
  readonly contracts: readonly {
    readonly code: string;
    readonly contractor: View<'disclosure.contract'>['contractor_name'];
    readonly amountMinor: bigint;
    readonly quotes: number;
    readonly lowest: boolean;
  }[];
  /** Of the road's contracts. */
  readonly committedMinor: bigint;
  readonly paidMinor: bigint;
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
  /** What each of these entries moved of this very gift, from account to account. */
  readonly moves: readonly GiftMove[];
  /** How many gifts each allocation moved, this one among them. */
  readonly giftsOf: ReadonlyMap<bigint, number>;
};

export type GiftMove = {
  readonly entryId: bigint;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: bigint;
};

/** One gift, from the day it came to the metres it paved and the invoices it paid. Null when unknown. */
export const giftPage = async (code: string, db: Reader = publicDb()): Promise<GiftPage | null> => {
  const gift = await db.selectFrom('disclosure.gift').selectAll().where('code', '=', code).executeTakeFirst();
  if (!gift) return null;
  const [places, shares, moves, entries, together] = await Promise.all([
    db.selectFrom('disclosure.gift_place').selectAll().where('gift', '=', code).execute(),
    db
      .selectFrom('disclosure.gift_payment')
      .selectAll()
      .where('gift', '=', code)
      .orderBy('payment')
      .execute(),
    db
      .selectFrom('disclosure.posting_gift as g')
      .innerJoin('disclosure.posting as p', (join) =>
        join.onRef('p.entry_id', '=', 'g.entry_id').onRef('p.line_no', '=', 'g.line_no'),
      )
      .select([
        'g.entry_id as entryId',
        'p.credit_account as from',
        'p.debit_account as to',
        'g.amount_minor as amountMinor',
      ])
      .where('g.gift', '=', code)
      .orderBy('g.entry_id')
      .orderBy('g.line_no')
      .execute(),
    db
      .selectFrom('disclosure.entry as e')
      .selectAll('e')
      .where('e.id', 'in', (eb) =>
        eb.selectFrom('disclosure.posting_gift').select('entry_id').where('gift', '=', code),
      )
      .orderBy('e.id')
      .execute(),
    db
      .selectFrom('disclosure.posting_gift as g')
      .innerJoin('disclosure.posting_gift as own', 'own.entry_id', 'g.entry_id')
      .innerJoin('disclosure.entry as e', 'e.id', 'g.entry_id')
      .where('own.gift', '=', code)
      .where('e.kind', '=', 'allocation_approved')
      .groupBy('g.entry_id')
      .select((eb) => ['g.entry_id as entryId', eb.fn.count<bigint>('g.gift').distinct().as('gifts')])
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
    moves,
    giftsOf: new Map(together.map(({ entryId, gifts }) => [entryId, Number(gifts)])),
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
          widthMm: page.segment.width_mm,
          status: page.segment.status,
          acceptedOn: page.acceptances.find((sheet) => sheet.result === 'accepted')?.signed_on ?? null,
          warrantyUntil: page.segment.warranty_until,
          fromMm: own.fromMm,
          toMm: own.toMm,
          amountMinor: own.amount_minor,
          road: page.gifts.map((one) => ({ fromMm: one.fromMm, toMm: one.toMm, mine: one === own })),
          contracts: page.contracts.map((one) => ({
            code: one.code,
            contractor: one.contractor_name,
            amountMinor: one.amount_minor,
            ...quotedFor(one, page),
          })),
          committedMinor: page.segment.committed_minor,
          paidMinor: page.segment.paid_minor,
        },
      ]
    : [];
};
