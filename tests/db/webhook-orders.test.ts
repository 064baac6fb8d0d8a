import '../support/settings';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPaymentKit, type PaymentKit } from './payments-kit';
import { everyOrder, LIVES, playLife } from './webhook-orders-kit';

// All orders of the short lives, and of the long ones those of the events that move money. `npm run faults --
// webhook-orders` takes every event of every life: up to 720 orders each.

let kit: PaymentKit;
beforeAll(async () => {
  kit = await openPaymentKit();
});
afterAll(async () => {
  await kit.close();
});

it.each(LIVES)(
  '$name: every order of its events, each twice, comes to the same end',
  async ({ name, acts, end, moving }) => {
    const life = await playLife(kit, name, acts(kit), moving);
    const factorial = life.events.reduce((product, _, index) => product * (index + 1), 1);
    const explored = await everyOrder(kit, life);
    expect(life.events.length, 'a life without events proves nothing').toBeGreaterThan(0);
    expect(explored.orders).toBe(factorial);
    expect([...explored.ends]).toHaveLength(1);
    expect(JSON.parse([...explored.ends][0] ?? '{}')).toMatchObject({ gift: { status: end } });
  },
);
