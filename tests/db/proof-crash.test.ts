import { spawn } from 'node:child_process';
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
  startWitness,
  verify,
  type LogWorld,
  type RunningWitness,
} from './proof-kit';

let world: LogWorld;
let witness: RunningWitness;
beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  world = await newLogWorld();
  await newSequencer({ db: world.db, witness: null })();
  witness = await startWitness(newFolder(), ...(await publicKeys(world.reader)));
});
afterAll(async () => {
  witness.stop();
  await world.close();
  rmSync(dataDir, { recursive: true, force: true });
  removeFolders();
});

/** Runs one round in a process of its own that kills itself at the given step; answers what it said. */
const crash = (step: number): Promise<{ killed: boolean; said: string }> =>
  new Promise((done, failed) => {
    const child = spawn(
      process.execPath,
      [
        '--conditions=react-server',
        '--import',
        'tsx',
        'tests/db/proof-crash-child.ts',
        String(step),
        witness.url,
        witness.key.vkey,
      ],
      { env: { ...process.env, APP_DATABASE_URL: world.database.appUrl }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    child.stdout.on('data', (part) => (said += String(part)));
    child.stderr.on('data', (part) => (said += String(part)));
    child.once('error', failed);
    child.once('close', (_code, signal) => done({ killed: signal === 'SIGKILL', said }));
  });

const POINTS = 12;

describe(`kill -9 at ${POINTS} points spread over a round`, () => {
  it('never forks, skips or doubles a leaf, and the witness follows', async () => {
    await draft(world.db, 'first-a', 'first-b');
    const whole = await crash(0);
    const steps = Number(/steps (\d+)/.exec(whole.said)?.[1]);
    expect(steps, whole.said).toBeGreaterThan(POINTS);

    const expected = ['first-a', 'first-b'];
    const places: string[] = [];
    for (let point = 0; point < POINTS; point += 1) {
      const names = [0, 1, 2].map((n) => `p${point}n${n}`);
      expected.push(...names);
      await draft(world.db, ...names);
      const step = 1 + Math.floor((point * (steps - 1)) / (POINTS - 1));
      const died = await crash(step);
      expect(died.killed, died.said).toBe(true);
      places.push(died.said.trim());
      // What is there after the crash is whole: no leaf without its head, no head without its leaves.
      const head = await newestHead(world.reader);
      expect(head?.size).toBe(await count(world.db, 'log_leaf'));
      expect((await verify(await download(world.reader))).ok).toBe(true);
    }
    expect(new Set(places).size).toBe(POINTS);

    const troubles: string[] = [];
    await newSequencer({ db: world.db, witness, onTrouble: (text) => troubles.push(text) })();
    expect(troubles).toEqual([]);
    expect(await loggedNames(world.db)).toEqual(expected);
    const head = await newestHead(world.reader);
    expect(head?.witnesses).toBe(1);
    expect((await witness.store.last('shanlu.test/log'))?.head.size).toBe(head?.size);
    expect(await witness.store.evidence()).toEqual([]);
  }, 300_000);
});
