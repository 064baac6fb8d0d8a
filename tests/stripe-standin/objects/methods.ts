import { cardDeclined, badParameter, notPossible } from '../errors';
import { change, emit } from '../events';
import { choice, ignored, mergeMetadata, metadata, need, shape, text } from '../params';
import type { Route } from '../router';
import type { Behaviour, Method } from '../store';
import { find, newId, now, type World } from '../world';

type Manner = Omit<Behaviour, 'id'>;

const card = (outcome: Behaviour['outcome'], more: Partial<Manner> = {}): Manner => ({
  type: 'card',
  outcome,
  last4: '4242',
  ...more,
});

/** Stripe's own test tokens (docs.stripe.com/testing), with and without the `pm_card_` in front. */
const CARDS: Readonly<Record<string, Manner>> = {
  visa: card('succeed'),
  mastercard: card('succeed', { last4: '4444' }),
  bypassPending: card('succeed', { available: 'now', last4: '0077' }),
  createDispute: card('succeed', { dispute: 'fraudulent', last4: '0259' }),
  createDisputeInquiry: card('succeed', { dispute: 'inquiry', last4: '1976' }),
  refundFail: card('succeed', { refund: 'fail', last4: '5126' }),
  pendingRefund: card('succeed', { refund: 'pending', last4: '7726' }),
  authenticationRequired: card('authenticate', { last4: '3184' }),
  threeDSecure2Required: card('authenticate', { last4: '3220' }),
  chargeDeclined: card('decline', { declineCode: 'generic_decline', last4: '0002' }),
  visa_chargeDeclined: card('decline', { declineCode: 'generic_decline', last4: '0002' }),
  chargeDeclinedInsufficientFunds: card('decline', { declineCode: 'insufficient_funds', last4: '9995' }),
  visa_chargeDeclinedInsufficientFunds: card('decline', { declineCode: 'insufficient_funds', last4: '9995' }),
  chargeDeclinedExpiredCard: card('decline', { declineCode: 'expired_card', last4: '0069' }),
  chargeDeclinedFraudulent: card('decline', { declineCode: 'fraudulent', last4: '0019' }),
};

/** Test IBANs (docs.stripe.com/payments/sepa-debit): paid at once, paid later, failed later. */
const IBANS: Readonly<Record<string, Behaviour['outcome']>> = {
  AT611904300234573201: 'later_succeed',
  AT321904300235473204: 'later_succeed',
  AT861904300235473202: 'later_fail',
  IT60X0542811101000000123456: 'later_fail',
};

/** What banks say, in the words people see; the code tells the product what to advise. */
export const DECLINES: Readonly<Record<string, { code: string; message: string }>> = {
  generic_decline: { code: 'card_declined', message: 'Your card was declined.' },
  insufficient_funds: { code: 'card_declined', message: 'Your card has insufficient funds.' },
  fraudulent: { code: 'card_declined', message: 'Your card was declined.' },
  expired_card: { code: 'expired_card', message: 'Your card has expired.' },
  authentication: {
    code: 'payment_intent_authentication_failure',
    message: 'The provided payment method has failed authentication.',
  },
  wallet: { code: 'payment_method_customer_decline', message: 'The customer declined this payment.' },
  bank: { code: 'payment_intent_payment_attempt_failed', message: 'The bank refused the debit.' },
};

