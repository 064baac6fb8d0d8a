import type { Reader } from '@/db/connect';
import { paymentOf, paymentOfProvider, type PaymentFacts } from './payment.queries';
import { ownId, seenDispute, seenPayment, seenRefund } from './seen.rules';
import type { Observation } from './stripe-event.form';
import type { Provided, Untold } from './stripe-trouble.rules';
import type { ChargeView } from './stripe-view.rules';
import type { StripeGateway } from './stripe.gateway';

/*
 * Reads an outside object as it is now and says what it means for us. Outside any transaction: the provider may take
 * its time. What is found goes into a command as its input, so that the act is a function of what was seen.
 */

/** What was found; `unknown` when an object names us but we do not know it, a lost or foreign thing to flag. */
export type Look = Observation | { readonly kind: 'unknown'; readonly why: string };
export type Looked = Provided<Look>;

const found = (look: Look): Looked => ({ ok: true, value: look });

/** A hosted page, and once it is paid its charge, whose day and settlement count. */
export const lookAtSession = async (
  gateway: StripeGateway,
  sessionId: string,
  db?: Reader,
): Promise<Looked> => {
  const session = await gateway.getCheckout(sessionId);
  if (!session.ok) return session;
  const { intentId } = session.value;
  const own = ownId(intentId);
  if (own === null) return found({ kind: 'nothing', why: 'not_ours' });
  const payment = await paymentOf(own, db);
  if (!payment) return found({ kind: 'unknown', why: 'unknown_checkout' });
  let charge: ChargeView | null = null;
  if (session.value.chargeId !== null && session.value.paymentStatus === 'paid') {
    const read = await gateway.getCharge(session.value.chargeId);
    if (!read.ok) return read;
    charge = read.value;
  }
  return found({
    kind: 'payment',
    checkoutId: own,
    seen: seenPayment(session.value, charge, payment.timeZone),
  });
};

type Known = { readonly ok: true; readonly value: PaymentFacts | Look };

/** The gift behind a charge: by what we know of it, else by the intent id Stripe carries for us. */
const giftOfCharge = async (
  gateway: StripeGateway,
  of: { readonly chargeId: string | null; readonly paymentIntentId: string | null },
  db?: Reader,
): Promise<Known | Untold> => {
  const known = await paymentOfProvider(of, db);
  if (known) return { ok: true, value: known };
  if (of.chargeId === null) return { ok: true, value: { kind: 'nothing', why: 'no_charge' } };
  const charge = await gateway.getCharge(of.chargeId);
  if (!charge.ok) return charge;
  const own = ownId(charge.value.metadata['intent_id']);
  if (own === null) return { ok: true, value: { kind: 'nothing', why: 'not_ours' } };
  return { ok: true, value: (await paymentOf(own, db)) ?? { kind: 'unknown', why: 'unknown_checkout' } };
};

const isLook = (value: PaymentFacts | Look): value is Look => 'kind' in value;

/** A charge that changed: only its page says what it means, so that is read. */
export const lookAtCharge = async (
  gateway: StripeGateway,
  chargeId: string,
  db?: Reader,
): Promise<Looked> => {
  const gift = await giftOfCharge(gateway, { chargeId, paymentIntentId: null }, db);
  if (!gift.ok) return gift;
  if (isLook(gift.value)) return found(gift.value);
  return gift.value.sessionId === null
    ? lookForSession(gateway, gift.value, db)
    : lookAtSession(gateway, gift.value.sessionId, db);
};

/** The page of a try whose answer was lost: found by our own id among those made since, or there is none. */
export const lookForSession = async (
  gateway: StripeGateway,
  payment: PaymentFacts,
  db?: Reader,
): Promise<Looked> => {
  const since = new Date(payment.askedAt.getTime() - 60_000);
  const session = await gateway.findCheckout(payment.checkoutId, since);
  if (!session.ok) return session;
  return session.value === null
    ? found({ kind: 'unknown', why: 'no_session' })
    : lookAtSession(gateway, session.value.id, db);
};

export const lookAtRefund = async (
  gateway: StripeGateway,
  refundId: string,
  db?: Reader,
): Promise<Looked> => {
  const refund = await gateway.getRefund(refundId);
  if (!refund.ok) return refund;
  const gift = await giftOfCharge(gateway, refund.value, db);
  if (!gift.ok) return gift;
  if (isLook(gift.value)) return found(gift.value);
  return found({
    kind: 'refund',
    donationId: gift.value.donationId,
    seen: seenRefund(refund.value, gift.value.timeZone),
  });
};

export const lookAtDispute = async (
  gateway: StripeGateway,
  disputeId: string,
  db?: Reader,
): Promise<Looked> => {
  const dispute = await gateway.getDispute(disputeId);
  if (!dispute.ok) return dispute;
  const gift = await giftOfCharge(gateway, dispute.value, db);
  if (!gift.ok) return gift;
  if (isLook(gift.value)) return found(gift.value);
  return found({
    kind: 'dispute',
    donationId: gift.value.donationId,
    seen: seenDispute(dispute.value, gift.value.timeZone),
  });
};
