import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientFor, openKit, SECRET_KEY, type Kit } from '../stripe-standin/testing';
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

describe('idempotency keys', () => {
  const body = 'amount=1000&currency=usd&confirm=true&payment_method=pm_card_visa';
  const post = (key: string, text: string, path = '/v1/payment_intents') =>
    raw(kit, 'POST', path, text, { 'idempotency-key': key });

  it('the same call again brings the first answer, word for word, and does nothing', async () => {
    const first = await post('key-1', body);
    const before = (await stripe.charges.list({ limit: 100 })).data.length;
    const again = await post('key-1', 'currency=usd&amount=1000&payment_method=pm_card_visa&confirm=true');
    expect(again.json).toEqual(first.json);
    expect(again.response.headers.get('idempotent-replayed')).toBe('true');
    expect(again.response.headers.get('original-request')).toBe(first.response.headers.get('request-id'));
    expect(again.response.headers.get('idempotency-key')).toBe('key-1');
    expect((await stripe.charges.list({ limit: 100 })).data).toHaveLength(before);
  });

  it('other parameters or another path under the key are refused', async () => {
    await post('key-2', body);
    const amount = await post('key-2', body.replace('1000', '1001'));
    expect(amount.response.status).toBe(400);
    expect(amount.json.error?.['type']).toBe('idempotency_error');
    const path = await post('key-2', body, '/v1/refunds');
    expect(path.json.error?.['message']).toMatch(/only be used for the same endpoint/);
    const long = await post('k'.repeat(256), body);
    expect(long.response.status).toBe(400);
  });

  it('a declined card is kept under its key; a wrong parameter is not', async () => {
    const declined = body.replace('pm_card_visa', 'pm_card_chargeDeclined');
    expect((await post('key-3', declined)).response.status).toBe(402);
    expect((await post('key-3', declined)).response.headers.get('idempotent-replayed')).toBe('true');
    expect((await post('key-4', body.replace('usd', 'xyz'))).response.status).toBe(400);
    expect((await post('key-4', body)).response.status).toBe(200);
  });

  it('a second call while the first is under way is a conflict, and stripe-node waits it out', async () => {
    kit.control.trouble({ kind: 'slow', delayMs: 300, path: '/v1/payment_intents' });
    const [first, second] = await Promise.all([
      post('key-5', body),
      new Promise<void>((done) => setTimeout(done, 50)).then(() => post('key-5', body)),
    ]);
    expect(first.response.status).toBe(200);
    expect(second.response.status).toBe(409);
    expect(second.json.error?.['code']).toBe('idempotency_key_in_use');

    const patient = new Stripe(SECRET_KEY, {
      host: '127.0.0.1',
      port: kit.standin.port,
      protocol: 'http',
      maxNetworkRetries: 2,
    });
    kit.control.trouble({ kind: 'slow', delayMs: 300, path: '/v1/payment_intents' });
    const params = { amount: 1000, currency: 'usd' };
    const pair = await Promise.all(
      [1, 2].map(() => patient.paymentIntents.create(params, { idempotencyKey: 'key-6' })),
    );
    expect(pair[0]?.id).toBe(pair[1]?.id);
  });

  it('a key is free again after a day', async () => {
    const own = await openKit({ seed: 'day' });
    try {
      const first = await own.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'day' });
      own.control.advance(24 * 3600 + 1);
      const later = await own.stripe.customers.create({ name: 'Bayo' }, { idempotencyKey: 'day' });
      expect(later.id).not.toBe(first.id);
    } finally {
      await own.stop();
    }
  });
});

