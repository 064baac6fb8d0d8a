import '../support/settings';
import { expect, vi } from 'vitest';
import { countTo, each, mean, pageOf, settle, SETTLED, sweepAll, withPayments } from './payments';
import { trial } from './trial';

/** Longer than the provider goes on trying. */
const AWAY_SECONDS = 3 * 86_400 + 3_600;

trial(
  {
    row: 16,
    name: 'webhook-late',
    runs: 60,
    few: 3,
    fault:
      'Endpoint away for three days and an hour (the clocks of provider and app moved on), events given up',
    invariants: `the first sweep afterwards finds every gift; ${SETTLED}`,
  },
  ({ runs }) =>
    withPayments(async (kit) => {
      const { control } = kit.standin;
      control.pause();
      await each(countTo(runs), 6, async () => {
        const url = await pageOf(kit, await mean(kit), 1);
        await kit.press(url ?? '', 'pay');
      });
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + AWAY_SECONDS * 1_000 });
      try {
        control.advance(AWAY_SECONDS);
        const lost = control.dropHeld();
        control.resume();
        const sweeps = await sweepAll(kit);
        const { found, check } = await settle(kit);
        return {
          figure: { ...found, eventsLost: lost, sweeps },
          check: () => {
            check();
            expect(found.charges).toBe(runs);
            expect(lost).toBeGreaterThan(runs);
          },
        };
      } finally {
        vi.useRealTimers();
      }
    }),
);
