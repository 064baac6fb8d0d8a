import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { announce } from './stack';

/**
 * Playwright's global set-up: starts the whole product as `npm run demo` does, on throw-away data. With
 * SHANLU_STACK_FILE (what a running `demo --throw-away --announce FILE` wrote) the tests drive that one instead, which
 * saves the start while a test is being written.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['SHANLU_STACK_FILE'];
  if (given !== undefined) {
    announce(readFileSync(given, 'utf8'));
    return undefined;
  }
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-announce-'));
  const file = join(folder, 'stack.json');
  const args = [join(root, 'lib', 'run', 'demo.mjs'), '--throw-away', '--announce', file];
  // The gallery of examples is there for the accessibility tests.
  const env = { ...process.env, EXAMPLES: '1' };
  const demo = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let ended = false;
  for (const stream of [demo.stdout, demo.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const exited = new Promise<void>((done) => demo.once('exit', () => done()));
  void exited.then(() => (ended = true));
  // Playwright itself may be ended by a signal; the product must not outlive it.
  process.once('exit', () => demo.kill('SIGTERM'));
  while (!existsSync(file)) {
    if (ended) throw new Error(`The product could not be started:\n${output}`);
    await sleep(100);
  }
  announce(readFileSync(file, 'utf8'));
  return async () => {
    demo.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
}
