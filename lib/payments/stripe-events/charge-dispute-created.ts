import { lookAtDispute } from '../look';
import type { StripeEventHandler } from './handler';

/** A giver's bank asks, or has already taken the money. */
export const chargeDisputeCreated: StripeEventHandler = {
  type: 'charge.dispute.created',
  look: lookAtDispute,
};
