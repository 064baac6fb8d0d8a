import { lookAtRefund } from '../look';
import type { StripeEventHandler } from './handler';

/** The money could not be given back and has returned to the balance. */
export const refundFailed: StripeEventHandler = { type: 'refund.failed', look: lookAtRefund };
