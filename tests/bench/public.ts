import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@/db/connect';
import { debianTool } from '../support/debian-tool';
import type { RunningStack } from '../support/stack';
import { load, median, staticServer } from './public-load';
import { addGifts } from './public-rows';

const ROUNDS = 3;
const SECONDS = 3;

/** The list of payments as the API asks the database for it, for pgbench. */
const SAME_SQL = `select p.code, p.campaign, p.segment, p.contract, p.certificate, p.contractor_name, p.paid_on, p.status,
  s.currency, p.amount_minor, p.invoice, p.invoice_sha256 from disclosure.payment p
  join disclosure.segment s on s.code = p.segment order by p.code limit 51;`;

const PATHS = {
  page: '/en/roads/ML-07',
  unchangedPage: '/en/roads/ML-07',
  apiList: '/api/v1/payments?limit=50',
} as const;

/**
 * `npm run bench -- public [entries]`: the whole product on throw-away data. A public page and a list of the API against
 * the same bytes from Node's bare server and the same SQL in pgbench, taking turns in one run; then the ledger page and
 * the bulk download over as many more gifts as asked for (20,000 unless said).
 */
export const benchPublic = async ([entries = '20000']: readonly string[]): Promise<
  Record<string, unknown>
> => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-bench-public-'));
  const file = join(folder, 'stack.json');
  // Behind a proxy each reader has a network of their own; otherwise the budget of one network would be measured.
  const demo = spawn(process.execPath, ['lib/run/demo.mjs', '--throw-away', '--announce', file], {
    env: { ...process.env, TRUSTED_PROXIES: '1' },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((done) => demo.once('exit', () => done()));
  try {
    while (!existsSync(file)) await sleep(200);
    const { url, environment } = JSON.parse(readFileSync(file, 'utf8')) as RunningStack;
    const owner = connect(environment['DATABASE_URL'] ?? '', { max: 1, statementTimeoutMs: 900_000 });
    try {
      const against = await sideBySide(
        url,
        environment['PUBLIC_DATABASE_URL'] ?? environment['DATABASE_URL'] ?? '',
        folder,
      );
      const before = await ledgerTimes(url);
      await addGifts(owner, Number(entries));
      return {
        ...against,
        ledgerMs: { story: before, [`plus${entries}`]: await ledgerTimes(url) },
        download: await download(url),
      };
    } finally {
      await owner.destroy();
    }
  } finally {
    demo.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
};

const sideBySide = async (url: string, database: string, folder: string) => {
  const answer = await fetch(url + PATHS.page, { headers: { 'Accept-Encoding': 'identity' } });
  const still = await staticServer(Buffer.from(await answer.arrayBuffer()));
  const etag = (await fetch(url + PATHS.page)).headers.get('etag') ?? '';
  const script = join(folder, 'list.sql');
  writeFileSync(script, SAME_SQL);
  const pgbench = await debianTool('pgbench');
  const inPgbench = (): number => {
    const args = ['-n', '-M', 'prepared', '-c', '4', '-T', String(SECONDS), '-f', script, database];
    const text = execFileSync(pgbench.path, args, {
      env: { ...process.env, ...pgbench.env },
      encoding: 'utf8',
    });
    return Math.round(Number(/tps = ([\d.]+)/.exec(text)?.[1] ?? 0));
  };
  const rates: Record<string, number[]> = {
    static: [],
    page: [],
    unchangedPage: [],
    apiList: [],
    pgbench: [],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates['static']?.push((await load(still.url, SECONDS)).perSecond);
    rates['page']?.push((await load(url + PATHS.page, SECONDS)).perSecond);
    rates['unchangedPage']?.push(
      (await load(url + PATHS.page, SECONDS, { 'if-none-match': etag })).perSecond,
    );
    rates['apiList']?.push((await load(url + PATHS.apiList, SECONDS)).perSecond);
    rates['pgbench']?.push(inPgbench());
  }
  still.close();
  return { perSecond: Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, median(all)])) };
};

/** How long the ledger takes when nothing of it is kept: each address is new. */
const ledgerTimes = async (url: string): Promise<Record<string, number>> => {
  const asked: Record<string, (n: number) => string> = {
    newest: (n) => `x=${n}`,
    kind: (n) => `kind=gift&x=${n}`,
    rareAmount: (n) => `least=${1234 + n}.56&most=${1234 + n}.57`,
    text: (n) => `q=G-${1000 + n}`,
    month: (n) => `from=2024-0${1 + (n % 8)}-01&to=2024-0${1 + (n % 8)}-28&x=${n}`,
  };
  const times: Record<string, number> = {};
  for (const [name, query] of Object.entries(asked)) {
    const all: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const start = performance.now();
      const answer = await fetch(`${url}/en/ledger?${query(n)}`);
      await answer.text();
      all.push(performance.now() - start);
    }
    times[name] = Math.round(median(all));
  }
  return times;
};

/** The whole table of postings, read and thrown away; the memory of the server's process before and at its highest. */
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
  const memory = (): number => {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(
      pid === '' ? '' : readFileSync(`/proc/${pid}/status`, 'utf8'),
    )?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  };
  const before = memory();
  let highest = before;
  let rows = -1;
  let bytes = 0;
  const start = performance.now();
  const answer = await fetch(`${url}/open-data/postings.csv`);
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    for (const byte of part) if (byte === 10) rows += 1;
    highest = Math.max(highest, memory());
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    rows,
    megabytes: Math.round(bytes / 1e6),
    rowsPerSecond: Math.round(rows / seconds),
    memoryMb: { before, highest },
  };
};
