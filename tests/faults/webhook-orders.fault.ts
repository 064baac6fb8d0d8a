import '../support/settings';
import { expect } from 'vitest';
import { openPaymentKit } from '../db/payments-kit';
import { everyOrder, LIVES, playLife } from '../db/webhook-orders-kit';
import { trial } from './trial';

trial(
  {
    row: 14,
    name: 'webhook-orders',
    runs: LIVES.length,
    fault: 'Every order of up to six events of a life of a gift, each event twice (one run is one life)',
    invariants: 'every order comes to the state that the order of happening comes to',
  },
  async ({ runs }) => {
    const kit = await openPaymentKit();
    try {
      let orders = 0;
      let deliveries = 0;
      const found: { name: string; ends: ReadonlySet<string>; end: string }[] = [];
      for (const { name, acts, end } of LIVES.slice(0, runs)) {
        const life = await playLife(kit, name, acts(kit));
        const explored = await everyOrder(kit, life);
        orders += explored.orders;
        deliveries += explored.deliveries;
        found.push({ name, ends: explored.ends, end });
      }
      return {
        figure: { orders, deliveries, diverging: found.filter(({ ends }) => ends.size !== 1).length },
        check: () => {
          for (const { name, ends, end } of found) {
            expect([...ends], name).toHaveLength(1);
            expect(JSON.parse([...ends][0] ?? '{}'), name).toMatchObject({ gift: { status: end } });
          }
        },
      };
    } finally {
      await kit.close();
    }
  },
);
