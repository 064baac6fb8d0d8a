import { z } from 'zod';
import { currency, day, minorAmount, minorTotal, uuid } from '../shared/form-parts';
import { seenPaymentForm } from './checkout.form';

export const eventId = z.string().regex(/^[A-Za-z0-9_]{3,255}$/, { error: 'provider_id' });
const providerId = eventId;

export const keepStripeEventForm = z.object({
  eventId,
  type: z.string().regex(/^[a-z0-9_.]{1,100}$/),
  objectId: providerId.or(z.literal('')),
  objectKind: z.string().regex(/^[a-z0-9_.]{1,60}$/),
  livemode: z.boolean(),
  created: z.date(),
});

const sum = z.object({ amountMinor: minorAmount, feeMinor: minorTotal });

/** What was found when the object behind an event was read again. The event itself is only a hint. */
export const observationForm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('payment'), checkoutId: uuid, seen: seenPaymentForm }),
  z.object({
    kind: z.literal('refund'),
    donationId: uuid,
    seen: z.object({
      providerId,
      refundId: uuid.nullable(),
      chargeId: providerId.nullable(),
      state: z.enum(['pending', 'succeeded', 'failed']),
      currency,
      ownMinor: minorAmount,
      settledMinor: minorAmount.nullable(),
      failure: z.string().max(200).nullable(),
      madeOn: day,
    }),
  }),
  z.object({
    kind: z.literal('dispute'),
    donationId: uuid,
    seen: z.object({
      providerId,
      reason: z.string().max(100),
      openedOn: day,
      dueOn: day.nullish(),
      withdrawn: sum.nullable(),
      reinstated: sum.nullable(),
      outcome: z.enum(['open', 'won', 'lost', 'closed_without_loss']),
    }),
  }),
  /** `not_ours`: made by someone else on the same account. `payout_taken`: its payout was recorded beside it. */
  z.object({
    kind: z.literal('nothing'),
    why: z.enum(['not_ours', 'not_for_us', 'payout_taken', 'no_charge']),
  }),
]);
export type Observation = z.infer<typeof observationForm>;

export const workStripeEventForm = z.object({ eventId, observation: observationForm });
export const observeRefundForm = z.object({ observation: observationForm });

export const flagStripeEventForm = z.object({
  eventId,
  why: z.string().regex(/^[a-z_]{1,80}$/),
});
