/**
 * Runs once before the server answers its first request: refuses to start on stand-ins nobody allowed, and watches the
 * requests for what Next does not offer.
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
};
