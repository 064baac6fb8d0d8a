import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { root } from './bootstrap.mjs';

export type Announced = {
  /** What the product wrote of itself: its addresses, its people. */
  readonly file: string;
  readonly end: () => Promise<void>;
};

/**
 * Starts the whole product on throw-away data as a program of its own and answers when everything can be asked.
 * Whatever ends us ends it. With SHANLU_STACK_FILE (what a running `demo --throw-away --announce FILE` wrote) that one
 * is taken, and goes on afterwards.
 */
export const startAnnounced = async (env: NodeJS.ProcessEnv): Promise<Announced> => {
  const given = env['SHANLU_STACK_FILE'];
  if (given !== undefined) return { file: given, end: () => Promise.resolve() };
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-announce-'));
  const file = join(folder, 'stack.json');
  const args = [join(root, 'lib', 'run', 'demo.mjs'), '--throw-away', '--announce', file];
  const product = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [product.stdout, product.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const exited = new Promise<void>((done) => product.once('exit', () => done()));
  const kill = (): boolean => product.kill('SIGTERM');
  process.once('exit', kill);
  const end = async (): Promise<void> => {
    kill();
    await exited;
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  while (!existsSync(file)) {
    if (product.exitCode !== null || product.signalCode !== null) {
      await end();
      throw new Error(`The product could not be started:\n${output}`);
    }
    await sleep(100);
  }
  return { file, end };
};
