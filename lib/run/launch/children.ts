import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive, markOf, type ProcessMark, waitUntilGone } from '@/db/embedded/processes';

import { root } from './bootstrap.mjs';
import { lastLines } from './programs.mjs';
import { diskFull, Stop } from './terminal.mjs';

export type Environment = Record<string, string> & { readonly NODE_ENV: 'production' | 'development' };

/** A process we started and are responsible for. */
export type Child = {
  readonly name: string;
  readonly mark: ProcessMark;
  readonly logFile: string;
  readonly hasExited: () => boolean;
  readonly exited: Promise<void>;
  /** Asks it to end, and ends it after ten seconds. */
  readonly stop: () => Promise<void>;
};

/** The arguments that make Node run one of our TypeScript programs (server code outside Next). */
export const tsProgram = (file: string, ...args: string[]): string[] => [
  '--conditions=react-server',
  '--import',
  'tsx',
  file,
  ...args,
];

const leash = join(root, 'lib', 'run', 'launch', 'leash.mjs');

/**
 * Starts a Node program whose output goes to `logFile`. It leads a process group of its own, so that Ctrl-C in the
 * terminal reaches us alone and we end everything in order; and it hangs on a leash (leash.mjs), so that it ends with
 * us even when we are killed.
 */
export const startChild = (name: string, args: string[], env: Environment, logFile: string): Child => {
  const output = openLog(logFile);
  const child = spawn(process.execPath, ['--import', leash, ...args], {
    cwd: root,
    detached: true,
    env: { ...env, SHANLU_LEASH: String(process.pid) },
    stdio: ['pipe', output, output],
  });
  closeSync(output);
  child.stdin?.on('error', () => undefined);
  const mark = child.pid === undefined ? undefined : markOf(child.pid);
  let exited = false;
  const gone = new Promise<void>((done) => {
    child.once('exit', () => {
      exited = true;
      done();
    });
    child.once('error', () => {
      exited = true;
      done();
    });
  });
  if (mark === undefined) throw new Stop(`The program “${name}” could not be started (see ${logFile}).`);
  return { name, mark, logFile, hasExited: () => exited, exited: gone, stop: () => stopChild(child, mark) };
};

const stopChild = async (child: ChildProcess, mark: ProcessMark): Promise<void> => {
  signalGroup(mark, 'SIGTERM');
  if (!(await waitUntilGone(mark, 10_000))) signalGroup(mark, 'SIGKILL');
  child.stdin?.destroy();
};

/** To the process and what it started. */
export const signalGroup = (mark: ProcessMark, name: NodeJS.Signals): void => {
  if (!isAlive(mark)) return;
  try {
    process.kill(-mark.pid, name);
  } catch {
    // It leads no group, or went in this moment.
    if (isAlive(mark)) process.kill(mark.pid, name);
  }
};

/** Waits until something accepts connections on the port; throws with the child's last words when it ends before. */
export const untilListening = async (child: Child, port: number, timeoutMs = 60_000): Promise<void> => {
  const deadline = performance.now() + timeoutMs;
  while (!(await accepts(port))) {
    if (child.hasExited()) throw deathOf(child);
    if (performance.now() > deadline) {
      throw new Stop(`The program “${child.name}” did not open port ${port} in time (see ${child.logFile}).`);
    }
    await sleep(25);
  }
};

const accepts = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (yes: boolean) => {
      socket.destroy();
      done(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });

/** Why a child that should run does not. */
export const deathOf = (child: Child): Stop => {
  const words = existsSync(child.logFile) ? readFileSync(child.logFile, 'utf8') : '';
  if (/ENOSPC|no space left/i.test(words.slice(-4_000))) return new Stop(diskFull);
  return new Stop(
    `The program “${child.name}” ended by itself; its log is ${child.logFile}. Its last words:\n${lastLines(words, 15)}`,
  );
};

/** A log file for appending; the one of the last start stays beside it as `.1`. */
const openLog = (file: string): number => {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
};
