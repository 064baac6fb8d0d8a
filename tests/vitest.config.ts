import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = fileURLToPath(new URL('..', import.meta.url));

const EVERY = 'tests/{rules,properties,db,stories,contracts,architecture}/**/*.test.ts';
/**
 * Folding balances and appending to the log leave out what a running transaction may still come before, and PostgreSQL
 * counts the transactions of every database of a server. These files say how much is taken at once, so they run by
 * themselves after the others.
 */
const ALONE = [
  'tests/db/{concurrency-money,jobs,letters}.test.ts',
  'tests/db/proof-*.test.ts',
  'tests/stories/{maling,judges}.test.ts',
];

/** The longest files (about a minute each): taken last they would leave all workers but one with nothing to do. */
const LONG =
  /\/(?:properties\/model-\d|db\/embedded|contracts\/files\/photograph|rules\/reconciliation\/large-files)\.test\.ts$/u;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...usual.filter(isLong), ...usual.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // `server-only` throws outside React's server build; the guard itself is proved by the import rules.
      { find: 'server-only', replacement: fileURLToPath(new URL('support/empty.ts', import.meta.url)) },
    ],
  },
  test: {
    // Every command needs it: what is kept of its input is a keyed hash.
    env: { AUTH_SECRET: 'secret-of-the-tests-0123456789abcdef' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    globalSetup: [fileURLToPath(new URL('support/database-server.ts', import.meta.url))],
    sequence: { sequencer: LongestFirst },
    setupFiles: [fileURLToPath(new URL('support/no-console-errors.ts', import.meta.url))],
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: [EVERY],
          exclude: ['node_modules/**', ...ALONE],
          // One worker more than processors: a test of the database spends half of its time on the way to it and back.
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          // Two of the long trials of `npm run faults`, with a handful of runs each.
          name: 'faults, a few',
          include: ['tests/faults/{cut-line,provider-storm}.fault.ts'],
          env: { FAULTS: 'short' },
          // They wait for what they broke to come back, on a busy machine for long.
          testTimeout: 300_000,
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
