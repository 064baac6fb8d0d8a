import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
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

/**
 * Files that set the environment, which is read when a module is loaded, or put something else in the place of a module.
 * They need a process of their own; all others share a few, which halves the time of the rules: starting a process and
 * loading the product took longer than asking them.
 */
const CHANGES_WHAT_IS_LOADED =
  /\bprocess\.env\[[^\]]+\] (?:\?\?)?= |\bvi\.(?:mock|resetModules)\(|support\/(?:settings|route-settings|routes)'/u;

const OWN_PROCESS = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `tests/${file.replaceAll('\\', '/')}`)
  .filter((file) => CHANGES_WHAT_IS_LOADED.test(readFileSync(join(root, file), 'utf8')));

/** The longest files (about a minute each): taken last they would leave all workers but one with nothing to do. */
const LONG =
  /\/(?:properties\/model-\d|db\/embedded|contracts\/audit|contracts\/files\/photograph|rules\/reconciliation\/large-files)\.test\.ts$/u;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    // Kinds one after another, for a process is shared by files that follow one another.
    const kind = ({ moduleId, project }: TestSpecification): number =>
      LONG.test(moduleId) ? 0 : project.config.isolate ? 1 : 2;
    return [0, 1, 2].flatMap((one) => usual.filter((file) => kind(file) === one));
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
          exclude: ['node_modules/**', ...ALONE, ...OWN_PROCESS],
          isolate: false,
          // One worker more than processors: a test of the database spends half of its time on the way to it and back.
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'own process',
          include: OWN_PROCESS,
          exclude: ['node_modules/**', ...ALONE],
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
