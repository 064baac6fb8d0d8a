import { readdirSync, readFileSync } from 'node:fs';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contractData } from '../support/contract-data';
import {
  checkoutInput,
  gatewayFor,
  must,
  openKit,
  paidCheckout,
  WEBHOOK_SECRET,
  type Arrival,
  type Kit,
} from '../stripe-standin/testing';

let kit: Kit;
beforeEach(async () => {
  kit = await openKit();
});
afterEach(async () => {
  await kit.stop();
});

const oracle = new Stripe('sk_test_oracle').webhooks;
const header = (arrival: Arrival): string | null => {
  const value = arrival.headers['stripe-signature'];
  return typeof value === 'string' ? value : null;
};
const verify = (arrival: Arrival) => kit.gateway.verifyWebhook(arrival.body, header(arrival));
const idOf = (arrival: Arrival): string => (JSON.parse(arrival.body) as { id: string }).id;

const LIFE = [
  'payment_intent.created',
  'charge.succeeded',
  'payment_intent.succeeded',
  'checkout.session.completed',
];

describe('what Stripe sends', () => {
  it('a paid checkout: four events, in order, each signed over its exact bytes', async () => {
    const id = await paidCheckout(kit, 'hook-1', { description: '修路 · 第七段“麻岭”' });
    await kit.control.quiet();
    expect(kit.receiver.types()).toEqual(LIFE);
    for (const arrival of kit.receiver.arrivals) {
      const notice = must(verify(arrival));
      expect(notice.raw).toBe(arrival.body);
      expect(notice).toMatchObject({ livemode: false, apiVersion: '2026-10-28.endive' });
      // The judge is Stripe's own code.
      expect(oracle.constructEvent(arrival.body, header(arrival) ?? '', WEBHOOK_SECRET).id).toBe(notice.id);
    }
    const last = must(verify(kit.receiver.arrivals[3] as Arrival));
    expect(last).toMatchObject({
      type: 'checkout.session.completed',
      objectId: id,
      objectType: 'checkout.session',
    });
    expect((await kit.stripe.events.retrieve(last.id)).pending_webhooks).toBe(0);
  });

  it('twice: every event again, under the same id', async () => {
    kit.control.delivery({ copies: 3 });
    await paidCheckout(kit, 'hook-2');
    await kit.control.quiet();
    const counts = new Map<string, number>();
    for (const arrival of kit.receiver.arrivals)
      counts.set(idOf(arrival), (counts.get(idOf(arrival)) ?? 0) + 1);
    expect([...counts.values()]).toEqual([3, 3, 3, 3]);
  });

  it('as two event objects for one change: other ids, the same object and type', async () => {
    await kit.stripe.customers.create({ name: 'Ada' });
    const first = kit.control.events()[0];
    const second = kit.control.twin(first?.id ?? '');
    await kit.control.quiet();
    const [one, two] = kit.receiver.arrivals.map((arrival) => must(verify(arrival)));
    expect([one?.id, two?.id]).toEqual([first?.id, second.id]);
    expect(one?.id).not.toBe(two?.id);
    expect([two?.type, two?.objectId]).toEqual([one?.type, one?.objectId]);
  });

  it('late: not before its time, and still signed afresh', async () => {
    kit.control.delivery({ lateMs: 150 });
    const begun = Date.now();
    await kit.stripe.customers.create({ name: 'Ada' });
    await kit.control.quiet();
    expect((kit.receiver.arrivals[0]?.at ?? 0) - begun).toBeGreaterThanOrEqual(145);
    must(verify(kit.receiver.arrivals[0] as Arrival));
  });

  it('out of order: all of them, in an order that the seed decides', async () => {
    const orders: string[][] = [];
    for (const seed of ['a', 'a', 'b', 'c']) {
      const own = await openKit({ seed });
      own.control.delivery({ shuffle: 8 });
      await paidCheckout(own, 'hook-3');
      await paidCheckout(own, 'hook-4');
      await own.control.quiet();
      orders.push(own.receiver.arrivals.map(idOf));
      expect(own.receiver.types().sort()).toEqual([...LIFE, ...LIFE].sort());
      await own.stop();
    }
    expect(orders[0]).toEqual(orders[1]);
    expect(new Set(orders.map((one) => one.join())).size).toBe(3);
  });

  it('in any order a test wants: held back, then released one way or another', async () => {
    kit.control.pause();
    await paidCheckout(kit, 'hook-5');
    await kit.control.quiet();
    expect(kit.receiver.arrivals).toHaveLength(0);
    const held = kit.control.held();
    expect(held).toHaveLength(4);
    const backwards = held.toReversed();
    kit.control.release(backwards.slice(0, 3));
    await kit.control.quiet();
    expect(kit.receiver.arrivals.map(idOf)).toEqual(backwards.slice(0, 3));
    kit.control.resume();
    await kit.control.quiet();
    expect(kit.receiver.arrivals.map(idOf)).toEqual(backwards);
    const again = held[0] ?? '';
    expect(await kit.control.resend(again)).toBe(200);
    expect(idOf(kit.receiver.arrivals.at(-1) as Arrival)).toBe(again);
  });

  it('lost: never sent, but found by asking for the events', async () => {
    kit.control.delivery({ lose: 1 });
    await paidCheckout(kit, 'hook-6');
    kit.control.delivery({ lose: 0 });
    kit.control.pause();
    await paidCheckout(kit, 'hook-7');
    expect(kit.control.dropHeld()).toBe(4);
    kit.control.resume();
    await kit.control.quiet();
    expect(kit.receiver.arrivals).toHaveLength(0);
    const found: string[] = [];
    for await (const notice of kit.gateway.listEventsSince(kit.control.now() - 60))
      found.push(must(notice).type);
    expect(found.toReversed()).toEqual([...LIFE, ...LIFE]);
    const completed: string[] = [];
    for await (const notice of kit.gateway.listEventsSince(kit.control.now() - 60, [
      'checkout.session.completed',
    ]))
      completed.push(must(notice).objectId ?? '');
    expect(completed).toHaveLength(2);
    const undelivered = await kit.stripe.events.list({ delivery_success: false, limit: 100 });
    expect(undelivered.data).toHaveLength(8);
  });

  it('three days and an hour late, by the stand-in’s clock', async () => {
    kit.control.pause();
    const id = await paidCheckout(kit, 'hook-8');
    kit.control.advance(3 * 24 * 3600 + 3600);
    kit.control.resume();
    await kit.control.quiet();
    const event = kit.receiver.arrivals.map((one) => must(verify(one))).find((one) => one.objectId === id);
    expect(event?.type).toBe('checkout.session.completed');
    expect(kit.control.now() - (event?.created.getTime() ?? 0) / 1000).toBeGreaterThan(3 * 24 * 3600);
  });

  it.each([
    ['body', 'wrong_signature'],
    ['secret', 'wrong_signature'],
    ['stale', 'wrong_signature'],
    ['old_scheme', 'wrong_signature'],
    ['no_header', 'no_signature'],
  ] as const)('tampered with (%s): refused as %s, and the retry is good', async (tamperKind, reason) => {
    kit.control.delivery({ tamper: 1, tamperKind, retryMs: [60] });
    kit.receiver.answer = (arrival) => (verify(arrival).ok ? 200 : 400);
    await kit.stripe.customers.create({ name: 'Ada' });
    const deadline = Date.now() + 5000;
    while (kit.receiver.arrivals.length === 0 && Date.now() < deadline)
      await new Promise((go) => setTimeout(go, 5));
    kit.control.delivery({ tamper: 0 });
    await kit.control.quiet();
    const results = kit.receiver.arrivals.map(verify);
    expect(results[0]).toMatchObject({ ok: false, refusal: { name: 'invalid_input', details: { reason } } });
    expect(results[1]?.ok).toBe(true);
    expect(results).toHaveLength(2);
    expect(kit.control.attempts().map((one) => one.tampered)).toEqual([true, false]);
  });

  it('refused or unanswered: tried again, a little later each time, and given up in the end', async () => {
    kit.control.delivery({ retryMs: [20, 60, 180] });
    kit.receiver.answer = 500;
    await kit.stripe.customers.create({ name: 'Ada' });
    await kit.control.quiet();
    const at = kit.receiver.arrivals.map((one) => one.at);
    expect(at).toHaveLength(4);
    expect((at[2] ?? 0) - (at[1] ?? 0)).toBeGreaterThan((at[1] ?? 0) - (at[0] ?? 0));
    expect(kit.control.attempts().map((one) => one.status)).toEqual([500, 500, 500, 500]);
    kit.control.delivery({ retryMs: [20], timeoutMs: 60 });
    kit.receiver.answer = 'silence';
    await kit.stripe.customers.create({ name: 'Bayo' });
    await kit.control.quiet();
    expect(kit.control.attempts().slice(-2)).toMatchObject([{ status: 0 }, { status: 0 }]);
  });
});

