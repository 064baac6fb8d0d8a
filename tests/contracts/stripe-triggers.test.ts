import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { contractData } from '../support/contract-data';
import { openKit, SECRET_KEY, type Kit } from '../stripe-standin/testing';

/*
 * The calls behind `stripe trigger <event>` (stripe/stripe-cli), played against the stand-in: each succeeds (or
 * is refused with the error its author expected) and brings about the event it is named after.
 */

type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
type Step = {
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly params?: { readonly [key: string]: Value };
  readonly expected_error_type?: string;
};
type Trigger = { readonly event: string; readonly steps: readonly Step[] };

const folder = contractData('stripe', 'cli-triggers');
const triggers: readonly Trigger[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({
    event: file.slice(0, -'.json'.length),
    steps: (JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as { fixtures: Step[] }).fixtures,
  }));

/**
 * What Shanlu uses of Stripe. Triggers that need more are not ours: invoices, subscriptions, set-up intents,
 * reports, balances kept for customers, and cards kept with a customer in the old way.
 */
const OURS = new Set(
  'charges checkout customers disputes events payment_intents payment_methods payment_pages payouts prices products refunds'.split(
    ' ',
  ),
);
const isOurs = ({ steps }: Trigger): boolean =>
  steps.every((step) => OURS.has(step.path.split('/')[2] ?? '') && !step.path.endsWith('/sources')) &&
  !steps.some((step) => JSON.stringify(step.params ?? {}).includes('customer_balance'));
const ours = triggers.filter(isOurs);

/** `${payment_intent:id}` → that field of an earlier answer; `data.0.id` walks into lists. */
const fill = (text: string, answers: ReadonlyMap<string, unknown>): string =>
  text.replace(/\$\{(\w+):([\w.]+)\}/g, (_whole, name: string, path: string) => {
    let value = answers.get(name);
    for (const part of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[part];
    return String(value);
  });

const encode = (value: Value, key: string, answers: ReadonlyMap<string, unknown>): [string, string][] => {
  if (Array.isArray(value)) return value.flatMap((one, index) => encode(one, `${key}[${index}]`, answers));
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([name, one]) =>
      encode(one, key === '' ? name : `${key}[${name}]`, answers),
    );
  return [[key, fill(String(value), answers)]];
};

const play = async (kit: Kit, trigger: Trigger): Promise<void> => {
  const answers = new Map<string, unknown>();
  for (const step of trigger.steps) {
    const form = new URLSearchParams(encode(step.params ?? {}, '', answers)).toString();
    const get = step.method === 'get';
    const path = fill(step.path, answers) + (get && form !== '' ? `?${form}` : '');
    const response = await fetch(`${kit.standin.url}${path}`, {
      method: step.method.toUpperCase(),
      body: get || step.method === 'delete' ? null : form,
      headers: {
        authorization: `Bearer ${SECRET_KEY}`,
        'content-type': 'application/x-www-form-urlencoded',
        // The triggers were written before methods could no longer be listed.
        'stripe-version': '2026-08-26.dahlia',
      },
    });
    const answer = (await response.json()) as {
      error?: { type: string; message: string; payment_intent?: unknown };
    };
    const where = `${trigger.event}: ${step.name}`;
    if (answer.error)
      expect(answer.error.type, `${where}: ${answer.error.message}`).toBe(step.expected_error_type);
    else expect(response.status, where).toBe(200);
    answers.set(step.name, answer);
  }
};

describe('stripe-cli triggers', () => {
  const kits: Kit[] = [];
  afterAll(async () => {
    await Promise.all(kits.map((kit) => kit.stop()));
  });

  it.each(ours.map((trigger) => [trigger.event, trigger] as const))('%s', async (event, trigger) => {
    // Triggers pay in the account's own currency.
    const kit = await openKit({ seed: event, settlementCurrency: 'usd', laterSeconds: 60 });
    kits.push(kit);
    await play(kit, trigger);
    kit.control.advance(61);
    const types = kit.control.events().map((one) => one.type);
    expect(types).toContain(event);
    kit.control.delivery({ paused: false });
    await kit.control.quiet();
    expect(kit.receiver.types()).toEqual(types);
  });

  it('covers every trigger that concerns our objects, and says which it leaves out', () => {
    const left = triggers.filter((trigger) => !isOurs(trigger)).map((trigger) => trigger.event);
    expect(ours.length + left.length).toBe(triggers.length);
    expect(ours.length).toBeGreaterThan(0);
    expect(
      left.filter((event) => /^(charge|checkout|payout|refund|dispute|price|product)\./.test(event)),
    ).toEqual([]);
  });
});
