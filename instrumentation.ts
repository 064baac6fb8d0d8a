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
  const { watchRequests } = await import('./lib/server/watch');
  watchRequests();
  const { env } = await import('./lib/env');
  const { leaveInOrder } = await import('./lib/server/leaving');
  if (env.NODE_ENV === 'production') leaveInOrder(env.DRAIN_SECONDS);
};
