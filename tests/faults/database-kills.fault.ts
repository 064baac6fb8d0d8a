import '../support/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { connect } from '@/db/connect';
import { Random } from '../model/random';
import { giveGift, keepNotice } from './acts';
import { CrashWorld } from './crash-world';
import { compare, Load, p95 } from './load';
import { report } from './report';
import { runsOf, seedOf } from './settings';

const RUNS = runsOf(50);
const SEED = seedOf(1);

it(`kill -9 of the whole database, ${RUNS} times under 16 clients: nothing answered is lost, nothing done twice`, async () => {
  const random = new Random(SEED);
  const world = await CrashWorld.open();
  const db = connect(world.appUrl, { max: 16, prepare: true });
  const load = new Load(
    12,
    4,
    (key) => giveGift(db, key),
    (event) => keepNotice(db, event),
    `s${SEED}`,
  );
  try {
    const ready: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      await sleep(50 + Number(random.upTo(400n)));
      const at = performance.now();
      world.kill();
      const again = load.nextAnswer();
      await world.restart();
      ready.push((await again) - at);
    }
    await load.stop();
    const books = await world.examine();
    const found = compare(load, books);
    const readyP95Ms = Math.round(p95(ready));
    report({
      row: 1,
      fault: 'Database killed (kill -9 of all its processes) under 16 clients',
      runs: RUNS,
      seed: SEED,
      command: `SEED=${SEED} RUNS=${RUNS} npm run faults -- database-kills`,
      invariants:
        'every answer is in the books as answered; one lot, entry and audit event per gift; all proofs',
      figure: {
        ...found,
        answered: load.answered.size + load.told.size,
        askedAgain: load.doubts,
        readyP95Ms,
      },
    });
    expect(found).toEqual({ lost: 0, doubled: 0 });
    expect(books.broken).toEqual([]);
    expect(Object.keys(load.doubts).filter((name) => name !== 'busy_try_again')).toEqual([]);
    expect(load.answered.size).toBeGreaterThan(RUNS);
    expect(readyP95Ms).toBeLessThanOrEqual(5_000);
  } finally {
    await load.stop();
    await db.destroy();
    await world.close();
  }
});
