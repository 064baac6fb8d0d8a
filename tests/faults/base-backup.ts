import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/*
 * What `pg_basebackup` and `pg_verifybackup` do, for a machine on which only the server itself is installed: the npm
 * package brings `postgres` and `initdb` and no other program. The server makes the copy and its manifest (its command
 * BASE_BACKUP, sections 54.4 and 69.1 of its manual); the manifest is checked here.
 */

/** How often a segment of the WAL is handed to the archive although it is not full: the most that can be lost. */
export const ARCHIVE_SECONDS = 30;

/** Makes a running server keep its WAL in `archive`; holds after its next start. The commands are those of docs/running.md. */
export const archiveInto = async (adminUrl: string, archive: string): Promise<void> => {
  mkdirSync(archive);
  chmodSync(archive, 0o777);
  await asAdmin(adminUrl, [
    `alter system set archive_mode = on`,
    `alter system set archive_timeout = '${ARCHIVE_SECONDS}s'`,
    `alter system set archive_command = 'test ! -f ${archive}/%f.gz && gzip < %p > ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f.gz'`,
  ]);
};

/** Waits until all that was written so far is in the archive: a million rows in a minute are no day of a charity. */
export const archiveHasAll = (adminUrl: string): Promise<void> =>
  asked(adminUrl, async (client) => {
    const { rows } = await client.query<{ file: string }>('select pg_walfile_name(pg_switch_wal()) as file');
    await untilTrue(client, 'select last_archived_wal >= $1 from pg_stat_archiver', [rows[0]?.file ?? '']);
  });

/** Waits until a server that is restored has read all it is to read: it answers before, with an older state. */
export const recovered = (adminUrl: string): Promise<void> =>
  asked(adminUrl, (client) => untilTrue(client, 'select not pg_is_in_recovery()'));

const untilTrue = async (client: pg.Client, question: string, values: string[] = []): Promise<void> => {
  for (;;) {
    const { rows } = await client.query<[boolean | null]>({ text: question, values, rowMode: 'array' });
    if (rows[0]?.[0] === true) return;
    await sleep(200);
  }
};

/** A copy of the whole server into `folder` (base.tar and backup_manifest) while it works; checks page sums on the way. */
export const takeBaseBackup = async (adminUrl: string, folder: string): Promise<void> => {
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  const client = new pg.Client({ connectionString: adminUrl, replication: 'true' } as pg.ClientConfig);
  await client.connect();
  try {
    await client.query(
      `BASE_BACKUP (LABEL 'shanlu', CHECKPOINT 'fast', WAIT true, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256',
         TARGET 'server', TARGET_DETAIL '${folder}/copy')`,
    );
  } finally {
    await client.end();
  }
};

type Manifest = {
  readonly Files: readonly {
    readonly Path?: string;
    readonly 'Encoded-Path'?: string;
    readonly Size: number;
    readonly Checksum: string;
  }[];
  readonly 'Manifest-Checksum': string;
};

/** Every file of an unpacked copy against the server's manifest, and the manifest against its own sum. */
export const wrongInBackup = (unpacked: string, manifestFile: string): string[] => {
  const text = readFileSync(manifestFile, 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const sum = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
  const wrong: string[] = [];
  if (sum(text.slice(0, text.lastIndexOf('"Manifest-Checksum"'))) !== manifest['Manifest-Checksum'])
    wrong.push('backup_manifest');
  const there = new Set(filesBelow(unpacked).map((file) => relative(unpacked, file)));
  for (const file of manifest.Files) {
    const path = file.Path ?? Buffer.from(file['Encoded-Path'] ?? '', 'hex').toString();
    if (!there.delete(path)) {
      wrong.push(`${path} is missing`);
      continue;
    }
    const bytes = readFileSync(join(unpacked, path));
    if (bytes.length !== file.Size || sum(bytes) !== file.Checksum) wrong.push(path);
  }
  return [...wrong, ...[...there].map((path) => `${path} is not in the manifest`)];
};

/** Unpacks a copy where an embedded server will find it, under the password of the one it came from. */
export const unpack = (folder: string, serverRecord: string, dataDir: string): string => {
  const cluster = join(dataDir, 'cluster');
  mkdirSync(cluster, { recursive: true });
  chmodSync(dataDir, 0o755);
  const done = spawnSync('tar', ['-xf', join(folder, 'copy', 'base.tar'), '-C', cluster], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`The base backup cannot be unpacked: ${done.stderr}`);
  chmodSync(cluster, 0o700);
  writeFileSync(join(dataDir, 'server.json'), serverRecord, { mode: 0o600 });
  return cluster;
};

/** Tells an unpacked copy to read the archive at its next start: to its end, or up to a moment. */
export const recoverFrom = (cluster: string, archive: string, until?: string): void => {
  appendFileSync(
    join(cluster, 'postgresql.auto.conf'),
    [
      `archive_mode = off`,
      `restore_command = 'gunzip < ${archive}/%f.gz > %p'`,
      `recovery_target_action = promote`,
      ...(until === undefined ? [] : [`recovery_target_time = '${until}'`]),
      '',
    ].join('\n'),
  );
  writeFileSync(join(cluster, 'recovery.signal'), '', { mode: 0o644 });
};

export const asAdmin = (adminUrl: string, statements: readonly string[]): Promise<void> =>
  asked(adminUrl, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

const asked = async (adminUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
