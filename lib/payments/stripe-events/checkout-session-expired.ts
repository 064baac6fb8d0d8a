import { lookAtSession } from '../look';
import type { StripeEventHandler } from './handler';

/** Nobody finished the page in time. */
export const checkoutSessionExpired: StripeEventHandler = {
  type: 'checkout.session.expired',
  look: lookAtSession,
};
