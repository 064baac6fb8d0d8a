import { mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/connect';
import { removeCluster, startEmbedded } from '@/db/embedded';
import { migrate } from '@/db/migrate';
import { roleUrls } from '@/db/urls';
import { releaseAllocation } from '@/lib/allocations/allocation.commands';
import { createCampaign } from '@/lib/campaigns/campaign.commands';
import { runCommand } from '@/lib/command';
import type { Result } from '@/lib/shared/result';
import { openLine } from '../faults/line';
import { allProofsHold } from '../support/act';
import { campaignInput, doneOf, ON, refusalsOf, RoadsKit } from './roads-kit';

let kit: RoadsKit;
const surprises: unknown[] = [];
const surprised = (error: unknown): void => void surprises.push(error);

beforeAll(async () => {
  kit = await RoadsKit.open(12);
  process.on('uncaughtException', surprised);
  process.on('unhandledRejection', surprised);
});
afterAll(async () => {
  process.off('uncaughtException', surprised);
  process.off('unhandledRejection', surprised);
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const release = (road: string, key: string): Promise<Result<unknown>> =>
  kit.try(releaseAllocation, { segment: road, amountMinor: 1n, reason: '结余', on: ON }, kit.staff.zhou, key);

const keysKept = async (prefix: string): Promise<number> =>
  (await kit.db.selectFrom('command_key').select('key').where('key', 'like', `${prefix}%`).execute()).length;

test('connections that are killed in the middle of acts cost “try again” and nothing else', async () => {
  const roads = await Promise.all(Array.from({ length: 4 }, () => kit.fundedRoad(100_000n)));
  const admin = new pg.Client({ connectionString: kit.world.database.adminUrl });
  await admin.connect();
  let killed = 0;
  let working = true;
  const killer = (async () => {
    while (working) {
      const { rowCount } = await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename = 'shanlu_app' and xact_start is not null and pid <> pg_backend_pid()
         order by random() limit 1`,
      );
      killed += rowCount ?? 0;
      await sleep(15);
    }
  })();
  const answers: Result<unknown>[] = [];
  const keys = Array.from({ length: 240 }, (_, n) => `away-kill-${n}`);
  const todo = [...keys];
  await Promise.all(
    Array.from({ length: 8 }, async (_, worker) => {
      for (let key = todo.pop(); key !== undefined; key = todo.pop())
        answers.push(await release(roads[worker % 4]!, key));
    }),
  );
  working = false;
  await killer;
  await admin.end();
  expect(killed).toBeGreaterThan(20);
  expect(Object.keys(refusalsOf(answers)).filter((name) => name !== 'busy_try_again')).toEqual([]);
  expect(surprises).toEqual([]);

  // An answer may have been lost on its way: then the act is done, and its key says so when it is asked again.
  const before = await keysKept('away-kill-');
  expect(before).toBeGreaterThanOrEqual(doneOf(answers).length);
  const again = await Promise.all(
    keys.map((key, n) =>
      kit.decided(
        releaseAllocation,
        { segment: roads[n % 4]!, amountMinor: 1n, reason: '结余', on: ON },
        kit.staff.zhou,
        key,
      ),
    ),
  );
  expect(Object.keys(refusalsOf(again)).filter((name) => name !== 'idempotency_key_reused')).toEqual([]);
  expect(await keysKept('away-kill-')).toBe(240);
  const left = await Promise.all(roads.map((road) => kit.balance(`allocated:${road}`)));
  expect(left.reduce((sum, one) => sum + one, 0n)).toBe(4n * 100_000n - 240n);
});

test('a pool whose every connection died serves the next act', async () => {
  const road = await kit.fundedRoad(1_000n);
  const admin = new pg.Client({ connectionString: kit.world.database.adminUrl });
  await admin.connect();
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 12 }, () => kit.balance(`allocated:${road}`)));
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = 'shanlu_app'`,
    );
    const result = await kit.decided(
      releaseAllocation,
      { segment: road, amountMinor: 1n, reason: '结余', on: ON },
      kit.staff.zhou,
    );
    expect(result.ok).toBe(true);
  }
  await admin.end();
  expect(await kit.balance(`allocated:${road}`)).toBe(995n);
  const { rows } = await poolUse();
  expect(rows[0]?.busy).toBe(0);
  expect(surprises).toEqual([]);
});

/** Connections of the application that are still in a transaction: none may be left behind. */
const poolUse = async (): Promise<{ rows: { busy: number }[] }> => {
  const admin = new pg.Client({ connectionString: kit.world.database.adminUrl });
  await admin.connect();
  const found = await admin.query<{ busy: number }>(
    `select count(*)::int as busy from pg_stat_activity
     where datname = current_database() and usename = 'shanlu_app' and xact_start is not null`,
  );
  await admin.end();
  return found;
};

test('a database that stops and starts again: “try again” while it is away, work when it is back', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), `shanlu-test-${process.pid}-`));
  chmodSync(dataDir, 0o755);
  const secret = process.env['DATABASE_ROLE_SECRET'] ?? '';
  let server = await startEmbedded({ dataDir, throwAway: true });
  await migrate(server.adminUrl, secret);
  const { port } = server;
  const db = connect(roleUrls(server.adminUrl, secret).app);
  const create = (slug: string): Promise<Result<unknown>> =>
    runCommand(
      createCampaign,
      campaignInput({ slug }),
      { kind: 'system', name: 'setup' },
      { key: `away-restart-${slug}`, db },
    );
  try {
    const answers: Result<unknown>[] = [];
    let n = 0;
    for (let round = 0; round < 3; round += 1) {
      const restarting = (async () => {
        await sleep(50);
        await server.stop();
        await sleep(200);
        server = await startEmbedded({ dataDir, throwAway: true, port });
      })();
      let back = false;
      void restarting.finally(() => {
        back = true;
      });
      while (!back) {
        answers.push(await create(`road-${(n += 1)}`));
        await sleep(10);
      }
      await restarting;
      const afterwards = await createUntilDone(create, `back-${round}`);
      expect(afterwards.ok).toBe(true);
    }
    const away = refusalsOf(answers);
    expect(Object.keys(away)).toEqual(['busy_try_again']);
    // Every key that was answered or not is done exactly once when it is asked again.
    for (let again = 1; again <= n; again += 1)
      expect((await createUntilDone(create, `road-${again}`)).ok).toBe(true);
    const rows = await db.selectFrom('campaign').select('slug').execute();
    expect(rows.length).toBe(n + 3);
    const events = await db.selectFrom('audit_event').select('id').execute();
    expect(events.length).toBe(n + 3);
    expect(surprises).toEqual([]);
  } finally {
    await db.destroy();
    await server.stop();
    removeCluster(dataDir);
  }
}, 180_000);

