import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStripeGateway } from '@/lib/payments/stripe.gateway';
import { contractData } from '../support/contract-data';
import {
  checkoutInput,
  gatewayFor,
  must,
  openKit,
  paidCheckout,
  press,
  type Kit,
} from '../stripe-standin/testing';

let kit: Kit;
beforeAll(async () => {
  kit = await openKit();
});
afterAll(async () => {
  await kit.stop();
});

describe('a checkout through the gateway', () => {
  it('opens with our id, the donor’s language and exactly the amount and methods asked for', async () => {
    const view = must(await kit.gateway.createCheckout(checkoutInput('intent-open', { lang: 'zh-Hant' })));
    expect(view).toMatchObject({
      intentId: 'intent-open',
      status: 'open',
      paymentStatus: 'unpaid',
      amountMinor: 500_00n,
      currency: 'CNY',
      paymentIntentId: null,
      chargeId: null,
      fee: null,
      settled: null,
      metadata: { gift: 'G-1', intent_id: 'intent-open' },
    });
    const raw = await kit.stripe.checkout.sessions.retrieve(view.id);
    expect(raw).toMatchObject({
      locale: 'zh-HK',
      submit_type: 'donate',
      adaptive_pricing: { enabled: false },
      allowed_payment_method_types: ['card', 'alipay', 'wechat_pay'],
      payment_method_types: ['card', 'alipay', 'wechat_pay'],
      customer_email: 'ada@example.org',
    });
    expect(raw.expires_at - raw.created).toBe(24 * 3600);
  });

  it('is paid by card in CNY with the fee known at once', async () => {
    const id = await paidCheckout(kit, 'intent-card-cny');
    const view = must(await kit.gateway.getCheckout(id));
    expect(view).toMatchObject({
      intentId: 'intent-card-cny',
      status: 'complete',
      paymentStatus: 'paid',
      amountMinor: 500_00n,
      currency: 'CNY',
      // 2.9 % of 500.00 and 2.00
      fee: { minor: 16_50n, currency: 'CNY' },
      settled: { minor: 500_00n, currency: 'CNY', exchangeRate: null },
      method: 'card',
      failure: null,
      url: null,
      livemode: false,
      payerEmail: 'ada@example.org',
    });
    expect(view.settlement?.netMinor).toBe(483_50n);
    const charge = must(await kit.gateway.getCharge(view.chargeId ?? ''));
    expect(charge).toMatchObject({
      status: 'succeeded',
      amountMinor: 500_00n,
      refundedMinor: 0n,
      disputed: false,
      paymentIntentId: view.paymentIntentId,
      // Stripe does not copy the session's metadata; ours are on the payment all the same.
      metadata: { gift: 'G-1', intent_id: 'intent-card-cny' },
    });
    expect(charge.settlement).toEqual(view.settlement);
  });

  it.each([
    // currency, our minor units, settled fen, fee fen (worked out by hand from the stated rates and fees)
    ['HKD', 1_000_00n, 917_50n, 28_61n, '0.9175'], // 1000.00 × 0.9175; 26.6075 → 26.61, and 2.00
    ['JPY', 10_000n, 475_31n, 15_78n, '0.047531'], // yen are not hundredths
    ['USD', 88_88n, 636_04n, 20_45n, '7.1562'], // 636.043056 → 636.04; 18.44516 → 18.45
    ['KWD', 5_120n, 119_35n, 5_46n, '23.3105'], // thousandths; 119.34976 → 119.35; 3.46115 → 3.46
  ] as const)(
    '%s %i settles in CNY at the rate shown',
    async (currency, amountMinor, settledMinor, feeMinor, rate) => {
      const id = await paidCheckout(kit, `intent-fx-${currency}`, {
        currency,
        amountMinor,
        methods: ['card'],
      });
      const view = must(await kit.gateway.getCheckout(id));
      expect(view.amountMinor).toBe(amountMinor);
      expect(view.currency).toBe(currency);
      expect(view.settled).toEqual({ minor: settledMinor, currency: 'CNY', exchangeRate: rate });
      expect(view.fee).toEqual({ minor: feeMinor, currency: 'CNY' });
    },
  );

  it.each(['alipay', 'wechat_pay'] as const)('%s pays at once and says so', async (method) => {
    const id = await paidCheckout(kit, `intent-${method}`, {}, method);
    const view = must(await kit.gateway.getCheckout(id));
    expect(view).toMatchObject({ paymentStatus: 'paid', method, fee: { minor: 13_00n } });
    expect(view.chargeId).toMatch(/^py_/);
  });

  it('says why a payment failed, and that nothing was taken', async () => {
    const session = must(await kit.gateway.createCheckout(checkoutInput('intent-declined')));
    expect((await press(session.url ?? '', 'insufficient')).status).toBe(402);
    const view = must(await kit.gateway.getCheckout(session.id));
    expect(view).toMatchObject({
      status: 'open',
      paymentStatus: 'unpaid',
      failure: { code: 'card_declined', declineCode: 'insufficient_funds' },
      settled: null,
    });
    expect(must(await kit.gateway.getCharge(view.chargeId ?? ''))).toMatchObject({
      status: 'failed',
      failure: { code: 'card_declined', declineCode: 'insufficient_funds' },
    });
  });

  it('complete and unpaid is not paid: a delayed method first promises, then pays or fails', async () => {
    for (const paid of [true, false]) {
      const id = await paidCheckoutLater(`intent-later-${paid}`);
      const promised = must(await kit.gateway.getCheckout(id));
      expect(promised).toMatchObject({ status: 'complete', paymentStatus: 'unpaid', settled: null });
      kit.control.finishDelayed(id, paid);
      const ended = must(await kit.gateway.getCheckout(id));
      expect(ended.paymentStatus).toBe(paid ? 'paid' : 'unpaid');
      expect(ended.settled === null).toBe(!paid);
      if (!paid) expect(ended.failure?.code).toBe('payment_intent_payment_attempt_failed');
    }
  });

  const paidCheckoutLater = async (intentId: string): Promise<string> => {
    const session = must(await kit.gateway.createCheckout(checkoutInput(intentId)));
    expect((await press(session.url ?? '', 'delayed')).status).toBe(303);
    return session.id;
  };

  it('can be closed before it is paid, and not afterwards', async () => {
    const session = must(await kit.gateway.createCheckout(checkoutInput('intent-close')));
    expect(must(await kit.gateway.expireCheckout(session.id)).status).toBe('expired');
    expect((await press(session.url ?? '', 'pay')).status).toBe(410);
    expect(await kit.gateway.expireCheckout(session.id)).toMatchObject({ ok: false, trouble: 'rejected' });
  });

  it('ends by itself when the donor never comes back', async () => {
    const own = await openKit({ seed: 'expiry' });
    try {
      const expiresAt = new Date(Date.now() + 31 * 60_000);
      const session = must(await own.gateway.createCheckout(checkoutInput('intent-late', { expiresAt })));
      own.control.advance(32 * 60);
      expect(must(await own.gateway.getCheckout(session.id)).status).toBe('expired');
      await own.control.quiet();
      expect(own.receiver.types()).toContain('checkout.session.expired');
    } finally {
      await own.stop();
    }
  });
});

