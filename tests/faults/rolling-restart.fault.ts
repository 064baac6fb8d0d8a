import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { freePort } from '@/lib/run/launch/ports';
import { onStack } from '../bench/public-stack';
import { Balancer } from './balancer';
import { p95 } from './load';
import { report } from './report';
import { runsOf } from './settings';
import { askAlong, deliveriesLost, ended, serve, work } from './web-load';

const RUNS = runsOf(20);
/** Of the product (DRAIN_SECONDS) and of the proxy: it must have looked at least once before the port closes. */
const DRAIN_SECONDS = 2;
const LOOK_MS = 500;
/** Between one restart and the next. */
const REQUESTS = 500;

it(`two servers and a worker restarted in turn, ${RUNS} times under load: no request fails`, async () => {
  await onStack(async ({ environment, owner }) => {
    const ports = [await freePort(), await freePort()];
    const settings = { ...environment, DRAIN_SECONDS: String(DRAIN_SECONDS) };
    const balancer = new Balancer(ports, LOOK_MS);
    const servers = ports.map((port) => serve(port, settings));
    let worker = work(settings);
    let load: ReturnType<typeof askAlong> | undefined;
    try {
      const url = await balancer.open();
      for (const port of ports) while (!balancer.takesRequests(port)) await sleep(100);
      load = askAlong(url, environment['STRIPE_WEBHOOK_SECRET'] ?? '', 'rolling');
      const { counts } = load;
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
        servers[at] = serve(port, settings);
        while (!balancer.takesRequests(port)) await sleep(50);
        if (at === 1) {
          await ended(worker);
          worker = work(settings);
        }
        console.log(
          `restart ${run + 1} of ${RUNS}: ended after ${Math.round(took)} ms, ${counts.asked} requests`,
        );
      }
      await load.stop();
      const lost = await deliveriesLost(owner, 'rolling', counts.told);
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
          lost: lost.length,
          endP95Ms: Math.round(p95(endMs)),
          drainS: DRAIN_SECONDS,
        },
      });
      expect(counts.failed.slice(0, 10)).toEqual([]);
      expect(counts.asked).toBeGreaterThanOrEqual(RUNS * REQUESTS);
      expect(lost).toEqual([]);
      expect(codes).toEqual({ 143: RUNS });
      expect(Math.max(...endMs)).toBeLessThan((DRAIN_SECONDS + 10) * 1_000);
    } finally {
      balancer.close();
      await load?.stop();
      for (const child of [...servers, worker]) child.kill('SIGKILL');
    }
  });
});
