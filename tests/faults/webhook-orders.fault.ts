import '../support/settings';
import { expect, it } from 'vitest';
import { openPaymentKit } from '../db/payments-kit';
import { everyOrder, LIVES, playLife } from '../db/webhook-orders-kit';

it('every order of up to six events of eight lives, each event twice, comes to one end', async () => {
  const kit = await openPaymentKit();
  try {
    const found: Record<string, unknown>[] = [];
    for (const { name, acts, end } of LIVES) {
      const began = performance.now();
      const life = await playLife(kit, name, acts(kit));
      const { orders, deliveries, ends } = await everyOrder(kit, life);
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      found.push({ name, events: life.events.length, orders, deliveries, ends: ends.size, seconds });
      expect([...ends], name).toHaveLength(1);
      expect(JSON.parse([...ends][0] ?? '{}'), name).toMatchObject({ gift: { status: end } });
    }
    console.log(JSON.stringify(found));
    expect(found).toHaveLength(8);
  } finally {
    await kit.close();
  }
});
