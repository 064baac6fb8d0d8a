import '../support/settings';
import { expect } from 'vitest';
import { countTo, each, mean, pageOf, settle, SETTLED, withPayments } from './payments';
import { trial } from './trial';

trial(
  {
    row: 13,
    name: 'webhook-copies',
    runs: 25,
    few: 4,
    fault: 'Every event of a paid gift delivered 2 to 50 times at once',
    invariants: SETTLED,
  },
  ({ runs }) =>
    withPayments(async (kit) => {
      await each(countTo(runs), 1, async (n) => {
        kit.standin.control.delivery({ copies: 2 + ((n * 2) % 49) });
        const url = await pageOf(kit, await mean(kit), 1);
        await kit.press(url ?? '', 'pay');
        await kit.quiet();
      });
      const { found, check } = await settle(kit);
      const deliveries = kit.standin.control.attempts();
      return {
        figure: { ...found, deliveries: deliveries.length },
        check: () => {
          check();
          expect(found.charges).toBe(runs);
          expect(deliveries.length).toBeGreaterThan(runs * 4);
          expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set([200]));
        },
      };
    }),
);
