import '../support/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { p95 } from './load';
import { trial } from './trial';
import { connections, HELD, OWN, underLoad } from './under-load';

const MAX = 8;

trial(
  {
    row: 2,
    name: 'database-restarts',
    runs: 20,
    few: 2,
    fault: 'Database stopped in order (fast shutdown) and started again under 10 clients',
    invariants: `the app’s process stays up and meets no error it did not expect; ${HELD}`,
  },
  (playing) =>
    underLoad(playing, { ...OWN, givers: 8, tellers: 2, max: MAX }, async ({ world, load }) => {
      const surprises: unknown[] = [];
      const surprised = (error: unknown): void => void surprises.push(error);
      process.on('uncaughtException', surprised);
      process.on('unhandledRejection', surprised);
      const ready: number[] = [];
      const afterStart: number[] = [];
      for (let run = 0; run < playing.runs; run += 1) {
        await sleep(100 + playing.random.below(600));
        const at = performance.now();
        await world.stop();
        const again = load.nextAnswer();
        await world.restart();
        const back = performance.now();
        const answered = await again;
        ready.push(answered - at);
        afterStart.push(Math.max(0, answered - back));
      }
      await load.stop();
      process.off('uncaughtException', surprised);
      process.off('unhandledRejection', surprised);
      const left = await connections(world);
      const recoverP95Ms = Math.round(p95(ready));
      return {
        figure: {
          // What would have ended the app.
          appExits: surprises.length,
          recoverP95Ms,
          ofThatAfterItTookConnectionsP95Ms: Math.round(p95(afterStart)),
          ...left,
        },
        check: () => {
          expect(surprises).toEqual([]);
          expect(left.open).toBeLessThanOrEqual(MAX);
          expect(left.idleInTransaction).toBe(0);
        },
        // How long PostgreSQL takes to stop and start is its own; how soon the app works again is ours.
        time: () => expect(p95(afterStart)).toBeLessThanOrEqual(5_000),
      };
    }),
);
