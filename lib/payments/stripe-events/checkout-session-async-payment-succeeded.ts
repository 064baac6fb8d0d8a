import { lookAtSession } from '../look';
import type { StripeEventHandler } from './handler';

/** A delayed method has paid after all. */
export const checkoutSessionAsyncPaymentSucceeded: StripeEventHandler = {
  type: 'checkout.session.async_payment_succeeded',
  look: lookAtSession,
};