test('a database that says nothing any more is given up, and the same key finds what became of the act', async () => {
  const road = await kit.fundedRoad(1_000n);
  let frozen = false;
  const server = Number(new URL(kit.world.database.appUrl).port);
  const line = await openLine(() => server, { delayMs: () => (frozen ? 60_000 : 0) });
  const url = new URL(kit.world.database.appUrl);
  url.port = String(line.port);
  const db = connect(url.href, { max: 2, statementTimeoutMs: 300 });
  const act = (on: typeof db): Promise<Result<unknown>> =>
    runCommand(
      releaseAllocation,
      { segment: road, amountMinor: 1n, reason: '结余', on: ON },
      kit.staff.zhou,
      { key: 'away-silent-1', db: on },
    );
  try {
    await db.selectFrom('campaign').select('slug').execute();
    frozen = true;
    const began = performance.now();
    const answer = await act(db);
    expect(answer.ok ? 'done' : answer.refusal.name).toBe('busy_try_again');
    expect(performance.now() - began).toBeLessThan(10_000);
    expect((await act(kit.db)).ok).toBe(true);
    expect(await kit.balance(`allocated:${road}`)).toBe(999n);
  } finally {
    await line.close();
    await db.destroy();
  }
});

const createUntilDone = async (
  create: (slug: string) => Promise<Result<unknown>>,
  slug: string,
): Promise<Result<unknown>> => {
  for (let attempt = 1; ; attempt += 1) {
    const result = await create(slug);
    if (result.ok || attempt === 20) return result;
    await sleep(100);
  }
};
