import { lookAtCharge } from '../look';
import type { StripeEventHandler } from './handler';

/** A card was refused. The page stays open; many refusals on one page, or in all, are somebody trying numbers. */
export const chargeFailed: StripeEventHandler = { type: 'charge.failed', look: lookAtCharge };
