import '../support/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { startApp } from './app';
import { giveGift } from './acts';
import { trial } from './trial';
import { HELD, OWN, underLoad } from './under-load';

/** Longer than every time limit of the app together. */
const FROZEN_MS = 15_000;
/** A silent server is given up after seven seconds; before that a request may have waited two for a connection. */
const LONGEST_MS = 10_000;

trial(
  {
    row: 7,
    name: 'frozen',
    runs: 4,
    fault:
      'Database stopped for 15 s under 10 clients (SIGSTOP), then one of two apps in the middle of gifts',
    invariants: `every request is answered within ten seconds; a gift asked of both apps is one; ${HELD}`,
  },
  (playing) =>
    underLoad(playing, { ...OWN, givers: 8, tellers: 2, max: 8 }, async ({ world, load, db }) => {
      const waits: number[] = [];
      const waited = async (key: string): Promise<void> => {
        const began = performance.now();
        await giveGift(db, key);
        waits.push(performance.now() - began);
      };
      for (let run = 0; run < playing.runs; run += 1) {
        await sleep(200 + playing.random.below(300));
        world.kill('SIGSTOP');
        const frozen = sleep(FROZEN_MS);
        const asked = Array.from({ length: 12 }, (_, n) => waited(`gift:frozen:${run}:${n}`));
        await frozen;
        world.kill('SIGCONT');
        await Promise.all(asked);
        await load.nextAnswer();
      }
      await load.stop();
      const app = await startApp(world.appUrl);
      let same = 0;
      let asked = 0;
      try {
        for (let run = 0; run < playing.runs; run += 1) {
          const keys = Array.from({ length: 6 }, (_, n) => `gift:both:${run}:${n}`);
          const there = keys.map((key) => app.gift(key));
          await sleep(playing.random.below(30));
          app.child.kill('SIGSTOP');
          const here = Promise.all(keys.map((key) => untilDone(() => giveGift(db, key))));
          await sleep(FROZEN_MS);
          app.child.kill('SIGCONT');
          const codes = await here;
          await Promise.all(there);
          const again = await Promise.all(keys.map((key) => untilDone(() => app.gift(key))));
          asked += keys.length;
          same += again.filter((code, n) => code === codes[n]).length;
          for (const [n, key] of keys.entries()) load.answered.set(key, codes[n] ?? '');
        }
        for (let run = 0; run < playing.runs; run += 1)
          for (let n = 0; n < 12; n += 1) {
            const key = `gift:frozen:${run}:${n}`;
            load.answered.set(key, await untilDone(() => giveGift(db, key)));
          }
      } finally {
        await app.stop();
      }
      const longestMs = Math.round(Math.max(...waits));
      return {
        figure: {
          frozenMs: FROZEN_MS,
          longestMs,
          stuck: waits.filter((ms) => ms > LONGEST_MS).length,
          askedOfBoth: asked,
          same,
        },
        check: () => {
          expect(longestMs).toBeLessThan(LONGEST_MS);
          expect(waits).toHaveLength(playing.runs * 12);
          expect(same).toBe(asked);
        },
      };
    }),
);

const untilDone = async (act: () => Promise<{ done: string } | { doubt: string }>): Promise<string> => {
  for (;;) {
    const answer = await act();
    if ('done' in answer) return answer.done;
    await sleep(100);
  }
};
