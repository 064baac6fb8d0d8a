import { lookAtCharge } from '../look';
import type { StripeEventHandler } from './handler';

/** The settlement of a charge is known now: fee, rate and what arrived. */
export const chargeUpdated: StripeEventHandler = { type: 'charge.updated', look: lookAtCharge };
