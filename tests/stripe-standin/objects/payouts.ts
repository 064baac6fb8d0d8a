import { badParameter, notPossible } from '../errors';
import { readCurrency } from '../currencies';
import { change, emit } from '../events';
import { page, pageFields } from '../lists';
import {
  choice,
  inRange,
  integer,
  mergeMetadata,
  metadata,
  need,
  range,
  shape,
  text,
  unimitatedFields,
} from '../params';
import type { Route } from '../router';
import type { Payout } from '../store';
import { find, newId, now, plan, type World } from '../world';
import { book, makeAvailable } from './balance';

const DAY = 24 * 3600;

const makePayout = (
  world: World,
  amount: number,
  automatic: boolean,
  more: { description?: string | undefined; metadata?: Readonly<Record<string, string>> | undefined } = {},
): Payout => {
  const currency = world.settings.settlementCurrency;
  const id = newId(world, 'po');
  const transaction = book(world, {
    type: 'payout',
    category: 'payout',
    amount: -amount,
    source: id,
    description: more.description ?? 'STRIPE PAYOUT',
    availableIn: 0,
  });
  // Banks know days, not seconds: the arrival is midnight UTC of a later day.
  const arrival = Math.ceil((now(world) + DAY) / DAY) * DAY;
  const payout: Payout = {
    id,
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: arrival,
    automatic,
    balance_transaction: transaction.id,
    created: now(world),
    currency,
    description: more.description ?? 'STRIPE PAYOUT',
    destination: 'ba_standin',
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: world.settings.livemode,
    metadata: mergeMetadata({}, more.metadata),
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: automatic ? 'in_progress' : 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: automatic ? 'in_transit' : 'pending',
    trace_id: { status: 'pending', value: null },
    type: 'bank_account',
  };
  world.store.put('payout', payout);
  plan(world, 'arrive', id, arrival - now(world));
  if (automatic) world.store.put('paidOut', { id: transaction.id, payout: id });
  return payout;
};

/** Everything available that has not gone out yet, in the settlement currency; payouts by hand count as gone. */
const unpaid = (world: World) =>
  world.store
    .all('transaction')
    .filter(
      (one) =>
        one.status === 'available' &&
        one.currency === world.settings.settlementCurrency &&
        world.store.get('paidOut', one.id) === undefined,
    );

/**
 * The daily payout: all that is available goes to the bank, and each line is tied to it, so that the list of
 * a payout sums to its amount. `everything` first lets pending money become available.
 */
export const payOutAvailable = (world: World, everything: boolean): Payout => {
  if (everything) makeAvailable(world, world.store.all('transaction'));
  const lines = unpaid(world);
  const amount = lines.reduce((sum, one) => sum + one.net, 0);
  if (amount <= 0)
    throw notPossible(`Nothing to pay out: the available balance is ${amount}.`, 'balance_insufficient');
  const payout = makePayout(world, amount, true);
  for (const one of lines) world.store.put('paidOut', { id: one.id, payout: payout.id });
  emit(world, 'payout.created', payout);
  const previous = change(world, 'payout', payout, { reconciliation_status: 'completed' });
  emit(world, 'payout.reconciliation_completed', payout, previous);
  return payout;
};

export const arrivePayout = (world: World, payout: Payout): void => {
  if (payout.status !== 'in_transit' && payout.status !== 'pending')
    throw notPossible(`This payout is ${payout.status}.`);
  const previous = change(world, 'payout', payout, {
    status: 'paid',
    trace_id: { status: 'supported', value: `TRACE${payout.id.slice(-10).toUpperCase()}` },
  });
  emit(world, 'payout.updated', payout, previous);
  emit(world, 'payout.paid', payout, previous);
};

/** The bank sends it back (also after `paid`: Stripe says up to five days later); the money is in the balance again. */
export const failPayout = (world: World, payout: Payout, code = 'account_closed'): void => {
  if (payout.status === 'failed' || payout.status === 'canceled')
    throw notPossible(`This payout is ${payout.status}.`);
  const returned = book(world, {
    type: 'payout_failure',
    category: 'payout_reversal',
    amount: payout.amount,
    source: payout.id,
    description: `PAYOUT FAILURE (${payout.id})`,
    availableIn: 0,
  });
  const previous = change(world, 'payout', payout, {
    status: 'failed',
    failure_balance_transaction: returned.id,
    failure_code: code,
    failure_message: 'The bank account has been closed',
  });
  emit(world, 'payout.failed', payout, previous);
};

const createShape = shape({
  amount: need(integer(1)),
  currency: need(text(3)),
  description: text(),
  metadata,
  method: choice('standard', 'instant'),
  ...unimitatedFields(['destination', 'payout_method', 'source_type', 'statement_descriptor']),
});
const listShape = shape({
  ...pageFields,
  status: choice('paid', 'pending', 'in_transit', 'canceled', 'failed'),
  arrival_date: range,
  created: range,
  destination: text(),
});

export const payoutRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/payouts',
    run: (world, _ids, form) => {
      const asked = createShape(form, '');
      const currency = readCurrency(asked.currency, 'currency');
      if ((currency === 'huf' || currency === 'twd') && asked.amount % 100 !== 0)
        throw badParameter('Invalid amount. Payouts in this currency must be divisible by 100.', 'amount');
      const available =
        currency === world.settings.settlementCurrency
          ? world.store
              .all('transaction')
              .filter((one) => one.status === 'available' && one.currency === currency)
              .reduce((sum, one) => sum + one.net, 0)
          : 0;
      if (asked.amount > available)
        throw notPossible(
          'You have insufficient funds in your Stripe account for this transfer. Your card balance is too low.',
          'balance_insufficient',
        );
      const payout = makePayout(world, asked.amount, false, asked);
      emit(world, 'payout.created', payout);
      return payout;
    },
  },
  {
    method: 'GET',
    path: '/v1/payouts',
    run: (world, _ids, form) => {
      const asked = listShape(form, '');
      const found = world.store
        .all('payout')
        .filter(
          (payout) =>
            inRange(payout.created, asked.created) &&
            inRange(payout.arrival_date, asked.arrival_date) &&
            (asked.status === undefined || payout.status === asked.status),
        );
      return page('payout', found, asked, '/v1/payouts');
    },
  },
  {
    method: 'GET',
    path: '/v1/payouts/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      return find(world, 'payout', id ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/payouts/:id',
    run: (world, { id }, form) => {
      const payout = find(world, 'payout', id ?? '');
      const asked = shape({ metadata })(form, '');
      const previous = change(world, 'payout', payout, {
        metadata: mergeMetadata(payout.metadata, asked.metadata),
      });
      emit(world, 'payout.updated', payout, previous);
      return payout;
    },
  },
  {
    method: 'POST',
    path: '/v1/payouts/:id/cancel',
    run: (world, { id }, form) => {
      shape({})(form, '');
      const payout = find(world, 'payout', id ?? '');
      if (payout.automatic || payout.status !== 'pending')
        throw notPossible('Only a pending manual payout can be canceled.');
      const returned = book(world, {
        type: 'payout_cancel',
        category: 'payout_reversal',
        amount: payout.amount,
        source: payout.id,
        description: `PAYOUT CANCEL (${payout.id})`,
        availableIn: 0,
      });
      const previous = change(world, 'payout', payout, {
        status: 'canceled',
        failure_balance_transaction: returned.id,
      });
      emit(world, 'payout.canceled', payout, previous);
      return payout;
    },
  },
];
