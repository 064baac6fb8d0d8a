import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

import { browserOptions } from './support/browser';
import { announcedUrl } from './support/stack';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  testDir: here('.'),
  outputDir: here('../test-results'),
  // One whole product for all tests, on throw-away data.
  globalSetup: here('support/stack-server.ts'),
  projects: [
    { name: 'e2e', testMatch: 'e2e/**/*.spec.ts' },
    { name: 'a11y', testMatch: 'a11y/**/*.spec.ts' },
    // What changes the one campaign of the story for everybody; alone with --no-deps.
    { name: 'after', testMatch: 'after/**/*.spec.ts', dependencies: ['e2e', 'a11y'] },
  ],
  // One more than there are processors in the machines these run on: a journey waits for mail, clocks and pages half of its time.
  workers: 3,
  // A test that needs a second try is a test that fails some day: none is given.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: announcedUrl(),
    launchOptions: await browserOptions(),
    timezoneId: 'Asia/Shanghai',
    // Recording every step of every test took a third of all the time: `-- --trace on` for the one that is looked into.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
