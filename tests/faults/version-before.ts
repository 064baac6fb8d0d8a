import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** The last commit that did not know the newest migration: the version before this one, as far as the database goes. */
const commitBefore = (): string => {
  const newest = readdirSync('db/migrations').sort().at(-1) ?? '';
  return git(
    'rev-parse',
    `${git('log', '--diff-filter=A', '--format=%H', '-1', '--', `db/migrations/${newest}`)}^`,
  );
};

export type VersionBefore = {
  readonly commit: string;
  /** A whole checkout of it, with its packages. */
  readonly checkout: string;
  /** For what the trial writes; gone with the checkout. */
  readonly folder: string;
};

/** Does something with a checkout of the version before the newest migration, for as long as that takes. */
export const withVersionBefore = async <T>(use: (before: VersionBefore) => Promise<T>): Promise<T> => {
  const commit = commitBefore();
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-before-'));
  const checkout = join(folder, 'checkout');
  git('worktree', 'add', '--quiet', '--detach', checkout, commit);
  try {
    const lockOf = (version: string): string => git('rev-parse', `${version}:package-lock.json`);
    // The same packages, as links to the files: what is resolved from there must lie there. Others are installed.
    if (lockOf(commit) === lockOf('HEAD'))
      execFileSync('cp', ['-al', 'node_modules', join(checkout, 'node_modules')]);
    else execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: checkout, stdio: 'ignore' });
    return await use({ commit: commit.slice(0, 8), checkout, folder });
  } finally {
    git('worktree', 'remove', '--force', checkout);
    rmSync(folder, { recursive: true, force: true });
  }
};
