import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runMigrations as migrateQueue } from 'graphile-worker';
import { Kysely, Migrator, PostgresDialect, sql, type Migration, type MigrationProvider } from 'kysely';
import { lastingPool } from './pool';
import { LOGIN_ROLES, rolePassword, type LoginRole } from './urls';

const FOLDER = join(process.cwd(), 'db', 'migrations');

/** Plain SQL files, in the order of their numbers: what an auditor reads is what runs. */
class SqlFiles implements MigrationProvider {
  constructor(private readonly files: ReadonlyMap<string, string>) {}
  getMigrations(): Promise<Record<string, Migration>> {
    return Promise.resolve(
      Object.fromEntries(
        [...this.files].map(([name, text]) => [
          name,
          { up: async (db: Kysely<unknown>) => void (await sql.raw(text).execute(db)) },
        ]),
      ),
    );
  }
}

const readFiles = async (): Promise<Map<string, string>> => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return new Map(
    await Promise.all(
      names.map(async (name) => [name.slice(0, -4), await readFile(join(FOLDER, name), 'utf8')] as const),
    ),
  );
};

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Creates what belongs to the whole server: the owner of all objects and the three roles that sign in. */
const ensureRoles = async (admin: Kysely<unknown>, secret: string): Promise<void> => {
  await sql`select pg_advisory_lock(75112)`.execute(admin);
  try {
    const found = await sql<{
      rolname: string;
    }>`select rolname from pg_roles where rolname like 'shanlu_%'`.execute(admin);
    const known = new Set(found.rows.map((row) => row.rolname));
    if (!known.has('shanlu_owner')) await sql`create role shanlu_owner nologin`.execute(admin);
    await sql`grant shanlu_owner to current_user`.execute(admin);
    for (const role of Object.keys(LOGIN_ROLES) as LoginRole[]) {
      const name = LOGIN_ROLES[role];
      const verb = known.has(name) ? 'alter' : 'create';
      // Only letters, digits, - and _ can occur in a derived password; role statements take no parameters.
      await sql
        .raw(`${verb} role ${name} login password '${rolePassword(role, secret)}' noinherit nosuperuser`)
        .execute(admin);
    }
    const { rows } = await sql<{ name: string }>`select quote_ident(current_database()) as name`.execute(
      admin,
    );
    const database = rows[0]?.name ?? '';
    await sql.raw(`grant create, connect, temporary on database ${database} to shanlu_owner`).execute(admin);
    await sql.raw(`grant usage, create on schema public to shanlu_owner`).execute(admin);
    await sql.raw(`revoke create on schema public from public`).execute(admin);
    await sql.raw(`revoke temporary on database ${database} from public`).execute(admin);
  } finally {
    await sql`select pg_advisory_unlock(75112)`.execute(admin);
  }
};

// The queue switches row security on for its own tables, so that only their owner sees rows unless a policy says
// otherwise: without these the application may not even put a job in.
const QUEUE_POLICIES = `do $$
declare t text;
begin
  for t in select tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity loop
    -- Only where it is missing: making one keeps everybody from the queue for as long as it waits.
    continue when exists (select from pg_policies where schemaname = 'graphile_worker' and tablename = t
                          and policyname = 'shanlu_reader');
    execute format('create policy shanlu_app on graphile_worker.%I to shanlu_app using (true) with check (true)', t);
    execute format('create policy shanlu_reader on graphile_worker.%I for select to shanlu_reader using (true)', t);
  end loop;
end $$`;

/** An edited old migration stops the start: its correction is a new file. Answers whether any has been applied. */
const refuseEditedFiles = async (
  owner: Kysely<unknown>,
  files: ReadonlyMap<string, string>,
): Promise<boolean> => {
  await sql`create table if not exists migration_checksum (name text primary key, sha256 text not null)`.execute(
    owner,
  );
  const { rows } = await sql<{
    name: string;
    sha256: string;
  }>`select name, sha256 from migration_checksum`.execute(owner);
  for (const { name, sha256 } of rows) {
    const text = files.get(name);
    if (text === undefined) throw new Error(`Migration ${name} has been applied here but its file is gone.`);
    if (checksum(text) !== sha256)
      throw new Error(`Migration ${name} was edited after it had been applied. Write a new file instead.`);
  }
  return rows.length > 0;
};

