import '../support/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { connect } from '@/db/connect';
import { giveGift } from './acts';
import { startApp } from './app';
import { compare, type Asked } from './load';
import { BooksWorld } from './crash-world';
import { countTo } from './payments';
import { trial } from './trial';

const CLIENTS = 200;

type Part = {
  readonly name: string;
  readonly give: (key: string) => Promise<Asked>;
  readonly end: () => Promise<void>;
};

/** Three servers that are short of something. */
const parts = async (url: string): Promise<Part[]> => {
  const db = connect(url, { max: 2, prepare: true });
  const files = await startApp(url, { limit: 'ulimit -n 64' });
  const memory = await startApp(url, { node: ['--max-old-space-size=128'] });
  return [
    { name: 'two connections', give: (key) => giveGift(db, key), end: () => db.destroy() },
    { name: '64 files', give: files.gift, end: files.stop },
    { name: '128 MB', give: memory.gift, end: memory.stop },
  ];
};

trial(
  {
    row: 34,
    name: 'exhaustion',
    runs: 3,
    fault: `${CLIENTS} clients at once at a server with two connections to the database, with 64 files, with 128 MB`,
    invariants:
      'whoever is not served is told to try again, and is served when asked again; served within 10 s after the rush; lost 0, doubled 0; all proofs',
  },
  async ({ runs }) => {
    const world = await BooksWorld.beside();
    const all = await parts(world.appUrl);
    const answered = new Map<string, string>();
    const shed: Record<string, Record<string, number>> = {};
    const back: Record<string, number> = {};
    try {
      for (const { name, give } of all) {
        shed[name] = {};
        for (let run = 0; run < runs; run += 1) {
          const keys = countTo(CLIENTS).map((n) => `gift:${name}:${run}:${n}`);
          const first = await Promise.all(keys.map(give));
          for (const answer of first)
            if ('doubt' in answer) shed[name][answer.doubt] = (shed[name][answer.doubt] ?? 0) + 1;
          const rushOver = performance.now();
          while (!('done' in (await give(`gift:${name}:after:${run}`)))) await sleep(50);
          back[name] = Math.round(Math.max(back[name] ?? 0, performance.now() - rushOver));
          for (const [n, key] of keys.entries()) {
            let answer = first[n]!;
            while (!('done' in answer)) {
              await sleep(5);
              answer = await give(key);
            }
            answered.set(key, answer.done);
          }
        }
      }
      for (const { name, give } of all)
        for (let run = 0; run < runs; run += 1) {
          const after = await give(`gift:${name}:after:${run}`);
          if ('done' in after) answered.set(`gift:${name}:after:${run}`, after.done);
        }
      const books = await world.examine();
      const found = compare({ answered, told: new Set() }, books);
      return {
        figure: { ...found, answered: answered.size, shed, backMs: back },
        check: () => {
          expect(found).toEqual({ lost: 0, doubled: 0 });
          expect(books.broken).toEqual([]);
          expect(Math.max(...Object.values(back))).toBeLessThanOrEqual(10_000);
        },
      };
    } finally {
      for (const { end } of all) await end();
      await world.close();
    }
  },
);
