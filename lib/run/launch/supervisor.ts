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
  /** From now on a part that dies is started again, instead of ending the whole. */
  readonly keepRunning: () => void;
  readonly startDatabase: (throwAway: boolean) => Promise<EmbeddedServer>;
  /** Ends everything in order. */
  readonly stop: () => Promise<void>;
  /** Says why (for a failure), ends everything in order and then this process. The first call decides the code. */
  readonly end: (reason: unknown, code: number) => Promise<never>;
};

type Part = {
  readonly name: string;
  readonly args: string[];
  readonly env: Environment;
  /** When it died before, on the clock of performance.now(). */
  readonly deaths: readonly number[];
};

const deathsAllowedPerMinute = 5;

const graceful = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export const supervise = (
  dataDir: string,
  url: string,
  onStopped: (anythingRan: boolean) => void,
): Supervisor => {
  const children = new Map<string, Child>();
  let mayRestart = false;
  let database: EmbeddedServer | undefined;
  let stopping: Promise<void> | undefined;
  let ending: Promise<never> | undefined;

  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      try {
        noteInstance(dataDir, { url, children: [...children.values()], stopping: true });
      } catch {
        // On a full disk there is nothing to write to, and still everything to end.
      }
      await Promise.all([...children.values()].map((child) => child.stop()));
      // Whoever uses the database is gone before it.
      await database?.stop();
      forgetInstance(dataDir);
      onStopped(children.size > 0 || database !== undefined);
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

  const startPart = (part: Part): Child => {
    const child = startChild(part.name, part.args, part.env, join(dataDir, 'logs', `${part.name}.log`));
    children.set(part.name, child);
    noteInstance(dataDir, { url, children: [...children.values()], stopping: false });
    void child.exited.then(() => {
      if (stopping !== undefined) return;
      const recent = [...part.deaths, performance.now()].filter((at) => performance.now() - at < 60_000);
      // Once in a while a part may die; one that dies again and again would only fill the disk with logs.
      if (!mayRestart || recent.length > deathsAllowedPerMinute) {
        void end(deathOf(child), 1);
        return;
      }
      say(`The part “${part.name}” had ended and was started again (${child.logFile}.1).`);
      startPart({ ...part, deaths: recent });
    });
    return child;
  };

  return {
    stop,
    end,
    start: (name, args, env) => startPart({ name, args, env, deaths: [] }),
    keepRunning: () => {
      mayRestart = true;
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