describe('text of any kind', () => {
  const naughty = JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[];

  it('goes through and comes back as it was, in 250 characters', async () => {
    const texts = [...naughty.filter((text) => text !== ''), 'a\uD800b', '路'.repeat(300), '👩‍👩‍👧'.repeat(100)];
    const gateway = gatewayFor(kit.standin);
    for (const [n, description] of texts.entries()) {
      const view = must(await gateway.createCheckout(checkoutInput(`text-${n}`, { description })));
      const { data } = await kit.stripe.checkout.sessions.listLineItems(view.id);
      const kept = data[0]?.description ?? '';
      if (description === 'a\uD800b') expect(kept).toBe('a\uFFFDb');
      else if (description.length <= 250) expect(kept).toBe(description);
      else expect(description.startsWith(kept) && [...kept].length <= 250).toBe(true);
    }
  });
});

describe('the intent id is the key', () => {
  it('the same call twice, or twenty times at once, opens one session', async () => {
    const input = checkoutInput('intent-once');
    const all = await Promise.all(Array.from({ length: 20 }, () => kit.gateway.createCheckout(input)));
    expect(new Set(all.map((one) => must(one).id)).size).toBe(1);
  });

  it('the same id with another amount is a bug of ours and is named so', async () => {
    must(await kit.gateway.createCheckout(checkoutInput('intent-reused')));
    const again = await kit.gateway.createCheckout(checkoutInput('intent-reused', { amountMinor: 1_00_00n }));
    expect(again).toMatchObject({
      ok: false,
      trouble: 'key_reused',
      retryable: false,
      refusal: { name: 'idempotency_key_reused' },
    });
  });

  it('a second attempt gets its own session under the same intent', async () => {
    const first = must(await kit.gateway.createCheckout(checkoutInput('intent-again')));
    const second = must(await kit.gateway.createCheckout(checkoutInput('intent-again', { attempt: 2 })));
    expect(second.id).not.toBe(first.id);
    expect(second.intentId).toBe('intent-again');
    const found = must(await kit.gateway.findCheckout('intent-again', new Date(Date.now() - 60_000)));
    expect(found?.id).toBe(second.id);
    expect(must(await kit.gateway.findCheckout('never', new Date(Date.now() - 60_000)))).toBeNull();
  });
});

