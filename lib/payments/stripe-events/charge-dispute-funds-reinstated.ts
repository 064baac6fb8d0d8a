import { lookAtDispute } from '../look';
import type { StripeEventHandler } from './handler';

/** The bank has given the money back. */
export const chargeDisputeFundsReinstated: StripeEventHandler = {
  type: 'charge.dispute.funds_reinstated',
  look: lookAtDispute,
};
