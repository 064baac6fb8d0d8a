import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { tsProgram } from '@/lib/run/launch/children';
import { freePort } from '@/lib/run/launch/ports';
import { onStack } from '../bench/public-stack';
import { signature } from '../stripe-standin/delivery';
import { Balancer } from './balancer';
import { p95 } from './load';
import { report } from './report';
import { runsOf } from './settings';

const RUNS = runsOf(20);
/** Of the product (DRAIN_SECONDS) and of the proxy: it must have looked at least once before the port closes. */
const DRAIN_SECONDS = 2;
const LOOK_MS = 500;
/** Between one restart and the next. */
const REQUESTS = 500;
const PAGES = [
  '/zh-Hans',
  '/en/roads/ML-07',
  '/zh-Hant/ledger',
  '/api/v1/entries?limit=20',
  '/log/checkpoint',
];

type Counts = { asked: number; told: string[]; failed: string[] };

it(`two servers and two workers restarted in turn, ${RUNS} times under load: no request fails`, async () => {
  await onStack(async ({ environment, owner }) => {
    const ports = [await freePort(), await freePort()];
    const settings = { ...process.env, ...environment, DRAIN_SECONDS: String(DRAIN_SECONDS) };
    const serve = (port: number): ChildProcess =>
      spawn(
        process.execPath,
        ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)],
        { env: { ...settings, PORT: String(port) }, stdio: 'ignore' },
      );
    const work = (): ChildProcess =>
      spawn(process.execPath, tsProgram('lib/run/worker.ts'), { env: settings, stdio: 'ignore' });
    const balancer = new Balancer(ports, LOOK_MS);
    const servers = ports.map(serve);
    let worker = work();
    const counts: Counts = { asked: 0, told: [], failed: [] };
    let on = true;
    try {
      const url = await balancer.open();
      for (const port of ports) while (!balancer.takesRequests(port)) await sleep(100);
      const hands = [1, 2, 3, 4].map((n) => readAlong(url, n, () => on, counts));
      hands.push(tellAlong(url, environment['STRIPE_WEBHOOK_SECRET'] ?? '', () => on, counts));
      const endMs: number[] = [];
      const codes: Record<string, number> = {};
      for (let run = 0; run < RUNS; run += 1) {
        const at = run % servers.length;
        const [server, port] = [servers[at], ports[at]];
        if (server === undefined || port === undefined) throw new Error('no such server');
        while (counts.asked < (run + 1) * REQUESTS) await sleep(20);
        const [took, code] = await ended(server);
        endMs.push(took);
        codes[code] = (codes[code] ?? 0) + 1;
        servers[at] = serve(port);
        while (!balancer.takesRequests(port)) await sleep(50);
        if (at === 1) {
          await ended(worker);
          worker = work();
        }
        console.log(
          `restart ${run + 1} of ${RUNS}: ended after ${Math.round(took)} ms, ${counts.asked} requests`,
        );
      }
      on = false;
      await Promise.all(hands);
      const kept = await owner
        .selectFrom('stripe_event')
        .select('event_id')
        .where('event_id', 'like', 'evt_rolling_%')
        .execute();
      const there = new Set(kept.map(({ event_id: id }) => id));
      report({
        row: 5,
        fault:
          'Rolling restart (SIGTERM) of two servers and a worker behind a proxy that asks /api/ready and tries nothing twice',
        runs: RUNS,
        seed: 0,
        command: `RUNS=${RUNS} npm run faults -- rolling-restart`,
        invariants:
          'no 5xx, no cut or refused reply, every answered delivery kept; each ends by itself within 10 s',
        figure: {
          requests: counts.asked,
          failed: counts.failed.length,
          deliveries: counts.told.length,
          lost: counts.told.filter((id) => !there.has(id)).length,
          endP95Ms: Math.round(p95(endMs)),
          drainS: DRAIN_SECONDS,
        },
      });
      expect(counts.failed.slice(0, 10)).toEqual([]);
      expect(counts.asked).toBeGreaterThanOrEqual(RUNS * REQUESTS);
      expect(counts.told.filter((id) => !there.has(id))).toEqual([]);
      expect(codes).toEqual({ 143: RUNS });
      expect(Math.max(...endMs)).toBeLessThan((DRAIN_SECONDS + 10) * 1_000);
    } finally {
      on = false;
      balancer.close();
      for (const child of [...servers, worker]) child.kill('SIGKILL');
    }
  });
});

/** SIGTERM; how long it took to end, and with which code. */
const ended = async (child: ChildProcess): Promise<[number, string]> => {
  const at = performance.now();
  const gone = once(child, 'exit') as Promise<[number | null, string | null]>;
  child.kill('SIGTERM');
  const [code, signal] = await gone;
  return [performance.now() - at, String(code ?? signal)];
};

const readAlong = async (url: string, hand: number, on: () => boolean, counts: Counts): Promise<void> => {
  for (let n = hand; on(); n += 1) {
    const path = PAGES[n % PAGES.length] ?? '/';
    // Each reader comes from a network of their own, or the budget of one would be measured.
    const from = `10.${hand}.${Math.floor(n / 250) % 250}.${n % 250}`;
    const answer = await asked(`${url}${path}`, { headers: { 'X-Forwarded-For': from } });
    counts.asked += 1;
    if (answer !== 200) counts.failed.push(`${path}: ${answer}`);
  }
};

const tellAlong = async (url: string, secret: string, on: () => boolean, counts: Counts): Promise<void> => {
  for (let n = 0; on(); n += 1) {
    const id = `evt_rolling_${n}`;
    const seconds = Math.floor(Date.now() / 1000);
    const body = JSON.stringify({
      id,
      object: 'event',
      api_version: '2026-10-28.endive',
      created: seconds,
      livemode: false,
      type: 'charge.updated',
      data: { object: { id: `ch_rolling_${n}`, object: 'charge' } },
    });
    const answer = await asked(`${url}/api/stripe/webhook`, {
      method: 'POST',
      body,
      headers: { 'stripe-signature': signature(body, secret, seconds) },
    });
    counts.asked += 1;
    if (answer === 200) counts.told.push(id);
    else counts.failed.push(`webhook: ${answer}`);
    await sleep(20);
  }
};

/** The status, once the whole answer has come; otherwise what broke. */
const asked = async (url: string, init: RequestInit): Promise<number | string> => {
  try {
    const answer = await fetch(url, { ...init, redirect: 'manual' });
    const text = await answer.text();
    return answer.status === 502 ? text : answer.status;
  } catch (error) {
    return error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error);
  }
};
