import '../support/settings';
import { expect } from 'vitest';
import { person } from '../db/donations-kit';
import { runAttack, type Outcome } from './card-testing-kit';
import { withPayments } from './payments';
import { trial } from './trial';

// Five hundred loopback addresses stand in five networks of a hundred. In the last line each address has a network of
// its own, so that only what counts everybody together can hold: how many reach the provider is only told there.
const ATTACKS = [
  { opening: 'in turn', perSubnet: 100 },
  { opening: 'all first', perSubnet: 100 },
  { opening: 'all first', perSubnet: 1 },
] as const;

trial(
  {
    row: 36,
    name: 'card-testing',
    runs: 10_000,
    fault:
      'Tries of cards from 500 addresses, 200 givers among them: pages used in turn; all opened first; all opened first from 500 networks (one run is one try of each)',
    invariants:
      'at most 40 of the tries of the first two reach the provider, at most two givers are stopped, staff are told within a minute',
  },
  async ({ runs }) => {
    const outcomes: Outcome[] = [];
    for (const attack of ATTACKS)
      outcomes.push(
        await withPayments(async (kit) => {
          const clerk = await person(kit.db, 'Mei', ['clerk']);
          await kit.db
            .insertInto('person_role')
            .values({ person_id: clerk.personId, role: 'clerk' })
            .execute();
          return runAttack(kit, { tries: runs, addresses: 500, donors: 200, easier: 5, ...attack });
        }),
      );
    return {
      figure: {
        reached: outcomes.map(({ reached }) => reached),
        donorsStopped: outcomes.map(({ donorsStopped }) => donorsStopped),
        alarmAfterMs: outcomes.map(({ alarmAfterMs }) => alarmAfterMs),
      },
      check: () => {
        for (const [n, outcome] of outcomes.entries()) {
          expect(outcome.donors).toBe(200);
          if (ATTACKS[n]!.perSubnet > 1) expect(outcome.reached).toBeLessThanOrEqual(40);
          expect(outcome.donorsStopped).toBeLessThanOrEqual(2);
          expect(outcome.alarmAfterMs ?? Infinity).toBeLessThanOrEqual(60_000);
        }
      },
    };
  },
);
