import { missing } from './errors';
import type { FeeSchedule } from './fees';
import { idAt } from './ids';
import type { Kind, Kinds, Store } from './store';
import type { Switches } from './switches';

export type Settings = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly webhookUrl: string | null;
  /** Version used when a call names none, and in which events are written. */
  readonly apiVersion: string;
  readonly settlementCurrency: string;
  readonly fees: FeeSchedule;
  /** How long money of a payment stays pending, in seconds. */
  readonly availableAfterSeconds: number;
  /** How long a refund, a delayed debit or an asynchronous capture takes, in seconds. */
  readonly laterSeconds: number;
  readonly livemode: false;
};

/** Everything one running stand-in is; passed to each function, so that two can run beside each other. */
export type World = {
  readonly settings: Settings;
  readonly store: Store;
  readonly switches: Switches;
  readonly rates: Record<string, string>;
  /** Where browsers reach it; known once it listens. */
  publicUrl: string;
  /** The call being answered, written into the events it causes. */
  request: { id: string | null; idempotency_key: string | null };
  /** Calls so far, and what their ids are drawn from. */
  readonly calls: { readonly row: string; count: number };
  /** While true nothing is written down as an event: only for filling up with old payments. */
  muted: boolean;
  /** Told of each new event; the delivery listens. */
  onEvent: (eventId: string) => void;
};

const factNumber = (world: World, id: string): number => Number(world.store.get('fact', id)?.value ?? 0);

/** Seconds since 1970 by the stand-in's clock, which `advance` moves forward. */
export const now = (world: World): number =>
  Math.floor(Date.now() / 1000) + factNumber(world, 'clock-offset');

export const moveClock = (world: World, seconds: number): void => {
  world.store.put('fact', { id: 'clock-offset', value: factNumber(world, 'clock-offset') + seconds });
};

/**
 * A fresh id. Each prefix is counted by itself, so that reading or asking more often does not change what the
 * next object is called; the count survives a restart, so an id is never given twice.
 */
export const newId = (world: World, prefix: string): string => {
  const n = factNumber(world, `ids:${prefix}`) + 1;
  world.store.put('fact', { id: `ids:${prefix}`, value: n });
  return idAt(String(world.store.get('fact', 'seed')?.value ?? ''), prefix, n);
};

/** An id for a call. Calls are many and need no memory, so a restart only begins another row of them. */
export const newRequestId = (world: World): string => {
  world.calls.count += 1;
  return idAt(world.calls.row, 'req', world.calls.count);
};

/** Plans something for later by the stand-in's clock. */
export const plan = (world: World, act: string, subject: string, seconds: number): void => {
  world.store.put('task', { id: newId(world, 'task'), at: now(world) + seconds, act, subject });
};

const NOUNS: Partial<Record<Kind, string>> = {
  session: 'checkout.session',
  intent: 'payment_intent',
  transaction: 'balance transaction',
  method: 'PaymentMethod',
};

/** The object, or Stripe's 404 (400 when it was named in a parameter rather than in the path). */
export const find = <K extends Kind>(world: World, kind: K, id: string, param?: string): Kinds[K] => {
  const found = world.store.get(kind, id);
  if (!found) throw missing(NOUNS[kind] ?? kind, id, param ?? 'id', param === undefined ? 404 : 400);
  return found;
};
