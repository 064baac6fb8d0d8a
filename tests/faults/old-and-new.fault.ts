import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { report } from './report';

/** The acts of money, and what the pages of that time read: each with the proofs and answers that version expected. */
const TESTS = ['donations', 'pledges', 'payments', 'disclosure'].map((name) => `tests/db/${name}.test.ts`);

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** The last commit that did not know the newest migration: the version before this one, as far as the database goes. */
const commitBefore = (): string => {
  const newest = readdirSync('db/migrations').sort().at(-1) ?? '';
  return git(
    'rev-parse',
    `${git('log', '--diff-filter=A', '--format=%H', '-1', '--', `db/migrations/${newest}`)}^`,
  );
};

type Results = { readonly numPassedTests: number; readonly numFailedTests: number };

it('the acts of the version before the newest migration do on the newest schema what they did on theirs', () => {
  const commit = commitBefore();
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-before-'));
  const old = join(folder, 'checkout');
  git('worktree', 'add', '--quiet', '--detach', old, commit);
  try {
    // The same packages, as links to the files: what is resolved from there must lie there.
    execFileSync('cp', ['-al', 'node_modules', join(old, 'node_modules')]);
    cpSync('db/migrations', join(old, 'db', 'migrations'), { recursive: true });
    const file = join(folder, 'results.json');
    const done = spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--config',
        'tests/vitest.config.ts',
        '--reporter=json',
        `--outputFile=${file}`,
        ...TESTS,
      ],
      { cwd: old, env: { ...process.env, VITEST: undefined, NODE_ENV: 'test' }, encoding: 'utf8' },
    );
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(
      readFileSync(file, 'utf8'),
    ) as Results;
    report({
      row: 31,
      fault: 'Acts and public views of the version before the newest migration, on the newest schema',
      runs: 1,
      seed: 0,
      command: 'npm run faults -- old-and-new',
      invariants:
        'every test of that version holds: answers, rows, books, refusals (its servers are not started)',
      figure: { before: commit.slice(0, 8), testsPassed: passed, testsFailed: failed },
    });
    expect(failed, done.stderr.slice(-2_000)).toBe(0);
    expect(passed).toBeGreaterThan(30);
  } finally {
    git('worktree', 'remove', '--force', old);
    rmSync(folder, { recursive: true, force: true });
  }
});
