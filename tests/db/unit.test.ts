import { Kysely, sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect } from '@/db/connect';
import { later, together, UnitDialect } from '@/db/dialect';
import { lastingPool } from '@/db/pool';
import type { Database } from '@/db/tables';
import { Unit } from '@/db/unit';
import { runCommand } from '@/lib/command';
import { defineCommand } from '@/lib/context';
import { ok } from '@/lib/shared/result';
import { openKit, type Kit } from './donations-kit';

/* Several statements in one journey to the database: what arrives, what is skipped, and what state a failure leaves. */

let kit: Kit;
let pool: pg.Pool;
let db: Kysely<Database>;
beforeAll(async () => {
  kit = await openKit();
  const owner = new pg.Client({ connectionString: kit.test.adminUrl });
  await owner.connect();
  await owner.query('create table public.drawer (n int primary key check (n < 100), note text)');
  await owner.query('grant all on public.drawer to public');
  await owner.end();
});
afterAll(() => kit.close());
beforeEach(() => {
  pool = lastingPool({ connectionString: kit.test.appUrl, max: 1 });
  db = new Kysely<Database>({ dialect: new UnitDialect(pool, true) });
});
afterEach(() => db.destroy());

const put = (n: number) => sql`insert into drawer (n) values (${n})`;
const inside = async (): Promise<number[]> => {
  const { rows } = await sql<{ n: number }>`select n from drawer order by n`.execute(kit.db);
  await sql`delete from drawer`.execute(kit.db);
  return rows.map(({ n }) => n);
};
const statement = (text: string, values: unknown[] = [], name: string | null = null) => ({
  text,
  values,
  name,
});

/** How often the database said that it is ready: once for each journey. */
const journeys = async (act: () => Promise<unknown>): Promise<number> => {
  const client = (await pool.connect()) as pg.PoolClient & { connection: pg.Connection };
  let count = 0;
  client.connection.on('readyForQuery', () => (count += 1));
  client.release();
  await act();
  return count;
};

test('a transaction of two statements, one of which nobody waits for, is two journeys', async () => {
  const count = await journeys(() =>
    db.transaction().execute(async (trx) => {
      await put(1).execute(trx);
      await later(trx, put(2));
    }),
  );
  expect(count).toBe(2);
  expect(await inside()).toEqual([1, 2]);
});

test('several are answered in their order, each with its own rows', async () => {
  const answers = await db
    .transaction()
    .execute((trx) =>
      together(
        trx,
        sql<{ a: bigint }>`select ${5}::bigint as a`,
        put(3),
        sql<{ b: string }>`select n::text as b from drawer union select 'x' order by b`,
      ),
    );
  expect(answers).toEqual([[{ a: 5n }], [], [{ b: '3' }, { b: 'x' }]]);
  expect(await inside()).toEqual([3]);
});

test('when a transaction cannot start, nothing of the piece is done outside of it', async () => {
  const client = await pool.connect();
  const unit = new Unit([
    statement('start transaction isolation level read uncommited'),
    statement('insert into drawer (n) values ($1)', [4], 'put_first'),
  ]);
  client.query(unit);
  await expect(unit.answers).rejects.toMatchObject({ code: '42601' });
  // The name was written but never read by the database; it must be given anew.
  expect(
    (await client.query({ name: 'put_first', text: 'insert into drawer (n) values ($1)', values: [5] }))
      .rowCount,
  ).toBe(1);
  client.release();
  expect(await inside()).toEqual([5]);
});

test('the first error of a piece is the one that is told, and takes the whole transaction with it', async () => {
  const tried = db.transaction().execute(async (trx) => {
    await put(6).execute(trx);
    await together(trx, put(7), put(100), sql`select 1 / ${0}::int`);
  });
  await expect(tried).rejects.toMatchObject({ constraint: 'drawer_n_check' });
  expect(await inside()).toEqual([]);
  await put(8).execute(db);
  expect(await inside()).toEqual([8]);
});

test('what nobody waited for is refused with the commit, and nothing stays', async () => {
  const tried = db.transaction().execute(async (trx) => {
    await put(9).execute(trx);
    await later(trx, put(100));
  });
  await expect(tried).rejects.toMatchObject({ constraint: 'drawer_n_check' });
  expect(await inside()).toEqual([]);
});

test('a transaction that asks nothing makes no journey, and one that is left makes none for what waits', async () => {
  expect(await journeys(() => db.transaction().execute(() => Promise.resolve()))).toBe(0);
  const left = journeys(() =>
    db
      .transaction()
      .execute(async (trx) => {
        await later(trx, put(10));
        throw new Error('left');
      })
      .catch(() => undefined),
  );
  expect(await left).toBe(0);
  expect(await inside()).toEqual([]);
});

test('an error that was swallowed within a transaction does not pass for a commit', async () => {
  const tried = db.transaction().execute(async (trx) => {
    await put(11).execute(trx);
    await put(11)
      .execute(trx)
      .catch(() => undefined);
  });
  await expect(tried).rejects.toThrow('rolled back, not committed');
  expect(await inside()).toEqual([]);
});

test('a value that cannot be sent ends the connection before half a piece is done; the next one is whole', async () => {
  const round: { self?: unknown } = {};
  round.self = round;
  const tried = db.transaction().execute((trx) => together(trx, put(12), sql`select ${round}::jsonb`));
  await expect(tried).rejects.toThrow(/circular|unsettled|terminated|queryable/i);
  expect(await inside()).toEqual([]);
  await put(13).execute(db);
  expect(await inside()).toEqual([13]);
});

test('a connection ended by the server in the middle of a piece is an error, and the pool goes on', async () => {
  const tried = db
    .transaction()
    .execute((trx) => together(trx, put(14), sql`select pg_terminate_backend(pg_backend_pid())`, put(15)));
  await expect(tried).rejects.toThrow();
  expect(await inside()).toEqual([]);
  await put(16).execute(db);
  expect(await inside()).toEqual([16]);
});

test('what an act leaves with its commit is refused by name, and the act has left no row', async () => {
  const twice = defineCommand({
    name: 'test.period_twice',
    permission: 'donation:settle',
    events: ['donation_settled'],
    input: z.object({}),
    run: async (ctx) => {
      await later(ctx.trx, put(100));
      ctx.record({ event: 'donation_settled', subjectKind: 'campaign', subjectId: 'none' });
      return ok(null);
    },
  });
  const own = connect(kit.test.appUrl, { max: 1, prepare: true });
  try {
    await expect(runCommand(twice, {}, kit.worker, { key: 'unit:refused', db: own })).rejects.toMatchObject({
      constraint: 'drawer_n_check',
    });
    const keys = await kit.db
      .selectFrom('command_key')
      .select('key')
      .where('key', '=', 'unit:refused')
      .execute();
    expect(keys).toEqual([]);
    const events = await kit.db
      .selectFrom('audit_event')
      .select('event')
      .where('command', '=', twice.name)
      .execute();
    expect(events).toEqual([]);
  } finally {
    await own.destroy();
  }
});
