import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { newId } from '@/lib/shared/id';
import { actLeaf } from '@/lib/proof/leaf';
import { newestHead, publicKeys, tileBytes } from '@/lib/proof/log.queries';
import { tilePath, tilesOf } from '@/lib/proof/tiles';
import type { Witness } from '@/lib/proof/witness.gateway';
import { witnessServer } from '@/lib/proof/witness/server';
import { WitnessStore } from '@/lib/proof/witness/store';
import { cloneDatabase, type TestDatabase } from '../support/database';
import type { Person } from '../support/people';

const folders: string[] = [];
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-proof-'));
  folders.push(folder);
  return folder;
};
export const removeFolders = (): void =>
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));

/** The bytes of a public act that means nothing; `n` tells one from another. */
export const anyLeaf = (n: number | string): Buffer =>
  Buffer.from(
    actLeaf({
      event: 'road_looked_at',
      subject: `ML-${n}`,
      date: '2024-06-30',
      recorded: '2024-06-30',
      campaign: 'gen-hun-meng',
      facts: {},
    }),
  );

/** Drafts leaves as a command would, each list in a transaction of its own. */
export const draft = async (db: Kysely<Database>, ...names: (number | string)[]): Promise<void> => {
  await db
    .insertInto('log_draft')
    .values(names.map((name) => ({ body: anyLeaf(name) })))
    .execute();
};

/** The names given to `draft`, in the order of the log. */
export const loggedNames = async (db: Kysely<Database>): Promise<string[]> =>
  (await db.selectFrom('log_leaf').select('subject').orderBy('leaf_index').execute()).map((row) =>
    (row.subject ?? '').replace('ML-', ''),
  );

export type RunningWitness = Witness & { readonly store: WitnessStore; readonly stop: () => void };

/** A witness on a port of its own that trusts these logs. */
export const startWitness = async (folder: string, ...vkeys: string[]): Promise<RunningWitness> => {
  const store = new WitnessStore(folder);
  const key = await store.signer('witness.test');
  for (const vkey of vkeys) await store.trust(vkey);
  const server = witnessServer({ store, signer: key });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    store,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** Everything the log serves, by its path below /log/. */
export type ServedLog = ReadonlyMap<string, Uint8Array>;

/** Reads the whole log as an outsider would. */
export const served = async (db: Kysely<Database>): Promise<ServedLog> => {
  const head = await newestHead(db);
  if (!head) throw new Error('the log has no head');
  const files = new Map<string, Uint8Array>([
    ['checkpoint', Buffer.from(head.note)],
    ['keys', Buffer.from(`${(await publicKeys(db)).join('\n')}\n`)],
  ]);
  for (const tile of tilesOf(head.size)) {
    const both = tile.level === 0 ? [tile, { ...tile, level: 'entries' as const }] : [tile];
    for (const one of both) files.set(tilePath(one), (await tileBytes(one, db)) ?? Buffer.alloc(0));
  }
  return files;
};

export const saved = (files: ServedLog, folder = newFolder()): string => {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
};

/** Downloads the whole log as an outsider would, into a folder. */
export const download = async (db: Kysely<Database>, folder = newFolder()): Promise<string> =>
  saved(await served(db), folder);

export type Verdict = {
  readonly ok: boolean;
  readonly why?: string;
  readonly size?: string;
  readonly firstBadIndex?: number;
  readonly firstBadBetween?: [number, number];
  readonly campaigns?: Record<string, Record<string, string>>;
  readonly roads?: Record<string, Record<string, string>>;
  readonly witnessed?: string[];
};

/** Runs the stand-alone verifier as a person would: another process that knows nothing of ours. */
export const verify = (...args: string[]): Promise<Verdict> =>
  new Promise((done, failed) => {
    execFile(process.execPath, ['public/verify.mjs', ...args], (error, stdout) => {
      const last = stdout.trim().split('\n').at(-1) ?? '';
      try {
        const verdict = JSON.parse(last) as Verdict;
        if (verdict.ok === (error === null)) done(verdict);
        else failed(new Error(`exit code and verdict differ: ${last}`));
      } catch {
        failed(error ?? new Error(`no verdict: ${stdout}`));
      }
    });
  });

type Head = { readonly size: bigint };
type Verifier = {
  readonly parseKey: (vkey: string) => object;
  readonly openHead: (note: string, keys: readonly object[]) => Head;
  readonly walk: (
    read: (path: string) => Promise<Uint8Array | null>,
    head: Head,
    options: { readonly olds: readonly (Head & { readonly hashes?: Uint8Array | undefined })[] },
  ) => Promise<object>;
};

/**
 * The same verifier without a process of its own, for tests that ask it a hundred times: its reading of a whole log,
 * held against an older head and, where they were kept, the hashes of all its leaves.
 */
export const verifyHere = async (
  files: ServedLog,
  vkey: string,
  old?: { readonly note: string; readonly hashes?: Uint8Array | undefined },
): Promise<Verdict> => {
  const { parseKey, openHead, walk } = (await import(
    new URL('../../public/verify.mjs', import.meta.url).href
  )) as Verifier;
  const keys = [parseKey(vkey)];
  try {
    const head = openHead(Buffer.from(files.get('checkpoint') ?? []).toString(), keys);
    const olds = old ? [{ ...openHead(old.note, keys), hashes: old.hashes }] : [];
    await walk((path) => Promise.resolve(files.get(path) ?? null), head, { olds });
    return { ok: true, size: String(head.size) };
  } catch (error) {
    const { message: why, index, to = index } = error as Error & { index?: number; to?: number };
    if (index === undefined || to === undefined) return { ok: false, why };
    return { ok: false, why, firstBadIndex: index, ...(to > index && { firstBadBetween: [index, to] }) };
  }
};

/** Another database with exactly this one's content, as a backup restored beside it would be. */
export const copyDatabase = async (adminUrl: string, of: string): Promise<string> => {
  const { Client } = (await import('pg')).default;
  const name = `copy_${Math.random().toString(36).slice(2, 10)}`;
  const url = new URL(adminUrl);
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${of}'`);
    await client.query(`create database ${name} template ${of}`);
  } finally {
    await client.end();
  }
  return name;
};

export const count = async (db: Kysely<Database>, table: string): Promise<bigint> =>
  (await sql<{ n: bigint }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]?.n ?? 0n;

export type LogWorld = {
  readonly database: TestDatabase;
  readonly db: Kysely<Database>;
  readonly reader: Kysely<Database>;
  readonly clerk: Person;
  readonly approver: Person;
  readonly close: () => Promise<void>;
};

/** A database with a clerk and an approver in it, whose connections may be cut off: it is going to be copied. */
export const newLogWorld = async (): Promise<LogWorld> => {
  const database = await cloneDatabase();
  const db = connect(database.appUrl, { max: 8 });
  const reader = connect(database.readerUrl, { max: 4 });
  const someone = async (role: 'clerk' | 'approver'): Promise<Person> => {
    const personId = newId();
    await db
      .insertInto('person')
      .values({ id: personId, email: `${role}@example.invalid`, name: role })
      .execute();
    return { kind: 'person', personId, roles: [role], secondFactor: true };
  };
  const clerk = await someone('clerk');
  const approver = await someone('approver');
  const close = async (): Promise<void> => {
    await Promise.all([db.destroy(), reader.destroy()]);
    await database.drop();
  };
  return { database, db, reader, clerk, approver, close };
};
