import { emit } from '../events';
import { page, pageFields } from '../lists';
import { inRange, range, shape, text } from '../params';
import { badParameter } from '../errors';
import type { Route } from '../router';
import type { Transaction } from '../store';
import { find, newId, now, plan, type World } from '../world';

export type Booking = {
  readonly type: string;
  readonly category: string;
  readonly amount: number;
  readonly fee?: number;
  readonly feeDescription?: string;
  readonly currency?: string;
  readonly rate?: number | null;
  readonly source: string | null;
  readonly description: string;
  /** Seconds until the money may be paid out; 0 is now. */
  readonly availableIn: number;
};

/** Writes one balance transaction; `net` is always amount less fee. */
export const book = (world: World, booking: Booking): Transaction => {
  const fee = booking.fee ?? 0;
  const currency = booking.currency ?? world.settings.settlementCurrency;
  const transaction: Transaction = {
    id: newId(world, 'txn'),
    object: 'balance_transaction',
    amount: booking.amount,
    available_on: now(world) + booking.availableIn,
    balance_type: 'payments',
    created: now(world),
    currency,
    description: booking.description,
    exchange_rate: booking.rate ?? null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency,
              description: booking.feeDescription ?? 'Stripe processing fees',
              type: 'stripe_fee',
            },
          ],
    net: booking.amount - fee,
    reporting_category: booking.category,
    source: booking.source,
    status: booking.availableIn <= 0 ? 'available' : 'pending',
    type: booking.type,
  };
  world.store.put('transaction', transaction);
  if (booking.availableIn > 0) plan(world, 'available', transaction.id, booking.availableIn);
  return transaction;
};

/** Lets pending money become available, and tells once for all of it. */
export const makeAvailable = (world: World, transactions: readonly Transaction[]): void => {
  const changed = transactions.filter((one) => one.status === 'pending');
  for (const one of changed) {
    one.status = 'available';
    if (one.available_on > now(world)) one.available_on = now(world);
    world.store.put('transaction', one);
  }
  if (changed.length > 0) emit(world, 'balance.available', balance(world));
};

const sums = (transactions: readonly Transaction[], base: string) => {
  const totals = new Map<string, number>([[base, 0]]);
  for (const one of transactions) totals.set(one.currency, (totals.get(one.currency) ?? 0) + one.net);
  return [...totals].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }));
};

export const balance = (world: World) => {
  const all = world.store.all('transaction');
  const base = world.settings.settlementCurrency;
  return {
    object: 'balance' as const,
    available: sums(
      all.filter((one) => one.status === 'available'),
      base,
    ),
    connect_reserved: [{ amount: 0, currency: base }],
    livemode: world.settings.livemode,
    pending: sums(
      all.filter((one) => one.status === 'pending'),
      base,
    ),
  };
};

/** What went out with a payout, with whatever fault a test has planted in the list. */
const ofPayout = (world: World, payoutId: string): Transaction[] => {
  const payout = find(world, 'payout', payoutId, 'payout');
  if (!payout.automatic)
    throw badParameter(
      'Balance transaction history can only be filtered on automatic transfers, not manual.',
      'payout',
    );
  const faults = world.store.all('fault').filter((fault) => fault.payout === payoutId);
  const hidden = new Set(faults.map((fault) => fault.hide));
  const shown = faults.flatMap((fault) => (fault.show ? [fault.show] : []));
  const own = world.store
    .all('paidOut')
    .filter((line) => line.payout === payoutId && !hidden.has(line.id))
    .flatMap((line) => world.store.get('transaction', line.id) ?? []);
  return [...own, ...shown];
};

const listShape = shape({
  ...pageFields,
  payout: text(),
  type: text(),
  source: text(),
  currency: text(),
  created: range,
});

export const balanceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/balance',
    run: (world, _ids, form) => {
      shape({})(form, '');
      return balance(world);
    },
  },
  {
    method: 'GET',
    path: '/v1/balance_transactions',
    run: (world, _ids, form) => {
      const asked = listShape(form, '');
      const from =
        asked.payout === undefined ? world.store.all('transaction') : ofPayout(world, asked.payout);
      const found = from.filter(
        (one) =>
          inRange(one.created, asked.created) &&
          (asked.type === undefined || one.type === asked.type) &&
          (asked.source === undefined || one.source === asked.source) &&
          (asked.currency === undefined || one.currency === asked.currency),
      );
      return page('balance transaction', found, asked, '/v1/balance_transactions');
    },
  },
  {
    method: 'GET',
    path: '/v1/balance_transactions/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      return find(world, 'transaction', id ?? '');
    },
  },
];
