import { change, emit } from '../events';
import { convert, feeOf } from '../fees';
import { page, pageFields } from '../lists';
import { ignored, inRange, mergeMetadata, metadata, range, shape, text } from '../params';
import type { Route } from '../router';
import type { Behaviour, Charge, Intent, Method } from '../store';
import { find, newId, now, type World } from '../world';
import { book } from './balance';
import { billing, DECLINES } from './methods';

const cardDetails = (behaviour: Behaviour, amount: number) => ({
  amount_authorized: amount,
  authorization_code: null,
  brand: behaviour.last4 === '4444' ? 'mastercard' : 'visa',
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  country: 'US',
  exp_month: 12,
  exp_year: 2034,
  extended_authorization: { status: 'disabled' as const },
  fingerprint: `fp${behaviour.last4}`,
  funding: 'credit',
  incremental_authorization: { status: 'unavailable' as const },
  installments: null,
  last4: behaviour.last4,
  mandate: null,
  multicapture: { status: 'unavailable' as const },
  network: behaviour.last4 === '4444' ? 'mastercard' : 'visa',
  network_token: { used: false },
  network_transaction_id: null,
  overcapture: { maximum_amount_capturable: amount, status: 'unavailable' as const },
  regulated_status: 'unregulated' as const,
  three_d_secure: null,
  transaction_link_id: null,
  wallet: null,
});

const methodDetails = (behaviour: Behaviour, amount: number): object => {
  switch (behaviour.type) {
    case 'card':
      return { type: 'card', card: cardDetails(behaviour, amount) };
    case 'alipay':
      return { type: 'alipay', alipay: { buyer_id: null, fingerprint: null, transaction_id: null } };
    case 'wechat_pay':
      return {
        type: 'wechat_pay',
        wechat_pay: { fingerprint: null, location: null, reader: null, transaction_id: null },
      };
    default:
      return {
        type: 'sepa_debit',
        sepa_debit: {
          bank_code: null,
          branch_code: null,
          country: 'AT',
          fingerprint: null,
          last4: behaviour.last4,
          mandate: null,
        },
      };
  }
};

export type ChargeStatus = 'succeeded' | 'pending' | 'failed';

/** A charge of an intent. Cards give `ch_` ids, everything else `py_`, as at Stripe. */
export const makeCharge = (
  world: World,
  intent: Intent,
  method: Method,
  behaviour: Behaviour,
  status: ChargeStatus,
  declineCode: string | null = null,
): Charge => {
  const captured = status === 'succeeded' && intent.capture_method !== 'manual';
  const decline = declineCode === null ? null : (DECLINES[declineCode] ?? null);
  const person = method.billing_details;
  const id = newId(world, behaviour.type === 'card' ? 'ch' : 'py');
  const charge: Charge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: billing({ email: person.email, name: person.name, phone: person.phone }),
    calculated_statement_descriptor: behaviour.type === 'card' ? 'SHANLU STAND-IN' : null,
    captured,
    created: now(world),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: world.settings.livemode,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: status === 'failed' ? 'declined_by_network' : 'approved_by_network',
      reason: status === 'failed' ? declineCode : null,
      risk_level: 'normal',
      risk_score: 12,
      seller_message: status === 'failed' ? 'The bank refused this payment.' : 'Payment complete.',
      type: status === 'failed' ? 'issuer_declined' : 'authorized',
    },
    paid: status === 'succeeded',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: methodDetails(behaviour, intent.amount) as Charge['payment_method_details'],
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping as Charge['shipping'],
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_data: null,
    transfer_group: null,
  };
  return world.store.put('charge', charge);
};

/** Books the money of a captured charge, after conversion and less the fee. */
export const settle = (world: World, charge: Charge): Record<string, unknown> => {
  const behaviour = world.store.get('behaviour', charge.payment_method ?? '');
  const type = behaviour?.type ?? 'card';
  const { amount, rate } = convert(
    charge.amount_captured,
    charge.currency,
    world.settings.settlementCurrency,
    world.rates,
  );
  const transaction = book(world, {
    type: type === 'card' ? 'charge' : 'payment',
    category: 'charge',
    amount,
    fee: feeOf(amount, type, world.settings.fees),
    rate,
    source: charge.id,
    description: charge.description ?? 'Payment',
    availableIn: behaviour?.available === 'now' ? 0 : world.settings.availableAfterSeconds,
  });
  return change(world, 'charge', charge, { balance_transaction: transaction.id });
};

const listShape = shape({
  ...pageFields,
  payment_intent: text(),
  customer: text(),
  created: range,
  transfer_group: ignored,
});
const update = shape({ metadata, description: text(), receipt_email: text() });

/** Charges carry the first page of their refunds only when asked (`expand[]=refunds`). */
export const refundsOf = (world: World, chargeId: string) => {
  const url = `/v1/charges/${chargeId}/refunds`;
  const refunds = world.store.all('refund').filter((refund) => refund.charge === chargeId);
  return page('refund', refunds, {}, url);
};

export const chargeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/charges',
    run: (world, _ids, form) => {
      const asked = listShape(form, '');
      const found = world.store
        .all('charge')
        .filter(
          (charge) =>
            inRange(charge.created, asked.created) &&
            (asked.payment_intent === undefined || charge.payment_intent === asked.payment_intent) &&
            (asked.customer === undefined || charge.customer === asked.customer),
        );
      return page('charge', found, asked, '/v1/charges');
    },
  },
  {
    method: 'GET',
    path: '/v1/charges/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      return find(world, 'charge', id ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/charges/:id',
    run: (world, { id }, form) => {
      const charge = find(world, 'charge', id ?? '');
      const asked = update(form, '');
      const previous = change(world, 'charge', charge, {
        metadata: mergeMetadata(charge.metadata, asked.metadata),
        description: asked.description ?? charge.description,
        receipt_email: asked.receipt_email ?? charge.receipt_email,
      });
      emit(world, 'charge.updated', charge, previous);
      return charge;
    },
  },
  {
    method: 'GET',
    path: '/v1/charges/:id/refunds',
    run: (world, { id }, form) => {
      const asked = shape(pageFields)(form, '');
      const charge = find(world, 'charge', id ?? '');
      const refunds = world.store.all('refund').filter((refund) => refund.charge === charge.id);
      return page('refund', refunds, asked, `/v1/charges/${charge.id}/refunds`);
    },
  },
];
