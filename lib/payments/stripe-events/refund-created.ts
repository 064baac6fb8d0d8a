import { lookAtRefund } from '../look';
import type { StripeEventHandler } from './handler';

/** A refund was begun, by us or in the provider's own dashboard. */
export const refundCreated: StripeEventHandler = { type: 'refund.created', look: lookAtRefund };
