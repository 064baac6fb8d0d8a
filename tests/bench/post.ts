import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely } from 'kysely';
import pg from 'pg';
import type { Database } from '@/db/tables';
import { newBenchWorld } from './log-world';
import { median } from './public-load';
import { pgbench, record, scriptOf, WARM_UP_SECONDS, type Script } from './same-sql';

const CLIENTS = [1, 8, 16, 32];

export type Pace = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Time of a processor that this process itself spent on one act: the same on a quiet and on a crowded machine. */
  readonly ownCpuMs: number;
};

const gift = {
  campaign: 'gen-hun-meng',
  pledge: null,
  donor: null,
  currency: 'CNY',
  amountMinor: 12_345n,
  feeCoveredMinor: 0n,
  feeMinor: 0n,
  designation: null,
  recognition: null,
  givenOn: '2024-05-06',
  receivedOn: '2024-05-06',
  channel: 'card',
};

/**
 * `npm run bench -- post`: one paid gift in one act through `runCommand` (key, gift, lot, entry, postings in both books,
 * leaf of the log, audit event, job) at 1, 8, 16 and 32 at once, against the very statements the act sends, prepared, in
 * pgbench on the same database; they take turns. `--seconds 3`, `--rounds 3`, `--clients 16`.
 */
export const benchPost = async (args: readonly string[]): Promise<Record<string, unknown>> => {
  const seconds = option(args, 'seconds', 3);
  const rounds = option(args, 'rounds', 3);
  const only = option(args, 'clients', 0);
  const world = await newBenchWorld({ durable: true });
  try {
    await openBenchCampaign(world.db);
    const { script, statements } = await giftScript(world.appUrl, world.adminUrl);
    const found: Record<string, unknown> = { statements };
    if (args.includes('--waits')) {
      const stop = watchWaits(world.adminUrl);
      await giveGifts(world.appUrl, only || 16, seconds);
      return { statements, waits: await stop() };
    }
    for (const clients of only === 0 ? CLIENTS : [only]) {
      const ours: Pace[] = [];
      const unprepared: Pace[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        ours.push(await giveGifts(world.appUrl, clients, seconds));
        unprepared.push(await giveGifts(world.appUrl, clients, seconds, false));
        theirs.push(await pgbench(script, join(world.folder, 'gift.sql'), world.appUrl, clients, seconds));
      }
      const perSecond = median(ours.map((one) => one.perSecond));
      const inPgbench = median(theirs);
      found[`${clients} clients`] = {
        perSecond: Math.round(perSecond),
        inPgbench: Math.round(inPgbench),
        ratio: Math.round((perSecond / inPgbench) * 100) / 100,
        unprepared: Math.round(median(unprepared.map((one) => one.perSecond))),
        p50Ms: median(ours.map((one) => one.p50Ms)),
        p95Ms: median(ours.map((one) => one.p95Ms)),
        ownCpuMs: median(ours.map((one) => one.ownCpuMs)),
      };
      console.error(`post, ${clients} clients: ${JSON.stringify(found[`${clients} clients`])}`);
    }
    await booksAreWhole(world.adminUrl);
    return found;
  } finally {
    await world.close();
  }
};

export const option = (args: readonly string[], name: string, otherwise: number): number => {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(args[at + 1]);
};

export const openBenchCampaign = async (db: Kysely<Database>): Promise<void> => {
  const { runCommand } = await import('@/lib/command');
  const { createCampaign, openCampaign } = await import('@/lib/campaigns/campaign.commands');
  const { campaignForm, CAMPAIGN, must } = await import('../db/donations-kit');
  const setup = { kind: 'system', name: 'setup' } as const;
  must(await runCommand(createCampaign, campaignForm(), setup, { key: 'bench-campaign', db }));
  must(
    await runCommand(openCampaign, { slug: CAMPAIGN, on: '2023-09-01' }, setup, { key: 'bench-open', db }),
  );
};

/** Gives one gift, which the key names; what it needs is loaded once, since asking for a module takes time too. */
export const newGiver = async (
  on = gift.givenOn,
): Promise<(db: Kysely<Database>, key: string) => Promise<string>> => {
  const input = { ...gift, givenOn: on, receivedOn: on };
  const { runCommand } = await import('@/lib/command');
  const { tellOnlineGift } = await import('@/lib/run/story/history.commands');
  return async (db, key) => {
    for (;;) {
      const answer = await runCommand(tellOnlineGift, input, { kind: 'system', name: 'stripe' }, { key, db });
      if (answer.ok) return answer.value.code;
      // A crowded machine may keep somebody waiting for a connection for two seconds: they ask again.
      if (answer.refusal.name !== 'busy_try_again')
        throw new Error(`a gift was refused: ${JSON.stringify(answer.refusal)}`);
    }
  };
};

/** As many givers as connections, each giving the next gift when the last is booked. */
const giveGifts = async (url: string, clients: number, seconds: number, prepare = true): Promise<Pace> => {
  const { connect } = await import('@/db/connect');
  const db = connect(url, { max: clients, statementTimeoutMs: 30_000, prepare });
  const giveOne = await newGiver();
  try {
    const run = Math.random().toString(36).slice(2);
    const give = (part: string) => (client: number, n: number) =>
      giveOne(db, `bench:${run}:${part}:${client}:${n}`);
    await paceOf(clients, WARM_UP_SECONDS, give('warm'));
    return await paceOf(clients, seconds, give('measured'));
  } finally {
    await db.destroy();
  }
};

