import '../support/settings';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { beat, claimTurn, queueHealth, releaseJobsOfTheDead } from '@/lib/jobs/queue';
import type { JobTask } from '@/lib/jobs/task';
import { startWorker, type JobWorker, type WorkerLog } from '@/lib/jobs/worker';
import { foldSummaries } from '@/lib/ledger/summary.store';
import { newWorld, type World } from '../support/people';
import { openMailbox } from '../support/smtp';
import { ask } from '../support/sign-in';
import { until } from '../support/until';

let world: World;
beforeAll(async () => {
  world = await newWorld();
});
afterAll(() => world.close());

const workers: JobWorker[] = [];
const lines: string[] = [];
const log: WorkerLog = (level, message, details) =>
  void lines.push(`${level} ${message} ${JSON.stringify(details ?? {})}`);
const work = async (tasks: readonly JobTask[], over: { graceMs?: number; concurrency?: number } = {}) => {
  const worker = await startWorker({ databaseUrl: world.database.appUrl, tasks, log, ...over });
  workers.push(worker);
  return worker;
};
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await sql`delete from graphile_worker._private_jobs`.execute(world.owner);
  await sql`delete from heartbeat`.execute(world.owner);
  lines.splice(0);
});

const add = (task: string, payload: unknown = {}, key: string | null = null) =>
  sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, job_key => ${key})`.execute(
    world.db,
  );
const jobs = async () =>
  (
    await sql<{ task: string; locked: boolean; attempts: number }>`
      select task_identifier as task, locked_at is not null as locked, attempts from graphile_worker.jobs`.execute(
      world.owner,
    )
  ).rows;

describe('the worker', () => {
  test('does a job at once, and a failed one again', async () => {
    const seen: unknown[] = [];
    await work([
      {
        name: 'try_twice',
        run: ({ payload }) => {
          seen.push(payload);
          if (seen.length === 1) throw new Error('not yet');
          return Promise.resolve();
        },
      },
    ]);
    const began = Date.now();
    await add('try_twice', { gift: 'G-0001' });
    await until('the first try', () => seen.length === 1);
    expect(Date.now() - began).toBeLessThan(1_500);
    await until('the second try', () => seen.length === 2);
    expect(seen).toEqual([{ gift: 'G-0001' }, { gift: 'G-0001' }]);
    expect(lines.filter((line) => line.startsWith('warn job failed'))).toHaveLength(1);
    await until('an empty queue', async () => (await jobs()).length === 0);
  });

  test('runs upkeep about as often as asked, once for all workers together', async () => {
    let runs = 0;
    const upkeep: JobTask = { name: 'upkeep', everySeconds: 2, run: () => Promise.resolve(void (runs += 1)) };
    await Promise.all([work([upkeep]), work([upkeep]), work([upkeep])]);
    await new Promise((resolve) => setTimeout(resolve, 6_500));
    expect(runs).toBeGreaterThanOrEqual(3);
    expect(runs).toBeLessThanOrEqual(4);
  });

  test('when stopped takes nothing new and lets a running job end', async () => {
    let ended = false;
    let started = false;
    const worker = await work(
      [
        {
          name: 'slow',
          run: async () => {
            started = true;
            await new Promise((resolve) => setTimeout(resolve, 1_500));
            ended = true;
          },
        },
      ],
      { concurrency: 1 },
    );
    await add('slow');
    await add('slow');
    await until('the first job to start', () => started);
    const began = Date.now();
    await worker.stop();
    expect(ended).toBe(true);
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await jobs()).toEqual([{ task: 'slow', locked: false, attempts: 0 }]);
  });

  test('when stopped asks a long job to give up, and gives back one that does not listen', async () => {
    let aborted = false;
    let started = 0;
    const worker = await work(
      [
        {
          name: 'long',
          run: ({ signal }) => {
            started += 1;
            return new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                aborted = true;
                reject(new Error('stopped'));
              });
            });
          },
        },
        {
          name: 'deaf',
          run: () => {
            started += 1;
            return new Promise((resolve) => setTimeout(resolve, 60_000).unref() && void resolve);
          },
        },
      ],
      { graceMs: 1_000 },
    );
    await add('long');
    await add('deaf');
    await until('both to start', () => started === 2);
    const began = Date.now();
    await worker.stop();
    expect(aborted).toBe(true);
    expect(Date.now() - began).toBeLessThan(6_000);
    const left = await jobs();
    expect(
      left.map((job) => job.locked),
      JSON.stringify(left),
    ).toEqual([false, false]);
  }, 30_000);

  test('outlives a restart of the database', async () => {
    const seen: unknown[] = [];
    await work([{ name: 'after_restart', run: ({ payload }) => Promise.resolve(void seen.push(payload)) }]);
    await add('after_restart', { n: 1 });
    await until('the first', () => seen.length === 1);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'shanlu_app'`.execute(
      world.owner,
    );
    await until(
      'the queue to take a job again',
      async () => {
        await add('after_restart', { n: 2 }, 'one').catch(() => undefined);
        return seen.length >= 2;
      },
      60_000,
    );
  });
});

