import '../support/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { p95 } from './load';
import { trial } from './trial';
import { HELD, OWN, underLoad } from './under-load';

trial(
  {
    row: 1,
    name: 'database-kills',
    runs: 50,
    few: 2,
    fault: 'Database killed (kill -9 of all its processes) under 16 clients',
    invariants: HELD,
  },
  (playing) =>
    underLoad(playing, { ...OWN, givers: 12, tellers: 4, max: 16 }, async ({ world, load }) => {
      const ready: number[] = [];
      const afterStart: number[] = [];
      for (let run = 0; run < playing.runs; run += 1) {
        await sleep(50 + playing.random.below(400));
        const at = performance.now();
        world.kill();
        const again = load.nextAnswer();
        await world.restart();
        const back = performance.now();
        const answered = await again;
        ready.push(answered - at);
        afterStart.push(Math.max(0, answered - back));
      }
      const readyP95Ms = Math.round(p95(ready));
      return {
        figure: { readyP95Ms, ofThatAfterItTookConnectionsP95Ms: Math.round(p95(afterStart)) },
        check: () => expect(load.answered.size).toBeGreaterThan(playing.runs),
        time: () => expect(readyP95Ms).toBeLessThanOrEqual(5_000),
      };
    }),
);
