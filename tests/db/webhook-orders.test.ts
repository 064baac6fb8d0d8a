import '../support/settings';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPaymentKit, type PaymentKit } from './payments-kit';
import { everyOrder, playLife } from './webhook-orders-kit';

let kit: PaymentKit;
beforeAll(async () => {
  kit = await openPaymentKit();
});
afterAll(async () => {
  await kit.close();
});

type Act = Parameters<typeof playLife>[2][number];
const pressed =
  (act: string): Act =>
  ({ url }) =>
    kit.press(url, act);
const control = (): PaymentKit['standin']['control'] => kit.standin.control;
const LIVES: readonly (readonly [string, readonly Act[], string])[] = [
  ['paid at once', [pressed('pay')], 'cleared'],
  ['refused, then paid', [pressed('decline'), pressed('insufficient'), pressed('pay')], 'cleared'],
  ['left until it closed', [({ session }) => kit.gateway.expireCheckout(session)], 'expired'],
  [
    'delayed, then here',
    [pressed('delayed'), ({ session }) => control().finishDelayed(session, true)],
    'cleared',
  ],
  [
    'delayed, then not',
    [pressed('delayed'), ({ session }) => control().finishDelayed(session, false)],
    'failed',
  ],
];

it.each(LIVES)(
  '%s: every order of its events, each twice, comes to the same end',
  async (name, acts, status) => {
    const life = await playLife(kit, name, acts);
    const factorial = life.events.reduce((product, _, index) => product * (index + 1), 1);
    const explored = await everyOrder(kit, life);
    expect(life.events.length, 'a life without events proves nothing').toBeGreaterThan(0);
    expect(explored.orders).toBe(factorial);
    expect([...explored.ends]).toHaveLength(1);
    expect(JSON.parse([...explored.ends][0] ?? '{}')).toMatchObject({ gift: { status } });
  },
);
