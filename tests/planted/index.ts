import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUGS, type PlantedBug } from './bugs';

/**
 * `npm run test:planted`: plants each bug in a copy of the code, one at a time, and runs the tests that must catch it.
 * A bug that goes unnoticed is a test that cannot fail. `-- 3 7` plants only those.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const asked = process.argv.slice(2).map((word) => Number.parseInt(word, 10));
const copy = mkdtempSync(join(tmpdir(), 'shanlu-planted-'));
const environment = {
  ...process.env,
  CONTRACT_DATA: process.env['CONTRACT_DATA'] ?? resolve(root, '../shared/data'),
};

/** The tests of one file or several, in the copy; true when they pass. */
const passes = (tests: string): { readonly ok: boolean; readonly failed: number } => {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--config',
      'tests/vitest.config.ts',
      '--reporter=json',
      `--outputFile=${report}`,
      '--bail=1',
      ...tests.split(' '),
    ],
    { cwd: copy, env: environment, stdio: 'ignore' },
  );
  const { success, numFailedTests, numPassedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
    success: boolean;
    numFailedTests: number;
    numPassedTests: number;
  };
  return { ok: success && numPassedTests > 0, failed: numFailedTests };
};

const plant = ({ file, was, becomes }: PlantedBug): (() => void) => {
  const path = join(copy, file);
  const code = readFileSync(path, 'utf8');
  if (code.split(was).length !== 2)
    throw new Error(`${file} does not hold exactly once: ${was.trim().split('\n')[0]}`);
  writeFileSync(
    path,
    code.replace(was, () => becomes),
  );
  return () => writeFileSync(path, code);
};

let [caught, missed] = [0, 0];
try {
  for (const part of [
    'app',
    'lib',
    'db',
    'tests',
    'public',
    'package.json',
    'tsconfig.json',
    'next.config.js',
    'instrumentation.ts',
    'proxy.ts',
  ])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const part of ['node_modules', '.cache']) symlinkSync(join(root, part), join(copy, part));
  for (const [n, bug] of BUGS.entries()) {
    if (asked.length > 0 && !asked.includes(n + 1)) continue;
    const began = performance.now();
    const restore = plant(bug);
    const { ok, failed } = passes(bug.caughtBy);
    restore();
    // A copy that cannot run at all fails no test, and has proved nothing.
    const noticed = !ok && failed > 0;
    if (noticed) caught += 1;
    else missed += 1;
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${noticed ? '✓' : '✗'} ${String(n + 1).padStart(2)}  ${bug.what} (${seconds} s)`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${caught} caught, ${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;
