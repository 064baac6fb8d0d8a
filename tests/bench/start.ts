import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/lib/run/launch/ports';
import { lastLines, runProgram } from '@/lib/run/launch/programs.mjs';
import { ended, serve, work } from '../faults/web-load';
import { until } from '../support/until';
import { residentMb } from './memory';
import { load, median } from './public-load';
import { onStack, type BenchStack } from './public-stack';

const STARTS = 5;
const SECONDS_OF_READING = 20;
const AT_REST_MS = 10_000;

/**
 * `npm run bench -- start`: how long a build takes against checking the types of the same source, how long a server
 * takes from its start to its first readiness against a bare Node server's first answer, and the memory of server and
 * worker against that bare server's: at rest, while 16 connections read a road, and after.
 */
export const benchStart = async (): Promise<Record<string, unknown>> =>
  onStack(async (stack) => {
    const starting = await startTimes(stack);
    console.error(JSON.stringify(starting));
    const memory = await memoryOf(stack);
    console.error(JSON.stringify(memory));
    return { ...starting, ...memory, ...(await buildTimes(stack.folder)) };
  });

/** What others compare with: the smallest server Node can be. */
const BARE = `require('node:http').createServer((q, a) => a.end('ok')).listen(Number(process.argv[1]), '127.0.0.1')`;
const bare = (port: number): ChildProcess =>
  spawn(process.execPath, ['-e', BARE, String(port)], { stdio: 'ignore' });

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

const startTimes = async ({ environment }: BenchStack) => {
  const server: number[] = [];
  const bareServer: number[] = [];
  for (let n = 0; n < STARTS; n += 1) {
    server.push(await timeOf((port) => serve(port, environment), '/api/ready'));
    bareServer.push(await timeOf(bare, '/'));
  }
  return { startMs: { server: Math.round(median(server)), bareNode: Math.round(median(bareServer)) } };
};

/** From the start of a process to its first good answer. */
const timeOf = async (start: (port: number) => ChildProcess, path: string): Promise<number> => {
  const port = await freePort();
  const began = performance.now();
  const child = start(port);
  try {
    await until('an answer', () => answers(`http://127.0.0.1:${port}${path}`), 60_000);
    return performance.now() - began;
  } finally {
    await ended(child);
  }
};

const memoryOf = async ({ environment }: BenchStack) => {
  const [port, barePort] = [await freePort(), await freePort()];
  const children = [serve(port, { ...environment, TRUSTED_PROXIES: '1' }), work(environment), bare(barePort)];
  const [server, worker, small] = children;
  const url = `http://127.0.0.1:${port}`;
  try {
    await until('a ready server', () => answers(`${url}/api/ready`), 60_000);
    await sleep(AT_REST_MS);
    const rest = { server: megabytes(server), worker: megabytes(worker), bareNode: megabytes(small) };
    let highest = 0;
    const watch = setInterval(() => (highest = Math.max(highest, megabytes(server))), 250);
    const { perSecond } = await load(`${url}/zh-Hans/roads/ML-07`, SECONDS_OF_READING).finally(() =>
      clearInterval(watch),
    );
    await sleep(AT_REST_MS);
    return {
      memoryMb: {
        atRest: rest,
        serverWhileRead: { highest, pagesPerSecond: perSecond },
        after: { server: megabytes(server), worker: megabytes(worker) },
      },
    };
  } finally {
    for (const child of children) await ended(child);
  }
};

/** What lies in memory of a process and of those it has started. */
const megabytes = (child: ChildProcess | undefined): number => {
  const all = [child?.pid ?? 0];
  for (const pid of all)
    all.push(
      ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  return all.map(residentMb).reduce((sum, one) => sum + one, 0);
};

/** Builds a copy of the source, first with nothing kept of earlier builds and then again with it. */
const buildTimes = async (folder: string) => {
  const copy = join(folder, 'source');
  mkdirSync(copy);
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' });
  const list = join(folder, 'files');
  writeFileSync(list, files);
  execFileSync('sh', ['-c', `xargs -0 cp --parents -t "${copy}" < "${list}"`]);
  // Links to the same files: what is resolved from there must lie there.
  execFileSync('cp', ['-al', 'node_modules', join(copy, 'node_modules')]);
  try {
    const cold = await secondsOf(copy, 'node_modules/next/dist/bin/next', 'build');
    const types = await secondsOf(copy, 'node_modules/typescript/bin/tsc', '--noEmit');
    const again = await secondsOf(copy, 'node_modules/next/dist/bin/next', 'build');
    return {
      buildSeconds: { cold, again, typesAlone: types, ratio: Math.round((cold / types) * 100) / 100 },
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

const secondsOf = async (folder: string, program: string, argument: string): Promise<number> => {
  const began = performance.now();
  const { code, text } = await runProgram(process.execPath, [program, argument], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (code !== 0) throw new Error(`${program} ${argument} failed:\n${lastLines(text, 20)}`);
  return Math.round((performance.now() - began) / 100) / 10;
};
