import { lookAtDispute } from '../look';
import type { StripeEventHandler } from './handler';

/** A dispute is decided; what it means for the money is read from its movements. */
export const chargeDisputeClosed: StripeEventHandler = { type: 'charge.dispute.closed', look: lookAtDispute };
