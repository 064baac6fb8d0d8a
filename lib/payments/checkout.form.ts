import { z } from 'zod';
import { currency, day, minorAmount, minorTotal, uuid } from '../shared/form-parts';
import { RATE_SHAPE } from '../donations/donation.rules';

const providerId = z.string().regex(/^[A-Za-z0-9_]{3,255}$/, { error: 'provider_id' });

/** What the provider says about one try to pay: see SeenPayment. */
export const seenPaymentForm = z.object({
  state: z.enum(['open', 'processing', 'paid', 'expired', 'failed']),
  currency,
  amountMinor: minorAmount,
  paymentIntentId: providerId.nullable(),
  chargeId: providerId.nullable(),
  paidOn: day.nullable(),
  settled: z
    .object({
      currency,
      grossMinor: minorAmount,
      feeMinor: minorTotal,
      rate: z.string().regex(RATE_SHAPE, { error: 'rate' }).nullable(),
    })
    .nullable(),
  failure: z.string().max(200).nullable(),
});

export const observeCheckoutForm = z.object({ checkoutId: uuid, seen: seenPaymentForm });

export const openedCheckoutForm = z.object({
  checkoutId: uuid,
  /** Null when the provider could not be asked: then nobody knows yet, and the sweep finds out. */
  session: z.object({ id: providerId, url: z.url().max(2000) }).nullable(),
  failure: z.string().max(200).nullable(),
});

export const tryAgainForm = z.object({ checkoutId: uuid });
