import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../vitest.config';

/** Long trials of what goes wrong: `npm run faults -- card-testing` runs one, without a name all. One file each. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  defineConfig({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    test: { include: ['tests/faults/**/*.fault.ts'], testTimeout: 3_600_000, fileParallelism: false },
  }),
);
