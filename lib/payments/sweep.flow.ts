import 'server-only';
import { lookAtPayment } from './checkout.flow';
import { newestEvent, openRefunds, stripeEvent, unfinishedPayments, waitingEvents } from './payment.queries';
import { sendRefundToProvider } from './refund.flow';
import { keepEvent, workEvent, type Around } from './stripe-event.flow';
import { ATTEMPTS_MAX } from './stripe-event.rules';
import { HANDLED_TYPES } from './stripe-events/handlers';

export type SweepReport = {
  /** Events the provider has and we had not heard of. */
  readonly foundEvents: number;
  readonly workedEvents: number;
  readonly waitingEvents: number;
  readonly payments: number;
  readonly refunds: number;
  /** The provider could not be asked; the next sweep will. */
  readonly interrupted: boolean;
};

const DAY_MS = 86_400_000;
/** Stripe keeps events for thirty days; a little less, because its clock is not ours. */
const KEPT_MS = 29 * DAY_MS;

/**
 * Finds what was lost: events that never came (the endpoint was down, or an answer was lost), events that were kept
 * and not finished, pages whose end we never heard of, refunds without an answer. Safe to run at any time, also twice
 * at once: everything it finds goes through the same functions as the webhook.
 */
export const sweepPayments = async (
  around: Around,
  { now = new Date(), limit = 200 }: { readonly now?: Date; readonly limit?: number } = {},
): Promise<SweepReport> => {
  const { gateway, db } = around;
  let foundEvents = 0;
  let interrupted = false;
  // A day of overlap: events are told late and not in their order.
  const newest = await newestEvent(db);
  const since = Math.max((newest?.getTime() ?? 0) - DAY_MS, now.getTime() - KEPT_MS);
  for await (const event of gateway.listEventsSince(Math.floor(since / 1000), HANDLED_TYPES)) {
    if (!event.ok) {
      interrupted ||= event.trouble !== 'unreadable';
      continue;
    }
    if (await stripeEvent(event.value.id, db)) continue;
    const kept = await keepEvent(event.value, db);
    if (kept.ok && kept.value.toDo) foundEvents += 1;
  }
  let workedEvents = 0;
  let waiting = 0;
  for (const eventId of await waitingEvents(ATTEMPTS_MAX, limit, db))
    if ((await workEvent(eventId, around)) === 'done') workedEvents += 1;
    else waiting += 1;
  let payments = 0;
  for (const payment of await unfinishedPayments(new Date(now.getTime() - 120_000), limit, db)) {
    const after = await lookAtPayment(payment.checkoutId, around);
    if (after && after.state !== payment.state) payments += 1;
  }
  let refunds = 0;
  for (const refund of await openRefunds(limit, db)) {
    const sent = await sendRefundToProvider(refund.code, around);
    if (sent.ok && sent.value.outcome !== 'refund_pending') refunds += 1;
  }
  return { foundEvents, workedEvents, waitingEvents: waiting, payments, refunds, interrupted };
};
