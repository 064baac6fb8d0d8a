import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { walkThroughGiving } from '@/lib/run/check/giving';
import { plainBrowser, type PlainBrowser } from '@/lib/run/check/plain-browser';
import { tsProgram } from '@/lib/run/launch/children';
import { signature } from '../stripe-standin/delivery';

/** Files and small answers mostly, so that there are many; every eighth is a page, the list or the head of the log. */
const PAGES = [
  '/zh-Hans',
  '/en/roads/ML-07',
  '/zh-Hant/ledger',
  '/api/v1/entries?limit=20',
  '/log/checkpoint',
];
const SMALL = ['/verify.mjs', '/api/health', '/robots.txt'];
const pathOf = (n: number): string =>
  (n % 8 === 0 ? PAGES[(n / 8) % PAGES.length] : SMALL[n % SMALL.length]) ?? '/';

/** A server of the product as systemd starts it, from this checkout or another one. */
export const serve = (
  port: number,
  settings: Record<string, string | undefined>,
  folder = '.',
  niceness = 0,
): ChildProcess =>
  spawn(
    'nice',
    [
      ...['-n', String(niceness), process.execPath],
      ...['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)],
    ],
    {
      cwd: folder,
      env: { ...process.env, ...settings, PORT: String(port) },
      stdio: 'ignore',
    },
  );

export const work = (settings: Record<string, string | undefined>, folder = '.'): ChildProcess =>
  spawn(process.execPath, tsProgram('lib/run/worker.ts'), {
    cwd: folder,
    env: { ...process.env, ...settings },
    stdio: 'ignore',
  });

/** What was asked, which deliveries were answered, and what failed. */
type Counts = { asked: number; readonly told: string[]; readonly failed: string[] };

/** Four people who read and a provider who tells, one request each at a time, until they are stopped. */
export const askAlong = (url: string, webhookSecret: string, name: string) => {
  const counts: Counts = { asked: 0, told: [], failed: [] };
  let on = true;
  const hands = [1, 2, 3, 4].map((n) => readAlong(url, n, () => on, counts));
  hands.push(tellAlong(url, webhookSecret, name, () => on, counts));
  return {
    counts,
    stop: async () => {
      on = false;
      await Promise.all(hands);
    },
  };
};

/** Those of the deliveries a load of this name was answered that are not in the books. */
export const deliveriesLost = async (
  owner: Kysely<Database>,
  name: string,
  told: readonly string[],
): Promise<string[]> => {
  const kept = await owner
    .selectFrom('stripe_event')
    .select('event_id')
    .where('event_id', 'like', `evt_${name}_%`)
    .execute();
  const there = new Set(kept.map(({ event_id: id }) => id));
  return told.filter((id) => !there.has(id));
};

/** How many promises are in the books of givers whose addresses begin with this name. */
export const promisesOf = async (owner: Kysely<Database>, name: string): Promise<number> => {
  const { count } = await owner
    .selectFrom('pledge')
    .innerJoin('donor', 'donor.id', 'pledge.donor_id')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('donor.email', 'like', `${name}-%`)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** Somebody gives without script, by bank transfer, from a network of their own; throws unless they come to their card. */
export const giveWithoutScript = async (
  url: string,
  who: { readonly from: string; readonly email: string },
  as: (browser: PlainBrowser) => PlainBrowser = (browser) => browser,
): Promise<void> => {
  const browser = as(plainBrowser(url, {}, { 'X-Forwarded-For': who.from }));
  const { email } = who;
  const last = await walkThroughGiving(browser, { amount: '30', road: 'any', email, method: 'bank' });
  if (!last.url.includes('/give/card?ref=')) throw new Error(`a giver came to ${last.url}`);
};

/** SIGTERM; how long it took to end, and with which code. */
export const ended = async (child: ChildProcess): Promise<[number, string]> => {
  const at = performance.now();
  const gone = once(child, 'exit') as Promise<[number | null, string | null]>;
  child.kill('SIGTERM');
  const [code, signal] = await gone;
  return [performance.now() - at, String(code ?? signal)];
};

const readAlong = async (url: string, hand: number, on: () => boolean, counts: Counts): Promise<void> => {
  for (let n = hand; on(); n += 1) {
    const path = pathOf(n);
    // Each reader comes from a network of their own, or the budget of one would be measured.
    const from = `10.${hand}.${Math.floor(n / 250) % 250}.${n % 250}`;
    const answer = await asked(`${url}${path}`, { headers: { 'X-Forwarded-For': from } });
    counts.asked += 1;
    if (answer !== 200) counts.failed.push(`${path}: ${answer}`);
  }
};

const tellAlong = async (
  url: string,
  secret: string,
  name: string,
  on: () => boolean,
  counts: Counts,
): Promise<void> => {
  for (let n = 0; on(); n += 1) {
    const id = `evt_${name}_${n}`;
    const seconds = Math.floor(Date.now() / 1000);
    const body = JSON.stringify({
      id,
      object: 'event',
      api_version: '2026-10-28.endive',
      created: seconds,
      livemode: false,
      type: 'charge.updated',
      data: { object: { id: `ch_${name}_${n}`, object: 'charge' } },
    });
    const answer = await asked(`${url}/api/stripe/webhook`, {
      method: 'POST',
      body,
      headers: { 'stripe-signature': signature(body, secret, seconds) },
    });
    counts.asked += 1;
    if (answer === 200) counts.told.push(id);
    else counts.failed.push(`webhook: ${answer}`);
    // Each changes what is published a little, and every page is then made anew: no more often than on a busy evening.
    await sleep(500);
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
