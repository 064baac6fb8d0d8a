import { lookAtSession } from '../look';
import type { StripeEventHandler } from './handler';

/** A delayed method will not pay. */
export const checkoutSessionAsyncPaymentFailed: StripeEventHandler = {
  type: 'checkout.session.async_payment_failed',
  look: lookAtSession,
};
