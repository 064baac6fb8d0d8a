import { primary } from '../auth/primary';
import type { Reader } from '@/db/connect';
import type { CheckoutState } from './checkout.store';

/*
 * What the flows around the provider must know before and after a command. They read the main database, not a
 * replica: a giver who comes back from the payment page a second later must not find that nothing is known of them.
 */

export type PaymentFacts = {
  readonly checkoutId: string;
  readonly sessionId: string | null;
  readonly sessionUrl: string | null;
  readonly state: CheckoutState;
  readonly failure: string | null;
  readonly askedAt: Date;
  readonly donationId: string;
  readonly donation: string;
  readonly reference: string;
  readonly status: string;
  readonly channel: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly settledMinor: bigint | null;
  readonly feeMinor: bigint | null;
  readonly rate: string | null;
  readonly designation: string | null;
  readonly givenOn: string;
  readonly campaign: string;
  readonly campaignName: { readonly 'zh-Hans': string; readonly 'zh-Hant': string; readonly en: string };
  readonly bookCurrency: string;
  readonly timeZone: string;
};

const facts = (db: Reader) =>
  db
    .selectFrom('checkout as k')
    .innerJoin('donation as d', 'd.id', 'k.donation_id')
    .innerJoin('campaign as c', 'c.id', 'd.campaign_id')
    .select([
      'k.id as checkoutId',
      'k.session_id as sessionId',
      'k.session_url as sessionUrl',
      'k.state',
      'k.failure',
      'k.asked_at as askedAt',
      'd.id as donationId',
      'd.code as donation',
      'd.reference',
      'd.status',
      'd.channel',
      'd.currency',
      'd.amount_minor as amountMinor',
      'd.settled_minor as settledMinor',
      'd.fee_minor as feeMinor',
      'd.rate',
      'd.designation',
      'd.given_on as givenOn',
      'c.slug as campaign',
      'c.name as campaignName',
      'c.book_currency as bookCurrency',
      'c.time_zone as timeZone',
    ]);

/** One try to pay with its gift and campaign. The try's id is known only to the browser that started it. */
export const paymentOf = async (checkoutId: string, db: Reader = primary()): Promise<PaymentFacts | null> =>
  asFacts(await facts(db).where('k.id', '=', checkoutId).executeTakeFirst());

/** The try to pay behind a charge or an intent of the provider. */
export const paymentOfProvider = async (
  by: { readonly chargeId: string | null; readonly paymentIntentId: string | null },
  db: Reader = primary(),
): Promise<PaymentFacts | null> => {
  if (by.chargeId !== null) {
    const row = await facts(db).where('k.charge_id', '=', by.chargeId).executeTakeFirst();
    if (row) return asFacts(row);
  }
  if (by.paymentIntentId === null) return null;
  return asFacts(await facts(db).where('k.payment_intent_id', '=', by.paymentIntentId).executeTakeFirst());
};

/** Tries whose end we do not know, asked for before a moment: what the sweep looks after. Oldest first. */
export const unfinishedPayments = async (
  before: Date,
  limit: number,
  db: Reader = primary(),
): Promise<PaymentFacts[]> =>
  (
    await facts(db)
      .where('k.state', 'in', ['asked', 'open', 'unknown'])
      .where('k.asked_at', '<', before)
      .orderBy('k.asked_at')
      .limit(limit)
      .execute()
  ).flatMap((row) => asFacts(row) ?? []);

const asFacts = <Row extends { readonly state: string }>(
  row: Row | undefined,
): (Row & { readonly state: CheckoutState }) | null =>
  row === undefined ? null : { ...row, state: row.state as CheckoutState };

export type WaitingEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly objectId: string;
  readonly created: Date;
  readonly attempts: number;
  readonly done: boolean;
};

export const stripeEvent = async (eventId: string, db: Reader = primary()): Promise<WaitingEvent | null> => {
  const row = await db
    .selectFrom('stripe_event')
    .select(['event_id as eventId', 'type', 'object_id as objectId', 'created', 'attempts', 'done_at'])
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (!row) return null;
  const { done_at, ...event } = row;
  return { ...event, done: done_at !== null };
};

/** Events that are kept and not yet done, oldest first; those that were tried too often wait for a person. */
export const waitingEvents = async (
  attemptsMax: number,
  limit: number,
  db: Reader = primary(),
): Promise<string[]> =>
  (
    await db
      .selectFrom('stripe_event')
      .select('event_id')
      .where('done_at', 'is', null)
      .where('attempts', '<', attemptsMax)
      .orderBy('received_at')
      .limit(limit)
      .execute()
  ).map((row) => row.event_id);

export const newestEvent = async (db: Reader = primary()): Promise<Date | null> =>
  (
    await db
      .selectFrom('stripe_event')
      .select('created')
      .orderBy('created', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.created ?? null;

export type RefundFacts = {
  readonly refundId: string;
  readonly code: string;
  readonly status: string;
  readonly ownMinor: bigint | null;
  readonly currency: string;
  readonly chargeId: string | null;
  readonly providerRefundId: string | null;
  readonly timeZone: string;
  readonly donationId: string;
};

const refundFacts = (db: Reader) =>
  db
    .selectFrom('refund as r')
    .innerJoin('donation as d', 'd.id', 'r.donation_id')
    .innerJoin('campaign as c', 'c.id', 'd.campaign_id')
    .leftJoin('checkout as k', (join) =>
      join.onRef('k.donation_id', '=', 'd.id').on('k.charge_id', 'is not', null),
    )
    .select([
      'r.id as refundId',
      'r.code',
      'r.status',
      'r.own_minor as ownMinor',
      'd.currency',
      'k.charge_id as chargeId',
      'r.provider_refund_id as providerRefundId',
      'c.time_zone as timeZone',
      'd.id as donationId',
    ]);

export const refundToSend = async (code: string, db: Reader = primary()): Promise<RefundFacts | null> =>
  (await refundFacts(db).where('r.code', '=', code).executeTakeFirst()) ?? null;

/** Refunds that were sent and of whose end we have not heard. */
export const openRefunds = async (limit: number, db: Reader = primary()): Promise<RefundFacts[]> =>
  refundFacts(db)
    .where('r.status', '=', 'sent')
    .where('k.charge_id', 'is not', null)
    .orderBy('r.code')
    .limit(limit)
    .execute();

type DisputeAnswer = {
  readonly providerId: string;
  readonly words: string;
  readonly document: string | null;
  readonly sha256: string | null;
  readonly sent: boolean;
};

/** An answer to a dispute as it is to be sent. */
export const disputeAnswer = async (id: string, db: Reader = primary()): Promise<DisputeAnswer | null> => {
  const row = await db
    .selectFrom('dispute_answer as w')
    .innerJoin('dispute as x', 'x.id', 'w.dispute_id')
    .leftJoin('document as o', 'o.id', 'w.document_id')
    .select(['x.provider_dispute_id as providerId', 'w.words', 'o.code as document', 'o.sha256', 'w.sent_at'])
    .where('w.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const { sent_at, ...answer } = row;
  return { ...answer, sent: sent_at !== null };
};
