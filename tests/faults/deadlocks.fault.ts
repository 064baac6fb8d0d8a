import { sql } from 'kysely';
import { expect } from 'vitest';
import { prove } from '@/lib/proofs/proofs.queries';
import { begun, noticeDeadlocksSoon, releaseInOrder } from '../db/opposite-orders';
import { refusalsOf, RoadsKit } from '../db/roads-kit';
import { trial } from './trial';

trial(
  {
    row: 22,
    name: 'deadlocks',
    runs: 250,
    few: 5,
    fault: 'Two acts lock two roads in opposite orders, each waiting until the other has its first lock',
    invariants:
      'the database ends one of the two, it is run again, both are done or told to try again; every fen is where the answers say; all proofs',
  },
  async ({ runs }) => {
    const kit = await RoadsKit.open(8);
    await noticeDeadlocksSoon(kit.world.database.adminUrl);
    try {
      const roads = [await kit.fundedRoad(10_000_000n), await kit.fundedRoad(10_000_000n)];
      const before = begun.times;
      let done = 0;
      let told = 0;
      for (let run = 0; run < runs; run += 1) {
        const results = await Promise.all(
          [roads, roads.toReversed()].map((order) =>
            kit.try(releaseInOrder, { roads: order, amountMinor: 10n, waitMs: 25 }, kit.staff.zhou),
          ),
        );
        expect(Object.keys(refusalsOf(results)).filter((name) => name !== 'busy_try_again')).toEqual([]);
        done += results.filter(({ ok }) => ok).length;
        told += results.filter(({ ok }) => !ok).length;
      }
      const balances = await Promise.all(roads.map((road) => kit.balance(`allocated:${road}`)));
      const { rows } = await sql<{ deadlocks: number }>`
        select deadlocks::int as deadlocks from pg_stat_database where datname = current_database()`.execute(
        kit.db,
      );
      const again = begun.times - before - 2 * runs;
      const broken = (await prove(kit.world.reader)).filter(({ offenders }) => offenders > 0n);
      return {
        figure: {
          acts: 2 * runs,
          done,
          toldToTryAgain: told,
          runAgain: again,
          deadlocks: rows[0]?.deadlocks,
        },
        check: () => {
          expect(again).toBeGreaterThan(runs / 4);
          expect(balances).toEqual(roads.map(() => 10_000_000n - BigInt(done) * 10n));
          expect(told).toBeLessThanOrEqual(runs / 50);
          expect(broken).toEqual([]);
        },
      };
    } finally {
      await kit.close();
    }
  },
);
