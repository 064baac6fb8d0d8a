import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import type { JobRequest } from '../context';

/** Puts a job into the queue outside an act: for upkeep only. Acts use `ctx.enqueue`. */
export const addJob = async (db: Kysely<Database>, job: JobRequest): Promise<void> => {
  await sql`select graphile_worker.add_job(${job.task}, ${JSON.stringify(job.payload)}::json,
    run_at => ${job.runAt ?? null}::timestamptz, job_key => ${job.key ?? null})`.execute(db);
};

/**
 * Is it time for a periodic task? True for one caller only, whichever worker asks first: the row of the task is its
 * clock, by the database's time.
 */
export const claimTurn = async (
  db: Kysely<Database>,
  task: string,
  everySeconds: number,
): Promise<boolean> => {
  const { rows } = await sql`
    insert into heartbeat as h (part, beat_at) values (${`every:${task}`}, now())
    on conflict (part) do update set beat_at = now()
      where h.beat_at <= now() - make_interval(secs => ${everySeconds})
    returning part`.execute(db);
  return rows.length === 1;
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
 * dead worker from a slow one, but our workers' heartbeats can.
 */
export const releaseJobsOfTheDead = async (db: Kysely<Database>): Promise<string[]> => {
  const { rows } = await sql<{ part: string; detail: string | null }>`
    delete from heartbeat where part like 'worker:%' and beat_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS})
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
      (select extract(epoch from now() - max(beat_at))::int from heartbeat where part like 'worker:%') as beat,
      (select coalesce(greatest(0, extract(epoch from now() - min(run_at))::int), 0)
         from graphile_worker._private_jobs where is_available and run_at < now()) as lag,
      (select count(*)::int from graphile_worker._private_jobs where attempts >= max_attempts) as failed`.execute(
    db,
  );
  const row = rows[0];
  return { beatAgeSeconds: row?.beat ?? null, lagSeconds: row?.lag ?? 0, failed: row?.failed ?? 0 };
};