/**
 * A change of a table waits for whoever reads it, and everybody who comes later waits behind the change. So it waits
 * for less than a request may (two seconds), steps aside, and tries again.
 */
const LOCK_WAIT = '1s';
const PAUSE_MS = 2_000;
const GIVE_UP_MS = 15 * 60_000;
const NOT_NOW = new Set(['55P03', '40P01']);

/** Runs something that takes locks until they were free; `onWait` is told before each new try. */
const whenFree = async <T>(act: () => Promise<T>, onWait: (sentence: string) => void): Promise<T> => {
  const deadline = performance.now() + GIVE_UP_MS;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!NOT_NOW.has(code) || performance.now() > deadline) throw error;
      onWait('A table is being used by a transaction that does not end; trying again.');
      await sleep(PAUSE_MS);
    }
  }
};

type MigrateOptions = {
  /** Name of the last file to apply, without its ending, and nothing else then; all of them and the queue when left out. */
  readonly through?: string;
  /** Told when a lock is waited for. */
  readonly onWait?: (sentence: string) => void;
};

/**
 * Brings a database to the newest schema while others work on it. Runs as the owner role; each pending file in a
 * transaction of its own under an advisory lock, so that no table is locked for longer than its own change takes; into
 * an empty database all at once. A second starter waits and finds nothing to do.
 *
 * @param databaseUrl an address that may create roles (or the owner's own)
 * @param roleSecret from which the passwords of the three login roles are derived
 */
export const migrate = async (
  databaseUrl: string,
  roleSecret: string,
  { through, onWait = () => undefined }: MigrateOptions = {},
): Promise<{ applied: string[] }> => {
  const all = await readFiles();
  const files = new Map([...all].filter(([name]) => through === undefined || name <= through));
  const admin = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: lastingPool({ connectionString: databaseUrl, max: 1 }) }),
  });
  try {
    await ensureRoles(admin, roleSecret);
  } finally {
    await admin.destroy();
  }
  const pool = lastingPool({
    connectionString: databaseUrl,
    max: 2,
    options: `-c role=shanlu_owner -c lock_timeout=${LOCK_WAIT}`,
  });
  const owner = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const isUsed = await refuseEditedFiles(owner, files);
    const migrator = new Migrator({ db: owner, provider: new SqlFiles(files) });
    const applied: string[] = [];
    for (;;) {
      const done = await whenFree(() => apply(migrator, isUsed ? 'next' : 'all'), onWait);
      if (done.length === 0) break;
      applied.push(...done);
      for (const name of done)
        await sql`insert into migration_checksum values (${name}, ${checksum(files.get(name) ?? '')})
                  on conflict (name) do nothing`.execute(owner);
    }
    if (through !== undefined) return { applied };
    await whenFree(() => sql`select watch_published_tables()`.execute(owner), onWait);
    await whenFree(() => migrateQueue({ pgPool: pool }), onWait);
    await whenFree(() => grantQueue(owner), onWait);
    return { applied };
  } finally {
    await owner.destroy();
  }
};

/** In a database that nobody uses yet all go in together: one by one, Kysely reads the whole catalogue before each. */
const apply = async (migrator: Migrator, which: 'next' | 'all'): Promise<string[]> => {
  const { error, results } = await (which === 'all' ? migrator.migrateToLatest() : migrator.migrateUp());
  if (error !== undefined) throw error instanceof Error ? error : new Error(String(error));
  return (results ?? []).filter(({ status }) => status === 'Success').map((result) => result.migrationName);
};

const grantQueue = async (owner: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `grant usage on schema graphile_worker to shanlu_app, shanlu_reader;
         grant select, insert, update, delete on all tables in schema graphile_worker to shanlu_app;
         grant select on all tables in schema graphile_worker to shanlu_reader;
         grant usage on all sequences in schema graphile_worker to shanlu_app;
         grant execute on all functions in schema graphile_worker to shanlu_app;
         grant select on migration_checksum, kysely_migration to shanlu_app, shanlu_reader;
         ${QUEUE_POLICIES}`,
    )
    .execute(owner);
};
