import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { hostname } from 'node:os';
import {
  Logger,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
  type RunnerOptions,
} from 'graphile-worker';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { connect } from '@/db/connect';
import { lastingPool } from '@/db/pool';
import type { Database } from '@/db/tables';
import { addJob, beat, claimTurn, forgetBeat, releaseJobsOf } from './queue';
import type { JobTask, Service } from './task';

export type WorkerLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  details?: Readonly<Record<string, unknown>>,
) => void;

export type WorkerOptions = {
  /** As the application role. */
  readonly databaseUrl: string;
  readonly tasks: readonly JobTask[];
  readonly services?: readonly Service[] | undefined;
  readonly log: WorkerLog;
  /** How many jobs at once. */
  readonly concurrency?: number | undefined;
  /** How long running jobs may go on after a stop was asked for. */
  readonly graceMs?: number | undefined;
};

export type JobWorker = {
  /** Takes no more jobs, waits for the running ones within the grace, gives the rest back, and closes. */
  readonly stop: () => Promise<void>;
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
  const { databaseUrl, tasks, services = [], log, concurrency = 4, graceMs = 10_000 } = options;
  const part = `worker:${hostname().slice(0, 40)}:${process.pid}:${randomBytes(3).toString('hex')}`;
  const db = connect(databaseUrl, {
    max: concurrency + 2 + services.length,
    statementTimeoutMs: STATEMENT_MS,
  });
  const pool = queuePool(databaseUrl, concurrency);
  const queue = await keepRunning(
    () => runQueue({ pool, taskList: taskList(tasks, db, log), concurrency, graceMs, log }),
    (poolId) => releaseJobsOf(db, [poolId]),
    log,
  );

  const sayAlive = repeat(BEAT_MS, () => beat(db, part, queue.poolId()), log);
  const clock = repeat(TICK_MS, dueTasks(db, tasks), log);
  const running = services.map(({ name, start }) =>
    start({ db, onTrouble: (sentence) => log('warn', sentence, { service: name }) }),
  );
  log('info', 'worker started', { worker: part, tasks: tasks.map((task) => task.name) });

  let stopping: Promise<void> | undefined;
  const shutDown = async (): Promise<void> => {
    await Promise.all([
      clock.stop(),
      sayAlive.stop(),
      within(graceMs, Promise.all(running.map((service) => service.stop()))),
      queue.stop((runner) => stopRunner(runner, graceMs)),
    ]);
    // A job that heeds no signal still holds its lock; this process ends, and another may begin it again.
    await releaseJobsOf(db, [queue.poolId()]).catch(() => undefined);
    await forgetBeat(db, part).catch(() => undefined);
    await within(2_000, Promise.all([db.destroy(), pool.end()]));
    log('info', 'worker stopped', { worker: part });
  };
  return { stop: () => (stopping ??= shutDown()), part };
};

type QueueOptions = {
  readonly pool: pg.Pool;
  readonly taskList: TaskList;
  readonly concurrency: number;
  readonly graceMs: number;
  readonly log: WorkerLog;
};
type RunningQueue = { readonly runner: Runner; readonly poolId: string };

const runQueue = async (options: QueueOptions): Promise<RunningQueue> => {
  // Listened to before the start: jobs are locked under the pool's id, and a dead worker's jobs are found by it.
  const events = new EventEmitter() as WorkerEvents;
  let poolId = '';
  events.on('pool:create', ({ workerPool }) => void (poolId = workerPool.id));
  const preset: RunnerOptions['preset'] = {
    worker: {
      concurrentJobs: options.concurrency,
      pollInterval: 2_000,
      gracefulShutdownAbortTimeout: options.graceMs,
      // Even zero makes a failed "job is done" end this run in order; left out, it ends the process.
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
    },
  };
  const runner = await run({
    preset,
    events,
    pgPool: options.pool,
    taskList: options.taskList,
    parsedCronItems: [],
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      // What a job failed with is logged by ours; this is about the queue itself.
      if (level === 'error' && !message.startsWith('Failed task')) options.log('warn', message);
    }),
  });
  return { runner, poolId };
};

type Kept = {
  readonly poolId: () => string;
  readonly stop: (end: (runner: Runner) => Promise<void>) => Promise<void>;
};

/**
 * Starts the queue again whenever it ends by itself, as it does when the database goes away at the moment a job is
 * being marked as done. The job is then given back and done again; jobs are made to bear that.
 */
const keepRunning = async (
  start: () => Promise<RunningQueue>,
  giveBack: (poolId: string) => Promise<void>,
  log: WorkerLog,
): Promise<Kept> => {
  let current = await start();
  let stopped = false;
  const again = async (): Promise<void> => {
    for (;;) {
      await current.runner.promise.catch((error: unknown) =>
        log('warn', 'the queue ended and is started again', { reason: reasonOf(error) }),
      );
      for (let wait = 250; !stopped; wait = Math.min(wait * 2, 5_000)) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        try {
          await giveBack(current.poolId);
          if (!stopped) current = await start();
          break;
        } catch (error) {
          log('warn', 'the queue cannot be started yet', { reason: reasonOf(error) });
        }
      }
      if (stopped) return;
    }
  };
  const loop = again();
  return {
    poolId: () => current.poolId,
    stop: async (end) => {
      stopped = true;
      await end(current.runner);
      await within(1_000, loop);
    },
  };
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** graphile-worker listens on one connection for as long as it runs, so there is one more than there are jobs. */
const queuePool = (url: string, concurrency: number): pg.Pool =>
  lastingPool({
    connectionString: url,
    max: concurrency + 2,
    connectionTimeoutMillis: 5_000,
    application_name: 'shanlu-worker',
    keepAlive: true,
    // graphile-worker writes its bigint ids as JSON and expects them as pg gives them by default, as text; our own
    // reading of int8 as bigint is set for the whole process and would break it.
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === pg.types.builtins.INT8
          ? (value: unknown) => value
          : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  });

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
            reason: reasonOf(error),
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
      log('warn', 'upkeep failed', { reason: reasonOf(error) });
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
  const stopped = runner.stop().catch(() => undefined);
  if (await within(graceMs + 500, stopped)) return;
  await within(
    2_000,
    runner.kill().catch(() => undefined),
  );
};

/** Waits no longer than this; answers whether it came to its end. */
const within = async (ms: number, end: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const answer = await Promise.race([end.then(() => true), late]);
  clearTimeout(timer);
  return answer;
};
