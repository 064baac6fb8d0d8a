import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { type Announced, startAnnounced } from './announced';
import { root } from './bootstrap.mjs';
import { ensureBuild } from './build';
import { runProgram } from './programs.mjs';

/** What came out of a gate: test cases counted one by one, the gate itself not among them. */
export type Outcome = {
  readonly ok: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly reason?: string;
  /** All that its program wrote; the end of it is repeated when the gate failed. */
  readonly said?: string;
};

export type Gate = {
  readonly name: string;
  /** Words on the command line that choose this gate; its name is always one. */
  readonly words: readonly string[];
  /** A gate that must have passed, because this one stands on what it made. */
  readonly needs?: string;
  /** `words` are those of its words that were asked for, none meaning all. */
  readonly run: (words: readonly string[]) => Promise<Outcome>;
};

const reports = join(root, '.cache', 'reports');
const limitMs = 20 * 60_000;

/** A program of node_modules/.bin by its script, run by this Node. */
const tool = (script: string, ...args: string[]): string[] => [join(root, 'node_modules', script), ...args];

/** Variables that name databases, keys and addresses of the person who runs the tests. */
const personal =
  /^(.*DATABASE_(URL|ROLE_SECRET)|STRIPE_.*|S3_.*|SMTP_URL|MAIL_FROM|AUTH_SECRET|METRICS_TOKEN|PUBLIC_URL|DATA_DIR|PORT|HOST|ALLOW_STANDINS|DRAIN_SECONDS|LOG_(SIGNING_KEY|ORIGIN)|WITNESS_.*|NODE_ENV|CREDENTIALS_DIRECTORY|CLAMD_ADDRESS)(_FILE)?$/;

const cleanEnvironment = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => !personal.test(name));
  const FORCE_COLOR = process.stdout.isTTY ? '1' : '0';
  return { ...Object.fromEntries(kept), FORCE_COLOR, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'test' };
};

/** Shows what the program says as it says it, indented under its gate. */
const live = (text: string): void => {
  process.stdout.write(text);
};

/** A tool that passes or fails as a whole; it is heard only when it fails. */
const check = (name: string, args: string[]): Gate => ({
  name,
  words: ['static'],
  run: async () => {
    const { code, text } = await runProgram(process.execPath, args, {
      cwd: root,
      env: cleanEnvironment(),
      timeoutMs: limitMs,
    });
    if (code !== 0) live(`${text}\n`);
    return { ok: code === 0, passed: 0, failed: 0, said: text };
  },
});

/** The tests without a browser: those of some projects of tests/vitest.config.ts. */
const vitest = (name: string, projects: readonly string[], folders: readonly string[]): Gate => ({
  name,
  words: folders,
  run: async (words) => {
    const report = join(reports, `${name}.json`);
    rmSync(report, { force: true });
    const args = tool('vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts');
    const chosen = projects.flatMap((project) => ['--project', project]);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
    const { code, text } = await runProgram(
      process.execPath,
      [...args, ...chosen, ...words.map((word) => `tests/${word}/`), ...reporters],
      { cwd: root, env: cleanEnvironment(), onText: live, timeoutMs: limitMs },
    );
    if (!existsSync(report))
      return { ok: false, passed: 0, failed: 0, reason: 'no report was written', said: text };
    const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    const skipped = (counts['numPendingTests'] ?? 0) + (counts['numTodoTests'] ?? 0);
    // An error between the tests (while a file is set up or cleared away) fails no test of its own, and the run all the same.
    return {
      ...outcome(code, counts['numPassedTests'] ?? 0, counts['numFailedTests'] ?? 0, skipped),
      said: text,
    };
  },
});

let product: Announced | undefined;

/** What the browser drives. It starts beside other tests: its minute would be one in which a processor has nothing to do. */
const startProduct: Gate = {
  name: 'product',
  words: ['e2e', 'a11y'],
  needs: 'build',
  run: async () => {
    product = await startAnnounced({ ...cleanEnvironment(), EXAMPLES: '1' });
    return { ok: true, passed: 0, failed: 0 };
  },
};

