import { lookAtRefund } from '../look';
import type { StripeEventHandler } from './handler';

/** A refund has moved on. */
export const refundUpdated: StripeEventHandler = { type: 'refund.updated', look: lookAtRefund };