describe('reading', () => {
  it('opens what is asked to be opened, four levels deep', async () => {
    const intent = await pay(stripe, 1000, { capture_method: 'automatic' });
    const opened = await stripe.paymentIntents.retrieve(intent.id, {
      expand: ['latest_charge.balance_transaction', 'payment_method', 'latest_charge.refunds'],
    });
    expect(opened.latest_charge).toMatchObject({
      object: 'charge',
      balance_transaction: { object: 'balance_transaction', amount: 7156 },
      refunds: { object: 'list', data: [] },
    });
    expect(opened.payment_method).toMatchObject({ object: 'payment_method', type: 'card' });
    expect((await stripe.paymentIntents.retrieve(intent.id)).latest_charge).toMatch(/^ch_/);
    const list = await stripe.balanceTransactions.list({ limit: 1, expand: ['data.source'] });
    expect(list.data[0]?.source).toMatchObject({ object: 'charge' });
    expect((await errorOf(stripe.charges.list({ expand: ['customer'] }))).message).toMatch(/data\.customer/);
    expect(
      (await errorOf(stripe.charges.retrieve(String(intent.latest_charge), { expand: ['amount'] }))).message,
    ).toMatch(/cannot be expanded \(amount\)/);
  });

  it('pages forwards and backwards, newest first', async () => {
    const own = await openKit({ seed: 'pages' });
    try {
      const ids: string[] = [];
      for (let n = 0; n < 25; n += 1) ids.push((await own.stripe.customers.create({ name: `C${n}` })).id);
      ids.reverse();
      const first = await own.stripe.customers.list({ limit: 10 });
      expect(first.data.map((one) => one.id)).toEqual(ids.slice(0, 10));
      expect(first.has_more).toBe(true);
      const last = await own.stripe.customers.list({ limit: 10, starting_after: ids[19] ?? '' });
      expect(last.data.map((one) => one.id)).toEqual(ids.slice(20));
      expect(last.has_more).toBe(false);
      expect((await own.stripe.customers.list({ limit: 25 })).has_more).toBe(false);
      expect((await own.stripe.customers.list({ limit: 24 })).has_more).toBe(true);
      const before = await own.stripe.customers.list({ limit: 10, ending_before: ids[20] ?? '' });
      expect(before.data.map((one) => one.id)).toEqual(ids.slice(10, 20));
      expect(before.has_more).toBe(true);
      const walked: string[] = [];
      for await (const one of own.stripe.customers.list({ limit: 7 })) walked.push(one.id);
      expect(walked).toEqual(ids);
    } finally {
      await own.stop();
    }
  });

  it('lists events by time and type, with what changed', async () => {
    const customer = await stripe.customers.create({ name: 'Ada' });
    await stripe.customers.update(
      customer.id,
      { metadata: { village: '麻岭' } },
      { idempotencyKey: 'change-1' },
    );
    const { data } = await stripe.events.list({
      type: 'customer.updated',
      created: { gte: customer.created },
    });
    expect(data[0]).toMatchObject({
      type: 'customer.updated',
      api_version: '2026-10-28.endive',
      livemode: false,
      data: {
        object: { id: customer.id, metadata: { village: '麻岭' } },
        previous_attributes: { metadata: {} },
      },
      request: { idempotency_key: 'change-1' },
    });
    expect((await stripe.events.retrieve(data[0]?.id ?? '')).id).toBe(data[0]?.id);
    expect((await stripe.events.list({ types: ['customer.*'] as never })).data.length).toBeGreaterThan(1);
    expect((await stripe.events.list({ created: { gt: customer.created + 1000 } })).data).toEqual([]);
    const cleared = await stripe.customers.update(customer.id, { metadata: { village: null } });
    expect(cleared.metadata).toEqual({});
  });

  it('keeps events for thirty days, and no longer', async () => {
    const own = await openKit({ seed: 'month' });
    try {
      const { id } = await own.stripe.customers.create({ name: 'Ada' });
      const before = await own.stripe.events.list({ type: 'customer.created' });
      expect(before.data[0]?.data.object).toMatchObject({ id });
      own.control.advance(30 * 24 * 3600 + 1);
      expect((await own.stripe.events.list({ type: 'customer.created' })).data).toEqual([]);
      expect(await errorOf(own.stripe.events.retrieve(before.data[0]?.id ?? ''))).toMatchObject({
        statusCode: 404,
      });
    } finally {
      await own.stop();
    }
  });
});

describe('a payment intent', () => {
  it('captures in the background by default: the money is booked a moment later, with charge.updated', async () => {
    const own = await openKit({ seed: 'async' });
    try {
      const intent = await own.stripe.paymentIntents.create({
        amount: 1000,
        currency: 'usd',
        confirm: true,
        payment_method: 'pm_card_visa',
      });
      expect(intent).toMatchObject({ status: 'succeeded', capture_method: 'automatic_async' });
      const charge = await own.stripe.charges.retrieve(String(intent.latest_charge));
      expect(charge).toMatchObject({ paid: true, balance_transaction: null });
      own.control.advance(2);
      expect((await own.stripe.charges.retrieve(charge.id)).balance_transaction).toMatch(/^txn_/);
      const { data } = await own.stripe.events.list({ type: 'charge.updated' });
      expect(data[0]?.data.previous_attributes).toEqual({ balance_transaction: null });
    } finally {
      await own.stop();
    }
  });

  it('in an old version captures at once and may list its methods', async () => {
    const old = clientFor(kit.standin, '2023-10-16');
    const intent = await old.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_visa',
      payment_method_types: ['card'],
    } as never);
    expect(intent.capture_method).toBe('automatic');
    expect((await stripe.charges.retrieve(String(intent.latest_charge))).balance_transaction).toMatch(
      /^txn_/,
    );
  });

  it('moves only along its states', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      capture_method: 'manual',
    });
    expect(await errorOf(stripe.paymentIntents.capture(intent.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    expect(await errorOf(stripe.paymentIntents.confirm(intent.id))).toMatchObject({
      param: 'payment_method',
    });
    expect((await stripe.paymentIntents.update(intent.id, { amount: 1200 })).amount).toBe(1200);
    const held = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 1200, amount_received: 0 });
    const done = await stripe.paymentIntents.capture(intent.id);
    expect(done).toMatchObject({ status: 'succeeded', amount_received: 1200 });
    expect(await errorOf(stripe.paymentIntents.cancel(intent.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    expect(
      await errorOf(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })),
    ).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });
});
