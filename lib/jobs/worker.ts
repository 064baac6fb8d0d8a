import { EventEmitter } from 'node:events';
import { hostname } from 'node:os';
import { Logger, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { addJob, beat, claimTurn, forgetBeat } from './queue';
import type { JobTask } from './task';

export type WorkerLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  details?: Readonly<Record<string, unknown>>,
) => void;

export type WorkerOptions = {
  /** As the application role. */
  readonly databaseUrl: string;
  readonly tasks: readonly JobTask[];
  readonly log: WorkerLog;
  /** How many jobs at once. */
  readonly concurrency?: number | undefined;
  /** How long running jobs may go on after a stop was asked for. */
  readonly graceMs?: number | undefined;
};

export type JobWorker = {
  /** Takes no more jobs, waits for the running ones within the grace, gives the rest back, and closes. */
  readonly stop: () => Promise<void>;
  /** Rejects when the worker cannot go on. */
  readonly finished: Promise<void>;
  readonly part: string;
};

const BEAT_MS = 10_000;
const TICK_MS = 1_000;
/** Jobs may read much (proofs, summaries); pages may not. */
const STATEMENT_MS = 60_000;

/**
 * The queue's worker: graphile-worker on our own pools, a clock for upkeep that runs once for all workers, and a
 * heartbeat by which readiness and the other workers know that this one lives.
 */
export const startWorker = async (options: WorkerOptions): Promise<JobWorker> => {
  const { databaseUrl, tasks, log, concurrency = 4, graceMs = 10_000 } = options;
  const part = `worker:${hostname().slice(0, 40)}:${process.pid}`;
  const db = connect(databaseUrl, { max: concurrency + 1, statementTimeoutMs: STATEMENT_MS });
  const pool = queuePool(databaseUrl, concurrency);
  // Listened to before the start, so that no worker's id is missed: a dead worker's jobs are found by it.
  const events = new EventEmitter() as WorkerEvents;
  const ids: string[] = [];
  events.on('worker:create', ({ worker }) => void ids.push(worker.workerId));
  const runner = await run({
    events,
    pgPool: pool,
    taskList: taskList(tasks, db, log),
    parsedCronItems: [],
    concurrency,
    noHandleSignals: true,
    pollInterval: 2_000,
    gracefulShutdownAbortTimeout: graceMs,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log('error', message);
    }),
  });

  const sayAlive = repeat(BEAT_MS, () => beat(db, part, ids.slice(-concurrency).join(' ')), log);
  const clock = repeat(TICK_MS, dueTasks(db, tasks), log);
  log('info', 'worker started', { part, tasks: tasks.map((task) => task.name) });

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= shutDown());
  const shutDown = async (): Promise<void> => {
    await Promise.all([clock.stop(), sayAlive.stop()]);
    await stopRunner(runner, graceMs);
    await forgetBeat(db, part).catch(() => undefined);
    await Promise.all([db.destroy(), pool.end()]);
    log('info', 'worker stopped', { part });
  };
  return { stop, finished: runner.promise, part };
};

/** graphile-worker listens on one connection for as long as it runs, so there is one more than there are jobs. */
const queuePool = (url: string, concurrency: number): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: concurrency + 2,
    connectionTimeoutMillis: 5_000,
    application_name: 'shanlu-worker',
    keepAlive: true,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

const taskList = (tasks: readonly JobTask[], db: Kysely<Database>, log: WorkerLog): TaskList =>
  Object.fromEntries(
    tasks.map((task) => [
      task.name,
      async (
        payload: unknown,
        helpers: { abortSignal: AbortSignal; job: { id: string; attempts: number } },
      ) => {
        const began = Date.now();
        try {
          await task.run({ db, payload, signal: helpers.abortSignal });
        } catch (error) {
          log('warn', 'job failed', {
            task: task.name,
            job: helpers.job.id,
            attempt: helpers.job.attempts,
            ms: Date.now() - began,
            reason: error instanceof Error ? error.message : String(error),
          });
          throw error;
        }
      },
    ]),
  );

/** Each second: whatever is due and not yet taken by another worker goes into the queue, at most once waiting. */
const dueTasks = (db: Kysely<Database>, tasks: readonly JobTask[]): (() => Promise<void>) => {
  const asked = new Map<string, number>();
  return async () => {
    for (const { name, everySeconds } of tasks) {
      if (everySeconds === undefined) continue;
      // What is due once in ten minutes is not asked for every second.
      const pause = Math.min(everySeconds * 1000, 15_000) - 50;
      const last = asked.get(name);
      if (last !== undefined && performance.now() - last < pause) continue;
      asked.set(name, performance.now());
      if (await claimTurn(db, name, everySeconds))
        await addJob(db, { task: name, payload: {}, key: `every:${name}` });
    }
  };
};

type Repeated = { readonly stop: () => Promise<void> };

/** Runs something again and again, never twice at once; a failure (the database restarts) is logged and outlived. */
const repeat = (everyMs: number, act: () => Promise<unknown>, log: WorkerLog): Repeated => {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const turn = async (): Promise<void> => {
    try {
      await act();
    } catch (error) {
      log('warn', 'upkeep failed', { reason: error instanceof Error ? error.message : String(error) });
    }
    if (!stopped) timer = setTimeout(start, everyMs);
  };
  let current = Promise.resolve();
  const start = (): void => void (current = turn());
  start();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
};

/** Waits for the running jobs; those that do not heed the abort signal either are given back to the queue. */
const stopRunner = async (runner: Runner, graceMs: number): Promise<void> => {
  let late: NodeJS.Timeout | undefined;
  const kill = new Promise<void>((resolve) => {
    late = setTimeout(() => resolve(runner.kill().catch(() => undefined)), graceMs + 500);
  });
  await Promise.race([runner.stop().catch(() => undefined), kill]);
  clearTimeout(late);
};
