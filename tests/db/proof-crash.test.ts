import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-crash-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_URL'] = 'http://shanlu.test';
  return { dataDir: folder };
});

import { newestHead, publicKeys } from '@/lib/proof/log.queries';
import { newSequencer } from '@/lib/proof/sequencer';
import {
  count,
  download,
  draft,
  loggedNames,
  newFolder,
  newLogWorld,
  removeFolders,
  served,
  startWitness,
  verify,
  verifyHere,
  type LogWorld,
  type RunningWitness,
} from './proof-kit';

let world: LogWorld;
let witness: RunningWitness;
let vkey: string;
beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  world = await newLogWorld();
  await newSequencer({ db: world.db, witness: null })();
  vkey = (await publicKeys(world.reader))[0] ?? '';
  witness = await startWitness(newFolder(), vkey);
});
afterAll(async () => {
  witness.stop();
  await world.close();
  rmSync(dataDir, { recursive: true, force: true });
  removeFolders();
});

type Died = { readonly killed: boolean; readonly said: string };

/** A process that will run one round once it is told at which step to kill itself; then answers what it said. */
const startUp = (): ((step: number) => Promise<Died>) => {
  const child = spawn(
    process.execPath,
    [
      '--conditions=react-server',
      '--import',
      'tsx',
      'tests/db/proof-crash-child.ts',
      witness.url,
      witness.key.vkey,
    ],
    { env: { ...process.env, APP_DATABASE_URL: world.database.appUrl }, stdio: 'pipe' },
  );
  let said = '';
  child.stdout.on('data', (part) => (said += String(part)));
  child.stderr.on('data', (part) => (said += String(part)));
  const died = once(child, 'close').then(([, signal]) => ({
    killed: signal === 'SIGKILL',
    said: said.replace('ready\n', ''),
  }));
  return (step) => {
    child.stdin.write(`${step}\n`);
    return died;
  };
};

/** Starting up takes far longer than the round, so two are always on their way. */
const waiting: ((step: number) => Promise<Died>)[] = [];
const crash = (step: number, more: number): Promise<Died> => {
  while (waiting.length < Math.min(3, more + 1)) waiting.push(startUp());
  return (waiting.shift() ?? startUp())(step);
};

const POINTS = 12;

describe(`kill -9 at ${POINTS} points spread over a round`, () => {
  it('never forks, skips or doubles a leaf, and the witness follows', async () => {
    await draft(world.db, 'first-a', 'first-b');
    const whole = await crash(0, POINTS);
    const steps = Number(/steps (\d+)/.exec(whole.said)?.[1]);
    expect(steps, whole.said).toBeGreaterThan(POINTS);

    const expected = ['first-a', 'first-b'];
    const places: string[] = [];
    for (let point = 0; point < POINTS; point += 1) {
      const names = [0, 1, 2].map((n) => `p${point}n${n}`);
      expected.push(...names);
      await draft(world.db, ...names);
      const step = 1 + Math.floor((point * (steps - 1)) / (POINTS - 1));
      const died = await crash(step, POINTS - 1 - point);
      expect(died.killed, died.said).toBe(true);
      places.push(died.said.trim());
      // What is there after the crash is whole: no leaf without its head, no head without its leaves.
      const head = await newestHead(world.reader);
      expect(head?.size).toBe(await count(world.db, 'log_leaf'));
      expect(await verifyHere(await served(world.reader), vkey)).toMatchObject({ ok: true });
    }
    expect(new Set(places).size).toBe(POINTS);

    const troubles: string[] = [];
    await newSequencer({ db: world.db, witness, onTrouble: (text) => troubles.push(text) })();
    expect(troubles).toEqual([]);
    expect(await loggedNames(world.db)).toEqual(expected);
    expect((await verify(await download(world.reader), '--key', vkey)).ok).toBe(true);
    const head = await newestHead(world.reader);
    expect(head?.witnesses).toBe(1);
    expect((await witness.store.last('shanlu.test/log'))?.head.size).toBe(head?.size);
    expect(await witness.store.evidence()).toEqual([]);
  }, 300_000);
});
