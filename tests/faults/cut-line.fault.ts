import '../support/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { openLine, type Line } from './line';
import { trial } from './trial';
import { BESIDE, connections, HELD, underLoad } from './under-load';

const MAX = 8;

trial(
  {
    row: 8,
    name: 'cut-line',
    runs: 500,
    few: 20,
    fault: 'Line between app and database cut after a random number of bytes, under 10 clients',
    invariants: `what was committed and not answered is found by asking again; no connection is left in a transaction; ${HELD}`,
  },
  async (playing) => {
    let line: Line | null = null;
    // A connection is opened with some 2,000 bytes; a gift takes some 10,000.
    const cutAfter = (): number => 1_500 + playing.random.below(40_000);
    try {
      return await underLoad(
        playing,
        {
          ...BESIDE,
          givers: 8,
          tellers: 2,
          max: MAX,
          through: async (world) => {
            line = await openLine(() => world.port, { cutAfter });
            return world.appUrlAt(line.port);
          },
        },
        async ({ world, load }) => {
          while ((line?.cuts() ?? 0) < playing.runs) await sleep(20);
          const cuts = line?.cuts() ?? 0;
          await load.stop();
          await sleep(200);
          const left = await connections(world);
          return {
            figure: { cuts, ...left },
            check: () => {
              expect(load.answered.size).toBeGreaterThan(playing.runs / 10);
              expect(left.idleInTransaction).toBe(0);
            },
          };
        },
      );
    } finally {
      await (line as Line | null)?.close();
    }
  },
);
