import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { prove } from '@/lib/proofs/proofs.queries';
import { freePort } from '@/lib/run/launch/ports';
import { lastLines, runProgram } from '@/lib/run/launch/programs.mjs';
import { onStack, type BenchStack } from '../bench/public-stack';
import { until } from '../support/until';
import { Balancer } from './balancer';
import { report } from './report';
import { secondsOf } from './settings';
import { withVersionBefore, type VersionBefore } from './version-before';
import { askAlong, deliveriesLost, ended, giveWithoutScript, promisesOf, serve, work } from './web-load';

/** The acts of money, and what the pages of that time read: each with the proofs and answers that version expected. */
const TESTS = ['donations', 'pledges', 'payments', 'disclosure'].map((name) => `tests/db/${name}.test.ts`);
const LASTS = secondsOf(600);
const GIVERS = 3;

it('the version before the newest migration works on the newest schema, also beside the newest version', () =>
  withVersionBefore(async (before) => {
    const side = await onStack((stack) => sideBySide(stack, before));
    const tests = await testsOnNewestSchema(before);
    report({
      row: 31,
      fault:
        'A server and a worker of the version before the newest migration beside ones of this version on the newest schema, requests shared out in turn',
      runs: side.requests,
      seed: 0,
      command: `LASTS=${LASTS} npm run faults -- old-and-new`,
      invariants:
        'no request fails; a form of one version is taken by the other, and every giver comes to their transfer card; every answered delivery is kept; all proofs; every test of that version about money and publication holds on this schema',
      figure: { before: before.commit, seconds: LASTS, ...side.figure, ...tests },
    });
    expect(side.failed.slice(0, 10)).toEqual([]);
    expect(side.figure).toMatchObject({ failed: 0, deliveriesLost: 0, brokenProofs: 0 });
    expect(side.figure.promises).toBe(side.figure.givers);
    expect(Math.min(...side.figure.servedByOldAndNew)).toBeGreaterThan(side.requests / 4);
    expect(tests.testsFailed).toBe(0);
    expect(tests.testsPassed).toBeGreaterThan(30);
  }));

type Results = { readonly numPassedTests: number; readonly numFailedTests: number };

/** What that version's own tests say of its acts and public views once its migrations are today's. */
const testsOnNewestSchema = async ({ checkout, folder }: VersionBefore) => {
  cpSync('db/migrations', join(checkout, 'db', 'migrations'), { recursive: true });
  const file = join(folder, 'results.json');
  const runner = join('node_modules', 'vitest', 'vitest.mjs');
  const options = ['--config', 'tests/vitest.config.ts', '--reporter=json', `--outputFile=${file}`];
  const { text } = await runProgram(process.execPath, [runner, 'run', ...options, ...TESTS], {
    cwd: checkout,
    env: { ...process.env, VITEST: undefined, NODE_ENV: 'test' },
  });
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as Results;
    return { testsPassed: results.numPassedTests, testsFailed: results.numFailedTests };
  } catch {
    throw new Error(`the tests of that version told nothing:\n${lastLines(text, 30)}`);
  }
};

const sideBySide = async ({ environment, owner }: BenchStack, { checkout }: VersionBefore) => {
  // Names the actions of every build the same; that version may not have done so yet.
  await import('../../next.config.js');
  const built = await runProgram(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    cwd: checkout,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (built.code !== 0) throw new Error(`that version was not built:\n${lastLines(built.text, 30)}`);

  const [oldPort, newPort] = [await freePort(), await freePort()];
  const balancer = new Balancer([oldPort, newPort], 500);
  const url = await balancer.open();
  const settings = { ...environment, PUBLIC_URL: url, TRUSTED_PROXIES: '1' };
  const children = [serve(oldPort, settings, checkout), serve(newPort, settings), work(settings, checkout)];
  try {
    for (const port of [oldPort, newPort])
      await until('a ready server', () => Promise.resolve(balancer.takesRequests(port)), 60_000);
    const load = askAlong(url, environment['STRIPE_WEBHOOK_SECRET'] ?? '', 'versions');
    const givers = new Givers(url);
    const failedToGive = givers.give();
    await sleep(LASTS * 1000);
    givers.stop();
    const failed = [...(await failedToGive), ...(await load.stop(), load.counts.failed)];
    await until('both versions to say the same', () => sayTheSame(oldPort, newPort), 60_000);
    return {
      requests: load.counts.asked,
      failed,
      figure: {
        requests: load.counts.asked,
        failed: failed.length,
        servedByOldAndNew: [oldPort, newPort].map((port) => balancer.served(port)),
        givers: givers.count,
        promises: await promisesOf(owner, givers.name),
        deliveries: load.counts.told.length,
        deliveriesLost: (await deliveriesLost(owner, 'versions', load.counts.told)).length,
        brokenProofs: (await prove(owner)).filter(({ offenders }) => offenders !== 0n).length,
      },
    };
  } finally {
    balancer.close();
    for (const child of children) await ended(child);
  }
};

/** People who give without script; each page of theirs comes from the one version or the other. */
class Givers {
  readonly name = `versions-${Date.now().toString(36)}`;
  count = 0;
  private on = true;

  constructor(private readonly url: string) {}

  stop(): void {
    this.on = false;
  }

  /** Until they are stopped; answers what went wrong. */
  async give(): Promise<string[]> {
    const failed: string[] = [];
    const hand = async (): Promise<void> => {
      while (this.on) {
        this.count += 1;
        const from = `10.7.${Math.floor(this.count / 250)}.${this.count % 250}`;
        const email = `${this.name}-${this.count}@example.org`;
        try {
          await giveWithoutScript(this.url, { from, email });
        } catch (error) {
          failed.push(String(error));
        }
      }
    };
    await Promise.all(Array.from({ length: GIVERS }, hand));
    return failed;
  }
}

const sayTheSame = async (...ports: number[]): Promise<boolean> => {
  const said = await Promise.all(
    ports.map(async (port) => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/campaigns`, {
        headers: { 'X-Forwarded-For': `10.6.0.${port % 250}` },
      });
      return JSON.stringify(((await answer.json()) as { data: unknown }).data);
    }),
  );
  return new Set(said).size === 1;
};
