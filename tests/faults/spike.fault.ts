import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { PlainBrowser } from '@/lib/run/check/plain-browser';
import { freePort } from '@/lib/run/launch/ports';
import { load, type Round } from '../bench/public-load';
import { onStack } from '../bench/public-stack';
import { startPageCache, untilHealthy } from '../support/page-cache';
import { p95 } from './load';
import { secondsOf } from './settings';
import { trial } from './trial';
import { ended, giveWithoutScript, promisesOf, serve } from './web-load';

const READERS = 200;
const GIVERS = 4;
/** Of the server that makes the pages everybody reads: when all want the processors, forms and payments come first. */
const PAGES_NICENESS = 10;
/** What the readers look at in turn, each for as long. */
const PAGES = ['/zh-Hans', '/zh-Hans/roads/ML-07', '/zh-Hans/ledger'];
const LASTS = secondsOf(120);

/** A browser that keeps how long its person waited for each page, the ways on that it was sent included. */
const timed = (browser: PlainBrowser, waitedMs: number[]): PlainBrowser => {
  const clocked = async <T>(asked: () => Promise<T>): Promise<T> => {
    const at = performance.now();
    const answer = await asked();
    waitedMs.push(performance.now() - at);
    return answer;
  };
  return {
    open: (address) => clocked(() => browser.open(address)),
    send: (...form) => clocked(() => browser.send(...form)),
  };
};

trial(
  {
    row: 37,
    name: 'spike',
    runs: 60,
    fault: `${READERS} connections read the campaign, a road and the ledger as fast as answers come, through an nginx that keeps pages and asks one server for them and another one for what people do, while ${GIVERS} people give without script`,
    invariants:
      'every giver comes to their transfer card and their promise is kept; no reader is refused; a giver waits less than a second (95th percentile of all their pages) and at most 1.5 times as long as without the readers',
  },
  ({ runs }) =>
    onStack(async ({ environment, owner }) => {
      const [pagesPort, peoplePort, cachePort] = [await freePort(), await freePort(), await freePort()];
      const url = `http://127.0.0.1:${cachePort}`;
      const settings = { ...environment, PUBLIC_URL: url, TRUSTED_PROXIES: '1' };
      const servers = [serve(pagesPort, settings, '.', PAGES_NICENESS), serve(peoplePort, settings)];
      const endCache = await startPageCache(cachePort, [pagesPort], [peoplePort]);
      try {
        for (const port of [pagesPort, peoplePort, cachePort])
          await untilHealthy(`http://127.0.0.1:${port}`, 60_000);
        const name = `spike-${Date.now().toString(36)}`;
        let people = 0;
        /** One after another, each from a network of their own, until there were so many and `on` says no. */
        const give = async (waitedMs: number[], on: () => boolean): Promise<void> => {
          for (let n = 0; n < runs / GIVERS || on(); n += 1) {
            people += 1;
            const email = `${name}-${people}@example.org`;
            const from = `10.9.${Math.floor(people / 250)}.${people % 250}`;
            await giveWithoutScript(url, { from, email }, (browser) => timed(browser, waitedMs));
          }
        };
        const givers = (waitedMs: number[], on: () => boolean): Promise<unknown> =>
          Promise.all(Array.from({ length: GIVERS }, () => give(waitedMs, on)));

        const [warm, idle, spiked]: number[][] = [[], [], []];
        await givers(warm ?? [], () => false);
        await givers(idle ?? [], () => false);
        const rounds: Round[] = [];
        let reading = true;
        const readers = (async () => {
          // They stand for other people's machines: what is left of the processors is theirs, not what givers need.
          for (const page of PAGES)
            rounds.push(
              await load(url + page, Math.ceil(LASTS / PAGES.length), { connections: READERS, niceness: 19 }),
            );
          reading = false;
        })();
        await sleep(1_000);
        await givers(spiked ?? [], () => reading);
        await readers;
        const promises = await promisesOf(owner, name);
        const [before, during] = [p95(idle ?? []), p95(spiked ?? [])];
        return {
          figure: {
            givers: people,
            promises,
            giverP95Ms: { alone: Math.round(before), withReaders: Math.round(during) },
            ratio: Math.round((during / before) * 100) / 100,
            readPerSecond: rounds.map(({ perSecond }) => perSecond),
            readerP99Ms: rounds.map(({ p99Ms }) => Math.round(p99Ms)),
            seconds: LASTS,
          },
          check: () => expect(promises).toBe(people),
          time: () => {
            expect(during).toBeLessThan(1_000);
            expect(during / before).toBeLessThanOrEqual(1.5);
          },
        };
      } finally {
        await endCache();
        for (const server of servers) await ended(server);
      }
    }),
);
