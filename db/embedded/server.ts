import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

import { type RunningServer, runServer, type ServerOptions, stopProcess } from './child';
import { type Cluster, openCluster } from './cluster';
import { EmbeddedFailure, errorCode, fileFailure } from './failure';
import { withFolderLock } from './lock';
import { postmasterOf, removeIfItsNumberWasReused } from './postmaster';
import { isAlive, markOf, type ProcessMark } from './processes';
import { readRecord, type ServerRecord, writeRecord } from './record';

export type EmbeddedOptions = ServerOptions & {
  /** Folder of ours; it will hold the cluster, the log and the superuser's password (readable by its owner only). */
  readonly dataDir: string;
  /** A fixed port. Without it the port of the last start is used again, or a free one. */
  readonly port?: number | undefined;
  readonly log?: ((line: string) => void) | undefined;
};

export type EmbeddedServer = {
  /** Connects as superuser to the database `postgres`. */
  readonly adminUrl: string;
  readonly port: number;
  readonly pid: number;
  /** False when a running server was found and attached to. */
  readonly started: boolean;
  /** Stops the server if this process is responsible for it (started it, or found it without a living owner). */
  readonly stop: () => Promise<void>;
};

/**
 * Starts the PostgreSQL of the npm package on `dataDir`, or attaches to the one that already runs there. The server
 * listens on 127.0.0.1 only. It ends with this process, however this process ends: it hangs on a pipe.
 * Throws EmbeddedFailure with one sentence for everything a person can mend.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedServer> => {
  const dataDir = resolve(options.dataDir);
  const log = options.log ?? (() => undefined);
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw fileFailure(error, 'create the data folder', dataDir);
  }
  return withFolderLock(dataDir, 'starting the database', async () => {
    const record = readRecord(dataDir);
    const attached = await attach(dataDir, record, log);
    if (attached !== undefined) return attached;
    const cluster = openCluster(dataDir, record.password, options.throwAway === true, log);
    removeIfItsNumberWasReused(cluster.folder);
    return launch(dataDir, cluster, record, options);
  });
};

const attach = async (
  dataDir: string,
  record: ServerRecord,
  log: (line: string) => void,
): Promise<EmbeddedServer | undefined> => {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const running = postmasterOf(join(dataDir, 'cluster'));
    if (running === undefined) return undefined;
    const adminUrl = urlOf(record.password, running.port);
    if (running.status === 'ready' && (await answers(adminUrl))) {
      const owned = record.owner !== undefined && isAlive(record.owner);
      if (!owned) writeRecord(dataDir, { ...record, port: running.port, owner: ownMark() });
      log(`PostgreSQL already runs on port ${running.port} (process ${running.mark.pid}).`);
      const stop = owned ? async () => undefined : () => stopProcess(running.mark);
      return { adminUrl, port: running.port, pid: running.mark.pid, started: false, stop };
    }
    if (performance.now() > deadline) {
      throw new EmbeddedFailure(
        `PostgreSQL (process ${running.mark.pid}) has been starting or stopping for a minute: see ${join(dataDir, 'server.log')}.`,
      );
    }
    await sleep(50);
  }
};

const launch = async (
  dataDir: string,
  cluster: Cluster,
  record: ServerRecord,
  options: EmbeddedOptions,
): Promise<EmbeddedServer> => {
  let port = options.port ?? (await freePort(record.port));
  // Several tries: after a kill -9 the old server's children take a moment to leave the shared memory, and a
  // free port may be taken between our look and the server's.
  for (let attempt = 1; ; attempt += 1) {
    const server = runServer(dataDir, cluster, port, options);
    const adminUrl = urlOf(record.password, port);
    const words = await readyOrLastWords(cluster.folder, server, adminUrl);
    if (words === undefined) {
      const mark = postmasterOf(cluster.folder)?.mark;
      if (mark === undefined) continue;
      writeRecord(dataDir, { ...record, port, owner: ownMark() });
      return { adminUrl, port, pid: mark.pid, started: true, stop: () => server.stop(mark) };
    }
    const portTaken = /could not bind|address already in use/i.test(words);
    const passing = /pre-existing shared memory|lock file .* already exists|is in use/i.test(words);
    if (attempt >= 40 || !(passing || (portTaken && options.port === undefined))) {
      throw startFailure(words, port, dataDir);
    }
    if (portTaken) port = await freePort(undefined);
    else await sleep(250);
  }
};

/** Undefined when the server answers; otherwise what it wrote before it gave up. */
const readyOrLastWords = async (
  folder: string,
  server: RunningServer,
  adminUrl: string,
): Promise<string | undefined> => {
  // Crash recovery after a power cut may take long; it ends by itself, so the bound is generous.
  const deadline = performance.now() + 300_000;
  while (!server.hasExited() && performance.now() < deadline) {
    if (postmasterOf(folder)?.status === 'ready' && (await answers(adminUrl))) return undefined;
    await Promise.race([server.exited, sleep(15)]);
  }
  return server.words();
};

/** Codes of a server that is still coming up, or whose killed predecessor left a pid file that says it is ready. */
const NOT_YET = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', '57P01', '57P02', '57P03']);

const answers = async (adminUrl: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code !== undefined && NOT_YET.has(code)) return false;
    if (code === '28P01') {
      throw new EmbeddedFailure(
        'The embedded database does not accept the password kept beside it (server.json): its data folder was put ' +
          'together from two. Name another folder with DATA_DIR.',
        { cause: error },
      );
    }
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const startFailure = (words: string, port: number, dataDir: string): EmbeddedFailure => {
  if (/no space left on device/i.test(words)) {
    return fileFailure(Object.assign(new Error(words), { code: 'ENOSPC' }), 'write', dataDir);
  }
  if (/could not bind|address already in use/i.test(words)) {
    return new EmbeddedFailure(
      `Port ${port}, meant for PostgreSQL, is taken by another program: stop that program or choose another port.`,
    );
  }
  const reason = words
    .split('\n')
    .filter((line) => /FATAL|PANIC|error|denied|not found/i.test(line))
    .at(-1);
  return new EmbeddedFailure(
    `PostgreSQL did not start: ${reason?.replace(/^.*(FATAL|PANIC):\s*/, '') ?? 'it gave no reason'} (${join(dataDir, 'server.log')}).`,
  );
};

const urlOf = (password: string, port: number): string =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

const ownMark = (): ProcessMark => {
  const mark = markOf(process.pid);
  if (mark === undefined) throw new Error('this process cannot find itself in the process table');
  return mark;
};

/** `preferred` if nobody listens there, else any free port of this machine. */
const freePort = async (preferred: number | undefined): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (preferred === undefined) failed(error);
      else freePort(undefined).then(found, failed);
    });
    probe.listen(preferred ?? 0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
