import { ApiError } from './errors';
import type { Courier } from './delivery';
import { change, emit } from './events';
import { book, balance } from './objects/balance';
import { closeDispute, escalateDispute, openDispute, type DisputeWish } from './objects/disputes';
import { endDelayed } from './objects/payments';
import { arrivePayout, failPayout, payOutAvailable } from './objects/payouts';
import { failRefund, finishRefund, makeRefund } from './objects/refunds';
import { plantFaults, type FaultKind, type Planted } from './faults';
import { seedPayments } from './seeding';
import type { Dispute, Payout, Refund, StandinEvent, Transaction } from './store';
import { quietDelivery, type Delivery, type Trouble } from './switches';
import { runDue } from './tasks';
import { find, moveClock, now, type World } from './world';

/**
 * What a test (or a person at the demo) can make happen that Stripe decides by itself: banks, money on its way,
 * time, and the ways in which calls and webhooks go wrong. The same names are served as
 * `POST /_control/<name>` with a JSON body.
 */
export type Control = ReturnType<typeof makeControl>;

export const makeControl = (world: World, courier: Courier, wake: () => void) => {
  /** Each act is one moment: all of it is kept, and the next planned act is found again. */
  const act = <T>(work: () => T): T => {
    try {
      return work();
    } finally {
      world.store.keep();
      wake();
    }
  };

  const chargeOf = (id: string) => {
    if (id.startsWith('pi_')) return find(world, 'charge', find(world, 'intent', id).latest_charge ?? '');
    if (id.startsWith('cs_'))
      return find(
        world,
        'charge',
        find(world, 'intent', find(world, 'session', id).payment_intent ?? '').latest_charge ?? '',
      );
    return find(world, 'charge', id);
  };
  const intentOf = (id: string) =>
    find(world, 'intent', id.startsWith('cs_') ? (find(world, 'session', id).payment_intent ?? '') : id);

  return {
    // ── webhooks ──
    /** Sets some delivery switches; the others stay. */
    delivery: (change: Partial<Delivery>): Delivery => {
      const wasPaused = world.switches.delivery.paused;
      world.switches.delivery = { ...world.switches.delivery, ...change };
      if (wasPaused && !world.switches.delivery.paused) courier.release();
      return world.switches.delivery;
    },
    calm: (): void => {
      world.switches.troubles = [];
      const wasPaused = world.switches.delivery.paused;
      world.switches.delivery = quietDelivery();
      if (wasPaused) courier.release();
    },
    pause: (): void => {
      world.switches.delivery.paused = true;
    },
    resume: (): void => {
      world.switches.delivery.paused = false;
      courier.release();
    },
    /** Event ids that wait because delivery is paused, oldest first. */
    held: (): readonly string[] => courier.held(),
    /** Sends waiting events in just this order (those not named go on waiting). */
    release: (order: readonly string[]): void => {
      courier.release(order);
    },
    /** Throws away what waits: these events are lost, and only the event list still has them. */
    dropHeld: (): number => {
      const ids = courier.held();
      for (const id of ids) world.store.put('fact', { id: `lost:${id}`, value: 1 });
      courier.forget();
      return ids.length;
    },
    /** A second event object for the same change, as Stripe sometimes makes: another id, all else alike. */
    twin: (eventId: string): StandinEvent =>
      act(() => {
        const { type, data } = find(world, 'event', eventId);
        return emit(world, type, data.object as object, data.previous_attributes);
      }),
    resend: (eventId: string): Promise<number> => courier.resend(eventId),
    quiet: (): Promise<void> => courier.quiet(),
    attempts: () => courier.attempts(),
    events: (): readonly StandinEvent[] => world.store.all('event'),

    // ── trouble ──
    /** Adds a trouble for the next `left` matching calls. */
    trouble: (one: Omit<Trouble, 'left'> & { readonly left?: number }): void => {
      world.switches.troubles.push({ ...one, left: one.left ?? 1 });
    },
    noTrouble: (): void => {
      world.switches.troubles = [];
    },

    // ── time ──
    now: (): number => now(world),
    /** Sets the clock, also back, before anything has happened: for a story of a year that is over. */
    setClock: (seconds: number): void => {
      act(() => {
        moveClock(world, seconds - now(world));
      });
    },
    /** Moves the clock forward; whatever falls due on the way happens at its own time. */
    advance: (seconds: number): number =>
      act(() => {
        const target = now(world) + seconds;
        for (;;) {
          const next = Math.min(...world.store.all('task').map((task) => task.at));
          if (!(next <= target)) break;
          if (next > now(world)) moveClock(world, next - now(world));
          runDue(world);
        }
        moveClock(world, Math.max(0, target - now(world)));
        return now(world);
      }),

    // ── money ──
    /** A delayed payment is paid, or not; named by intent or by session. */
    finishDelayed: (id: string, paid = true): void => {
      act(() => {
        endDelayed(world, intentOf(id), paid);
      });
    },
    setRate: (currency: string, rate: string): void => {
      world.rates[currency.toLowerCase()] = rate;
    },
    /** Refunds stay pending until `finishRefund`. */
    refundsWait: (wait: boolean): void => {
      act(() => world.store.put('fact', { id: 'refunds-wait', value: wait ? 1 : 0 }));
    },
    /** A refund made by hand in Stripe's dashboard: no call of ours stands behind it. */
    refundInDashboard: (id: string, amount?: number): Refund =>
      act(() => makeRefund(world, chargeOf(id), { amount, reason: 'requested_by_customer' })),
    finishRefund: (id: string): void => {
      act(() => {
        finishRefund(world, find(world, 'refund', id));
      });
    },
    failRefund: (id: string, reason?: string): void => {
      act(() => {
        failRefund(world, find(world, 'refund', id), reason);
      });
    },
    /** Opens a dispute on a charge, intent or session. */
    dispute: (id: string, wish?: DisputeWish): Dispute => act(() => openDispute(world, chargeOf(id), wish)),
    escalateDispute: (id: string): void => {
      act(() => {
        escalateDispute(world, find(world, 'dispute', id));
      });
    },
    /** A state Stripe may report that moves no money by itself: `prevented`, `appeal_needs_response` … */
    disputeStatus: (id: string, status: Dispute['status']): void => {
      act(() => {
        const dispute = find(world, 'dispute', id);
        emit(world, 'charge.dispute.updated', dispute, change(world, 'dispute', dispute, { status }));
      });
    },
    closeDispute: (id: string, won: boolean): void => {
      act(() => {
        closeDispute(world, find(world, 'dispute', id), won);
      });
    },
    /** Pays out what is available; `everything` also what is still pending. */
    payout: (everything = true): Payout => act(() => payOutAvailable(world, everything)),
    arrivePayout: (id: string): void => {
      act(() => {
        arrivePayout(world, find(world, 'payout', id));
      });
    },
    failPayout: (id: string, code?: string): void => {
      act(() => {
        failPayout(world, find(world, 'payout', id), code);
      });
    },
    /** A line Stripe books by itself: a fee, a reserve held or released, an adjustment. Net in Stripe units. */
    bookLine: (type: string, amount: number, description: string): Transaction =>
      act(() =>
        book(world, {
          type,
          category: CATEGORY[type] ?? type,
          amount,
          source: null,
          description,
          availableIn: 0,
        }),
      ),
    /** Spoils the list of a payout; says exactly what was done. */
    plantFaults: (payoutId: string, kind: FaultKind, count = 1): readonly Planted[] =>
      act(() => plantFaults(world, payoutId, kind, count)),
    /** Many paid gifts at once, without events, for long lists. */
    seedPayments: (count: number, amount = 10_000, currency = 'cny') =>
      act(() => seedPayments(world, count, amount, currency)),
    balance: () => balance(world),
    /** Tells of something we know nothing about, or of a made-up object. */
    emit: (type: string, object: object): StandinEvent => act(() => emit(world, type, object)),
    /** The stored object behind an id of any kind. */
    object: (
      kind: 'session' | 'intent' | 'charge' | 'refund' | 'dispute' | 'payout' | 'transaction',
      id: string,
    ) => find(world, kind, id),
  };
};

/** Reporting categories of the lines that Stripe books by itself (docs.stripe.com/reports/reporting-categories). */
const CATEGORY: Readonly<Record<string, string>> = {
  stripe_fee: 'fee',
  stripe_fx_fee: 'fee',
  adjustment: 'other_adjustment',
  reserve_hold: 'risk_reserved_funds',
  reserve_release: 'risk_reserved_funds',
};

/** Calls a control by name with the arguments of a JSON body: `{"args": [...]}`, or one object as the only argument. */
export const callControl = async (control: Control, name: string, body: unknown): Promise<unknown> => {
  if (!Object.hasOwn(control, name))
    throw new ApiError(404, { type: 'invalid_request_error', message: `No such control: ${name}` });
  const args =
    body !== null && typeof body === 'object' && Array.isArray((body as { args?: unknown }).args)
      ? (body as { args: unknown[] }).args
      : body === undefined
        ? []
        : [body];
  const run = control[name as keyof Control] as (...given: unknown[]) => unknown;
  return (await run(...args)) ?? null;
};
