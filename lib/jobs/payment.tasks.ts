import { z } from 'zod';
import { provider } from '../payments/provider';
import { closeLeftPages } from '../payments/defence.flow';
import { sendDisputeAnswer } from '../payments/dispute-answer.flow';
import { sendRefundToProvider } from '../payments/refund.flow';
import { workEvent } from '../payments/stripe-event.flow';
import { sweepPayments } from '../payments/sweep.flow';
import { readAgain, sweepPayouts } from '../payouts/payout.flow';
import type { StripeGateway } from '../payments/stripe.gateway';
import type { JobTask } from './task';

const eventPayload = z.object({ eventId: z.string().min(1) });
const refundPayload = z.object({ refund: z.string().min(1) });

const answerPayload = z.object({ answer: z.uuid() });
const payoutPayload = z.object({ payout: z.string().min(1) });

const door = (): StripeGateway => {
  const gateway = provider();
  if (gateway === null) throw new Error('STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are not set.');
  return gateway;
};

/** What the payment provider told us: `later` goes back into the queue with its growing pauses. */
export const stripeEventTask: JobTask = {
  name: 'stripe_event',
  run: async ({ db, payload }) => {
    const { eventId } = eventPayload.parse(payload);
    if ((await workEvent(eventId, { gateway: door(), db })) === 'later')
      throw new Error(`event ${eventId} cannot be worked on yet`);
  },
};

/** Asks the provider to give back what staff decided to give back. */
export const refundSendTask: JobTask = {
  name: 'refund_send',
  run: async ({ db, payload }) => {
    const { refund } = refundPayload.parse(payload);
    const sent = await sendRefundToProvider(refund, { gateway: door(), db });
    if (!sent.ok && sent.refusal.name !== 'not_found')
      throw new Error(`refund ${refund} could not be sent yet: ${sent.refusal.name}`);
  },
};

/** Finds what was lost between the provider and us. Without keys there is nothing to look for. */
export const stripeSweepTask: JobTask = {
  name: 'stripe_sweep',
  everySeconds: 300,
  run: async ({ db }) => {
    const gateway = provider();
    if (gateway === null) return;
    await sweepPayments({ gateway, db });
    await sweepPayouts({ gateway, db });
  },
};

/** Closes card pages that were left open while strangers hold many. */
export const leftPagesTask: JobTask = {
  name: 'left_pages',
  everySeconds: 60,
  run: async ({ db }) => {
    const gateway = provider();
    if (gateway !== null) await closeLeftPages({ gateway, db });
  },
};

/** Reads the list of a payout again, after a person asked for it. */
export const payoutReadTask: JobTask = {
  name: 'payout_read',
  run: async ({ db, payload }) => {
    const { payout } = payoutPayload.parse(payload);
    const read = await readAgain(payout, { gateway: door(), db });
    if (!read.ok) throw new Error(`payout ${payout} could not be read yet: ${read.refusal.name}`);
  },
};

/** Hands our side of a dispute to the provider. */
export const disputeAnswerTask: JobTask = {
  name: 'dispute_answer',
  run: async ({ db, payload }) => {
    const { answer } = answerPayload.parse(payload);
    const sent = await sendDisputeAnswer(answer, { gateway: door(), db });
    if (!sent.ok && sent.refusal.name !== 'not_found')
      throw new Error(`answer ${answer} could not be sent yet: ${sent.refusal.name}`);
  },
};
