import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { takeDispute } from '../donations/dispute.commands';
import { lockDonation, openDay } from '../donations/donation.store';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate } from '../shared/time';
import { isWaiting, takePayment } from './fulfil.commands';
import { insertDecline } from './defence.store';
import { takeRefund } from './take-refund.commands';
import {
  flagStripeEventForm,
  keepStripeEventForm,
  observeRefundForm,
  workStripeEventForm,
  type Observation,
} from './stripe-event.form';
import { ONCE_PER_OBJECT } from './stripe-event.rules';
import { earlierTwin, insertEvent, lockEvent, noteEvent } from './stripe-event.store';

/**
 * The server works on an event itself as soon as it has answered (app/api/stripe/webhook). The queue looks a little later,
 * when that is done or the server is gone: at once, both would ask the provider and the database the same.
 */
const QUEUE_AFTER_MS = 5_000;

/**
 * Keeps a signed event before anything is done about it, and puts its work into the queue in the same transaction:
 * once this has answered, the provider may be told 2xx, because nothing can be lost any more.
 */
export const keepStripeEvent = defineCommand({
  name: 'stripe.keep',
  permission: 'stripe:receive',
  events: ['stripe_event_kept', 'stripe_event_repeated'],
  input: keepStripeEventForm,
  run: async (ctx, input) => {
    const twin = ONCE_PER_OBJECT.has(input.type) ? await earlierTwin(ctx.trx, input) : null;
    const fresh = await insertEvent(
      ctx.trx,
      input,
      twin === null ? null : { outcome: `duplicate_of ${twin}`, at: ctx.now },
    );
    ctx.record({
      event: fresh ? 'stripe_event_kept' : 'stripe_event_repeated',
      subjectKind: 'stripe_event',
      subjectId: input.eventId,
      details: { type: input.type, object: input.objectId },
    });
    const toDo = fresh && twin === null;
    if (toDo)
      ctx.enqueue({
        task: 'stripe_event',
        payload: { eventId: input.eventId },
        key: `stripe_event:${input.eventId}`,
        runAt: new Date(ctx.now.getTime() + QUEUE_AFTER_MS),
      });
    return ok({ eventId: input.eventId, toDo });
  },
});

/** Everything that observing an outside object can leave in the audit trail. */
const OBSERVED = [
  'donation_cleared',
  'pledge_applied',
  'pledge_raised',
  'donation_waiting',
  'donation_ended',
  'donation_paid_twice',
  'payment_flagged',
  'refund_found',
  'refund_succeeded',
  'refund_failed',
  'shortfall_opened',
  'shortfall_resolved',
  'dispute_opened',
  'dispute_won',
  'dispute_lost',
] as const;

/** Acts on the object behind an event, and marks the event as done in the same transaction. */
export const workStripeEvent = defineCommand({
  name: 'stripe.work',
  permission: 'stripe:work',
  events: ['stripe_event_worked', ...OBSERVED],
  input: workStripeEventForm,
  run: async (ctx, input) => {
    const event = await lockEvent(ctx.trx, input.eventId);
    if (!event) return refuse('not_found', {}, 'eventId');
    const worked = event.done
      ? ok({ outcome: 'already_done', waiting: false })
      : await actOn(ctx, input.observation);
    if (!worked.ok) return worked;
    const { outcome } = worked.value;
    const { observation } = input;
    const declined = event.type === 'charge.failed' && observation.kind === 'payment';
    if (declined) await insertDecline(ctx.trx, input.eventId, observation.checkoutId);
    // A refused card is the whole of its event: what becomes of the page, others tell.
    const waiting = worked.value.waiting && !declined;
    if (!event.done) await noteEvent(ctx.trx, input.eventId, outcome, waiting ? null : ctx.now);
    ctx.record({
      event: 'stripe_event_worked',
      subjectKind: 'stripe_event',
      subjectId: input.eventId,
      details: { type: event.type, outcome },
    });
    return ok({ outcome, waiting });
  },
});

/** The same for an object that was looked up without an event: by the sweep, or after we asked for a refund. */
export const observeProvider = defineCommand({
  name: 'provider.observe',
  permission: 'stripe:work',
  events: ['provider_observed', ...OBSERVED],
  input: observeRefundForm,
  run: async (ctx, input) => {
    const worked = await actOn(ctx, input.observation);
    if (!worked.ok) return worked;
    const { observation } = input;
    ctx.record({
      event: 'provider_observed',
      subjectKind: observation.kind,
      subjectId: observation.kind === 'nothing' ? observation.why : subjectOf(observation),
      details: { outcome: worked.value.outcome },
    });
    return worked;
  },
});

/**
 * Marks an event that could not be acted on: an object nobody knows, figures that do not fit, a state that forbids it.
 * It stays kept and undone, is counted, and staff see it; an answer of 200 never makes something disappear.
 */
export const flagStripeEvent = defineCommand({
  name: 'stripe.flag',
  permission: 'stripe:work',
  events: ['stripe_event_flagged'],
  input: flagStripeEventForm,
  run: async (ctx, input) => {
    const event = await lockEvent(ctx.trx, input.eventId);
    if (!event) return refuse('not_found', {}, 'eventId');
    if (!event.done) await noteEvent(ctx.trx, input.eventId, `flagged: ${input.why}`, null);
    ctx.record({
      event: 'stripe_event_flagged',
      subjectKind: 'stripe_event',
      subjectId: input.eventId,
      details: { type: event.type, why: input.why },
    });
    return ok({ eventId: input.eventId });
  },
});

const subjectOf = (observation: Exclude<Observation, { kind: 'nothing' }>): string =>
  observation.kind === 'payment' ? observation.checkoutId : observation.seen.providerId;

type Worked = { readonly outcome: string; readonly waiting: boolean };

const actOn = async (ctx: CommandContext, observation: Observation): Promise<Result<Worked>> => {
  switch (observation.kind) {
    case 'nothing':
      return ok({ outcome: observation.why, waiting: false });
    case 'payment': {
      const done = await takePayment(ctx, observation.checkoutId, observation.seen);
      return done.ok ? ok({ outcome: done.value.outcome, waiting: isWaiting(done.value.outcome) }) : done;
    }
    case 'refund': {
      const done = await takeRefund(ctx, observation.donationId, observation.seen);
      return done.ok ? ok({ outcome: done.value, waiting: done.value === 'refund_pending' }) : done;
    }
    case 'dispute': {
      const donation = await lockDonation(ctx.trx, { id: observation.donationId });
      const campaign = donation && (await findCampaign(ctx.trx, { id: donation.campaignId }));
      if (!donation || !campaign) return refuse('not_found');
      // Told of before the payment it is about: asked again later, when that is here.
      if (donation.receivedOn === null) return refuse('busy_try_again');
      const today = accountingDate(ctx.now, campaign.timeZone);
      const done = await takeDispute(
        ctx,
        campaign,
        donation,
        observation.seen,
        await openDay(ctx.trx, campaign.id, today, today),
      );
      if (!done.ok) return done;
      return ok({ outcome: ['dispute', ...done.value.steps].join(' '), waiting: false });
    }
  }
};
