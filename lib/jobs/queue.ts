import { sql, type Kysely } from 'kysely';
import { CLOCK_SLACK } from '@/db/clock-slack';
import type { Database } from '@/db/tables';
import type { JobRequest } from '../context';

/** Puts a job into the queue outside an act: for upkeep only. Acts use `ctx.enqueue`. */
export const addJob = async (db: Kysely<Database>, job: JobRequest): Promise<void> => {
  await sql`select graphile_worker.add_job(${job.task}, ${JSON.stringify(job.payload)}::json,
    run_at => ${job.runAt ?? null}::timestamptz, job_key => ${job.key ?? null})`.execute(db);
};

/**
 * Is it time for a periodic task? True for one caller only, whichever worker asks first: the row of the task is its
 * clock, by the database's time. A turn taken in the future was taken while the database's clock was ahead.
 */
export const claimTurn = async (
  db: Kysely<Database>,
  task: string,
  everySeconds: number,
): Promise<boolean> => {
  const { rows } = await sql`
    insert into heartbeat as h (part, beat_at) values (${`every:${task}`}, now())
    on conflict (part) do update set beat_at = now()
      where h.beat_at <= now() - make_interval(secs => ${everySeconds}) or h.beat_at > now() + ${CLOCK_SLACK}
    returning part`.execute(db);
  return rows.length === 1;
};

/** The longest pause after a failed try (exp(10) seconds), and what a job is put off by when it is made. */
const LONGEST_PAUSE = sql`interval '7 hours'`;

/**
 * Brings jobs back that were put into the queue, or failed, while the database's clock was ahead: they would wait for
 * the day that was shown then.
 */
export const bringBackAheadJobs = async (db: Kysely<Database>): Promise<void> => {
  await sql`update graphile_worker._private_jobs set run_at = now(), updated_at = now()
    where is_available and run_at > now() and (updated_at > now() + ${CLOCK_SLACK} or run_at > now() + ${LONGEST_PAUSE})`.execute(
    db,
  );
};

/** Says that this worker is alive, and under which id graphile-worker locks its jobs. */
export const beat = async (db: Kysely<Database>, part: string, poolId: string): Promise<void> => {
  await sql`insert into heartbeat (part, beat_at, detail) values (${part}, now(), ${poolId})
    on conflict (part) do update set beat_at = now(), detail = ${poolId}`.execute(db);
};

export const forgetBeat = async (db: Kysely<Database>, part: string): Promise<void> => {
  await sql`delete from heartbeat where part = ${part}`.execute(db);
};

/** A worker that has not been heard of for this long is dead; its beat comes six times as often. */
const DEAD_AFTER_SECONDS = 60;

/**
 * Gives back the jobs of workers that died without a word. The queue itself would wait four hours: it cannot tell a
 * dead worker from a slow one, but our workers' heartbeats can. A beat in the future is one of a clock that was ahead.
 */
export const releaseJobsOfTheDead = async (db: Kysely<Database>): Promise<string[]> => {
  const { rows } = await sql<{ part: string; detail: string | null }>`
    delete from heartbeat where part like 'worker:%'
      and (beat_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS}) or beat_at > now() + ${CLOCK_SLACK})
    returning part, detail`.execute(db);
  await releaseJobsOf(
    db,
    rows.flatMap((row) => row.detail ?? []),
  );
  return rows.map((row) => row.part);
};

/** Gives back whatever is locked under these ids of graphile-worker's pools. */
export const releaseJobsOf = async (db: Kysely<Database>, poolIds: readonly string[]): Promise<void> => {
  if (poolIds.length > 0)
    await sql`select graphile_worker.force_unlock_workers(${[...poolIds]}::text[])`.execute(db);
};

export type QueueHealth = {
  /** Seconds since the youngest worker's last beat; null when there is none. */
  readonly beatAgeSeconds: number | null;
  /** Seconds the oldest due job has been waiting; 0 when none is. */
  readonly lagSeconds: number;
  /** Jobs that failed as often as they may and wait for a person. */
  readonly failed: number;
};

export const queueHealth = async (db: Kysely<Database>): Promise<QueueHealth> => {
  const { rows } = await sql<{ beat: number | null; lag: number; failed: number }>`
    select
      (select greatest(0, extract(epoch from now() - max(beat_at))::int) from heartbeat where part like 'worker:%'
         having count(*) > 0) as beat,
      (select coalesce(greatest(0, extract(epoch from now() - min(run_at))::int), 0)
         from graphile_worker._private_jobs where is_available and run_at < now()) as lag,
      (select count(*)::int from graphile_worker._private_jobs where attempts >= max_attempts) as failed`.execute(
    db,
  );
  const row = rows[0];
  return { beatAgeSeconds: row?.beat ?? null, lagSeconds: row?.lag ?? 0, failed: row?.failed ?? 0 };
};
