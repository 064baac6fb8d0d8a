import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkoutInput, must, openKit, paidCheckout, press, type Kit } from '../stripe-standin/testing';

let kit: Kit;
beforeAll(async () => {
  kit = await openKit();
});
afterAll(async () => {
  await kit.stop();
});

describe('a checkout through the gateway', () => {
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
    });
  });
});
void checkoutInput;
void press;
