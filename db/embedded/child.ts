import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { bareEnvironment, credentials } from './account';
import type { Cluster } from './cluster';
import { isAlive, type ProcessMark, signal, waitUntilGone } from './processes';
import { settingArguments } from './settings';

export type RunningServer = {
  readonly exited: Promise<void>;
  readonly hasExited: () => boolean;
  readonly words: () => string;
  readonly stop: (mark: ProcessMark) => Promise<void>;
};

/** How a server is started. */
export type ServerOptions = {
  /** For tests only: data that may be lost at a power cut, in exchange for speed, and temporary folders. */
  readonly throwAway?: boolean | undefined;
  /** For trials only: added to the server's bare environment. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
};

/**
 * The server's shell: starts the server and waits for it; when the pipe on its input closes (our stop(), or the
 * death of our process by whatever signal) it asks for a fast shutdown. It has a session of its own, so that Ctrl-C
 * in the terminal reaches us first and the programs that use the database can end before it.
 */
const shell = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -INT $server 2>/dev/null ) >/dev/null 2>&1 &
watcher=$!
wait $server
code=$?
kill $watcher 2>/dev/null
exit $code
`;

export const runServer = (
  dataDir: string,
  cluster: Cluster,
  port: number,
  { throwAway = false, environment = {} }: ServerOptions,
): RunningServer => {
  const logFile = join(dataDir, 'server.log');
  rotate(logFile);
  const output = openSync(logFile, 'a', 0o600);
  const from = statSync(logFile).size;
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      shell,
      'sh',
      cluster.binaries.postgres,
      '-D',
      cluster.folder,
      ...settingArguments(port, throwAway),
    ],
    {
      cwd: '/',
      detached: true,
      env: { ...bareEnvironment(), ...environment },
      stdio: ['pipe', output, output],
      ...credentials(cluster.account),
    },
  );
  closeSync(output);
  let exited = false;
  let failure = '';
  const ended = new Promise<void>((done) => {
    const finish = (error?: Error) => {
      failure = error?.message ?? '';
      exited = true;
      done();
    };
    child.once('exit', () => finish());
    child.once('error', finish);
  });
  // The pipe alone must keep nobody awake: a program that is done may simply end, and takes its server along.
  child.unref();
  const input = child.stdin;
  input?.on('error', () => undefined);
  (input as unknown as { unref?: () => void } | null)?.unref?.();
  return {
    exited: ended,
    hasExited: () => exited,
    words: () => failure + readFileSync(logFile).subarray(from).toString('utf8'),
    stop: async (mark) => {
      input?.end();
      await stopProcess(mark);
    },
  };
};

/** Fast shutdown; after 30 seconds immediate shutdown, from which the next start recovers. */
export const stopProcess = async (mark: ProcessMark): Promise<void> => {
  if (isAlive(mark)) signal(mark.pid, 'SIGINT');
  if (await waitUntilGone(mark, 30_000)) return;
  signal(mark.pid, 'SIGQUIT');
  await waitUntilGone(mark, 10_000);
};

const rotate = (logFile: string): void => {
  const limitBytes = 10_000_000;
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > limitBytes)
    renameSync(logFile, `${logFile}.1`);
};
