import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

import { removeCluster } from '@/db/embedded';
import { isAlive, markOf, type ProcessMark } from '@/db/embedded/processes';
import { freePort } from '@/lib/run/launch/ports';
import { copyPlayedData } from '../support/played-data';

// `npm run demo` as a newcomer treats it: stopped, killed, started twice, started beside something else. The story has been
// played already: playing it is what `npm run demo -- --check` and the start of the product under test are for.

const root = fileURLToPath(new URL('../..', import.meta.url));

type Run = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
};

const startDemo = (dataDir: string, port: number): Run => {
  const child = spawn(process.execPath, [join(root, 'lib', 'run', 'demo.mjs')], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const exited = new Promise<number | null>((done) => child.once('close', done));
  return { child, output: () => output, exited };
};

const untilReady = async (run: Run): Promise<void> => {
  while (!run.output().includes('Ctrl-C stops everything')) {
    if (run.child.exitCode !== null) throw new Error(`The demo ended instead of starting:\n${run.output()}`);
    await sleep(50);
  }
};

/** Everything of a run: its programs, and the database. */
const partsOf = (dataDir: string): ProcessMark[] => {
  const { children } = JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as {
    children: ProcessMark[];
  };
  const pidFile = readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
  const database = markOf(Number(pidFile.split('\n')[0]));
  return database === undefined ? children : [...children, database];
};

const untilGone = async (parts: readonly ProcessMark[]): Promise<void> => {
  await expect(() => expect(parts.filter(isAlive)).toEqual([])).toPass({ timeout: 20_000 });
};

test('the demo ends as a whole, however it is ended, and always starts again on its data', async () => {
  test.setTimeout(300_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'shanlu-launcher-'));
  const port = await freePort();
  const home = () => fetch(`http://localhost:${port}/`).then((response) => response.status);
  const runs: Run[] = [];
  const start = async (): Promise<Run> => {
    const run = startDemo(dataDir, port);
    runs.push(run);
    await untilReady(run);
    return run;
  };
  try {
    await copyPlayedData(dataDir);
    const first = await start();
    expect(first.output()).not.toContain('Building');
    const firstParts = partsOf(dataDir);
    expect(await home()).toBeLessThan(400);
    expect(firstParts.length).toBeGreaterThanOrEqual(5);

    await test.step('a second start on the same data is told so, and disturbs nobody', async () => {
      const second = startDemo(dataDir, port);
      expect(await second.exited).toBe(1);
      expect(second.output()).toContain(
        `Shanlu already runs on the data folder ${dataDir} at http://localhost:${port}`,
      );
      expect(await home()).toBeLessThan(400);
    });

    await test.step('SIGTERM ends every part', async () => {
      first.child.kill('SIGTERM');
      expect(await first.exited).toBe(0);
      await untilGone(firstParts);
    });

    await test.step('kill -9 leaves nothing that blocks the next start', async () => {
      const killed = await start();
      const parts = partsOf(dataDir);
      killed.child.kill('SIGKILL');
      const next = await start();
      expect(parts.filter(isAlive)).toEqual([]);
      expect(next.output()).not.toContain('Building');
    });

    await test.step('a database that dies is started again', async () => {
      const database = partsOf(dataDir).at(-1);
      if (database === undefined) throw new Error('no database runs');
      process.kill(database.pid, 'SIGKILL');
      await expect(() => expect(runs.at(-1)?.output()).toContain('was started again')).toPass({
        timeout: 20_000,
      });
      await expect(async () => expect(await home()).toBeLessThan(400)).toPass({ timeout: 20_000 });
    });

    await test.step('kill -9 of every part at once is forgiven as well', async () => {
      const parts = partsOf(dataDir);
      runs.at(-1)?.child.kill('SIGKILL');
      for (const { pid } of parts) process.kill(pid, 'SIGKILL');
      const last = await start();
      last.child.kill('SIGINT');
      expect(await last.exited).toBe(0);
    });
  } finally {
    for (const { child } of runs) child.kill('SIGTERM');
    await Promise.all(runs.map(({ exited }) => exited));
    removeCluster(join(dataDir, 'postgres'));
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test('a taken port is named with its holder and a way out', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shanlu-launcher-'));
  const squatter = createServer();
  await new Promise<void>((listening) => squatter.listen(0, '127.0.0.1', listening));
  const address = squatter.address();
  if (typeof address !== 'object' || address === null) throw new Error('the squatter has no port');
  const run = startDemo(dataDir, address.port);
  expect(await run.exited).toBe(1);
  expect(run.output()).toMatch(
    new RegExp(
      `^\\s*Port ${address.port} is taken by process ${process.pid} \\(.+\\): stop it, or start with another port: PORT=\\d+\\.\\s*$`,
    ),
  );
  await new Promise((closed) => squatter.close(closed));
  rmSync(dataDir, { recursive: true, force: true });
});