describe('trouble has a name, and no message of Stripe’s gets out', () => {
  const words = (value: unknown) =>
    JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? String(v) : v));

  it('a black hole: unreachable, to be tried again under the same key, and then charged once', async () => {
    const own = await openKit({ seed: 'hole' });
    try {
      const impatient = gatewayFor(own.standin, { timeoutMs: 150, maxNetworkRetries: 0 });
      own.control.trouble({ kind: 'black_hole', worked: true, path: '/v1/checkout' });
      const lost = await impatient.createCheckout(checkoutInput('intent-hole'));
      expect(lost).toMatchObject({ ok: false, trouble: 'unreachable', retryable: true, sameKey: true });
      // The work was done; the same key brings the very session.
      const found = must(await impatient.createCheckout(checkoutInput('intent-hole')));
      expect((await own.stripe.checkout.sessions.list({ limit: 100 })).data).toHaveLength(1);
      expect(must(await impatient.getCheckout(found.id)).intentId).toBe('intent-hole');
    } finally {
      await own.stop();
    }
  });

  it('the SDK itself tries again twice, under one key', async () => {
    kit.control.trouble({ kind: 'refuse', status: 500, left: 2, path: '/v1/checkout' });
    const view = must(await kit.gateway.createCheckout(checkoutInput('intent-storm')));
    expect(view.status).toBe('open');
    kit.control.trouble({ kind: 'refuse', status: 429, code: 'lock_timeout', path: '/v1/checkout' });
    must(await kit.gateway.getCheckout(view.id));
  });

  it.each([
    [
      { kind: 'refuse', status: 429 },
      { trouble: 'busy', retryable: true, sameKey: true },
    ],
    [
      { kind: 'refuse', status: 503 },
      { trouble: 'failed', retryable: true, sameKey: false },
    ],
    [
      { kind: 'refuse', status: 409, code: 'lock_timeout' },
      { trouble: 'busy', retryable: true, sameKey: true },
    ],
  ] as const)('%o becomes %o', async (trouble, expected) => {
    const seen: unknown[] = [];
    const gateway = gatewayFor(kit.standin, { maxNetworkRetries: 0, onTrouble: (what) => seen.push(what) });
    kit.control.trouble({ ...trouble, left: 1 });
    const result = await gateway.createCheckout(checkoutInput(`intent-trouble-${trouble.status}`));
    kit.control.noTrouble();
    expect(result).toMatchObject({
      ok: false,
      ...expected,
      refusal: { name: 'payment_provider_unavailable' },
    });
    expect(seen).toMatchObject([{ call: 'createCheckout', status: trouble.status }]);
    expect(words([result, seen])).not.toMatch(/Sorry|Request rate|cannot be accessed/);
  });

  it('a 500 kept under our key: look first, then a new key; one session in the end', async () => {
    const own = await openKit({ seed: 'stored' });
    try {
      for (const worked of [false, true]) {
        const intentId = `intent-stored-${worked}`;
        own.control.trouble({ kind: 'stored_500', worked, path: '/v1/checkout' });
        const first = await own.gateway.createCheckout(checkoutInput(intentId));
        expect(first).toMatchObject({ ok: false, trouble: 'failed', retryable: true, sameKey: false });
        // For a day the key only brings the same 500.
        expect(await own.gateway.createCheckout(checkoutInput(intentId))).toMatchObject({
          trouble: 'failed',
        });
        const since = new Date(Date.now() - 3_600_000);
        const found = must(await own.gateway.findCheckout(intentId, since));
        expect(found !== null).toBe(worked);
        if (!found) must(await own.gateway.createCheckout(checkoutInput(intentId, { attempt: 2 })));
        expect(must(await own.gateway.findCheckout(intentId, since))?.intentId).toBe(intentId);
      }
      expect((await own.stripe.checkout.sessions.list({ limit: 100 })).data).toHaveLength(2);
    } finally {
      await own.stop();
    }
  });

  it('nobody there at all', async () => {
    const gateway = createStripeGateway({
      secretKey: 'sk_test_x',
      webhookSecret: 'whsec_x',
      apiBase: 'http://127.0.0.1:9',
      maxNetworkRetries: 0,
    });
    expect(await gateway.getCheckout('cs_test_x')).toMatchObject({ ok: false, trouble: 'unreachable' });
  });

  it('a wrong key, an unknown id, a bad e-mail, too little money', async () => {
    const stranger = gatewayFor(kit.standin, { secretKey: 'sk_test_wrong' });
    expect(await stranger.getCheckout('cs_test_x')).toMatchObject({
      trouble: 'credentials',
      retryable: false,
      refusal: { name: 'payment_provider_unavailable' },
    });
    expect(await kit.gateway.getCheckout('cs_test_nowhere')).toMatchObject({
      trouble: 'not_found',
      refusal: { name: 'not_found' },
    });
    expect(await kit.gateway.getRefund('re_nowhere')).toMatchObject({ refusal: { name: 'not_found' } });
    expect(
      await kit.gateway.createCheckout(checkoutInput('intent-mail', { email: 'ada at home' })),
    ).toMatchObject({
      refusal: { name: 'address_invalid', field: 'email' },
    });
    expect(
      await kit.gateway.createCheckout(checkoutInput('intent-small', { amountMinor: 1n })),
    ).toMatchObject({
      refusal: { name: 'invalid_input', details: { reason: 'amount_too_small' }, field: 'amount' },
    });
  });

  it('what Stripe cannot charge exactly is refused before anything is sent', async () => {
    const seen: unknown[] = [];
    const gateway = gatewayFor(kit.standin, { onTrouble: (what) => seen.push(what) });
    expect(
      await gateway.createCheckout(checkoutInput('intent-fils', { currency: 'KWD', amountMinor: 5_124n })),
    ).toMatchObject({ refusal: { details: { reason: 'amount_not_chargeable' } }, retryable: false });
    expect(
      await gateway.createCheckout(checkoutInput('intent-gold', { currency: 'XAU', amountMinor: 5n })),
    ).toMatchObject({ refusal: { name: 'currency_unknown' } });
    expect(seen).toEqual([]);
  });

  it('a base address with a path is a mistake at start, not at the first gift', () => {
    expect(() =>
      createStripeGateway({ secretKey: 'sk', webhookSecret: 'wh', apiBase: 'http://localhost:1/v1' }),
    ).toThrow(/without a path/);
  });
});
