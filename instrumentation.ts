import type { Instrumentation } from 'next';
import type { noteFailure as takeNote } from './lib/server/failed-answer';

/** Set before the first request: an error must be noted at once, while its request waits for an answer. */
let noteFailure: typeof takeNote | undefined;

/**
 * Runs once before the server answers its first request: refuses to start on stand-ins nobody allowed, watches the
 * requests for what Next does not offer, and ends in order when it is told to.
 */
export const register = async (): Promise<void> => {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { productionProblems } = await import('./lib/env');
  const problems = productionProblems();
  if (problems.length > 0) {
    for (const problem of problems) console.error(problem);
    process.exit(1);
  }
  const { env } = await import('./lib/env');
  const { watchRequests } = await import('./lib/server/watch');
  watchRequests(env.TRUSTED_PROXIES);
  ({ noteFailure } = await import('./lib/server/failed-answer'));
  const { leaveInOrder } = await import('./lib/server/leaving');
  if (env.NODE_ENV === 'production') leaveInOrder(env.DRAIN_SECONDS);
};

/** What Next tells of an error that nobody caught, under the id that the visitor was told. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath }) => {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  noteFailure?.(error, request.method, request.headers);
  const { noteError } = await import('./lib/server/request-log');
  noteError(error, request.headers, routePath);
};
