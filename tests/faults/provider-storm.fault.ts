import '../support/settings';
import { expect } from 'vitest';
import { gatewayFor } from '../stripe-standin/testing';
import { countTo, each, mean, pageOf, settle, SETTLED, sweepAll, tries, withPayments } from './payments';
import { trial } from './trial';

trial(
  {
    row: 11,
    name: 'provider-storm',
    runs: 160,
    few: 6,
    fault: 'Three calls in ten to the provider fail: 500 kept under our key or not, 429, lock_timeout',
    invariants: `the key of a try is kept; no try has two pages; ${SETTLED}`,
  },
  ({ runs }) =>
    withPayments(async (base) => {
      const gateway = gatewayFor(base.standin, { maxNetworkRetries: 2, timeoutMs: 5_000 });
      const kit = { ...base, around: { ...base.around, gateway } };
      const { control } = kit.standin;
      const storm = { share: 0.06, left: Infinity } as const;
      control.trouble({ kind: 'refuse', status: 500, ...storm });
      control.trouble({ kind: 'refuse', status: 429, code: 'rate_limit', ...storm });
      control.trouble({ kind: 'refuse', status: 409, code: 'lock_timeout', ...storm });
      control.trouble({ kind: 'stored_500', worked: true, method: 'POST', ...storm });
      control.trouble({ kind: 'stored_500', worked: false, method: 'POST', ...storm });
      const pages = await each(countTo(runs), 8, async () => {
        const url = await pageOf(kit, await mean(kit), 4);
        if (url !== null) await kit.press(url, 'pay');
        return url;
      });
      await kit.quiet();
      control.calm();
      await kit.quiet();
      await sweepAll(kit);
      const { found, check } = await settle(kit);
      const opened = pages.filter((url) => url !== null);
      return {
        figure: { ...found, pages: opened.length, withoutPage: runs - opened.length, ends: await tries(kit) },
        check: () => {
          check();
          expect(new Set(opened).size).toBe(opened.length);
          expect(found.charges).toBe(opened.length);
          expect(opened.length).toBeGreaterThan(runs * 0.8);
        },
      };
    }),
);
