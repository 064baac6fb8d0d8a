import { lookAtDispute } from '../look';
import type { StripeEventHandler } from './handler';

/** The bank has taken the money and a fee. */
export const chargeDisputeFundsWithdrawn: StripeEventHandler = {
  type: 'charge.dispute.funds_withdrawn',
  look: lookAtDispute,
};
