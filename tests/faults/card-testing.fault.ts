import '../support/settings';
import { expect, it } from 'vitest';
import { person } from '../db/donations-kit';
import { openPaymentKit } from '../db/payments-kit';
import { runAttack } from './card-testing-kit';

// Five hundred loopback addresses stand in five networks of a hundred. In the last line each address has a network of
// its own, so that only what counts everybody together can hold: how many reach the provider is only told there.
it.each([
  { opening: 'in turn', perSubnet: 100 },
  { opening: 'all first', perSubnet: 100 },
  { opening: 'all first', perSubnet: 1 },
] as const)(
  'ten thousand tries from five hundred addresses, two hundred givers among them: $opening, $perSubnet in a network',
  async ({ opening, perSubnet }) => {
    const kit = await openPaymentKit();
    try {
      const clerk = await person(kit.db, 'Mei', ['clerk']);
      await kit.db.insertInto('person_role').values({ person_id: clerk.personId, role: 'clerk' }).execute();
      const outcome = await runAttack(kit, {
        tries: 10_000,
        addresses: 500,
        perSubnet,
        donors: 200,
        opening,
        easier: 5,
      });
      console.log(JSON.stringify({ opening, perSubnet, ...outcome }));
      expect(outcome.donors).toBe(200);
      if (perSubnet > 1) expect(outcome.reached).toBeLessThanOrEqual(40);
      expect(outcome.donorsStopped).toBeLessThanOrEqual(2);
      expect(outcome.alarmAfterMs ?? Infinity).toBeLessThanOrEqual(60_000);
    } finally {
      await kit.close();
    }
  },
);
