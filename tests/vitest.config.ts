import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

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
    include: ['tests/{rules,properties,db,stories,contracts,architecture}/**/*.test.ts'],
    exclude: ['node_modules/**'],
    // Every command needs it: what is kept of its input is a keyed hash.
    env: { AUTH_SECRET: 'secret-of-the-tests-0123456789abcdef' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // One worker per processor; Vitest alone would leave one of two idle.
    maxWorkers: Math.max(2, availableParallelism()),
    globalSetup: [fileURLToPath(new URL('support/database-server.ts', import.meta.url))],
    setupFiles: [fileURLToPath(new URL('support/no-console-errors.ts', import.meta.url))],
  },
});
