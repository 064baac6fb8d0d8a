import { env, productionProblems } from '../env';
import { workerLog } from '../jobs/log';
import { SERVICES, TASKS } from '../jobs/tasks';
import { startWorker } from '../jobs/worker';

/** `npm run worker`: mail, payment events, the public log, upkeep. Any number of them may run side by side. */
const problems = productionProblems();
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  process.exit(1);
}

const worker = await startWorker({
  databaseUrl: env.appDatabaseUrl,
  tasks: TASKS,
  services: SERVICES,
  log: workerLog(),
});

let asked = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    // The second signal means now; jobs in hand come back through the heartbeat.
    if (asked) process.exit(1);
    asked = true;
    void worker.stop().then(() => process.exit(0));
  });
