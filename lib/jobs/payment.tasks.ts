import { z } from 'zod';
import { runCommand } from '../command';
import { provider } from '../payments/provider';
import { sendRefundToProvider } from '../payments/refund.flow';
import { workEvent, type Around } from '../payments/stripe-event.flow';
import { ATTEMPTS_MAX, waitSeconds } from '../payments/stripe-event.rules';
import { sweepPayments } from '../payments/sweep.flow';
import { issueReceipt } from '../receipts/receipt.commands';
import { contentHash } from '../shared/canonical';
import { addJob } from './queue';
import type { JobTask, TaskContext } from './task';

const around = ({ db }: TaskContext): Around => {
  const gateway = provider();
  if (gateway === null) throw new Error('STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are not set.');
  return { gateway, db };
};

const eventPayload = z.object({ eventId: z.string(), attempt: z.number().int().default(0) });

/** Works on one kept event; one whose money is still on its way is looked at again, ever more slowly. */
export const stripeEventTask: JobTask = {
  name: 'stripe_event',
  run: async (context) => {
    const { eventId, attempt } = eventPayload.parse(context.payload);
    if ((await workEvent(eventId, around(context))) !== 'later' || attempt >= ATTEMPTS_MAX) return;
    await addJob(context.db, {
      task: 'stripe_event',
      payload: { eventId, attempt: attempt + 1 },
      key: `stripe_event:${eventId}`,
      runAt: new Date(Date.now() + waitSeconds(attempt) * 1000),
    });
  },
};

/** Finds events, payments and refunds of which nothing was heard. */
export const stripeSweepTask: JobTask = {
  name: 'stripe_sweep',
  everySeconds: 120,
  run: async (context) => {
    if (provider() !== null) await sweepPayments(around(context));
  },
};

const refundPayload = z.object({ refund: z.string() });

/** Asks the provider to give money back; no answer means asking again under the same key. */
export const refundSendTask: JobTask = {
  name: 'refund_send',
  run: async (context) => {
    const { refund } = refundPayload.parse(context.payload);
    const sent = await sendRefundToProvider(refund, around(context));
    if (!sent.ok) throw new Error(`refund ${refund}: ${sent.refusal.name}`);
  },
};

const receiptPayload = z.object({ donation: z.string(), cause: z.string().default('received') });

/** Refusals that mean there is nothing to do: the receipt is right, or the gift has none. */
const FINE: ReadonlySet<string> = new Set(['duplicate_submission', 'illegal_state_change']);

/** Brings the receipt of a gift in line with what was received and is still here. */
export const receiptIssueTask: JobTask = {
  name: 'receipt_issue',
  run: async ({ db, payload }) => {
    const { donation, cause } = receiptPayload.parse(payload);
    const issued = await runCommand(
      issueReceipt,
      { donation, on: null },
      { kind: 'system', name: 'worker' },
      { key: `receipt:${contentHash({ donation, cause }).slice(0, 60)}`, db },
    );
    if (!issued.ok && !FINE.has(issued.refusal.name))
      throw new Error(`receipt of ${donation}: ${issued.refusal.name}`);
  },
};
