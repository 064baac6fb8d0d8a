import '../support/settings';
import { expect } from 'vitest';
import { openPaymentPage } from '@/lib/payments/checkout.flow';
import { newId } from '@/lib/shared/id';
import { startDonation } from '@/lib/payments/checkout.commands';
import { onlineGift } from '../db/payments-kit';
import { countTo, settle, SETTLED, withPayments } from './payments';
import { trial } from './trial';

trial(
  {
    row: 18,
    name: 'double-submit',
    runs: 200,
    few: 10,
    fault: 'One form sent 2 to 20 times at once, and once more after paying (back button)',
    invariants: `one gift, one try and one page of the provider for each form; ${SETTLED}`,
  },
  ({ runs, random }) =>
    withPayments(async (kit) => {
      let [sent, busy] = [0, 0];
      const pages = new Set<string>();
      for (let run = 0; run < runs; run += 1) {
        const key = `form:${newId()}`;
        const input = onlineGift();
        const submit = async (): Promise<string | null> => {
          sent += 1;
          const gift = await kit.run(startDonation, input, kit.visitor, key);
          const page = gift.ok ? await openPaymentPage(gift.value.checkoutId, 'en', kit.around) : gift;
          if (page.ok) return page.value.url;
          expect(['busy_try_again', 'payment_provider_unavailable']).toContain(page.refusal.name);
          busy += 1;
          return null;
        };
        const answers = await Promise.all(countTo(2 + random.below(19)).map(submit));
        const [url = ''] = new Set(answers.filter((one) => one !== null));
        expect(new Set(answers.filter((one) => one !== null)).size, String(run)).toBe(1);
        pages.add(url);
        if (run % 10 !== 0) continue;
        await kit.press(url, 'pay');
        await kit.quiet();
        // Back, and again: the gift is paid, so there is no second page.
        const again = await kit.run(startDonation, input, kit.visitor, key);
        const page = again.ok ? await openPaymentPage(again.value.checkoutId, 'en', kit.around) : again;
        expect(page.ok ? 'a page' : page.refusal.name).toBe('illegal_state_change');
      }
      const { found, check } = await settle(kit);
      const gifts = await kit.db.selectFrom('donation').select('code').execute();
      const tries = await kit.db.selectFrom('checkout').select('id').execute();
      return {
        figure: { forms: runs, sent, askedAgain: busy, doubles: gifts.length - runs, ...found },
        check: () => {
          check();
          expect([gifts.length, tries.length, pages.size]).toEqual([runs, runs, runs]);
        },
      };
    }),
);
