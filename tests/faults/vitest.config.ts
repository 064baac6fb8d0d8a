import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from '../vitest.config';

// Its projects are those of the tests: a trial that belonged to both would run twice.
const { projects: _projects, ...test } = base.test ?? {};

/** Long trials of what goes wrong: `npm run faults -- card-testing` runs one, without a name all. One file each. */
export default defineConfig({
  ...base,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { ...test, include: ['tests/faults/**/*.fault.ts'], testTimeout: 14_400_000, fileParallelism: false },
});