/** Does an act over and over on several hands for some seconds; every time it took is kept. */
export const paceOf = async (
  hands: number,
  seconds: number,
  act: (hand: number, n: number) => Promise<unknown>,
): Promise<Pace> => {
  const took: number[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  const until = began + seconds * 1000;
  const hand = async (index: number): Promise<void> => {
    for (let n = 0; performance.now() < until; n += 1) {
      const start = performance.now();
      await act(index, n);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: hands }, (_, index) => hand(index)));
  const all = took.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round((all[Math.floor(all.length * part)] ?? 0) * 10) / 10;
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: all.length / ((performance.now() - began) / 1000),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    ownCpuMs: Math.round((user + system) / all.length / 10) / 100,
  };
};

/** Numbers that nothing else in the statements can be mistaken for. */
const APART = { donation_no: 7_000_001, lot_id_seq: 7_100_001, entry_id_seq: 7_200_001 };

/** Writes down what one gift sends, and what in it is another for every gift. */
const giftScript = async (
  appUrl: string,
  adminUrl: string,
): Promise<{ script: Script; statements: number }> => {
  const giveOne = await newGiver();
  await record(appUrl, (db) => giveOne(db, 'bench:first'));
  for (const [sequence, value] of Object.entries(APART))
    await asAdmin(adminUrl, `select setval('${sequence}', ${value})`);
  const key = 'bench:recorded-act';
  const sent = await record(appUrl, (db) => giveOne(db, key));
  /** The statement whose only row has this column, and the value it had. */
  const from = (column: string, value: (text: string) => boolean) => {
    const at = sent.findIndex(({ rows }) => rows.length === 1 && value(String(rows[0]?.[column] ?? '')));
    if (at < 0) throw new Error(`no statement answered ${column}`);
    return { variable: `:s${at}_${column}`, was: String(sent[at]?.rows[0]?.[column]) };
  };
  const number = from('donation', (text) => text !== '');
  const lot = from('id', (text) => text === String(APART.lot_id_seq + 1));
  const entry = from('id', (text) => text === String(APART.entry_id_seq + 1));
  const inserted = sent.find(({ text }) => text.startsWith('insert into "donation" '));
  const [id = '', , reference = ''] = (inserted?.values ?? []).map(String);
  const code = sent.flatMap(({ values }) => values).find((value) => value?.startsWith('G-')) ?? '';
  const script = scriptOf(sent, [
    { was: key, sql: `'bench:' || :n` },
    { was: id, sql: `lpad(${number.variable}::text, 32, '0')::uuid` },
    { was: code, sql: `'G-' || ${number.variable}` },
    { was: reference, sql: `'SR' || ${number.variable}` },
    { was: lot.was, sql: lot.variable },
    { was: entry.was, sql: entry.variable },
  ]);
  return { script, statements: sent.length };
};

const asAdmin = async <Row extends pg.QueryResultRow>(
  url: string,
  statement: string,
): Promise<{ rows: Row[] }> => {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    return await admin.query<Row>(statement);
  } finally {
    await admin.end();
  }
};

/** What the backends of an act wait for, and on which statement, looked at fifty times a second until `stop`. */
export const watchWaits = (adminUrl: string): (() => Promise<Record<string, number>>) => {
  const seen: Record<string, number> = {};
  let on = true;
  const watching = (async () => {
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    while (on) {
      const { rows } = await admin.query<{ what: string }>(`
        select coalesce(wait_event_type || ' ' || wait_event, 'computing') || ' in ' || left(regexp_replace(query, '\\s+', ' ', 'g'), 50) as what
        from pg_stat_activity where application_name = 'shanlu' and state <> 'idle' and datname = current_database()`);
      for (const { what } of rows) seen[what] = (seen[what] ?? 0) + 1;
      await sleep(20);
    }
    await admin.end();
  })();
  return async () => {
    on = false;
    await watching;
    const most = Object.entries(seen).toSorted(([, a], [, b]) => b - a);
    return Object.fromEntries(most.slice(0, 12));
  };
};

/** Whatever was measured was really booked: every entry balanced, each gift with one entry, lot, event and job. */
const booksAreWhole = async (adminUrl: string): Promise<void> => {
  const { rows } = await asAdmin<{ counts: string[] }>(
    adminUrl,
    `
    select array[(select count(*) from donation where status = 'cleared'), (select count(*) from lot), (select count(*) from entry),
      (select count(*) from posting) / 2, (select count(*) from posting_lot), (select count(*) from lot_position),
      (select count(*) from audit_event where event = 'donation_cleared'), (select count(*) from graphile_worker._private_jobs),
      (select count(distinct entry_id) from posting where book = 'purpose')]::text[] as counts`,
  );
  if (new Set(rows[0]?.counts).size !== 1)
    throw new Error(`the books are not whole: ${rows[0]?.counts.join(' ')}`);
};
