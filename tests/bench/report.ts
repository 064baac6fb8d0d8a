import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Kysely } from 'kysely';
import pg from 'pg';
import type { Database } from '@/db/tables';
import { debianTool } from '../support/debian-tool';
import { newBenchWorld } from './log-world';
import { median } from './public-load';

const run = promisify(execFile);

const DAYS = ['2024-06-30', '2025-03-31', '2025-12-31'];

/** Two postings to an entry, as a gift has them; two years, 120 roads that each get their share. */
const FILL = `
  with c as (select id from campaign), made as (
    insert into account (code, book, class, currency, campaign_id, subject, has_floor)
    select x.code, x.book, x.class, 'CNY', c.id, x.subject, x.class = 'unallocated' from c, (values
      ('income:donations:gen-hun-meng', 'financial', 'income', 'gen-hun-meng'), ('assets:bank:gen-hun-meng', 'financial', 'asset', 'gen-hun-meng'),
      ('given:gen-hun-meng', 'purpose', 'given', 'gen-hun-meng'), ('unallocated:gen-hun-meng', 'purpose', 'unallocated', 'gen-hun-meng')
    ) x(code, book, class, subject)
    union all select 'allocated:ML-' || n, 'purpose', 'allocated', 'CNY', c.id, 'ML-' || n, true from c, generate_series(1, 120) n
    returning 1)
  select count(*) from made;
  insert into entry (kind, campaign_id, subject_kind, subject, accounting_date, amount_minor)
  select 'gift_received', c.id, 'donation', 'G-' || n, '2024-01-01'::date + n % 730, 1000 + n % 50000 from campaign c, generate_series(1, $1::int) n;
  insert into posting (entry_id, line_no, book, currency, credit_account_id, debit_account_id, amount_minor)
  select e.id, 1, 'financial', 'CNY', i.id, b.id, 1000 + e.id % 50000 from entry e, account i, account b
  where i.code = 'income:donations:gen-hun-meng' and b.code = 'assets:bank:gen-hun-meng';
  insert into posting (entry_id, line_no, book, currency, credit_account_id, debit_account_id, amount_minor)
  select e.id, 2, 'purpose', 'CNY', case when e.id % 10 = 0 then u.id else g.id end, case when e.id % 10 = 0 then r.id else u.id end, e.amount_minor
  from entry e join account r on r.code = 'allocated:ML-' || (1 + e.id % 120), account g, account u
  where g.code = 'given:gen-hun-meng' and u.code = 'unallocated:gen-hun-meng';
  analyze`;

const milliseconds = (since: number): number => Math.round((performance.now() - since) * 10) / 10;

/**
 * How long the trial balance and the other ledger reports take over 1,000,000 postings, as of any day: folded by day as
 * the worker keeps them, and with the newest 10,000 postings not yet folded. Each figure is checked against a sum over
 * all postings. In the same run: hledger's balance of the same books as a journal, and all proofs over these postings
 * (which find what the rows above lack, a gift behind each entry; it is their time that is asked). `--postings 100000`
 * shortens it.
 */
