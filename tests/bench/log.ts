import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { newBenchWorld, type BenchWorld } from './log-world';

/**
 * What the public log costs: leaves appended per second, time for one proof, time for the outside verifier over the
 * whole log, at 10⁴, 10⁵ and 10⁶ leaves; and how fast entries are posted with the sequencer running against without.
 * `--sizes 10000,100000` shortens it; with an empty list only posting is measured.
 */
export const benchLog = async (args: readonly string[]): Promise<Record<string, unknown>> => {
  const at = args.indexOf('--sizes');
  const sizes = (at < 0 ? '10000,100000,1000000' : (args[at + 1] ?? ''))
    .split(',')
    .filter(Boolean)
    .map(Number);
  const world = await newBenchWorld();
  try {
    const posting = await benchPosting(world);
    const growth: Record<string, unknown>[] = [];
    for (const size of sizes) growth.push(await benchSize(world, size));
    return { posting, growth };
  } finally {
    await world.close();
  }
};

const seconds = (since: number): number => Math.round(performance.now() - since) / 1000;
const rounded = (value: number): number => Math.round(value * 10) / 10;
const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Lets the log grow to this size with gifts as they look, then proves and verifies. */
const benchSize = async ({ db, folder }: BenchWorld, size: number): Promise<Record<string, unknown>> => {
  const { newSequencer } = await import('@/lib/proof/sequencer');
  const { proofFile, publicKeys } = await import('@/lib/proof/log.queries');
  const present = (
    await db
      .selectFrom('log_draft')
      .select((eb) => eb.fn.countAll<bigint>().as('n'))
      .executeTakeFirst()
  )?.n;
  const missing = size - Number(present ?? 0n);
  if (missing > 0) await draftGifts(db, missing);
  say(`log: ${missing} drafts written`);

  const troubles: string[] = [];
  const began = performance.now();
  const appended = await newSequencer({ db, witness: null, onTrouble: (text) => troubles.push(text) })();
  const appendSeconds = seconds(began);
  if (troubles.length > 0) throw new Error(troubles.join());
  say(`log: ${appended} leaves appended in ${appendSeconds} s`);

  const proofMs: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    const start = performance.now();
    await proofFile(BigInt(Math.floor((n * size) / 200)), db);
    proofMs.push(performance.now() - start);
  }
  const copy = join(folder, `copy-${size}`);
  await download(db, copy);
  const [key = ''] = await publicKeys(db);
  const start = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, ['public/verify.mjs', copy, '--key', key]);
  const verdict = JSON.parse(stdout.trim()) as { ok: boolean };
  if (!verdict.ok) throw new Error(stdout);
  const result = {
    leaves: size,
    appendPerSecond: appended === 0 ? null : Math.round(appended / appendSeconds),
    proofMsMedian: rounded(quantile(proofMs, 0.5)),
    proofMsP99: rounded(quantile(proofMs, 0.99)),
    verifySeconds: seconds(start),
  };
  say(`log: ${JSON.stringify(result)}`);
  return result;
};

/** Leaves with the bytes of real gifts, written by the database itself so that only appending is measured. */
const draftGifts = async (db: Kysely<Database>, count: number): Promise<void> => {
  const { entryLeaf } = await import('@/lib/proof/leaf');
  const [from, to] = ['given:gen-hun-meng', 'unallocated:gen-hun-meng'];
  const template = Buffer.from(
    entryLeaf({
      number: 'E-NUMBER',
      kind: 'gift_received',
      date: '2023-09-16',
      recorded: '2023-09-16',
      campaign: 'gen-hun-meng',
      reverses: null,
      subject: 'G-NUMBER',
      postings: [
        {
          book: 'financial',
          from: 'income:donations:gen-hun-meng',
          to: 'assets:bank:gen-hun-meng',
          amountMinor: 50_000n,
          currency: 'CNY',
        },
        { book: 'purpose', from, to, amountMinor: 50_000n, currency: 'CNY' },
      ],
      lots: [{ gift: 'G-NUMBER', from, to, amountMinor: 50_000n }],
    }),
  ).toString();
  for (let left = count; left > 0; left -= 100_000)
    await sql`insert into log_draft (body)
      select convert_to(replace(${template}, 'NUMBER', (1000000 + m.top + n)::text), 'UTF8')
      from (select coalesce(max(id), 0) as top from log_draft) m, generate_series(1, ${Math.min(left, 100_000)}::int) n
      order by n`.execute(db);
};

