import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/lib/run/launch/ports';
import { debianTool } from '../support/debian-tool';
import { startPageCache, untilHealthy } from '../support/page-cache';
import { residentMb } from './memory';
import { load, median, staticFiles, type Round } from './public-load';
import { addGifts } from './public-rows';
import { onStack } from './public-stack';

const ROUNDS = 3;
const SECONDS = 3;

/** The list of payments as the API asks the database for it, for pgbench. */
const SAME_SQL = `select p.code, p.campaign, p.segment, p.contract, p.certificate, p.contractor_name, p.paid_on, p.status,
  s.currency, p.amount_minor, p.invoice, p.invoice_sha256 from disclosure.payment p
  join disclosure.segment s on s.code = p.segment order by p.code limit 51;`;

const PAGES = { home: '/zh-Hans', segment: '/zh-Hans/roads/ML-07', ledger: '/zh-Hans/ledger' } as const;
const LIST = '/api/v1/payments?limit=50';

/**
 * `npm run bench -- public [entries]`: the whole product on throw-away data. Three public pages and a list of the API
 * against the same bytes as files behind nginx and the same SQL in pgbench, taking turns in one run; the pages from the
 * server itself and, as docs/running/nginx.conf has it, from an nginx in front that keeps them; then the bulk
 * download with as many more gifts as asked for (500,000 unless said: a million postings).
 */
export const benchPublic = async ([entries = '500000']: readonly string[]): Promise<
  Record<string, unknown>
> =>
  onStack(async ({ url, databaseUrl, owner, folder }) => {
    const against = await sideBySide(url, databaseUrl, folder);
    console.error(JSON.stringify(against));
    await addGifts(owner, Number(entries));
    return { ...against, download: await download(url) };
  });

const sideBySide = async (url: string, database: string, folder: string) => {
  const bytes = async (path: string): Promise<Buffer> =>
    Buffer.from(
      await (await fetch(url + path, { headers: { 'Accept-Encoding': 'identity' } })).arrayBuffer(),
    );
  const names = Object.keys(PAGES) as (keyof typeof PAGES)[];
  const files = Object.fromEntries(
    await Promise.all(names.map(async (name) => [`${name}.html`, await bytes(PAGES[name])] as const)),
  );
  const still = await staticFiles({ ...files, 'list.json': await bytes(LIST) });
  const etag = (await fetch(url + PAGES.segment, { headers: { 'Accept-Encoding': 'identity' } })).headers.get(
    'etag',
  );
  const keptPort = await freePort();
  const kept = `http://127.0.0.1:${keptPort}`;
  const endKeeping = await startPageCache(keptPort, [Number(new URL(url).port)]);
  await untilHealthy(kept, 10_000);
  const script = join(folder, 'list.sql');
  writeFileSync(script, SAME_SQL);
  const inPgbench = await sameInPgbench(script, database);
  const asked: Record<string, () => Promise<Round>> = {
    apiList: () => load(url + LIST, SECONDS),
    apiListByNginx: () => load(`${still.url}/list.json`, SECONDS),
    segmentUnchanged: () => load(url + PAGES.segment, SECONDS, { headers: { 'If-None-Match': etag ?? '' } }),
  };
  for (const name of names) {
    asked[name] = () => load(url + PAGES[name], SECONDS);
    asked[`${name}Kept`] = () => load(kept + PAGES[name], SECONDS);
    asked[`${name}ByNginx`] = () => load(`${still.url}/${name}.html`, SECONDS);
  }
  const rates: Record<string, Round[]> = {};
  const sql: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, ask] of Object.entries(asked)) (rates[name] ??= []).push(await ask());
      sql.push(inPgbench());
    }
  } finally {
    await still.close();
    await endKeeping();
  }
  const middle = (all: readonly Round[], what: keyof Round): number => median(all.map((one) => one[what]));
  return {
    perSecond: {
      ...Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, middle(all, 'perSecond')])),
      apiListInPgbench: median(sql),
    },
    p99Ms: Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, middle(all, 'p99Ms')])),
    bytes: Object.fromEntries(Object.entries(files).map(([name, all]) => [name, all.length])),
  };
};

const sameInPgbench = async (script: string, database: string): Promise<() => number> => {
  const pgbench = await debianTool('pgbench');
  const args = ['-n', '-M', 'prepared', '-c', '4', '-T', String(SECONDS), '-f', script, database];
  return () => {
    const text = execFileSync(pgbench.path, args, {
      env: { ...process.env, ...pgbench.env },
      encoding: 'utf8',
    });
    return Math.round(Number(/tps = ([\d.]+)/.exec(text)?.[1] ?? 0));
  };
};

const DOWNLOADS = 4;
const STOPS_MS = 10_000;

/**
 * The whole table of postings, read and thrown away, again and again; the memory of the server's process before, and at
 * its highest in each. A stream that kept what it has sent would need more each time; what is collected late would not.
 * Once its reader stops for a while: what is made must wait for them.
 */
const download = async (url: string): Promise<Record<string, unknown>> => {
  const pid = execFileSync(
    'sh',
    ['-c', `ss -ltnpH 'sport = :${new URL(url).port}' | grep -o 'pid=[0-9]*' | head -1`],
    {
      encoding: 'utf8',
    },
  )
    .trim()
    .slice(4);
  const memory = (): number => (pid === '' ? 0 : residentMb(pid));
  const before = memory();
  const highest: number[] = [];
  let stopped: { readonly before: number; readonly after: number } | undefined;
  let rows = 0;
  let bytes = 0;
  const start = performance.now();
  for (let time = 0; time < DOWNLOADS; time += 1) {
    const answer = await fetch(`${url}/open-data/postings.csv`);
    rows -= 1; // the head
    for await (const part of answer.body ?? []) {
      bytes += part.length;
      for (const byte of part) if (byte === 10) rows += 1;
      highest[time] = Math.max(highest[time] ?? 0, memory());
      if (stopped === undefined && bytes > 2_000_000) {
        const before = memory();
        await sleep(STOPS_MS);
        stopped = { before, after: memory() };
      }
    }
  }
  const seconds = (performance.now() - start - STOPS_MS) / 1000;
  return {
    rows: rows / DOWNLOADS,
    megabytes: Math.round(bytes / DOWNLOADS / 1e6),
    rowsPerSecond: Math.round(rows / seconds),
    memoryMb: { before, highest, whileTheReaderStops: stopped },
  };
};
