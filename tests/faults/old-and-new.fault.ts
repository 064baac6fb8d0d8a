import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { freePort } from '@/lib/run/launch/ports';
import { onStack } from '../bench/public-stack';
import { Balancer } from './balancer';
import { proofsOf } from './drill-world';
import { report } from './report';
import { secondsOf } from './settings';
import { askAlong, serve, work } from './web-load';

/** The matrix asks for ten minutes: LASTS=600. */
const SECONDS = secondsOf(60);

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** The last commit that did not know the newest migration: the version before this one, as far as the database goes. */
const commitBefore = (): string => {
  const newest = readdirSync('db/migrations').sort().at(-1) ?? '';
  return git(
    'rev-parse',
    `${git('log', '--diff-filter=A', '--format=%H', '-1', '--', `db/migrations/${newest}`)}^`,
  );
};

it(`the version before the newest migration and this one serve one database for ${SECONDS} s`, async () => {
  const commit = commitBefore();
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-before-'));
  const old = join(folder, 'checkout');
  git('worktree', 'add', '--detach', old, commit);
  try {
    // The same packages; as links to files, because a build follows no link that leads out of its folder.
    execFileSync('cp', ['-al', 'node_modules', join(old, 'node_modules')]);
    console.log(`Building ${commit.slice(0, 8)}`);
    execFileSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      cwd: old,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: 'ignore',
    });
    await onStack(async ({ environment, owner }) => {
      const ports = [await freePort(), await freePort()] as const;
      const balancer = new Balancer(ports, 500);
      const parts = [serve(ports[0], environment, old), serve(ports[1], environment), work(environment, old)];
      let load: ReturnType<typeof askAlong> | undefined;
      try {
        const url = await balancer.open();
        for (const port of ports) while (!balancer.takesRequests(port)) await sleep(100);
        load = askAlong(url, environment['STRIPE_WEBHOOK_SECRET'] ?? '', 'before');
        await sleep(SECONDS * 1_000);
        await load.stop();
        const { counts } = load;
        const offenders = Object.values(await proofsOf(owner)).reduce((sum, rows) => sum + rows, 0);
        report({
          row: 31,
          fault:
            'The version before the newest migration and this one (server and worker of each) on one database',
          runs: 1,
          seed: 0,
          command: `LASTS=${SECONDS} npm run faults -- old-and-new`,
          invariants: 'both are ready; no request fails; all proofs',
          figure: {
            before: commit.slice(0, 8),
            seconds: SECONDS,
            requests: counts.asked,
            failed: counts.failed.length,
            deliveries: counts.told.length,
            proofOffenders: offenders,
          },
        });
        expect(counts.failed.slice(0, 10)).toEqual([]);
        expect(counts.asked).toBeGreaterThan(SECONDS);
        expect(offenders).toBe(0);
      } finally {
        balancer.close();
        await load?.stop();
        for (const part of parts) part.kill('SIGKILL');
      }
    });
  } finally {
    git('worktree', 'remove', '--force', old);
    rmSync(folder, { recursive: true, force: true });
  }
});
