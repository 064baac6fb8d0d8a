import type { SeenDispute } from '../donations/dispute.rules';
import { RATE_SHAPE } from '../donations/donation.rules';
import { accountingDate } from '../shared/time';
import type { SeenPayment } from './checkout.rules';
import type { ChargeView, CheckoutView, DisputeView, RefundView } from './stripe-view.rules';

/** An exchange rate as text with at most ten decimals; cut, not rounded: it is shown, never multiplied with. */
export const rateText = (rate: string | null): string | null => {
  const cut = rate === null ? null : (/^\d{1,8}(?:\.\d{1,10})?/.exec(rate)?.[0] ?? null);
  return cut !== null && RATE_SHAPE.test(cut) ? cut : null;
};

const stateOf = (session: CheckoutView): SeenPayment['state'] => {
  if (session.paymentStatus === 'paid') return 'paid';
  if (session.status === 'expired') return 'expired';
  // Complete but unpaid: a delayed method under way, or one that has failed since.
  if (session.status === 'complete') return session.failure ? 'failed' : 'processing';
  return 'open';
};

/**
 * What a hosted page and its charge say, in the words our decisions use. `paid` is the only state that is money; the
 * day is the charity's day of the charge, so that a payment at 23:59 in Vancouver lands on the right page of the books.
 */
export const seenPayment = (
  session: CheckoutView,
  charge: ChargeView | null,
  timeZone: string,
): SeenPayment => {
  const settlement = charge?.settlement ?? session.settlement;
  return {
    state: stateOf(session),
    currency: session.currency,
    amountMinor: session.amountMinor,
    paymentIntentId: session.paymentIntentId,
    chargeId: charge?.id ?? session.chargeId,
    paidOn: charge ? accountingDate(charge.createdAt, timeZone) : null,
    settled:
      settlement === null || charge === null
        ? null
        : {
            currency: settlement.currency,
            grossMinor: settlement.grossMinor,
            feeMinor: settlement.feeMinor,
            rate: rateText(settlement.exchangeRate),
          },
    failure: session.failure?.declineCode ?? session.failure?.code ?? null,
  };
};

/** What the provider says about money going back to a giver. */
export type SeenRefund = {
  readonly providerId: string;
  /** Our own refund's id, when it was we who asked. */
  readonly refundId: string | null;
  readonly chargeId: string | null;
  readonly state: 'pending' | 'succeeded' | 'failed';
  readonly currency: string;
  /** What the giver gets, in the currency they gave. */
  readonly ownMinor: bigint;
  /** What left our balance, in the book currency; null until the provider has booked it. */
  readonly settledMinor: bigint | null;
  readonly failure: string | null;
  readonly madeOn: string;
};

export const REFUND_KEY = 'refund_id';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Our own id among a provider's metadata, or null when it is none of ours. */
export const ownId = (text: string | null | undefined): string | null =>
  text !== null && text !== undefined && UUID.test(text) ? text : null;

export const seenRefund = (view: RefundView, timeZone: string): SeenRefund => ({
  providerId: view.id,
  refundId: ownId(view.metadata[REFUND_KEY]),
  chargeId: view.chargeId,
  state:
    view.status === 'succeeded'
      ? 'succeeded'
      : view.status === 'failed' || view.status === 'canceled'
        ? 'failed'
        : 'pending',
  currency: view.currency,
  ownMinor: view.amountMinor,
  settledMinor: view.settlement === null ? null : -view.settlement.grossMinor,
  failure: view.failureReason,
  madeOn: accountingDate(view.createdAt, timeZone),
});

const away = (minor: bigint): bigint => (minor < 0n ? -minor : 0n);

/** What a dispute's movements say: the first takes, a later one may bring back. Fees come back as negative fees. */
export const seenDispute = (view: DisputeView, timeZone: string): SeenDispute => {
  const taken = view.movements.find((movement) => movement.grossMinor < 0n) ?? null;
  const back = view.movements.find((movement) => movement.grossMinor > 0n) ?? null;
  return {
    providerId: view.id,
    reason: view.reason,
    openedOn: accountingDate(view.createdAt, timeZone),
    dueOn: view.dueBy === null ? null : accountingDate(view.dueBy, timeZone),
    withdrawn:
      taken === null
        ? null
        : { amountMinor: -taken.grossMinor, feeMinor: taken.feeMinor > 0n ? taken.feeMinor : 0n },
    reinstated: back === null ? null : { amountMinor: back.grossMinor, feeMinor: away(back.feeMinor) },
    outcome: view.outcome,
  };
};