const browser: Gate = {
  name: 'browser',
  words: ['e2e', 'a11y'],
  needs: 'product',
  run: async (words) => {
    try {
      return await inBrowser(words);
    } finally {
      await product?.end();
    }
  },
};

const inBrowser = async (words: readonly string[]): Promise<Outcome> => {
  const report = join(reports, 'playwright.json');
  rmSync(report, { force: true });
  const projects = words.map((word) => `--project=${word}`);
  const args = tool('@playwright/test/cli.js', 'test', '--config', 'tests/playwright.config.ts', ...projects);
  const { code, text } = await runProgram(process.execPath, [...args, '--reporter=list,json'], {
    cwd: root,
    env: { ...cleanEnvironment(), PLAYWRIGHT_JSON_OUTPUT_NAME: report, SHANLU_STACK_FILE: product?.file },
    onText: live,
    timeoutMs: limitMs,
  });
  if (!existsSync(report))
    return { ok: false, passed: 0, failed: 0, reason: 'no report was written', said: text };
  const { stats } = JSON.parse(readFileSync(report, 'utf8')) as { stats: Record<string, number> };
  const failed = (stats['unexpected'] ?? 0) + (stats['flaky'] ?? 0);
  return { ...outcome(code, stats['expected'] ?? 0, failed, stats['skipped'] ?? 0), said: text };
};

/** A test that was left out has not passed: it counts as failed, so that nothing goes missing quietly. */
const outcome = (code: number, passed: number, failed: number, skipped: number): Outcome => ({
  ok: code === 0 && failed === 0 && skipped === 0 && passed > 0,
  passed,
  failed: failed + skipped,
  ...(skipped > 0
    ? { reason: `${skipped} left out` }
    : passed === 0
      ? { reason: 'no test ran' }
      : code !== 0 && failed === 0
        ? { reason: 'an error outside of every test, see below' }
        : {}),
});

const build: Gate = {
  name: 'build',
  words: [],
  run: async () => {
    await ensureBuild();
    return { ok: true, passed: 0, failed: 0 };
  },
};

const demoCheck: Gate = {
  name: 'demo',
  words: [],
  needs: 'build',
  run: async () => {
    const { code, text } = await runProgram(process.execPath, ['lib/run/demo.mjs', '--check'], {
      cwd: root,
      env: cleanEnvironment(),
      onText: live,
      timeoutMs: limitMs,
    });
    return { ok: code === 0, passed: 0, failed: 0, said: text };
  },
};

const lint = check(
  'lint',
  tool('eslint/bin/eslint.js', '--config', 'tests/architecture/eslint.config.js', '--max-warnings', '0', '.'),
);

/**
 * In the order they run: what reads the code first, the whole product last. Gates of one stage keep one processor busy
 * each and run two at a time, the longest ahead; a stage begins when the one before it is over.
 */
export const stages: readonly (readonly Gate[])[] = [
  [
    // Rules that must know the types, by a checker written for machines: a fifth of the time they take in ESLint.
    check(
      'typed-lint',
      tool(
        'oxlint/bin/oxlint',
        '--type-aware',
        '--config',
        'tests/architecture/oxlint.json',
        'app',
        'lib',
        'db',
        'tests',
      ),
    ),
    check('format', tool('oxfmt/bin/oxfmt', '--check', '.')),
    // The compiler written for machines: the same answer in a tenth of the time. ESLint and Next still need the one with an API.
    check('types', tool('typescript-native/bin/tsc', '--noEmit')),
  ],
  [
    vitest(
      'vitest',
      ['side by side', 'own process', 'faults, a few'],
      ['rules', 'properties', 'architecture', 'contracts', 'db', 'stories', 'faults'],
    ),
  ],
  // These tests use one processor; the other builds the product, plays its main job and reads the code meanwhile.
  [
    vitest('vitest-alone', ['alone'], ['db', 'stories']),
    build,
    demoCheck,
    lint,
    check(
      'imports',
      tool(
        'dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        'tests/architecture/dependency-cruiser.cjs',
        'app',
        'lib',
        'db',
      ),
    ),
    check('deadcode', tool('knip/bin/knip.js', '--config', 'tests/architecture/knip.json')),
    startProduct,
  ],
  [browser],
];
