import '../support/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { giveGift } from './acts';
import { openLine, type Line } from './line';
import { trial } from './trial';
import { BESIDE, connections, HELD, underLoad } from './under-load';

/** What the time limits allow a request altogether. */
const BUDGET_MS = 15_000;

trial(
  {
    row: 9,
    name: 'slow-line',
    runs: 200,
    few: 8,
    fault:
      'Answers of the database 100 to 300 ms on their way, one piece in fifty sent again after 400 ms more, 12 clients on 8 connections',
    invariants: `nobody waits longer than the time limits allow; ${HELD}`,
  },
  async (playing) => {
    const { random, runs } = playing;
    let line: Line | null = null;
    const delayMs = (): number => 100 + random.below(200) + (random.chance(2) ? 400 : 0);
    try {
      return await underLoad(
        playing,
        {
          ...BESIDE,
          givers: 10,
          tellers: 2,
          max: 8,
          through: async (world) => {
            line = await openLine(() => world.port, { delayMs });
            return world.appUrlAt(line.port);
          },
        },
        async ({ world, load, db }) => {
          const waits: number[] = [];
          for (let n = 0; waits.length < runs; n += 4) {
            await Promise.all(
              [0, 1, 2, 3].map(async (hand) => {
                const key = `gift:slow:${n + hand}`;
                for (;;) {
                  const began = performance.now();
                  const answer = await giveGift(db, key);
                  waits.push(performance.now() - began);
                  if ('done' in answer) return load.answered.set(key, answer.done);
                }
              }),
            );
          }
          await load.stop();
          await sleep(500);
          const left = await connections(world);
          const sorted = waits.toSorted((a, b) => a - b);
          const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
          return {
            figure: { p50Ms: at(0.5), p99Ms: at(0.99), budgetMs: BUDGET_MS, ...left },
            check: () => {
              expect(at(0.99)).toBeLessThan(BUDGET_MS);
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
