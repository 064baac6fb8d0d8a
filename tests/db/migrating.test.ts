import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { migrate } from '@/db/migrate';
import { emptyDatabase } from '../faults/bare-database';

const BEFORE = '0011_disclosure';
const CHANGE = '0015_pledges_and_receipts';

// The long form, for every file, is tests/faults/migrations.fault.ts.

test('a migration that meets a transaction without an end steps aside: who comes after it waits for a second', async () => {
  const database = await emptyDatabase();
  const idle = new pg.Client({ connectionString: database.url });
  const people = new pg.Pool({ connectionString: database.url, options: '-c lock_timeout=2s' });
  try {
    await migrate(database.url, database.secret, { through: BEFORE });
    await idle.connect();
    await idle.query('begin');
    await idle.query('select 1 from pledge, donation limit 1');
    let stepsAside = 0;
    const migrated = migrate(database.url, database.secret, {
      through: CHANGE,
      onWait: () => void (stepsAside += 1),
    });
    const waits: number[] = [];
    while (stepsAside < 2) {
      const since = performance.now();
      await people.query('select 1 from pledge, donation limit 1');
      waits.push(performance.now() - since);
      await sleep(20);
    }
    await idle.query('rollback');
    expect((await migrated).applied).toEqual([CHANGE]);
    expect(Math.max(...waits)).toBeGreaterThan(500);
    expect(Math.max(...waits)).toBeLessThan(2_000);
  } finally {
    await idle.end();
    await people.end();
    await database.drop();
  }
});
