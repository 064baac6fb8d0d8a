import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import { migrate } from '@/db/migrate';
import { emptyDatabase, namesOfTables } from './bare-database';
import { report } from './report';
import { secondsOf } from './settings';

/** Long enough for several tries of each change. The matrix asks for a minute: LASTS=60. */
const IDLE_SECONDS = secondsOf(4);
const EVERY_MS = 100;
const FILES = readdirSync('db/migrations')
  .filter((name) => name.endsWith('.sql'))
  .map((name) => name.slice(0, -'.sql'.length))
  .sort();

type Waits = { readonly ms: number[]; readonly errors: string[] };

/** Ten requests a second, each to the next table, with the two seconds the product gives a lock, until they are stopped. */
const ask = async (
  url: string,
  tables: readonly string[],
  waits: Waits,
  on: () => boolean,
): Promise<void> => {
  const pool = new pg.Pool({ connectionString: url, max: 30, options: '-c lock_timeout=2s' });
  pool.on('error', () => undefined);
  const asked: Promise<void>[] = [];
  for (let n = 0; on(); n += 1) {
    const table = tables[n % tables.length] ?? '';
    const since = performance.now();
    asked.push(
      pool.query(`select 1 from ${table} limit 1`).then(
        () => void waits.ms.push(performance.now() - since),
        (error: Error) => void waits.errors.push(`${table}: ${error.message}`),
      ),
    );
    await sleep(EVERY_MS);
  }
  await Promise.all(asked);
  await pool.end();
};

it(`${FILES.length} migrations, each under ten requests a second and a transaction that idles ${IDLE_SECONDS} s on every table`, async () => {
  const waits: Waits = { ms: [], errors: [] };
  let stepsAside = 0;
  const database = await emptyDatabase();
  try {
    await migrate(database.url, database.secret, { through: FILES[0] ?? '' });
    for (const name of [...FILES.slice(1), undefined]) {
      const tables = await namesOfTables(database.url);
      const idle = new pg.Client({ connectionString: database.url });
      await idle.connect();
      await idle.query('begin');
      for (const table of tables) await idle.query(`select 1 from ${table} limit 1`);
      let on = true;
      const asking = ask(database.url, tables, waits, () => on);
      const migrated = migrate(database.url, database.secret, {
        ...(name === undefined ? {} : { through: name }),
        onWait: () => void (stepsAside += 1),
      });
      await Promise.race([migrated, sleep(IDLE_SECONDS * 1_000)]);
      await idle.query('rollback');
      await idle.end();
      await migrated;
      on = false;
      await asking;
      console.log(
        `${name ?? 'the rest'}: ${waits.ms.length} requests, longest ${Math.round(Math.max(...waits.ms))} ms`,
      );
    }
    const maxMs = Math.round(Math.max(...waits.ms));
    report({
      row: 30,
      fault: `Migration under load: ten requests a second and a transaction idle for ${IDLE_SECONDS} s on every table`,
      runs: FILES.length,
      seed: 0,
      command: `LASTS=${IDLE_SECONDS} npm run faults -- migrations`,
      invariants: 'no request waits more than 2 s, none fails; every file is applied',
      figure: { requests: waits.ms.length, failed: waits.errors.length, longestMs: maxMs, stepsAside },
    });
    expect(waits.errors).toEqual([]);
    expect(maxMs).toBeLessThanOrEqual(2_000);
    expect(stepsAside).toBeGreaterThan(0);
  } finally {
    await database.drop();
  }
});