export const benchReport = async (args: readonly string[]): Promise<Record<string, unknown>> => {
  const at = args.indexOf('--postings');
  const postings = at < 0 ? 1_000_000 : Number(args[at + 1]);
  const world = await newBenchWorld();
  const admin = new pg.Client({ connectionString: world.adminUrl });
  try {
    const { runCommand } = await import('@/lib/command');
    const { createCampaign, openCampaign } = await import('@/lib/campaigns/campaign.commands');
    const { foldSummaries } = await import('@/lib/ledger/summary.store');
    const { makeReport } = await import('@/lib/reports/make.queries');
    const { journalFrame } = await import('@/lib/bookkeeping/journal.queries');
    const { campaignForm, CAMPAIGN, must } = await import('../db/donations-kit');
    const setup = { kind: 'system', name: 'setup' } as const;
    const { db } = world;
    must(await runCommand(createCampaign, campaignForm(), setup, { key: 'bench-campaign', db }));
    must(
      await runCommand(openCampaign, { slug: CAMPAIGN, on: '2023-09-01' }, setup, { key: 'bench-open', db }),
    );
    await admin.connect();
    // The ledger's guards look at every row by itself; here the rows are right by construction.
    await admin.query('set session_replication_role = replica');
    const fill = async (entries: number): Promise<void> => {
      for (const statement of FILL.replace('$1::int', String(entries)).split(';\n'))
        await admin.query(statement);
    };
    await fill(postings / 2);
    const began = performance.now();
    await foldSummaries(db);
    const foldMs = milliseconds(began);
    const time = async (kind: 'trial-balance' | 'activities' | 'position' | 'fund' | 'cash', on: string) => {
      const times: number[] = [];
      for (let n = 0; n < 7; n += 1) {
        const start = performance.now();
        await makeReport({ kind, campaign: CAMPAIGN, on, lang: 'zh-Hans' }, db);
        times.push(milliseconds(start));
      }
      return times.toSorted((a, b) => a - b);
    };
    const measured: Record<string, { p50Ms: number | undefined; maxMs: number | undefined }> = {};
    for (const kind of ['trial-balance', 'activities', 'position', 'fund', 'cash'] as const)
      for (const on of DAYS) {
        const times = await time(kind, on);
        measured[`${kind} ${on}`] = { p50Ms: times[3], maxMs: times.at(-1) };
      }
    await admin.query(
      `insert into posting (entry_id, line_no, book, currency, credit_account_id, debit_account_id, amount_minor)
       select entry_id, 3, book, currency, credit_account_id, debit_account_id, amount_minor from posting
       where line_no = 1 order by entry_id desc limit 10000`,
    );
    const tail = await time('trial-balance', DAYS.at(-1) ?? '');
    measured['trial-balance with 10,000 postings not folded'] = { p50Ms: tail[3], maxMs: tail.at(-1) };
    for (const on of DAYS) {
      const report = await makeReport({ kind: 'trial-balance', campaign: CAMPAIGN, on, lang: 'zh-Hans' }, db);
      for (const account of (await journalFrame(db, on)).balances) {
        const cell = report?.rows.find((row) => row.id === account.code)?.cells[4];
        if (cell?.kind !== 'money' || cell.minor !== account.balanceMinor)
          throw new Error(`${on} ${account.code}: the report differs from the postings`);
      }
    }
    const { rows } = await admin.query<{ n: string }>('select count(*) as n from posting');
    const hledger = await inHledger(db, join(world.folder, 'books.journal'));
    const balanceMs = median(DAYS.map((on) => measured[`trial-balance ${on}`]?.p50Ms ?? 0));
    const { prove } = await import('@/lib/proofs/proofs.queries');
    await admin.query('analyze');
    const proving = performance.now();
    const proofs = (await prove(db)).length;
    return {
      postings: Number(rows[0]?.n),
      accounts: 124,
      foldMs,
      ...measured,
      hledger: { ...hledger, timesOurTrialBalance: Math.round(hledger.balanceMs / balanceMs) },
      proofs: { count: proofs, ms: milliseconds(proving) },
    };
  } finally {
    await admin.end();
    await world.close();
  }
};

/** Writes the books as a journal and has hledger work out every balance of it. */
const inHledger = async (db: Kysely<Database>, file: string): Promise<{ balanceMs: number }> => {
  const { journal } = await import('@/lib/bookkeeping/journal');
  const lines = async function* (): AsyncGenerator<string> {
    for await (const part of journal('hledger', db, null)) yield `${part}\n`;
  };
  await pipeline(lines(), createWriteStream(file));
  const { path, env } = await debianTool('hledger');
  const began = performance.now();
  await run(path, ['-f', file, 'balance', '-N', '--flat', '-E', '-O', 'csv'], {
    env: { ...process.env, ...env, LC_ALL: 'C.UTF-8' },
    maxBuffer: 1e8,
  });
  return { balanceMs: milliseconds(began) };
};
