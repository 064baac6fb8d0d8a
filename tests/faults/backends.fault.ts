import '../support/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { p95 } from './load';
import { trial } from './trial';
import { BESIDE, connections, HELD, underLoad } from './under-load';

const MAX = 8;

/** Someone’s connection, sooner one that is in the middle of an act. */
const END_ONE = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where usename = 'shanlu_app' and datname = current_database() order by xact_start is null, random() limit 1`;

trial(
  {
    row: 3,
    name: 'backends',
    runs: 200,
    few: 10,
    fault: 'Connections of the app ended by the server, two a second, under 10 clients',
    invariants: `no connection is leaked or left in a transaction; ${HELD}`,
  },
  (playing) =>
    underLoad(playing, { ...BESIDE, givers: 8, tellers: 2, max: MAX }, async ({ world, load }) => {
      const ready: number[] = [];
      const killed = await world.asAdmin(async (admin) => {
        let ended = 0;
        for (let run = 0; run < playing.runs; run += 1) {
          await sleep(playing.random.below(1_000) * (playing.runs > 20 ? 1 : 0.2));
          const again = load.nextAnswer();
          const at = performance.now();
          ended += (await admin.query(END_ONE)).rowCount ?? 0;
          ready.push((await again) - at);
        }
        return ended;
      });
      await load.stop();
      const left = await connections(world);
      return {
        figure: {
          killed,
          nextAnswerP95Ms: Math.round(p95(ready)),
          leaked: Math.max(0, left.open - MAX),
          ...left,
        },
        check: () => {
          expect(killed).toBeGreaterThan(playing.runs * 0.9);
          expect(left.open).toBeLessThanOrEqual(MAX);
          expect(left.idleInTransaction).toBe(0);
        },
      };
    }),
);
