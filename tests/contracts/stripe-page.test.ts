import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkoutInput, must, openKit, press, type Kit } from '../stripe-standin/testing';

let kit: Kit;
beforeAll(async () => {
  kit = await openKit({ seed: 'page' });
});
afterAll(async () => {
  await kit.stop();
});

const open = async (intentId: string, more: Parameters<typeof checkoutInput>[1] = {}) => {
  const view = must(await kit.gateway.createCheckout(checkoutInput(intentId, more)));
  return { id: view.id, url: view.url ?? '' };
};
const thanks = (id: string) => `https://shanlu.example.org/thanks?session=${id}`;
const chargesOf = async (id: string) => {
  const { payment_intent } = await kit.stripe.checkout.sessions.retrieve(id);
  return (await kit.stripe.charges.list({ payment_intent: String(payment_intent), limit: 100 })).data;
};

describe('the hosted page', () => {
  it.each([
    ['zh-Hans', 'zh-Hans', '不会发生任何真实扣款', ['银行卡', '支付宝', '微信支付']],
    ['zh-Hant', 'zh-Hant', '不會扣取任何真實款項', ['信用卡或扣賬卡', '支付寶', '微信支付']],
    ['en', 'en', 'no real money moves', ['Card', 'Alipay', 'WeChat Pay']],
  ] as const)(
    'speaks %s, says that no real money moves, and offers what the campaign allows',
    async (lang, html, warning, methods) => {
      const { url } = await open(`page-${lang}`, { lang });
      const response = await fetch(url);
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).toContain(`<html lang="${html}">`);
      expect(text).toContain(warning);
      expect(text).toContain('500.00 CNY');
      expect(text).toContain('麻岭村道路 · 捐款');
      for (const method of methods) expect(text).toContain(`>${method}</label>`);
      expect(text).not.toMatch(/<script| style="| on[a-z]+="/);
      expect(response.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'self'/,
      );
      // Every field has its label, every button its words.
      for (const [, id] of text.matchAll(/<input[^>]* id="([^"]+)"/g)) expect(text).toContain(`for="${id}"`);
      expect(text).not.toMatch(/<button[^>]*><\/button>/);
    },
  );

  it('offers only what was asked for, and only where Stripe has it', async () => {
    const onlyCard = await (await fetch((await open('page-card', { methods: ['card'] })).url)).text();
    expect(onlyCard).not.toContain('支付宝');
    const inBaht = await (
      await fetch((await open('page-thb', { currency: 'THB', amountMinor: 100_000n })).url)
    ).text();
    expect(inBaht).toContain('1,000.00 THB');
    expect(inBaht).not.toContain('支付宝');
    const inYen = await (
      await fetch((await open('page-jpy', { currency: 'JPY', amountMinor: 12_345n })).url)
    ).text();
    expect(inYen).toContain('12,345 JPY');
  });

  it('pays and goes on with 303 to the success address, id filled in', async () => {
    const { id, url } = await open('page-pay');
    const response = await press(url, 'pay', 'card', { name: '陳大文' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(thanks(id));
    const session = await kit.stripe.checkout.sessions.retrieve(id);
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer_details: { email: 'ada@example.org', name: '陳大文' },
    });
    expect(await (await fetch(url)).text()).toContain('本次付款已经完成');
  });

  it('a double click, and twenty presses at once, charge once', async () => {
    const { id, url } = await open('page-double');
    const all = await Promise.all(Array.from({ length: 20 }, () => press(url, 'pay')));
    expect(all.map((one) => one.status)).toEqual(Array.from({ length: 20 }, () => 303));
    expect(new Set(all.map((one) => one.headers.get('location')))).toEqual(new Set([thanks(id)]));
    expect(await chargesOf(id)).toHaveLength(1);
    expect(
      kit.control
        .events()
        .filter(
          (event) =>
            event.type === 'checkout.session.completed' && (event.data.object as { id: string }).id === id,
        ),
    ).toHaveLength(1);
  });

  it('declined: says so, keeps what was typed, and lets the donor try again on the same intent', async () => {
    const { id, url } = await open('page-decline');
    for (const [act, words] of [
      ['decline', '发卡银行拒绝了这笔付款'],
      ['insufficient', '卡内余额不足'],
    ] as const) {
      const response = await press(url, act, 'card', { name: '<b>Ada</b>' });
      const text = await response.text();
      expect(response.status).toBe(402);
      expect(text).toContain('role="alert"');
      expect(text).toContain(words);
      expect(text).toContain('value="&lt;b&gt;Ada&lt;/b&gt;"');
    }
    expect((await press(url, 'pay')).status).toBe(303);
    const charges = await chargesOf(id);
    expect(charges.map((charge) => charge.status)).toEqual(['succeeded', 'failed', 'failed']);
    expect(must(await kit.gateway.getCheckout(id))).toMatchObject({ paymentStatus: 'paid', failure: null });
  });

  it('3-D Secure: passed, failed, and left in the middle', async () => {
    const passed = await open('page-3ds');
    const step = await press(passed.url, 'secure');
    expect([step.status, step.headers.get('location')]).toEqual([303, `/pay/${passed.id}`]);
    expect(await (await fetch(passed.url)).text()).toContain('3-D Secure');
    expect(must(await kit.gateway.getCheckout(passed.id))).toMatchObject({
      status: 'open',
      paymentStatus: 'unpaid',
    });
    expect((await press(passed.url, 'secure_yes')).headers.get('location')).toBe(thanks(passed.id));
    expect((await press(passed.url, 'secure_yes')).headers.get('location')).toBe(thanks(passed.id));
    expect(await chargesOf(passed.id)).toHaveLength(1);

    const failed = await open('page-3ds-no');
    await press(failed.url, 'secure');
    const no = await press(failed.url, 'secure_no');
    expect(no.status).toBe(402);
    expect(await no.text()).toContain('身份验证未通过');
    expect(must(await kit.gateway.getCheckout(failed.id)).failure?.code).toBe(
      'payment_intent_authentication_failure',
    );
  });

  it('cancelled: back to the site, and the session stays open to come back to', async () => {
    const { id, url } = await open('page-abandon');
    const response = await press(url, 'abandon');
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      'https://shanlu.example.org/give',
    ]);
    expect(must(await kit.gateway.getCheckout(id)).status).toBe('open');
    expect((await press(url, 'pay')).status).toBe(303);
  });

  it('an unknown, an expired and a nonsense request are answered plainly', async () => {
    expect((await fetch(`${kit.standin.url}/pay/cs_test_nowhere`)).status).toBe(404);
    const { id, url } = await open('page-nonsense');
    expect((await press(url, 'steal')).status).toBe(400);
    expect((await press(url, 'pay', 'barter')).status).toBe(400);
    await kit.stripe.checkout.sessions.expire(id);
    const gone = await fetch(url);
    expect(gone.status).toBe(410);
    expect(await gone.text()).toContain('付款页面已过期');
  });

  it('without a language in the session, asks the browser', async () => {
    const session = await kit.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://a.example',
      line_items: [
        { quantity: 1, price_data: { currency: 'hkd', unit_amount: 10_000, product_data: { name: 'Road' } } },
      ],
    });
    for (const [accepted, lang] of [
      ['zh-TW,zh;q=0.9', 'zh-Hant'],
      ['zh-CN', 'zh-Hans'],
      ['fr', 'en'],
    ]) {
      const text = await (
        await fetch(session.url ?? '', { headers: { 'accept-language': accepted ?? '' } })
      ).text();
      expect(text).toContain(`<html lang="${lang}">`);
    }
  });
});

describe('a storm', () => {
  it('of 30 % errors: every gift is charged once, and none twice', async () => {
    const own = await openKit({ seed: 'storm' });
    try {
      own.control.trouble({ kind: 'refuse', status: 500, share: 0.15, left: Infinity });
      own.control.trouble({ kind: 'refuse', status: 429, code: 'lock_timeout', share: 0.15, left: Infinity });
      const ids = Array.from({ length: 12 }, (_one, n) => `storm-${n}`);
      await Promise.all(
        ids.map(async (intentId) => {
          for (;;) {
            const result = await own.gateway.createCheckout(checkoutInput(intentId));
            if (!result.ok) {
              expect(result.retryable).toBe(true);
              continue;
            }
            await press(result.value.url ?? '', 'pay');
            return;
          }
        }),
      );
      own.control.noTrouble();
      const sessions = (await own.stripe.checkout.sessions.list({ limit: 100 })).data;
      expect(sessions.map((one) => one.client_reference_id).sort()).toEqual([...ids].sort());
      const charges = (await own.stripe.charges.list({ limit: 100 })).data;
      expect(charges).toHaveLength(ids.length);
    } finally {
      await own.stop();
    }
  });
});
