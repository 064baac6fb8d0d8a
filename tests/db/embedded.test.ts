import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';

import { EmbeddedFailure, removeCluster, startEmbedded } from '@/db/embedded';
import { isAlive, markOf } from '@/db/embedded/processes';

const folders: string[] = [];
const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), `shanlu-test-${process.pid}-`));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
};

afterEach(async () => {
  for (const dataDir of folders.splice(0).toReversed()) {
    const server = existsSync(join(dataDir, 'cluster', 'postmaster.pid'))
      ? await startEmbedded({ dataDir, throwAway: true }).catch(() => undefined)
      : undefined;
    await server?.stop();
    removeCluster(dataDir);
  }
});

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

/** A second process that starts the server and then lives until it is killed. */
const starterProcess = async (
  dataDir: string,
): Promise<{ pid: number; serverPid: number; kill: () => Promise<void> }> => {
  const script = `
    import { startEmbedded } from './db/embedded/index.ts';
    const server = await startEmbedded({ dataDir: process.argv[1], throwAway: true });
    console.log('pid ' + server.pid);
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const serverPid = await new Promise<number>((found, failed) => {
    child.stdout.on('data', (data: Buffer) => found(Number(data.toString().split(' ')[1])));
    child.once('exit', () => failed(new Error('the starter ended')));
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    pid: child.pid ?? 0,
    serverPid,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

const sentenceOf = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'it started',
    (error: unknown) =>
      error instanceof EmbeddedFailure ? error.sentence : `not a sentence: ${String(error)}`,
  );

describe('the embedded database', () => {
  it('starts a new cluster that is UTF-8, checks its pages and asks every client for a password', async () => {
    const dataDir = freshFolder();
    const server = await startEmbedded({ dataDir });
    expect(server.started).toBe(true);
    const [row] = await query(
      server.adminUrl,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('data_checksums') as checksums,
              current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
              current_setting('listen_addresses') as address, current_setting('unix_socket_directories') as socket`,
    );
    expect(row).toEqual({
      major: 18,
      checksums: 'on',
      encoding: 'UTF8',
      fsync: 'on',
      address: '127.0.0.1',
      socket: '',
    });
    const stranger = new URL(server.adminUrl);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'server.json')).mode & 0o077).toBe(0);
    await server.stop();
    expect(markOf(server.pid)).toBeUndefined();
  });

  it('keeps data, port and password for a second start, which is quick', async () => {
    const dataDir = freshFolder();
    const first = await startEmbedded({ dataDir, throwAway: true });
    await query(first.adminUrl, 'create table road as select 24 as count');
    await first.stop();
    const before = performance.now();
    const second = await startEmbedded({ dataDir, throwAway: true });
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(second.adminUrl).toBe(first.adminUrl);
    expect(await query(second.adminUrl, 'select count from road')).toEqual([{ count: 24 }]);
    await second.stop();
  });

  it('attaches to a running server, and only the one who started it stops it', async () => {
    const dataDir = freshFolder();
    const owner = await startEmbedded({ dataDir, throwAway: true });
    const guest = await startEmbedded({ dataDir, throwAway: true });
    expect(guest).toMatchObject({ started: false, pid: owner.pid, port: owner.port });
    await guest.stop();
    expect(await query(owner.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await owner.stop();
    expect(markOf(owner.pid)).toBeUndefined();
  });

  it('lets two processes start at once: one server, two users', async () => {
    const dataDir = freshFolder();
    const [one, two] = await Promise.all([
      startEmbedded({ dataDir, throwAway: true }),
      startEmbedded({ dataDir, throwAway: true }),
    ]);
    expect(one.pid).toBe(two.pid);
    expect([one.started, two.started].sort()).toEqual([false, true]);
    await one.stop();
    await two.stop();
  });

  it('ends with the process that started it, even when that is killed with kill -9', async () => {
    const dataDir = freshFolder();
    const starter = await starterProcess(dataDir);
    const server = markOf(starter.serverPid);
    if (server === undefined) throw new Error('the server does not run');
    await starter.kill();
    for (let wait = 0; wait < 200 && isAlive(server); wait += 1) await sleep(50);
    expect(isAlive(server)).toBe(false);
    const next = await startEmbedded({ dataDir, throwAway: true });
    expect(next.started).toBe(true);
    await next.stop();
  });

  it('starts again after kill -9 of the server and all its children, without losing what was acknowledged', async () => {
    const dataDir = freshFolder();
    const first = await startEmbedded({ dataDir });
    await query(first.adminUrl, 'create table road as select 24 as count');
    process.kill(first.pid, 'SIGKILL');
    const again = await startEmbedded({ dataDir });
    expect(again.started).toBe(true);
    expect(await query(again.adminUrl, 'select count from road')).toEqual([{ count: 24 }]);
    await again.stop();
  });

  it('adopts a server whose owner is dead, and then stops it', async () => {
    const dataDir = freshFolder();
    const server = await startEmbedded({ dataDir, throwAway: true });
    const file = join(dataDir, 'server.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...record, owner: { pid: 1, started: 'another time' } }));
    const heir = await startEmbedded({ dataDir, throwAway: true });
    expect(heir.started).toBe(false);
    await heir.stop();
    expect(markOf(server.pid)).toBeUndefined();
  });

  it('is not blocked by a pid file whose number now belongs to another program', async () => {
    const dataDir = freshFolder();
    const first = await startEmbedded({ dataDir, throwAway: true });
    await first.stop();
    const stranger = spawn('sleep', ['60']);
    const cluster = realpathSync(join(dataDir, 'cluster'));
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${stranger.pid}\n${cluster}\n0\n${first.port}\n\n127.0.0.1\n0 0\nready   \n`,
    );
    const second = await startEmbedded({ dataDir, throwAway: true });
    expect(second.started).toBe(true);
    expect(markOf(stranger.pid ?? 0)).toBeDefined();
    stranger.kill();
    await second.stop();
  });

  it('is not blocked by a start that was killed half-way', async () => {
    const dataDir = freshFolder();
    writeFileSync(join(dataDir, 'start.lock'), JSON.stringify({ pid: 1, started: 'another time' }));
    mkdirSync(join(dataDir, 'cluster.new'));
    const server = await startEmbedded({ dataDir, throwAway: true });
    expect(server.started).toBe(true);
    await server.stop();
  });

  it('takes another port when its remembered one is taken, and says so in a sentence when it was fixed', async () => {
    const dataDir = freshFolder();
    const first = await startEmbedded({ dataDir, throwAway: true });
    await first.stop();
    const squatter = createServer();
    await new Promise<void>((listening) => squatter.listen(first.port, '127.0.0.1', listening));
    const second = await startEmbedded({ dataDir, throwAway: true });
    expect(second.port).not.toBe(first.port);
    await second.stop();
    expect(await sentenceOf(startEmbedded({ dataDir, port: first.port, throwAway: true }))).toBe(
      `Port ${first.port}, meant for PostgreSQL, is taken by another program: stop that program or choose another port.`,
    );
    await new Promise((closed) => squatter.close(closed));
  });

  it('says in one sentence that the data came from another PostgreSQL, or that its password is missing', async () => {
    const dataDir = freshFolder();
    const server = await startEmbedded({ dataDir, throwAway: true });
    await server.stop();
    const cluster = realpathSync(join(dataDir, 'cluster'));
    writeFileSync(join(cluster, 'PG_VERSION'), '15\n');
    expect(await sentenceOf(startEmbedded({ dataDir, throwAway: true }))).toMatch(
      /was made by PostgreSQL 15, but this is PostgreSQL 18/,
    );
    writeFileSync(join(cluster, 'PG_VERSION'), '18\n');
    execFileSync('rm', [join(dataDir, 'server.json')]);
    expect(await sentenceOf(startEmbedded({ dataDir, throwAway: true }))).toMatch(/password is missing/);
  });

  it('says in one sentence that the data folder cannot be made', async () => {
    const file = join(freshFolder(), 'a-file');
    writeFileSync(file, '');
    expect(await sentenceOf(startEmbedded({ dataDir: join(file, 'data') }))).toMatch(
      /is a file, not a folder/,
    );
  });

  it('works below a folder that only its owner may enter, as a clone in the home of root is', async () => {
    const closed = freshFolder();
    chmodSync(closed, 0o700);
    const dataDir = join(closed, 'data');
    folders.push(dataDir);
    const first = await startEmbedded({ dataDir, throwAway: true });
    await query(first.adminUrl, 'create table road as select 24 as count');
    await first.stop();
    const second = await startEmbedded({ dataDir, throwAway: true });
    expect(await query(second.adminUrl, 'select count from road')).toEqual([{ count: 24 }]);
    await second.stop();
  });
});