describe('verification', () => {
  const body = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'charge.succeeded',
    created: 1_700_000_000,
    livemode: false,
    data: { object: { id: 'ch_1', object: 'charge', description: '修路' } },
  });
  const signed = (payload: string, more: object = {}) =>
    oracle.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET, ...more });

  it('takes text and bytes alike', () => {
    expect(must(kit.gateway.verifyWebhook(body, signed(body)))).toMatchObject({
      id: 'evt_1',
      objectId: 'ch_1',
    });
    const bytes = new TextEncoder().encode(body);
    expect(must(kit.gateway.verifyWebhook(bytes, signed(body))).raw).toBe(body);
  });

  it('accepts any of several v1 signatures, as during a change of the secret', () => {
    const [time, good] = signed(body).split(',') as [string, string];
    const bad = `v1=${'0'.repeat(64)}`;
    for (const one of [`${time},${bad},${good}`, `${time},${good},${bad}`, `${time},v0=abc,${good}`])
      expect(kit.gateway.verifyWebhook(body, one).ok).toBe(true);
    expect(kit.gateway.verifyWebhook(body, `${time},${bad}`).ok).toBe(false);
  });

  it('refuses one changed byte, another secret, five minutes and a bit, a time that is no time', () => {
    expect(kit.gateway.verifyWebhook(body.replace('ch_1', 'ch_2'), signed(body)).ok).toBe(false);
    expect(kit.gateway.verifyWebhook(body, signed(body, { secret: 'whsec_other' })).ok).toBe(false);
    const now = Math.floor(Date.now() / 1000);
    expect(kit.gateway.verifyWebhook(body, signed(body, { timestamp: now - 290 })).ok).toBe(true);
    expect(kit.gateway.verifyWebhook(body, signed(body, { timestamp: now - 310 })).ok).toBe(false);
    for (const nonsense of ['t=abc,v1=def', 'v1=abc', 't=1', ',,,', 't=,v1=', '{}'])
      expect(kit.gateway.verifyWebhook(body, nonsense)).toMatchObject({ refusal: { name: 'invalid_input' } });
    expect(kit.gateway.verifyWebhook('', signed(''))).toMatchObject({ ok: false });
  });

  it('a good signature on something that is no event is refused by name', () => {
    for (const text of [
      '[]',
      'null',
      '"x"',
      '{}',
      '{"object":"event"}',
      'not json',
      JSON.stringify({ id: 'a', object: 'v2.core.event' }),
    ])
      expect(kit.gateway.verifyWebhook(text, signed(text)), text).toMatchObject({
        ok: false,
        refusal: { details: { reason: 'not_an_event' } },
      });
  });

  it('another mode than ours is told, not guessed', () => {
    const live = body.replace('"livemode":false', '"livemode":true');
    expect(must(kit.gateway.verifyWebhook(live, signed(live))).livemode).toBe(true);
  });
});

