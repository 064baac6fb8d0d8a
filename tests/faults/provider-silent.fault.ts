import '../support/settings';
import { expect } from 'vitest';
import { lookAtPayment, openPaymentPage } from '@/lib/payments/checkout.flow';
import { gatewayFor } from '../stripe-standin/testing';
import {
  countTo,
  dayLater,
  each,
  mean,
  pageOf,
  settle,
  SETTLED,
  sweepAll,
  tries,
  withPayments,
} from './payments';
import { trial } from './trial';

trial(
  {
    row: 10,
    name: 'provider-silent',
    runs: 60,
    few: 4,
    fault: 'Provider takes the request and never answers; half of the time it has made the page',
    invariants: `the giver is told, the try is “unknown”, nobody is told that nothing was taken; all end as known; ${SETTLED}`,
  },
  ({ runs }) =>
    withPayments(async (base) => {
      const gateway = gatewayFor(base.standin, { maxNetworkRetries: 0, timeoutMs: 250 });
      const kit = { ...base, around: { ...base.around, gateway } };
      const { control } = kit.standin;
      const seen: Record<string, number> = {};
      const gifts = await each(countTo(runs), 1, async (n) => {
        const gift = await mean(kit);
        control.trouble({
          kind: 'black_hole',
          worked: n % 2 === 0,
          path: '/v1/checkout/sessions',
          method: 'POST',
        });
        const page = await openPaymentPage(gift.checkoutId, 'en', kit.around);
        const name = page.ok ? 'a page' : page.refusal.name;
        seen[name] = (seen[name] ?? 0) + 1;
        return gift;
      });
      const unknown = (await tries(kit))['unknown'] ?? 0;
      // While it is silent altogether, what is said of a try is never more than what is known.
      control.trouble({ kind: 'black_hole', left: 1 });
      const looked = await lookAtPayment(gifts[0]?.checkoutId ?? '', kit.around);
      control.noTrouble();
      // Half of the givers press again, two thirds of them pay; the others have left.
      const back = gifts.filter((_, n) => n % 4 < 2);
      await each(back, 4, async (gift, n) => {
        const url = (await pageOf(kit, gift, 3)) ?? '';
        if (n % 3 < 2) await kit.press(url, 'pay');
      });
      await kit.quiet();
      await sweepAll(kit);
      await dayLater(kit);
      const { found, check } = await settle(kit);
      const ends = await tries(kit);
      return {
        figure: { ...found, told: seen, unknown, ends },
        check: () => {
          check();
          expect(seen).toEqual({ payment_provider_unavailable: runs });
          expect(unknown).toBe(runs);
          expect(looked).toMatchObject({ state: 'unknown', confirmed: false });
          expect(ends['complete']).toBe(found.charges);
          expect((ends['complete'] ?? 0) + (ends['expired'] ?? 0)).toBe(runs);
        },
      };
    }),
);
