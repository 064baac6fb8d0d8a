import { chmodSync, cpSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import { stack } from './stack';

/**
 * Copies the data of the running product, story and all, into an empty folder, as if `npm run demo` had once played there:
 * what a test of starting and stopping needs is data that is there already, not a second playing of the story. The
 * database is copied while it runs, the way a base backup is made (PostgreSQL manual, "Making a Base Backup Using the
 * Low Level API"); its first start replays what was written meanwhile.
 */
export const copyPlayedData = async (folder: string): Promise<void> => {
  const { addresses, environment } = stack();
  // A root that lends PostgreSQL another user must let that user in.
  chmodSync(folder, 0o755);
  // The witness's memory goes first: it must not have seen more of the log than the copied database holds.
  again(() => copy(addresses.dataDir, folder, ['postgres', 'logs', 'running.json']));
  const from = join(addresses.dataDir, 'postgres');
  copy(from, join(folder, 'postgres'), ['cluster', 'server.json', 'server.log']);
  const admin = new URL(environment['DATABASE_URL'] ?? '');
  writeFileSync(
    join(folder, 'postgres', 'server.json'),
    JSON.stringify({ password: decodeURIComponent(admin.password) }),
    { mode: 0o600 },
  );
  await copyCluster(admin.href, realpathSync(join(from, 'cluster')), join(folder, 'postgres', 'cluster'));
};

const copyCluster = async (url: string, from: string, to: string): Promise<void> => {
  // Both ends of the backup must be said in one session.
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_backup_start('a copy for the tests', true)");
    again(() => copy(from, to, ['postmaster.pid', 'postmaster.opts', 'pg_wal']));
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    again(() => copy(join(from, 'pg_wal'), join(to, 'pg_wal'), []));
    writeFileSync(join(to, 'backup_label'), rows[0]?.labelfile ?? '', { mode: 0o600 });
  } finally {
    await client.end();
  }
};

const copy = (from: string, to: string, leftOut: readonly string[]): void =>
  cpSync(from, to, {
    recursive: true,
    filter: (path) => !leftOut.includes(basename(path)),
  });

/** A running product renames and removes files while they are listed; then the list is made afresh. */
const again = (attempt: () => void, left = 5): void => {
  try {
    attempt();
  } catch (error) {
    if (left === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    again(attempt, left - 1);
  }
};
