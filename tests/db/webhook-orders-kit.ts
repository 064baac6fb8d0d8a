import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database } from '@/db/tables';
import { keepEvent, workEvent, type Around } from '@/lib/payments/stripe-event.flow';
import { HANDLED_TYPES } from '@/lib/payments/stripe-events/handlers';
import type { StripeGateway } from '@/lib/payments/stripe.gateway';
import type { StripeNotice } from '@/lib/payments/stripe-view.rules';
import type { PaymentKit } from './payments-kit';

/*
 * A life of a gift is played once at the stand-in, and after each act everything that can be read is kept. Then the
 * real handler is given the life's events in every order, reading what the provider would have answered at the
 * earliest moment at which the events so far can all have happened.
 */

type Answers = ReadonlyMap<string, unknown>;
export type Life = {
  readonly name: string;
  readonly events: readonly { readonly notice: StripeNotice; readonly stage: number }[];
  readonly stages: readonly Answers[];
  readonly code: string;
};

const MOST = 6;

type Act = (gift: { readonly url: string; readonly session: string }) => unknown;

const pressed =
  (kit: PaymentKit, act: string): Act =>
  ({ url }) =>
    kit.press(url, act);

/** Pays, then opens a dispute, then ends it for us or for the giver. */
const disputed = (kit: PaymentKit, won: boolean): Act[] => {
  const { control } = kit.standin;
  let dispute = '';
  return [
    pressed(kit, 'pay'),
    ({ session }) => {
      dispute = control.dispute(session).id;
    },
    () => control.closeDispute(dispute, won),
  ];
};

const MONEY_OF_DISPUTE = ['checkout.session.completed', 'charge.dispute.created', 'charge.dispute.closed'];

/** Eight lives of a gift: what happens at the provider, and what must have become of it. */
export const LIVES: readonly {
  readonly name: string;
  readonly acts: (kit: PaymentKit) => readonly Act[];
  readonly end: string;
  /** The types of event that move money, where the life has so many that all their orders take a minute. */
  readonly moving?: readonly string[];
}[] = [
  { name: 'paid at once', acts: (kit) => [pressed(kit, 'pay')], end: 'cleared' },
  {
    name: 'refused, then paid',
    acts: (kit) => [pressed(kit, 'decline'), pressed(kit, 'insufficient'), pressed(kit, 'pay')],
    end: 'cleared',
  },
  {
    name: 'left until it closed',
    acts: (kit) => [({ session }) => kit.gateway.expireCheckout(session)],
    end: 'expired',
  },
  {
    name: 'delayed, then here',
    acts: (kit) => [
      pressed(kit, 'delayed'),
      ({ session }) => {
        kit.standin.control.finishDelayed(session, true);
      },
    ],
    end: 'cleared',
  },
  {
    name: 'delayed, then not',
    acts: (kit) => [
      pressed(kit, 'delayed'),
      ({ session }) => {
        kit.standin.control.finishDelayed(session, false);
      },
    ],
    end: 'failed',
  },
  {
    name: 'paid, then given back at the provider',
    acts: (kit) => [pressed(kit, 'pay'), ({ session }) => kit.standin.control.refundInDashboard(session)],
    end: 'refunded',
  },
  {
    name: 'paid, disputed, lost',
    acts: (kit) => disputed(kit, false),
    end: 'lost',
    moving: MONEY_OF_DISPUTE,
  },
  { name: 'paid, disputed, won', acts: (kit) => disputed(kit, true), end: 'won', moving: MONEY_OF_DISPUTE },
];

/** Plays a life with deliveries held back; `acts` run one after the other at the provider. `types`: events told of. */
export const playLife = async (
  kit: PaymentKit,
  name: string,
  acts: readonly Act[],
  types: readonly string[] = HANDLED_TYPES,
): Promise<Life> => {
  kit.standin.control.pause();
  const seen = new Set(kit.standin.control.events().map((event) => event.id));
  const gift = await kit.open();
  const session = gift.url.slice(gift.url.lastIndexOf('/') + 1);
  const events: { notice: StripeNotice; stage: number }[] = [];
  const stages: Answers[] = [];
  for (const act of acts) {
    await act({ url: gift.url, session });
    for (const event of kit.standin.control.events()) {
      if (seen.has(event.id)) continue;
      seen.add(event.id);
      const object = event.data.object as { id: string; object: string };
      if (types.includes(event.type) && HANDLED_TYPES.includes(event.type))
        events.push({
          notice: {
            id: event.id,
            type: event.type,
            objectId: object.id,
            objectType: object.object,
            livemode: false,
            created: new Date(event.created * 1000),
          } as StripeNotice,
          stage: stages.length,
        });
    }
    stages.push(await readEverything(kit, session));
  }
  kit.standin.control.dropHeld();
  kit.standin.control.resume();
  return { name, events: events.slice(0, MOST), stages, code: gift.code };
};

/** Every object of the gift as the provider shows it now. */
const readEverything = async (kit: PaymentKit, session: string): Promise<Answers> => {
  const answers = new Map<string, unknown>();
  const checkout = await kit.gateway.getCheckout(session);
  answers.set(`getCheckout:${session}`, checkout);
  const charges = new Set<string>();
  for (const event of kit.standin.control.events()) {
    const object = event.data.object as { id: string; object: string; charge?: string };
    if (event.type.startsWith('charge.') && object.object === 'charge') charges.add(object.id);
    if (event.type.startsWith('refund.'))
      answers.set(`getRefund:${object.id}`, await kit.gateway.getRefund(object.id));
    if (event.type.startsWith('charge.dispute'))
      answers.set(`getDispute:${object.id}`, await kit.gateway.getDispute(object.id));
  }
  for (const charge of charges) answers.set(`getCharge:${charge}`, await kit.gateway.getCharge(charge));
  return answers;
};

