import 'server-only';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import type { Actor } from '../auth/roles.rules';
import { runCommand } from '../command';
import { takePayout } from '../payouts/payout.flow';
import { contentHash } from '../shared/canonical';
import { ok, type Result } from '../shared/result';
import { afterDecline } from './defence.flow';
import type { Look } from './look';
import { stripeEvent } from './payment.queries';
import { flagStripeEvent, keepStripeEvent, workStripeEvent } from './stripe-event.commands';
import { handlerOf } from './stripe-events/handlers';
import type { StripeNotice } from './stripe-view.rules';
import type { StripeGateway } from './stripe.gateway';

export const STRIPE: Actor = { kind: 'system', name: 'stripe' };

/** What the flows around the provider need; tests pass their own. */
export type Around = { readonly gateway: StripeGateway; readonly db?: Kysely<Database> | undefined };

/**
 * Keeps a verified event. Ok means: it is in the database, the provider may be told 2xx. A repeated delivery carries
 * other delivery details but is the same event, so only its own facts count as input.
 */
export const keepEvent = async (
  notice: StripeNotice,
  db?: Kysely<Database>,
): Promise<Result<{ readonly toDo: boolean }>> => {
  const kept = await runCommand(
    keepStripeEvent,
    {
      eventId: notice.id,
      type: notice.type,
      objectId: notice.objectId ?? '',
      objectKind: notice.objectType,
      livemode: notice.livemode,
      created: notice.created,
    },
    STRIPE,
    { key: `stripe-keep:${notice.id}`, db },
  );
  return kept.ok ? ok({ toDo: kept.value.toDo }) : kept;
};

/** `done`: nothing is left to do. `later`: ask again. `flagged`: a person must look, asking again changes little. */
export type EventEnd = 'done' | 'later' | 'flagged';

/** Refusals that time heals: someone else holds the row, or the database is away. */
const PASSING: ReadonlySet<string> = new Set([
  'busy_try_again',
  'changed_since_seen',
  'payment_provider_unavailable',
]);

/**
 * Works on one kept event: reads its object again, then acts in one transaction that also marks the event. Called by
 * the webhook right after its answer, by the queue, and by the sweep; any of them may come first, twice or at once.
 */
export const workEvent = async (eventId: string, around: Around): Promise<EventEnd> => {
  const { gateway, db } = around;
  const event = await stripeEvent(eventId, db);
  if (!event) return 'flagged';
  if (event.done) return 'done';
  if (event.type.startsWith('payout.')) {
    const taken = await takePayout(event.objectId, { gateway, db });
    if (!taken.ok)
      return PASSING.has(taken.refusal.name) ? 'later' : flag(eventId, `payout_${taken.refusal.name}`, db);
  }
  const handler = handlerOf(event.type);
  const looked = handler
    ? await handler.look(gateway, event.objectId, db)
    : { ok: true as const, value: leftAlone(event.type) };
  if (!looked.ok) return looked.retryable ? 'later' : flag(eventId, `provider_${looked.trouble}`, db);
  if (looked.value.kind === 'unknown') return flag(eventId, looked.value.why, db);
  const worked = await runCommand(workStripeEvent, { eventId, observation: looked.value }, STRIPE, {
    // The same sight of the same event is one act, however many look at once.
    key: `stripe-work:${eventId}:${contentHash(looked.value).slice(0, 40)}`,
    db,
  });
  if (worked.ok && event.type === 'charge.failed') await afterDecline(around);
  if (worked.ok) return worked.value.waiting ? 'later' : 'done';
  return PASSING.has(worked.refusal.name) ? 'later' : flag(eventId, worked.refusal.name, db);
};

const leftAlone = (type: string): Look => ({
  kind: 'nothing',
  why: type.startsWith('payout.') ? 'payout_taken' : 'not_for_us',
});

const flag = async (eventId: string, why: string, db: Kysely<Database> | undefined): Promise<EventEnd> => {
  const event = await stripeEvent(eventId, db);
  await runCommand(flagStripeEvent, { eventId, why }, STRIPE, {
    key: `stripe-flag:${eventId}:${event?.attempts ?? 0}`,
    db,
  });
  return 'flagged';
};
