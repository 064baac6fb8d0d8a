import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKit, SECRET_KEY, type Kit } from '../stripe-standin/testing';
import { errorOf, pay, raw } from './stripe-calls';

let kit: Kit;
let stripe: Stripe;
beforeAll(async () => {
  kit = await openKit();
  stripe = kit.stripe;
});
afterAll(async () => {
  await kit.stop();
});

describe('errors, as stripe-node types them', () => {
  it.each([
    ['no such charge', () => stripe.charges.retrieve('ch_x'), 404, 'resource_missing', 'id'],
    [
      'no such session',
      () => stripe.checkout.sessions.retrieve('cs_test_x'),
      404,
      'resource_missing',
      'session',
    ],
    [
      'a charge named in a parameter',
      () => stripe.refunds.create({ charge: 'ch_x' }),
      400,
      'resource_missing',
      'charge',
    ],
    ['nothing to refund', () => stripe.refunds.create({}), 400, 'parameter_missing', 'charge'],
    [
      'an unknown parameter',
      () => stripe.refunds.create({ charge: 'ch_x', gift: 'G-1' } as never),
      400,
      'parameter_unknown',
      'gift',
    ],
    [
      'an unknown nested parameter',
      () =>
        stripe.checkout.sessions.create({
          line_items: [{ qty: 1 } as never],
          success_url: 'https://a.example',
        }),
      400,
      'parameter_unknown',
      'line_items[0][qty]',
    ],
    [
      'no line items',
      () => stripe.checkout.sessions.create({ mode: 'payment', success_url: 'https://a.example' }),
      400,
      'parameter_missing',
      'line_items',
    ],
    ['an amount that is no integer', () => pay(stripe, 10.5), 400, 'parameter_invalid_integer', 'amount'],
    ['an amount of nothing', () => pay(stripe, 0), 400, 'parameter_invalid_integer', 'amount'],
    ['too little', () => pay(stripe, 49), 400, 'amount_too_small', 'amount'],
    ['too much', () => pay(stripe, 100_000_000), 400, 'amount_too_large', 'amount'],
    [
      'shillings in fractions',
      () => pay(stripe, 550, { currency: 'ugx' }),
      400,
      'invalid_charge_amount_no_decimal_compatible',
      'amount',
    ],
    [
      'an empty text',
      () => pay(stripe, 100, { description: '' }),
      400,
      'parameter_invalid_empty',
      'description',
    ],
    [
      'methods listed in this version',
      () =>
        stripe.paymentIntents.create({
          amount: 100,
          currency: 'usd',
          payment_method_types: ['card'],
        } as never),
      400,
      'payment_method_types_no_longer_supported',
      'payment_method_types',
    ],
    [
      'a bad cursor',
      () => stripe.events.list({ starting_after: 'evt_x' }),
      400,
      'resource_missing',
      'starting_after',
    ],
    ['too long a page', () => stripe.events.list({ limit: 101 }), 400, 'parameter_invalid_integer', 'limit'],
  ] as const)('%s', async (_name, call, status, code, param) => {
    const error = await errorOf(call());
    expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: status, code, param });
    expect(error.requestId).toMatch(/^req_/);
  });

  it('an unknown currency lists the known ones; an unknown method type is refused', async () => {
    const currency = await errorOf(pay(stripe, 100, { currency: 'xyz' }));
    expect(currency.message).toMatch(
      /^Invalid currency: xyz\. Stripe currently supports these currencies: usd, /,
    );
    expect(currency.param).toBe('currency');
    const method = await errorOf(pay(stripe, 100, { allowed_payment_method_types: ['barter'] }));
    expect(method.param).toBe('allowed_payment_method_types[0]');
  });

  it('a declined card is a 402 with the intent and the charge', async () => {
    const error = await errorOf(
      pay(stripe, 100, { payment_method: 'pm_card_chargeDeclinedInsufficientFunds' }),
    );
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      statusCode: 402,
    });
    expect(error.payment_intent).toMatchObject({ status: 'requires_payment_method' });
    const charge = await stripe.charges.retrieve(error.charge ?? '');
    expect(charge).toMatchObject({
      status: 'failed',
      paid: false,
      captured: false,
      balance_transaction: null,
    });
  });

  it('no key, a wrong key, a key by basic auth', async () => {
    const wrong = new Stripe('sk_test_wrong', {
      host: '127.0.0.1',
      port: kit.standin.port,
      protocol: 'http',
    });
    expect(await errorOf(wrong.balance.retrieve())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    const none = await raw(kit, 'GET', '/v1/balance', null, { authorization: '' });
    expect(none.response.status).toBe(401);
    const basic = await raw(kit, 'GET', '/v1/balance', null, {
      authorization: `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}`,
    });
    expect(basic.response.status).toBe(200);
  });

  it('what is not imitated is refused by name, not ignored', async () => {
    const error = await errorOf(
      stripe.checkout.sessions.create({
        success_url: 'https://a.example',
        line_items: [],
        automatic_tax: { enabled: true },
      }),
    );
    expect(error.code).toBe('stand_in_not_imitated');
    const unknown = await raw(kit, 'GET', '/v1/subscriptions');
    expect(unknown.response.status).toBe(404);
    expect(unknown.json.error?.['message']).toMatch(/^Unrecognized request URL \(GET: \/v1\/subscriptions\)/);
  });

  it('the version is echoed, and an impossible one refused', async () => {
    const good = await raw(kit, 'GET', '/v1/balance', null, { 'stripe-version': '2026-08-26.dahlia' });
    expect(good.response.headers.get('stripe-version')).toBe('2026-08-26.dahlia');
    const none = await raw(kit, 'GET', '/v1/balance');
    expect(none.response.headers.get('stripe-version')).toBe('2026-10-28.endive');
    const bad = await raw(kit, 'GET', '/v1/balance', null, { 'stripe-version': 'yesterday' });
    expect(bad.response.status).toBe(400);
  });

  it('a field called __proto__ is only an unknown field', async () => {
    const { response, json } = await raw(kit, 'POST', '/v1/customers', '__proto__[admin]=1');
    expect(response.status).toBe(400);
    expect(json.error?.['code']).toBe('parameter_unknown');
  });
});