const details = (manner: Manner): Partial<Method> => {
  if (manner.type !== 'card') return { [manner.type]: {} };
  return {
    card: {
      brand: manner.last4 === '4444' ? 'mastercard' : 'visa',
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: manner.last4 === '4444' ? 'mastercard' : 'visa',
      exp_month: 12,
      exp_year: 2034,
      fingerprint: `fp${manner.last4}`,
      funding: 'credit',
      generated_from: null,
      last4: manner.last4,
      networks: { available: [manner.last4 === '4444' ? 'mastercard' : 'visa'], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
  };
};

export type Person = {
  readonly email?: string | null;
  readonly name?: string | null;
  readonly phone?: string | null;
};

export const billing = (person: Person) => ({
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: person.email ?? null,
  name: person.name ?? null,
  phone: person.phone ?? null,
  tax_id: null,
});

/** Makes a payment method that behaves in a given manner. */
export const makeMethod = (world: World, manner: Manner, person: Person = {}): Method => {
  const method: Method = {
    id: newId(world, 'pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: billing(person),
    created: now(world),
    customer: null,
    customer_account: null,
    livemode: world.settings.livemode,
    metadata: {},
    type: manner.type,
    ...details(manner),
  };
  world.store.put('behaviour', { id: method.id, ...manner });
  return world.store.put('method', method);
};

/** A method named in a call: one of Stripe's test tokens makes a new one, as at Stripe. */
export const methodNamed = (world: World, id: string, param: string): Method => {
  const manner = CARDS[id.replace(/^pm_card_/, '')];
  return id.startsWith('pm_card_') && manner ? makeMethod(world, manner) : find(world, 'method', id, param);
};

export const behaviourOf = (world: World, methodId: string): Behaviour =>
  world.store.get('behaviour', methodId) ?? { id: methodId, ...card('succeed') };

/** The manner of a card or a delayed debit that the hosted page asks for. */
export const mannerFor = (
  type: Behaviour['type'],
  outcome: Behaviour['outcome'],
  declineCode = 'generic_decline',
): Manner =>
  type === 'card'
    ? card(outcome, { ...(outcome === 'decline' && { declineCode, last4: '0002' }) })
    : { type, outcome, last4: '3000', ...(outcome === 'decline' && { declineCode: 'wallet' }) };

export const declineError = (declineCode: string, more: Readonly<Record<string, unknown>>) => {
  const decline = DECLINES[declineCode] ?? DECLINES['generic_decline'];
  return cardDeclined(
    decline?.message ?? '',
    decline?.code ?? 'card_declined',
    decline?.code === 'card_declined' ? declineCode : null,
    more,
  );
};

const createShape = shape({
  type: need(choice('card', 'alipay', 'wechat_pay', 'sepa_debit')),
  card: shape({ token: text(), number: ignored, exp_month: ignored, exp_year: ignored, cvc: ignored }),
  sepa_debit: shape({ iban: need(text(34)) }),
  alipay: ignored,
  wechat_pay: ignored,
  billing_details: shape({ email: text(), name: text(), phone: text(), address: ignored }),
  metadata,
});

const attach = shape({ customer: need(text()) });
const update = shape({ metadata, billing_details: ignored });

export const methodRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/payment_methods',
    run: (world, _ids, form) => {
      const asked = createShape(form, '');
      const person = {
        email: asked.billing_details?.email ?? null,
        name: asked.billing_details?.name ?? null,
        phone: asked.billing_details?.phone ?? null,
      };
      const manner = ((): Manner => {
        if (asked.type === 'card') {
          const token = (asked.card?.token ?? 'tok_visa').replace(/^tok_/, '');
          const known = CARDS[token];
          if (!known) throw badParameter(`No such token: 'tok_${token}'`, 'card[token]', 'resource_missing');
          return known;
        }
        if (asked.type !== 'sepa_debit') return { type: asked.type, outcome: 'succeed', last4: '3000' };
        const iban = asked.sepa_debit?.iban ?? '';
        const outcome = IBANS[iban];
        if (!outcome)
          throw badParameter(
            'The IBAN you provided is invalid.',
            'sepa_debit[iban]',
            'invalid_bank_account_iban',
          );
        return { type: 'sepa_debit', outcome, last4: iban.slice(-4) };
      })();
      const method = makeMethod(world, manner, person);
      if (asked.metadata) change(world, 'method', method, { metadata: { ...asked.metadata } });
      return method;
    },
  },
  {
    method: 'GET',
    path: '/v1/payment_methods/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      return find(world, 'method', id ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/:id',
    run: (world, { id }, form) => {
      const method = find(world, 'method', id ?? '');
      const asked = update(form, '');
      const previous = change(world, 'method', method, {
        metadata: mergeMetadata(method.metadata, asked.metadata),
      });
      emit(world, 'payment_method.updated', method, previous);
      return method;
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/:id/attach',
    run: (world, { id }, form) => {
      const asked = attach(form, '');
      const customer = find(world, 'customer', asked.customer, 'customer');
      const method = methodNamed(world, id ?? '', 'id');
      change(world, 'method', method, { customer: customer.id });
      emit(world, 'payment_method.attached', method);
      return method;
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/:id/detach',
    run: (world, { id }, form) => {
      shape({})(form, '');
      const method = find(world, 'method', id ?? '');
      if (method.customer === null)
        throw notPossible(
          'The payment method you provided is not attached to a customer so detachment is impossible.',
        );
      const previous = change(world, 'method', method, { customer: null });
      emit(world, 'payment_method.detached', method, previous);
      return method;
    },
  },
];
