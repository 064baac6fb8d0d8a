import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractData } from '../support/contract-data';
import { must, openKit, paidCheckout, press, checkoutInput, type Kit } from '../stripe-standin/testing';

/*
 * Every object the stand-in gives out against Stripe's own example of it (stripe/openapi, as stripe-mock serves
 * it): each key of the example is there, and holds the same kind of thing or null.
 */

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };
const examples = (
  JSON.parse(readFileSync(contractData('stripe', 'fixtures3.json'), 'utf8')) as {
    resources: Record<string, Json>;
  }
).resources;

/** Fields that hold whatever their owner put there. */
const FREE = new Set(['metadata', 'data.object']);
/** Fields that hold one key per kind; they are compared only with an example of the same kind. */
const BY_TYPE = new Set(['payment_method_details', 'destination_details']);

const kind = (value: Json): string =>
  Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
const isObject = (value: Json): value is { [key: string]: Json } => kind(value) === 'object';

/** What is wrong with `given`, measured by `example`; one line per finding. */
const findings = (example: Json, given: Json | undefined, path = ''): string[] => {
  if (given === undefined) return [`${path} is missing`];
  if (given === null || example === null) return [];
  if (kind(example) !== kind(given)) {
    // A field that can be opened is an id in one place and an object in the other.
    const opened = [kind(example), kind(given)].sort().join() === 'object,string';
    return opened ? [] : [`${path} is a ${kind(given)}, not a ${kind(example)}`];
  }
  if (Array.isArray(example) && Array.isArray(given))
    return example[0] === undefined || given[0] === undefined
      ? []
      : findings(example[0], given[0], `${path}[0]`);
  if (!isObject(example) || !isObject(given) || FREE.has(path)) return [];
  if (BY_TYPE.has(path) && example['type'] !== given['type']) return [];
  return Object.entries(example).flatMap(([key, value]) =>
    findings(value, given[key], path === '' ? key : `${path}.${key}`),
  );
};

let kit: Kit;
beforeAll(async () => {
  kit = await openKit({ seed: 'shapes' });
});
afterAll(async () => {
  await kit.stop();
});

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

describe('objects have the shape of Stripe’s examples', () => {
  const gather = async (): Promise<Record<string, Json[]>> => {
    const { stripe, control } = kit;
    const found: Record<string, Json[]> = {};
    const keep = (value: { object: string }) => {
      (found[value.object] ??= []).push(plain(value));
    };
    const open = must(await kit.gateway.createCheckout(checkoutInput('shape-open')));
    keep(await stripe.checkout.sessions.retrieve(open.id));
    await press(open.url ?? '', 'decline');
    for (const method of ['card', 'alipay', 'wechat_pay'] as const) {
      const id = await paidCheckout(kit, `shape-${method}`, {}, method);
      keep(await stripe.checkout.sessions.retrieve(id));
    }
    for (const item of (await stripe.checkout.sessions.listLineItems(open.id)).data) {
      keep(item);
      if (item.price) {
        keep(item.price);
        keep(await stripe.products.retrieve(String(item.price.product)));
      }
    }
    const customer = await stripe.customers.create({ name: 'Ada', email: 'ada@example.org' });
    keep(customer);
    keep(await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } }));
    const charges = (await stripe.charges.list({ limit: 100, expand: ['data.refunds'] })).data;
    const paid = charges.filter((charge) => charge.paid);
    for (const charge of charges) keep(charge);
    for (const charge of paid) keep(await stripe.refunds.create({ charge: charge.id, amount: 100 }));
    const card = paid.find((charge) => charge.id.startsWith('ch_'));
    control.dispute(card?.id ?? '');
    control.failRefund((await stripe.refunds.list()).data[0]?.id ?? '');
    for (const dispute of (await stripe.disputes.list()).data) keep(dispute);
    const payout = control.payout();
    keep(await stripe.payouts.retrieve(payout.id));
    control.failPayout(payout.id);
    keep(await stripe.payouts.retrieve(payout.id));
    for (const one of (await stripe.balanceTransactions.list({ limit: 100 })).data) keep(one);
    keep(await stripe.balance.retrieve());
    for (const one of (await stripe.paymentIntents.list({ limit: 100 })).data) keep(one);
    for (const one of (await stripe.events.list({ limit: 100 })).data) keep(one);
    return found;
  };

  it('all of them, in every state this life brings about', async () => {
    const found = await gather();
    expect(Object.keys(found).sort()).toEqual([
      'balance',
      'balance_transaction',
      'charge',
      'checkout.session',
      'customer',
      'dispute',
      'event',
      'item',
      'payment_intent',
      'payment_method',
      'payout',
      'price',
      'product',
      'refund',
    ]);
    for (const [object, values] of Object.entries(found)) {
      const example = examples[object];
      expect(example, `no example of ${object}`).toBeDefined();
      for (const value of values) expect(findings(example ?? null, value), object).toEqual([]);
    }
    // The balance transactions hold together, whatever their kind.
    const lines = found['balance_transaction'] as {
      amount: number;
      fee: number;
      net: number;
      type: string;
    }[];
    for (const line of lines) expect(line.net, line.type).toBe(line.amount - line.fee);
    expect([...new Set(lines.map((line) => line.type))].sort()).toEqual([
      'adjustment',
      'charge',
      'payment',
      'payment_refund',
      'payout',
      'payout_failure',
      'refund',
      'refund_failure',
    ]);
  });

  it('the comparison itself notices what is missing or of another kind', () => {
    expect(findings({ a: 1, b: 'x' }, { a: '1' })).toEqual(['a is a string, not a number', 'b is missing']);
    expect(findings({ a: { b: [{ c: true }] } }, { a: { b: [{}] } })).toEqual(['a.b[0].c is missing']);
    expect(findings({ a: { b: 1 } }, { a: null })).toEqual([]);
  });
});
