import { lookAtSession } from '../look';
import type { StripeEventHandler } from './handler';

/** The giver has finished the page. Only its payment status says whether that is money. */
export const checkoutSessionCompleted: StripeEventHandler = {
  type: 'checkout.session.completed',
  look: lookAtSession,
};
