import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until it holds; throws when it does not within so many milliseconds, naming what was waited for. */
export const until = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> => {
  for (const deadline = performance.now() + withinMs; !(await holds()); await sleep(20))
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
};
