import { badParameter, notPossible } from '../errors';
import { inUnits } from '../currencies';
import { change, emit } from '../events';
import { convert } from '../fees';
import { page, pageFields } from '../lists';
import {
  choice,
  inRange,
  integer,
  mergeMetadata,
  metadata,
  range,
  shape,
  text,
  unimitatedFields,
} from '../params';
import type { Route } from '../router';
import type { Charge, Refund } from '../store';
import { find, newId, now, plan, type World } from '../world';
import { book } from './balance';
import { behaviourOf } from './methods';

const typeOf = (charge: Charge) => charge.payment_method_details?.type ?? 'card';

/** Takes the money back from the charge, on the books and on the object; both ways round for a failed refund. */
const moveRefunded = (world: World, charge: Charge, by: number): Record<string, unknown> => {
  const total = charge.amount_refunded + by;
  return change(world, 'charge', charge, { amount_refunded: total, refunded: total >= charge.amount });
};

export const makeRefund = (
  world: World,
  charge: Charge,
  asked: {
    readonly amount?: number | undefined;
    readonly metadata?: Readonly<Record<string, string>> | undefined;
    readonly reason?: Refund['reason'] | undefined;
  },
): Refund => {
  if (charge.status !== 'succeeded' || !charge.captured)
    throw notPossible(`This charge is ${charge.status} and cannot be refunded.`, 'charge_not_refundable');
  if (charge.refunded)
    throw notPossible(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded');
  if (
    charge.disputed &&
    world.store.all('dispute').some((one) => one.charge === charge.id && !one.is_charge_refundable)
  )
    throw notPossible(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed');
  const left = charge.amount - charge.amount_refunded;
  const amount = asked.amount ?? left;
  if (amount > left)
    throw badParameter(
      `Refund amount (${inUnits(amount, charge.currency)} ${charge.currency}) is greater than ${left === charge.amount ? 'charge amount' : 'unrefunded amount on charge'} (${inUnits(left, charge.currency)} ${charge.currency})`,
      'amount',
    );
  if ((charge.currency === 'isk' || charge.currency === 'ugx') && amount % 100 !== 0)
    throw badParameter('Invalid amount.', 'amount', 'invalid_charge_amount_no_decimal_compatible');
  const type = typeOf(charge);
  const behaviour = behaviourOf(world, charge.payment_method ?? '');
  const waits = behaviour.refund === 'pending' || world.store.get('fact', 'refunds-wait')?.value === 1;
  // The rate of today, not of the charge: the difference is the charity's (docs.stripe.com/refunds).
  const settled = convert(amount, charge.currency, world.settings.settlementCurrency, world.rates);
  const id = newId(world, type === 'card' ? 're' : 'pyr');
  const transaction = book(world, {
    type: type === 'card' ? 'refund' : 'payment_refund',
    category: 'refund',
    amount: -settled.amount,
    rate: settled.rate,
    source: id,
    description: `REFUND FOR ${charge.description === null ? 'CHARGE' : `(${charge.description})`}`,
    availableIn: 0,
  });
  const refund: Refund = {
    id,
    object: 'refund',
    amount,
    balance_transaction: transaction.id,
    charge: charge.id,
    created: now(world),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details:
      type === 'card'
        ? {
            card: { reference: `ref${id.slice(-8)}`, reference_status: 'available', type: 'refund' },
            type: 'card',
          }
        : ({ [type]: {}, type } as NonNullable<Refund['destination_details']>),
    metadata: { ...asked.metadata },
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(waits && { pending_reason: 'processing' as const }),
    reason: asked.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: waits ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
  world.store.put('refund', refund);
  const previous = moveRefunded(world, charge, amount);
  emit(world, 'refund.created', refund);
  emit(world, 'charge.refunded', charge, previous);
  if (behaviour.refund === 'fail') plan(world, 'fail_refund', id, world.settings.laterSeconds);
  else if (waits && world.store.get('fact', 'refunds-wait')?.value !== 1)
    plan(world, 'finish_refund', id, world.settings.laterSeconds);
  return refund;
};

/** A pending refund reaches the donor's bank. */
export const finishRefund = (world: World, refund: Refund): void => {
  if (refund.status !== 'pending') throw notPossible(`This refund is ${refund.status}.`);
  const previous = change(world, 'refund', refund, { status: 'succeeded' });
  delete refund.pending_reason;
  world.store.put('refund', refund);
  emit(world, 'refund.updated', refund, previous);
  emit(world, 'charge.refund.updated', refund, previous);
};

/** The donor's bank sends it back, also after it had succeeded: the money returns to the balance. */
export const failRefund = (world: World, refund: Refund, reason = 'expired_or_canceled_card'): void => {
  if (refund.status !== 'pending' && refund.status !== 'succeeded')
    throw notPossible(`This refund is ${String(refund.status)}.`);
  const previous = { status: refund.status };
  giveBack(world, refund, 'failed', reason);
  emit(world, 'refund.failed', refund, previous);
  emit(world, 'charge.refund.updated', refund, previous);
};

const giveBack = (
  world: World,
  refund: Refund,
  status: 'failed' | 'canceled',
  reason: string | null,
): void => {
  const charge = find(world, 'charge', refund.charge ?? '');
  const taken = find(world, 'transaction', refund.balance_transaction ?? '');
  const returned = book(world, {
    type: 'refund_failure',
    category: 'refund_failure',
    amount: -taken.amount,
    rate: taken.exchange_rate,
    source: refund.id,
    description: `REFUND FAILURE (${refund.id})`,
    availableIn: 0,
  });
  change(world, 'refund', refund, {
    status,
    failure_balance_transaction: returned.id,
    ...(reason !== null && { failure_reason: reason }),
  });
  delete refund.pending_reason;
  world.store.put('refund', refund);
  const previous = moveRefunded(world, charge, -refund.amount);
  emit(world, 'charge.updated', charge, previous);
};

const createShape = shape({
  charge: text(),
  payment_intent: text(),
  amount: integer(1),
  metadata,
  reason: choice('duplicate', 'fraudulent', 'requested_by_customer'),
  ...unimitatedFields([
    'instructions_email',
    'origin',
    'currency',
    'customer',
    'refund_application_fee',
    'reverse_transfer',
  ]),
});

const chargeFor = (
  world: World,
  asked: { charge?: string | undefined; payment_intent?: string | undefined },
): Charge => {
  if (asked.charge !== undefined) return find(world, 'charge', asked.charge, 'charge');
  if (asked.payment_intent === undefined)
    throw badParameter(
      "One of the following params should be provided for this request: 'payment_intent' or 'charge'.",
      'charge',
      'parameter_missing',
    );
  const intent = find(world, 'intent', asked.payment_intent, 'payment_intent');
  const charge = world.store.get('charge', intent.latest_charge ?? '');
  if (!charge)
    throw notPossible(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      'charge_not_refundable',
    );
  return charge;
};

const listShape = shape({ ...pageFields, charge: text(), payment_intent: text(), created: range });

export const refundRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/refunds',
    run: (world, _ids, form) => {
      const asked = createShape(form, '');
      return makeRefund(world, chargeFor(world, asked), asked);
    },
  },
  {
    method: 'GET',
    path: '/v1/refunds',
    run: (world, _ids, form) => {
      const asked = listShape(form, '');
      const found = world.store
        .all('refund')
        .filter(
          (refund) =>
            inRange(refund.created, asked.created) &&
            (asked.charge === undefined || refund.charge === asked.charge) &&
            (asked.payment_intent === undefined || refund.payment_intent === asked.payment_intent),
        );
      return page('refund', found, asked, '/v1/refunds');
    },
  },
  {
    method: 'GET',
    path: '/v1/refunds/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      return find(world, 'refund', id ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/refunds/:id',
    run: (world, { id }, form) => {
      const refund = find(world, 'refund', id ?? '');
      const asked = shape({ metadata })(form, '');
      const previous = change(world, 'refund', refund, {
        metadata: mergeMetadata(refund.metadata, asked.metadata),
      });
      emit(world, 'refund.updated', refund, previous);
      emit(world, 'charge.refund.updated', refund, previous);
      return refund;
    },
  },
  {
    method: 'POST',
    path: '/v1/refunds/:id/cancel',
    run: (world, { id }, form) => {
      shape({})(form, '');
      const refund = find(world, 'refund', id ?? '');
      if (refund.status !== 'pending')
        throw notPossible(`This refund has status ${String(refund.status)} and cannot be canceled.`);
      giveBack(world, refund, 'canceled', null);
      emit(world, 'refund.updated', refund, { status: 'pending' });
      return refund;
    },
  },
];
