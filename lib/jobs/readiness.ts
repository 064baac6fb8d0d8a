import 'server-only';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { scannerAnswers } from '../files/intake';
import { logStatus } from '../proof/log.queries';
import { beat, queueHealth } from './queue';

export type Check = { readonly ok: boolean; readonly says: string };
export type Readiness = {
  readonly ready: boolean;
  readonly checks: Readonly<Record<'database' | 'schema' | 'worker' | 'log' | 'scanner', Check>>;
};

/** A worker's heart beats every 10 s; a job is due at most this long before someone should look. */
const BEAT_SECONDS_MAX = 60;
const LAG_SECONDS_MAX = 120;
/** Acts appear in the signed log within seconds; a minute is the promise (checkpoint age). */
const LOG_SECONDS_MAX = 60;

/**
 * Can this server do its work now? The database takes writes from the application's role, its schema is the one
 * this code was written for, a worker is alive and keeps up, the log is being signed, and files can be scanned. Says nothing about money
 * or people, so anyone may ask.
 */
export const readiness = async (db: Kysely<Database>): Promise<Readiness> => {
  const [database, schema, worker, log, scanner] = await Promise.all([
    attempt(() => canWrite(db)),
    attempt(() => schemaIsOurs(db)),
    attempt(() => workerKeepsUp(db)),
    attempt(() => logIsSigned(db)),
    attempt(filesAreScanned),
  ]);
  const checks = { database, schema, worker, log, scanner };
  return { ready: Object.values(checks).every((check) => check.ok), checks };
};

const attempt = async (check: () => Promise<Check>): Promise<Check> => {
  try {
    return await check();
  } catch {
    // The reason is in the server's log; a stranger learns only that it does not work.
    return { ok: false, says: 'cannot be asked' };
  }
};

/** A committed write, however small: a full disk or a standby shows only at the commit. */
const canWrite = async (db: Kysely<Database>): Promise<Check> => {
  await beat(db, 'readiness', '');
  return { ok: true, says: 'takes writes' };
};

let files: Promise<string[]> | undefined;
const migrationFiles = (): Promise<string[]> =>
  (files ??= readdir(join(process.cwd(), 'db', 'migrations')).then((names) =>
    names
      .filter((name) => name.endsWith('.sql'))
      .map((name) => name.slice(0, -4))
      .sort(),
  ));

const schemaIsOurs = async (db: Kysely<Database>): Promise<Check> => {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const applied = new Set(rows.map((row) => row.name));
  const missing = (await migrationFiles()).filter((name) => !applied.has(name));
  // A newer schema is fine: while a new version is rolled out, the old one runs on it.
  return missing.length === 0
    ? { ok: true, says: 'up to date' }
    : { ok: false, says: `${missing.length} migrations are not applied` };
};

const workerKeepsUp = async (db: Kysely<Database>): Promise<Check> => {
  const { beatAgeSeconds, lagSeconds, failed } = await queueHealth(db);
  const given = failed === 0 ? '' : `; ${failed} jobs were given up`;
  if (beatAgeSeconds === null) return { ok: false, says: 'no worker is running' };
  if (beatAgeSeconds > BEAT_SECONDS_MAX)
    return { ok: false, says: `no worker was heard of for ${beatAgeSeconds} s` };
  if (lagSeconds > LAG_SECONDS_MAX) return { ok: false, says: `a job has been waiting for ${lagSeconds} s` };
  return { ok: true, says: `keeps up${given}` };
};

const logIsSigned = async (db: Kysely<Database>): Promise<Check> => {
  const { waitingMs, halt } = await logStatus(db);
  if (halt !== null) return { ok: false, says: 'signing is halted' };
  const seconds = Number(waitingMs / 1000n);
  return seconds > LOG_SECONDS_MAX
    ? { ok: false, says: `an act has been waiting for its signature for ${seconds} s` }
    : { ok: true, says: 'is being signed' };
};

/** No scanner is a choice of whoever runs this, said aloud; one that is set and away means that no file is taken. */
const filesAreScanned = async (): Promise<Check> => {
  const answers = await scannerAnswers();
  if (answers === null) return { ok: true, says: 'warning: CLAMD_ADDRESS is not set, files are not scanned' };
  return answers
    ? { ok: true, says: 'answers' }
    : { ok: false, says: 'does not answer: files are refused until it does' };
};