describe('whole webhook events of others', () => {
  const folder = contractData('stripe', 'webhook-events');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const expected = (
    JSON.parse(readFileSync(contractData('expected.json'), 'utf8')) as {
      stripe: { 'webhook-events': Record<string, string> };
    }
  ).stripe['webhook-events'];
  const text = (file: string) => readFileSync(`${folder}/${file}`, 'utf8');
  type Event = { id: string; type: string; api_version?: string; data: { object: Record<string, unknown> } };

  it.each(files)('%s is read as a notice, whatever its age', (file) => {
    const payload = text(file);
    const event = JSON.parse(payload) as Event;
    const signed = oracle.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET });
    const notice = must(kit.gateway.verifyWebhook(payload, signed));
    expect(notice).toMatchObject({
      id: event.id,
      type: event.type,
      objectType: event.data.object['object'],
      objectId: event.data.object['id'] ?? null,
      apiVersion: event.api_version ?? null,
    });
    expect(notice.raw).toBe(payload);
  });

  it('hold what expected.json says', () => {
    for (const [name, fact] of Object.entries(expected)) {
      const { object } = (JSON.parse(text(`${name}.json`)) as Event).data;
      const figures = Object.entries(object)
        .filter(([key]) => /^amount/.test(key))
        .map(([, value]) => String(value));
      for (const number of fact.match(/\d+/g) ?? []) expect(figures, `${name}: ${fact}`).toContain(number);
      const currency = /\b[a-z]{3}\b(?=,|$)/.exec(fact)?.[0];
      if (currency) expect(object['currency']).toBe(currency);
      const status = /status (\w+)/.exec(fact)?.[1];
      if (status) expect(object['status']).toBe(status);
    }
  });
});

describe('a webhook that races the donor', () => {
  it('may arrive before the donor is back: it is on its way when the page answers', async () => {
    const session = must(await kit.gateway.createCheckout(checkoutInput('race')));
    const impatient = gatewayFor(kit.standin);
    const [page] = await Promise.all([
      fetch(session.url ?? '', {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ act: 'pay', method: 'card', email: 'ada@example.org' }),
      }),
      kit.control.quiet(),
    ]);
    expect(page.headers.get('location')).toBe(`https://shanlu.example.org/thanks?session=${session.id}`);
    expect(must(await impatient.getCheckout(session.id)).paymentStatus).toBe('paid');
  });
});
