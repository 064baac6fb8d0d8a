import { chargeDisputeClosed } from './charge-dispute-closed';
import { chargeDisputeCreated } from './charge-dispute-created';
import { chargeDisputeFundsReinstated } from './charge-dispute-funds-reinstated';
import { chargeDisputeFundsWithdrawn } from './charge-dispute-funds-withdrawn';
import { chargeFailed } from './charge-failed';
import { chargeUpdated } from './charge-updated';
import { checkoutSessionAsyncPaymentFailed } from './checkout-session-async-payment-failed';
import { checkoutSessionAsyncPaymentSucceeded } from './checkout-session-async-payment-succeeded';
import { checkoutSessionCompleted } from './checkout-session-completed';
import { checkoutSessionExpired } from './checkout-session-expired';
import type { StripeEventHandler } from './handler';
import { refundCreated } from './refund-created';
import { refundFailed } from './refund-failed';
import { refundUpdated } from './refund-updated';

const ALL: readonly StripeEventHandler[] = [
  checkoutSessionCompleted,
  checkoutSessionAsyncPaymentSucceeded,
  checkoutSessionAsyncPaymentFailed,
  checkoutSessionExpired,
  chargeUpdated,
  chargeFailed,
  refundCreated,
  refundUpdated,
  refundFailed,
  chargeDisputeCreated,
  chargeDisputeFundsWithdrawn,
  chargeDisputeFundsReinstated,
  chargeDisputeClosed,
];

/** The types this server works on; the webhook endpoint at Stripe is set to exactly these and `payout.*`. */
export const HANDLED_TYPES: readonly string[] = ALL.map((handler) => handler.type);

export const handlerOf = (type: string): StripeEventHandler | null =>
  ALL.find((handler) => handler.type === type) ?? null;
