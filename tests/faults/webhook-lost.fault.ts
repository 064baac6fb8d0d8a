import '../support/settings';
import { expect } from 'vitest';
import { stripeSweepTask } from '@/lib/jobs/payment.tasks';
import { countTo, each, mean, pageOf, settle, SETTLED, sweepAll, withPayments } from './payments';
import { trial } from './trial';

const SHARES = [0.1, 0.5, 1];

trial(
  {
    row: 15,
    name: 'webhook-lost',
    runs: 180,
    few: 6,
    fault: 'One in ten, every second, and every event never delivered',
    invariants: `the next sweep finds every gift; ${SETTLED}`,
  },
  ({ runs }) =>
    withPayments(async (kit) => {
      const sweepMs: number[] = [];
      for (const lose of SHARES) {
        kit.standin.control.delivery({ lose });
        await each(countTo(runs / SHARES.length), 6, async () => {
          const url = await pageOf(kit, await mean(kit), 1);
          await kit.press(url ?? '', 'pay');
        });
        await kit.quiet();
        kit.standin.control.calm();
        const began = performance.now();
        await sweepAll(kit);
        sweepMs.push(Math.round(performance.now() - began));
      }
      const { found, check } = await settle(kit);
      // The worker sweeps so often; what was lost is there after that, and the time the sweep takes.
      const longestDelaySeconds = (stripeSweepTask.everySeconds ?? Infinity) + Math.max(...sweepMs) / 1_000;
      return {
        figure: { ...found, sweepMs, longestDelaySeconds: Math.round(longestDelaySeconds) },
        check: () => {
          check();
          expect(found.charges).toBe(runs);
          expect(longestDelaySeconds).toBeLessThanOrEqual(600);
        },
      };
    }),
);
