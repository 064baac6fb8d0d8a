import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type EmbeddedServer, startEmbedded } from '@/db/embedded';
import { commandLineOf, isAlive, markOf, parentOf, type ProcessMark } from '@/db/embedded/processes';

import { endOnSignal } from './bootstrap.mjs';
import { type Child, deathOf, type Environment, startChild } from './children';
import { forgetInstance, noteInstance } from './instance';
import { say, sentenceOf } from './terminal.mjs';

/** Keeps a stack together: what it started runs, and ends in order when any reason to end comes up. */
export type Supervisor = {
  readonly start: (name: string, args: string[], env: Environment) => Child;
  readonly startDatabase: (throwAway: boolean) => Promise<EmbeddedServer>;
  /** Ends everything in order. */
  readonly stop: () => Promise<void>;
  /** Says why (for a failure), ends everything in order and then this process. The first call decides the code. */
  readonly end: (reason: unknown, code: number) => Promise<never>;
};

const graceful = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export const supervise = (
  dataDir: string,
  url: string,
  onStopped: (anythingRan: boolean) => void,
): Supervisor => {
  const children: Child[] = [];
  let database: EmbeddedServer | undefined;
  let stopping: Promise<void> | undefined;
  let ending: Promise<never> | undefined;

  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      try {
        noteInstance(dataDir, { url, children, stopping: true });
      } catch {
        // On a full disk there is nothing to write to, and still everything to end.
      }
      await Promise.all(children.map((child) => child.stop()));
      // Whoever uses the database is gone before it.
      await database?.stop();
      forgetInstance(dataDir);
      onStopped(children.length > 0 || database !== undefined);
    })());

  const end = (reason: unknown, code: number): Promise<never> =>
    (ending ??= (async () => {
      if (reason !== undefined) process.stderr.write(`\n${sentenceOf(reason) ?? stackOf(reason)}\n`);
      await stop();
      return process.exit(code);
    })());

  for (const signal of graceful) {
    process.removeListener(signal, endOnSignal);
    // A second signal does not wait any longer; the leashes end the rest.
    process.once(signal, () => {
      process.once(signal, () => process.exit(130));
      void end(undefined, 0);
    });
  }
  const parents = parentsOfThisRun();
  const whileRunning = async (look: () => Promise<void>) => {
    while (stopping === undefined) {
      await look().catch((error: unknown) => end(error, 1));
      await sleep(1_000, undefined, { ref: false });
    }
  };
  void whileRunning(async () => {
    // npm was killed in a way it could not pass on: without it nobody could end us from the terminal.
    if (!parents.every(isAlive)) await end(undefined, 0);
  });

  return {
    stop,
    end,
    start: (name, args, env) => {
      const child = startChild(name, args, env, join(dataDir, 'logs', `${name}.log`));
      children.push(child);
      noteInstance(dataDir, { url, children, stopping: false });
      void child.exited.then(() => (stopping === undefined ? end(deathOf(child), 1) : undefined));
      return child;
    },
    startDatabase: async (throwAway) => {
      const folder = join(dataDir, 'postgres');
      database = await startEmbedded({ dataDir: folder, log: say, throwAway });
      const { port } = database;
      void whileRunning(async () => {
        // It crashed, or it was another launcher's and ended with that one. The programs reconnect by themselves.
        if (database === undefined || markOf(database.pid) !== undefined) return;
        database = await startEmbedded({ dataDir: folder, port, log: say, throwAway });
        say('PostgreSQL had ended and was started again.');
      });
      return database;
    },
  };
};

/** npm above us, and the shell between npm and us where there is one. Empty when started without npm. */
const parentsOfThisRun = (): ProcessMark[] => {
  if (process.env['npm_lifecycle_event'] === undefined) return [];
  const parent = markOf(process.ppid);
  if (parent === undefined) return [];
  const isShell = /^(\S*\/)?(ba|da|z|k)?sh\s/.test(commandLineOf(parent.pid));
  const grandparent = isShell ? markOf(parentOf(parent.pid)) : undefined;
  return grandparent === undefined ? [parent] : [parent, grandparent];
};

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