const replaying = (stage: () => Answers): StripeGateway =>
  new Proxy({} as StripeGateway, {
    get: (_, call: string) => (id: string) => {
      const known = stage().get(`${call}:${id}`);
      if (known === undefined) throw new Error(`nothing was kept of ${call} ${id}`);
      return Promise.resolve(known);
    },
  });

/** What a gift has come to, without ids and times: the same whatever the order. */
export const endState = async (db: Kysely<Database>, code: string): Promise<string> => {
  const { rows } = await sql<{ state: unknown }>`
    select jsonb_build_object(
      'gift', (select jsonb_build_object('status', status, 'settled', settled_minor, 'fee', fee_minor) from donation where code = ${code}),
      'tries', (select jsonb_agg(k.state order by k.state) from checkout k join donation d on d.id = k.donation_id where d.code = ${code}),
      'gifts', (select count(*) from donation),
      'refunds', (select jsonb_agg(jsonb_build_object('s', status, 'm', amount_minor) order by amount_minor, status) from refund),
      'disputes', (select jsonb_agg(jsonb_build_object('s', status, 'm', amount_minor, 'f', fee_minor)) from dispute),
      'entries', (select jsonb_agg(kind order by kind) from entry),
      'balances', (select jsonb_object_agg(code, balance_minor) from account_balance where balance_minor <> 0)
    ) as state`.execute(db);
  return JSON.stringify(rows[0]?.state);
};

/** A connection whose transactions are savepoints within one that is never committed: any step can be taken back. */
export const takingBack = async (
  url: string,
): Promise<{
  readonly db: Kysely<Database>;
  readonly raw: (text: string) => Promise<unknown>;
  readonly end: () => Promise<void>;
}> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  let depth = 0;
  const text = (given: string): string => {
    const word = given.trim().toLowerCase();
    if (/^(begin|start transaction)/.test(word)) return `savepoint act${(depth += 1)}`;
    // What is checked at the end of a transaction is checked here, where the act would have ended.
    if (word === 'commit')
      return `set constraints all immediate; set constraints all deferred; release savepoint act${depth--}`;
    if (word === 'rollback') return `rollback to savepoint act${depth}; release savepoint act${depth--}`;
    return given;
  };
  const held = {
    query: (given: string, values?: unknown[]) =>
      values && values.length > 0 ? client.query(given, values) : client.query(text(given)),
    release: () => undefined,
    on: () => held,
  };
  const pool = { connect: () => Promise.resolve(held), end: () => Promise.resolve() };
  return {
    db: new Kysely<Database>({ dialect: new PostgresDialect({ pool: pool as never }) }),
    raw: (given) => client.query(given),
    end: async () => {
      await client.query('rollback');
      await client.end();
    },
  };
};

export type Explored = {
  readonly orders: number;
  readonly deliveries: number;
  readonly ends: ReadonlySet<string>;
};

/**
 * Every order of a life's events, each event given twice. Two orders that have led to the same rows go on as one, so
 * that seven hundred and twenty orders are a few hundred deliveries and still each of them is followed to its end.
 */
export const everyOrder = async (kit: PaymentKit, life: Life): Promise<Explored> => {
  const { db, raw, end } = await takingBack(kit.test.appUrl);
  const ends = new Set<string>();
  const known = new Map<string, number>();
  let deliveries = 0;
  const give = async (index: number, reached: number): Promise<void> => {
    const event = life.events[index];
    if (!event) throw new Error(`no event ${index}`);
    const around: Around = {
      db,
      gateway: replaying(() => life.stages[reached] ?? new Map<string, unknown>()),
    };
    await keepEvent(event.notice, db);
    await workEvent(event.notice.id, around);
    // The same delivery again changes nothing.
    await keepEvent(event.notice, db);
    await workEvent(event.notice.id, around);
    deliveries += 1;
  };
  const settle = async (): Promise<void> => {
    const around: Around = { db, gateway: replaying(() => life.stages.at(-1) ?? new Map<string, unknown>()) };
    // What the queue does with events that had to wait.
    for (let round = 0; round < 3; round += 1)
      for (const event of life.events) await workEvent(event.notice.id, around);
  };
  const from = async (given: number, reached: number): Promise<number> => {
    if (given === 2 ** life.events.length - 1) {
      await raw('savepoint leaf');
      await settle();
      ends.add(await endState(db, life.code));
      await raw('rollback to savepoint leaf');
      return 1;
    }
    const key = `${given}:${reached}:${await endState(db, life.code)}:${await doneEvents(db)}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let orders = 0;
    for (const [index, event] of life.events.entries()) {
      if ((given & (1 << index)) !== 0) continue;
      const next = Math.max(reached, event.stage);
      await raw(`savepoint branch${given}_${index}`);
      await give(index, next);
      orders += await from(given | (1 << index), next);
      await raw(`rollback to savepoint branch${given}_${index}`);
    }
    known.set(key, orders);
    return orders;
  };
  try {
    return { orders: await from(0, 0), deliveries, ends };
  } finally {
    await end();
  }
};

const doneEvents = async (db: Kysely<Database>): Promise<string> =>
  JSON.stringify(
    await db
      .selectFrom('stripe_event')
      .select(['event_id', 'outcome', (eb) => eb('done_at', 'is not', null).as('done')])
      .orderBy('event_id')
      .execute(),
  );