const download = async (db: Kysely<Database>, folder: string): Promise<void> => {
  const { newestHead, tileBytes } = await import('@/lib/proof/log.queries');
  const { tilePath, tilesOf } = await import('@/lib/proof/tiles');
  const head = await newestHead(db);
  if (!head) throw new Error('the log has no head');
  const put = (path: string, bytes: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  put('checkpoint', head.note);
  for (const tile of tilesOf(head.size)) {
    const both = tile.level === 0 ? [tile, { ...tile, level: 'entries' as const }] : [tile];
    for (const one of both) put(tilePath(one), (await tileBytes(one, db)) ?? Buffer.alloc(0));
  }
};

const CLIENTS = 8;
const ROUND_SECONDS = 4;
const ROUNDS = 11;

/** Entries posted per second through the one write path, with the sequencer running and without, in turns. */
const benchPosting = async ({ db, appUrl, folder }: BenchWorld): Promise<Record<string, unknown>> => {
  const post = await preparePosting(db);
  const rates: Record<'on' | 'off', number[]> = { on: [], off: [] };
  const ages: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const log of round % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const)) {
      const sequencer =
        log === 'on'
          ? spawn(
              process.execPath,
              ['--conditions=react-server', '--import', 'tsx', 'tests/bench/log-sequencer.ts', appUrl],
              { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DATA_DIR: folder } },
            )
          : undefined;
      // What the rounds before have left is appended first, and programs are warm when the clock starts: a sequencer that
      // has appended something of this round has itself been started up.
      await run(post, 1);
      if (sequencer) await untilDrained(db);
      // Looking costs something itself, so it is done in both; without a sequencer there is no age to speak of.
      const watching = watchAges(db, sequencer ? ages : []);
      rates[log].push(await run(post, ROUND_SECONDS));
      await watching.stop();
      if (sequencer) {
        sequencer.kill('SIGTERM');
        await once(sequencer, 'exit');
      }
      say(`posting, log ${log}: ${rounded(rates[log].at(-1) ?? 0)} per second`);
    }
  const [on, off] = [quantile(rates.on, 0.5), quantile(rates.off, 0.5)];
  return {
    clients: CLIENTS,
    perSecondLogOff: rounded(off),
    perSecondLogOn: rounded(on),
    // Of each pair of neighbouring rounds, so that a machine that is busy now and idle then does not decide.
    ratio:
      Math.round(
        quantile(
          rates.on.map((rate, at) => rate / (rates.off[at] ?? Number.NaN)),
          0.5,
        ) * 1000,
      ) / 1000,
    unloggedAgeMsP50: quantile(ages, 0.5),
    unloggedAgeMsP99: quantile(ages, 0.99),
  };
};

const untilDrained = async (db: Kysely<Database>): Promise<void> => {
  const { logStatus } = await import('@/lib/proof/log.queries');
  for (;;) {
    const { head, waiting } = await logStatus(db);
    if (head && waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const run = async (post: () => Promise<void>, forSeconds: number): Promise<number> => {
  const end = performance.now() + forSeconds * 1000;
  const began = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < end) {
        await post();
        count += 1;
      }
    }),
  );
  return count / ((performance.now() - began) / 1000);
};

/** Looks ten times a second how old the oldest act is that is not in the log yet. */
const watchAges = (db: Kysely<Database>, ages: number[]): { stop: () => Promise<void> } => {
  let stopped = false;
  const loop = (async () => {
    const { logStatus } = await import('@/lib/proof/log.queries');
    while (!stopped) {
      ages.push(Number((await logStatus(db)).waitingMs));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await loop;
    },
  };
};

/** A command that posts a gift as the real ones do: a lot, an entry in both books, audit event, key and leaf. */
const preparePosting = async (db: Kysely<Database>): Promise<() => Promise<void>> => {
  const { z } = await import('zod');
  const { runCommand } = await import('@/lib/command');
  const { defineCommand } = await import('@/lib/context');
  const { createCampaign, openCampaign } = await import('@/lib/campaigns/campaign.commands');
  const { openLot, post } = await import('@/lib/ledger/ledger.commands');
  const { bank, donationIncome, given, unallocated } = await import('@/lib/ledger/accounts.rules');
  const { newId } = await import('@/lib/shared/id');
  const { ok } = await import('@/lib/shared/result');
  const setup = { kind: 'system', name: 'setup' } as const;
  const words = { 'zh-Hans': '示例', 'zh-Hant': '示例', en: 'Example' };
  const made = await runCommand(
    createCampaign,
    {
      slug: 'gen-hun-meng',
      name: words,
      organiser: words,
      place: words,
      story: null,
      bookCurrency: 'CNY',
      timeZone: 'Asia/Shanghai',
      opensOn: '2023-09-01',
      endsOn: '2035-09-15',
      eventOn: null,
      legalHost: null,
      licenceNo: null,
      filingNo: null,
      payElsewhereUrl: null,
      quotesRequired: 3,
      illustrative: true,
    },
    setup,
    { key: 'bench-campaign', db },
  );
  if (!made.ok) throw new Error(`no campaign: ${made.refusal.name}`);
  await runCommand(openCampaign, { slug: 'gen-hun-meng', on: '2023-09-01' }, setup, {
    key: 'bench-open',
    db,
  });
  const campaign = { id: made.value.id, slug: 'gen-hun-meng', currency: 'CNY' };
  let number = 0;
  const command = defineCommand({
    name: 'bench.gift',
    permission: 'campaign:create',
    events: ['bench_gift'],
    input: z.object({ gift: z.string() }),
    run: async (ctx, { gift }) => {
      const lotId = await openLot(ctx, {
        kind: 'gift',
        subject: gift,
        campaign,
        amountMinor: 50_000n,
        receivedOn: '2023-09-16',
        designation: null,
      });
      const entry = await post(ctx, {
        kind: 'gift_received',
        campaign,
        subjectKind: 'donation',
        subject: gift,
        date: '2023-09-16',
        postings: [
          { from: donationIncome(campaign.slug), to: bank(campaign.slug), amountMinor: 50_000n },
          {
            from: given(campaign.slug),
            to: unallocated(campaign.slug),
            amountMinor: 50_000n,
            lots: { kind: 'named', shares: [{ lotId, amountMinor: 50_000n }] },
          },
        ],
      });
      if (!entry.ok) return entry;
      ctx.record({ event: 'bench_gift', subjectKind: 'donation', subjectId: gift });
      return ok(null);
    },
  });
  return async () => {
    number += 1;
    const done = await runCommand(command, { gift: `G-B${number}` }, setup, { key: newId(), db });
    if (!done.ok) throw new Error(done.refusal.name);
  };
};
