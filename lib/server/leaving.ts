import type { ServerResponse } from 'node:http';

/** How long requests that were being answered may take once nothing new comes in. */
const FINISH_MS = 10_000;

// On globalThis: Next loads what runs at the start and what answers requests as separate copies of this module.
const held = globalThis as { shanluLeaving?: 'answering' | 'finishing' };

/** Whether this process was told to end and only finishes what it has. */
export const isLeaving = (): boolean => held.shanluLeaving !== undefined;

/**
 * While leaving, every answer is the last on its connection: whoever keeps connections opens the next one elsewhere. An
 * answer that was begun before has promised to keep its own; once the port is closed that connection is closed as well,
 * or the process would wait for it.
 */
export const lastOnItsConnection = (response: ServerResponse): void => {
  if (isLeaving()) response.shouldKeepAlive = false;
  const { socket } = response;
  response.once('finish', () => {
    if (held.shanluLeaving === 'finishing') socket?.end();
  });
};

/**
 * On SIGTERM: say at /api/ready that no more requests should be sent here, answer all that still come for
 * `drainSeconds` (as long as the proxy in front takes to notice), then let Next stop listening and finish, and end after
 * ten seconds whatever hangs. Without the wait, requests that are on their way when the port closes would be lost.
 *
 * Next has put its own handlers in place when instrumentation.ts runs; they are kept for later.
 */
export const leaveInOrder = (drainSeconds: number): void => {
  const next = process.listeners('SIGTERM');
  process.removeAllListeners('SIGTERM');
  process.once('SIGTERM', () => {
    held.shanluLeaving = 'answering';
    setTimeout(() => {
      held.shanluLeaving = 'finishing';
      process.on('SIGTERM', () => process.exit(143));
      setTimeout(() => process.exit(143), FINISH_MS).unref();
      for (const finish of next) void finish.call(process, 'SIGTERM');
    }, drainSeconds * 1_000);
  });
};
