import '../support/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { lookAtPayment } from '@/lib/payments/checkout.flow';
import { countTo, each, mean, pageOf, settle, SETTLED, withPayments } from './payments';
import { trial } from './trial';

trial(
  {
    row: 17,
    name: 'return-race',
    runs: 1_000,
    few: 12,
    fault: 'Giver comes back up to 5 ms after the webhook, or up to 120 ms before it',
    invariants: SETTLED,
  },
  ({ runs, random }) =>
    withPayments(async (kit) => {
      const { control } = kit.standin;
      control.pause();
      const first = { page: 0, webhook: 0 };
      await each(countTo(runs), 4, async () => {
        const gift = await mean(kit);
        const url = (await pageOf(kit, gift, 1)) ?? '';
        await kit.press(url, 'pay');
        const session = url.slice(url.lastIndexOf('/') + 1);
        const event = control
          .events()
          .findLast(
            ({ type, data }) =>
              type === 'checkout.session.completed' && (data.object as { id: string }).id === session,
          );
        const pageFirst = random.chance(50);
        const wait = random.below(pageFirst ? 120 : 6);
        const order: string[] = [];
        await Promise.all([
          sleep(pageFirst ? 0 : wait)
            .then(() => lookAtPayment(gift.checkoutId, kit.around))
            .then((seen) => {
              expect(seen?.state).toBe('complete');
              order.push('page');
            }),
          sleep(pageFirst ? wait : 0)
            .then(() => control.resend(event?.id ?? ''))
            .then(() => order.push('webhook')),
        ]);
        first[order[0] as keyof typeof first] += 1;
      });
      control.dropHeld();
      control.resume();
      await kit.quiet();
      const { found, check } = await settle(kit);
      return {
        figure: { ...found, answeredFirst: first },
        check: () => {
          check();
          expect(found.charges).toBe(runs);
        },
      };
    }),
);