describe('the jobs of a worker that died', () => {
  test('come back when its heartbeat has stopped; those of the living stay', async () => {
    const names = ['worker-dead', 'worker-alive'];
    for (const name of names) {
      await add('held', {}, name);
      await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = ${name} where key = ${name}`.execute(
        world.owner,
      );
      await beat(world.db, `worker:host:${name}`, name);
    }
    await sql`update heartbeat set beat_at = now() - interval '2 min' where part = 'worker:host:worker-dead'`.execute(
      world.owner,
    );
    expect(await releaseJobsOfTheDead(world.db)).toEqual(['worker:host:worker-dead']);
    const { rows } = await sql<{ key: string; locked: boolean }>`
      select key, locked_at is not null as locked from graphile_worker.jobs order by key`.execute(
      world.owner,
    );
    expect(rows).toEqual([
      { key: 'worker-alive', locked: true },
      { key: 'worker-dead', locked: false },
    ]);
  });

  test('a turn is taken by one of many who ask', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => claimTurn(world.db, 'one', 60)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  test('readiness sees a missing worker and a waiting queue', async () => {
    expect(await queueHealth(world.db)).toEqual({ beatAgeSeconds: null, lagSeconds: 0, failed: 0 });
    await beat(world.db, 'worker:host:1', '');
    await add('held');
    await sql`update graphile_worker._private_jobs set run_at = now() - interval '90 s'`.execute(world.owner);
    const health = await queueHealth(world.db);
    expect(health.beatAgeSeconds).toBeLessThan(3);
    expect(health.lagSeconds).toBeGreaterThanOrEqual(90);
  });
});

describe('the real worker process', () => {
  const start = (smtp: string, dataDir: string): { child: ChildProcess; output: () => string } => {
    let text = '';
    const child = spawn(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', 'lib/run/worker.ts'],
      {
        env: {
          ...process.env,
          NODE_ENV: 'production',
          DATABASE_URL: world.database.url,
          APP_DATABASE_URL: world.database.appUrl,
          READ_DATABASE_URL: world.database.readerUrl,
          SMTP_URL: smtp,
          DATA_DIR: dataDir,
          ALLOW_STANDINS: '1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const keep = (chunk: Buffer): void => void (text += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    return { child, output: () => text };
  };

  test('sends the mail of an act, survives being killed in between, and ends in order when asked', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'shanlu-worker-'));
    writeFileSync(join(dataDir, 'mark'), '');
    const mailbox = await openMailbox();
    const asked = await ask(world.db, 'lin@example.invalid');
    const first = start(mailbox.url, dataDir);
    const got = await mailbox.newest('lin@example.invalid').catch((error: unknown) => {
      throw new Error(`${String(error)}\n${first.output()}`);
    });
    expect(got.mail.text).toContain(`${asked.code.slice(0, 4)}-${asked.code.slice(4)}`);
    expect(got.mail.text).toContain(asked.link);
    expect(first.output()).not.toContain(asked.code);
    expect(first.output()).not.toContain('lin@example.invalid');

    first.child.kill('SIGKILL');
    await until('its end', () => first.child.exitCode !== null || first.child.signalCode !== null);
    await ask(world.db, 'zhou@example.invalid');
    const second = start(mailbox.url, dataDir);
    await mailbox.newest('zhou@example.invalid');
    const began = Date.now();
    second.child.kill('SIGTERM');
    await until('an orderly end', () => second.child.exitCode !== null, 12_000);
    expect(second.child.exitCode, second.output()).toBe(0);
    expect(Date.now() - began).toBeLessThan(11_000);
    expect(second.output()).toContain('worker stopped');
    await mailbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  }, 160_000);

  test('does not start in production with a stand-in nobody allowed', async () => {
    const child = spawn(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', 'lib/run/worker.ts'],
      {
        env: {
          ...process.env,
          NODE_ENV: 'production',
          ALLOW_STANDINS: '0',
          DATABASE_URL: world.database.url,
          PUBLIC_URL: 'http://x.example',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => void (text += chunk.toString()));
    await until('its end', () => child.exitCode !== null, 60_000);
    expect(child.exitCode).toBe(1);
    expect(text).toContain('SMTP_URL is not set');
  }, 90_000);
});

describe('folding the ledger', () => {
  const write = (trx: typeof world.db, amount: number) =>
    sql`with e as (insert into entry (kind, campaign_id, subject_kind, subject, accounting_date, amount_minor)
          select 'test', id, 'test', 'x', '2024-06-01', ${amount} from campaign where slug = 'fold' returning id)
        insert into posting (entry_id, line_no, book, currency, credit_account_id, debit_account_id, amount_minor)
        select e.id, 1, 'purpose', 'CNY', (select id from account where code = 'given:fold'),
          (select id from account where code = 'unallocated:fold'), ${amount} from e`.execute(trx);

  test('keeps every balance exact while postings are written, held open and rolled back', async () => {
    const { owner, db } = world;
    await sql`insert into campaign (id, slug, name, organiser, place, book_currency, time_zone, opens_on, ends_on)
      select gen_random_uuid(), 'fold', x, x, x, 'CNY', 'Asia/Shanghai', '2024-01-01', '2024-12-31'
      from (values ('{"zh-Hans":"a","zh-Hant":"a","en":"a"}'::jsonb)) as v(x)`.execute(owner);
    await sql`insert into account (code, book, class, currency, campaign_id, subject, has_floor)
      select code, 'purpose', class, 'CNY', (select id from campaign where slug = 'fold'), 'fold', class = 'unallocated'
      from (values ('given:fold', 'given'), ('unallocated:fold', 'unallocated')) v(code, class)`.execute(
      owner,
    );
    let expected = 0n;
    const check = async (): Promise<void> => {
      const { rows } = await sql<{ view: bigint; truth: bigint }>`
        select (select balance_minor from account_balance where code = 'unallocated:fold') as view,
          (select coalesce(sum(amount_minor), 0)::bigint from posting p join account a on a.id = p.debit_account_id
             where a.code = 'unallocated:fold') as truth`.execute(db);
      expect(rows[0]?.view).toBe(rows[0]?.truth);
    };
    const writers = Array.from({ length: 6 }, async (_none, n) => {
      for (let round = 0; round < 25; round += 1) {
        const amount = 1 + ((n * 31 + round * 7) % 97);
        const keep = (n + round) % 5 !== 0;
        await db
          .transaction()
          .execute(async (trx) => {
            await write(trx, amount);
            await new Promise((resolve) => setTimeout(resolve, (n * round) % 13));
            if (!keep) throw new Error('rolled back');
          })
          .then(
            () => (expected += BigInt(amount)),
            () => undefined,
          );
      }
    });
    let folding = true;
    const folders = Array.from({ length: 3 }, async () => {
      while (folding) {
        await foldSummaries(db);
        await check();
      }
    });
    await Promise.all(writers);
    folding = false;
    await Promise.all(folders);
    expect(await foldSummaries(db)).not.toBeNull();
    await check();
    const { rows } = await sql<{ in_minor: bigint; tail: bigint }>`
      select s.in_minor, (select count(*) from posting, summary_mark where tx >= through_tx) as tail
      from account_summary s join account a on a.id = s.account_id where a.code = 'unallocated:fold'`.execute(
      owner,
    );
    expect(rows[0]).toEqual({ in_minor: expected, tail: 0n });
  });

  test('takes a long tail in pieces, each of whole transactions', async () => {
    const { db, owner } = world;
    const tail = async () =>
      (
        await sql<{ acts: number; postings: number; minor: bigint }>`select count(distinct tx)::int as acts,
          count(*)::int as postings, coalesce(sum(amount_minor), 0)::bigint as minor
          from posting, summary_mark where tx >= through_tx`.execute(owner)
      ).rows[0];
    await foldSummaries(db);
    for (let act = 0; act < 5; act += 1)
      await db.transaction().execute(async (trx) => {
        for (let n = 0; n < 3; n += 1) await write(trx, 10 + n);
      });
    expect(await tail()).toEqual({ acts: 5, postings: 15, minor: 165n });
    // Two accounts each time, and a piece never ends within an act.
    expect(await foldSummaries(db, 1)).toBe(5 * 2);
    expect(await tail()).toEqual({ acts: 0, postings: 0, minor: 0n });
    const { rows } = await sql<{ folded: bigint; truth: bigint }>`
      select (select in_minor from account_summary where account_id = a.id) as folded,
        (select sum(amount_minor)::bigint from posting where debit_account_id = a.id) as truth
      from account a where code = 'unallocated:fold'`.execute(owner);
    expect(rows[0]?.folded).toBe(rows[0]?.truth);
  });

  test('leaves out what an open transaction may still add, and takes it the next time', async () => {
    const { db, owner } = world;
    const open = await db.startTransaction().execute();
    await sql`insert into posting (entry_id, line_no, book, currency, credit_account_id, debit_account_id, amount_minor)
      select max(entry_id), 2, 'purpose', 'CNY', max(credit_account_id), max(debit_account_id), 7 from posting`.execute(
      open,
    );
    await foldSummaries(db);
    const summed = async () =>
      (await sql<{ s: bigint }>`select sum(in_minor)::bigint as s from account_summary`.execute(owner))
        .rows[0]?.s ?? 0n;
    const before = await summed();
    await open.commit().execute();
    await foldSummaries(db);
    expect(await summed()).toBe(before + 7n);
  });
});
