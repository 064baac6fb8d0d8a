import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/lib/run/launch/ports';
import { WEBHOOK_SECRET } from '../stripe-standin/testing';
import { bundled } from './bundle';
import type { Asked } from './load';

export type App = {
  readonly child: ChildProcess;
  readonly gift: (key: string) => Promise<Asked>;
  readonly stop: () => Promise<void>;
};

type How = {
  /** What the shell is told before it becomes the program, such as `ulimit -n 64`. */
  readonly limit?: string;
  readonly node?: readonly string[];
};

/** A server of the product's acts in a process of its own, taking gifts. */
export const startApp = async (url: string, { limit = ':', node = [] }: How = {}): Promise<App> => {
  const program = await bundled('tests/faults/app-child.ts');
  const port = await freePort();
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      `${limit}; exec "$@"`,
      'sh',
      process.execPath,
      ...node,
      program,
      url,
      String(port),
      'nowhere',
      '0',
      WEBHOOK_SECRET,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const base = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${base}/alive`).then(
      () => true,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`the app ended with ${child.exitCode}`);
    await sleep(50);
  }
  return {
    child,
    gift: (key) => ask(`${base}/gift/${encodeURIComponent(key)}`),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

/** Asks and says what it came to; a connection that breaks leaves it in doubt. */
export const ask = async (
  url: string,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<Asked> => {
  try {
    const answer = await fetch(url, { method: 'POST', body, headers });
    const text = await answer.text();
    return answer.status === 200 ? { done: text } : { doubt: text === '' ? String(answer.status) : text };
  } catch {
    return { doubt: 'no answer' };
  }
};
