import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, write } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { journal } from '@/lib/bookkeeping/journal';
import { bytesOf, openFile } from '@/lib/disclosure/open-data/exports';
import { openSnapshot } from '@/lib/disclosure/open-data/snapshot';
import { makeReport } from '@/lib/reports/make.queries';
import { REPORT_KINDS } from '@/lib/reports/kinds.rules';
import { reportCsv } from '@/lib/reports/csv.rules';
import { reportPdf } from '@/lib/reports/pdf.gateway';
import { reportXlsx } from '@/lib/reports/xlsx';
import { journalAccount } from '@/lib/bookkeeping/journal.rules';
import { foldSummaries } from '@/lib/ledger/summary.store';
import { recomputed } from '../support/spreadsheet';
import { debianTool, type DebianToolName } from '../support/debian-tool';
import type { World } from '../support/people';
import { storyWorld } from '../support/story-world';

// Two bookkeeping programs nobody here wrote check both books and come to our public numbers themselves.

let world: World;
let folder: string;

/** The journal as anyone downloads it from /open-data/, read by the role of the public. */
const published = async (format: 'hledger' | 'beancount'): Promise<string> => {
  const snapshot = await openSnapshot(world.database.publicUrl);
  const file = openFile(`ledger.${format}`, 'https://shanlu.example.org');
  if (!file) throw new Error(`no journal for ${format}`);
  const parts: Uint8Array[] = [];
  for await (const part of bytesOf(file, snapshot.db)) parts.push(part);
  await snapshot.close();
  return Buffer.concat(parts).toString('utf8');
};

const written = async (format: 'hledger' | 'beancount'): Promise<string> => {
  const file = join(folder, `${format}.journal`);
  writeFileSync(file, await published(format));
  return file;
};

const run = async (tool: DebianToolName, args: string[]): Promise<string> => {
  const { path, env } = await debianTool(tool);
  return execFileSync(path, args, {
    env: { ...process.env, ...env, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    stdio: 'pipe',
  });
};

const judge = async (format: 'hledger' | 'beancount', file: string): Promise<string> =>
  format === 'hledger' ? run('hledger', ['-f', file, 'check', '-s']) : run('bean-check', [file]);

beforeAll(async () => {
  world = await storyWorld();
  folder = mkdtempSync(join(tmpdir(), 'shanlu-judges-'));
}, 600_000);
afterAll(() => world.close());

test.each(['hledger', 'beancount'] as const)(
  '%s accepts the published journal with our balances asserted',
  async (format) => {
    await judge(format, await written(format));
  },
);

test.each(['hledger', 'beancount'] as const)(
  '%s refuses the journal when one fen is wrong',
  async (format) => {
    const right = await published(format);
    const text = right.replace(
      /^( +Expenses:Processing-fees\S* +)(\d+)\.(\d\d) CNY$/m,
      (_all, head: string, yuan: string, fen: string) =>
        `${head}${yuan}.${String((Number(fen) + 1) % 100).padStart(2, '0')} CNY`,
    );
    expect(text).not.toBe(right);
    const file = join(folder, `wrong-${format}.journal`);
    writeFileSync(file, text);
    await expect(judge(format, file)).rejects.toThrow();
  },
);

test('hledger’s own balances are the public numbers to the fen', async () => {
  const file = await written('hledger');
  const balance = async (account: string): Promise<string> =>
    (
      await run('hledger', [
        '-f',
        file,
        'balance',
        account,
        '--depth',
        '3',
        '-N',
        '--flat',
        '--format',
        '%(total)',
      ])
    ).trim();
  const numbers = await world.owner
    .selectFrom('disclosure.campaign_numbers')
    .selectAll()
    .executeTakeFirstOrThrow();
  const yuan = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')} CNY`;
  expect(await balance('Equity:Purpose:Unallocated')).toBe(yuan(numbers.unallocated_minor));
  expect(await balance('Equity:Purpose:Paid')).toBe(yuan(numbers.paid_minor));
  expect(await balance('Equity:Purpose:Fees')).toBe(yuan(numbers.fees_minor));
  expect(await balance('Equity:Purpose:Given')).toBe(`-${yuan(numbers.received_minor)}`);
});

const DAYS = ['2023-12-31', '2024-03-31', '2024-12-31'];

const moneyOf = (row: { cells: readonly { kind: string }[] } | undefined, column: number): bigint => {
  const cell = row?.cells[column] as { kind: string; minor?: bigint } | undefined;
  return cell?.kind === 'money' ? (cell.minor ?? 0n) : 0n;
};
const ask = (kind: (typeof REPORT_KINDS)[number], on: string) =>
  makeReport({ kind, campaign: 'gen-hun-meng', on, lang: 'zh-Hans' }, world.reader);

test.each(DAYS)('as of %s the judges come to every balance of our trial balance', async (on) => {
  const report = await ask('trial-balance', on);
  const parts: string[] = [];
  for await (const part of journal('hledger', world.reader, on)) parts.push(part);
  const file = join(folder, `on-${on}.journal`);
  writeFileSync(file, parts.join('\n'));
  await judge('hledger', file);
  const csv = await run('hledger', ['-f', file, 'balance', '-N', '--flat', '-E', '-O', 'csv']);
  const theirs = new Map(
    csv
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.replaceAll('"', '').split(',') as [string, string]),
  );
  const lines = (report?.rows ?? []).filter((row) => row.look === 'line');
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const book = line.id.startsWith('assets') || /^(liabilities|income|expense):/.test(line.id);
    const account = journalAccount(line.id, book ? 'financial' : 'purpose');
    const found = (theirs.get(account) ?? '0').replace(/ CNY$/, '').replace('.', '');
    expect(BigInt(found), `${on} ${account}`).toBe(moneyOf(line, 4));
  }
  for (const book of ['financial', 'purpose']) {
    const total = report?.rows.find((row) => row.id === `${book}-total`);
    expect(moneyOf(total, 4)).toBe(0n);
    expect(moneyOf(total, 2)).toBe(moneyOf(total, 3));
  }
  const beans: string[] = [];
  for await (const part of journal('beancount', world.reader, on)) beans.push(part);
  const beanFile = join(folder, `on-${on}.beancount`);
  writeFileSync(beanFile, beans.join('\n'));
  await judge('beancount', beanFile);
});

test('the statements close: assets are what is owed and what is left, and activities make the change', async () => {
  const position = await ask('position', '2024-12-31');
  const at = (id: string, column: number) =>
    moneyOf(
      position?.rows.find((row) => row.id === id),
      column,
    );
  expect(at('assets_total', 3)).toBe(at('all_total', 3));
  expect(at('assets_total', 2)).toBe(at('all_total', 2));
  expect(at('money', 3)).toBeGreaterThan(0n);
  const activities = await ask('activities', '2024-12-31');
  const change = activities?.rows.find((row) => row.id === 'change');
  expect(moneyOf(change, 7)).toBe(at('net_total', 3) - at('net_total', 2));
  // What the purpose book still holds, less what contractors are owed, is the restricted part.
  const held = await world.reader
    .selectFrom('account_balance')
    .select((eb) => eb.fn.sum<bigint>('balance_minor').as('sum'))
    .where('class', 'in', ['unallocated', 'allocated', 'committed'])
    .executeTakeFirstOrThrow();
  expect(BigInt(held.sum)).toBeGreaterThanOrEqual(at('bound', 3));
});

test('every report says the same on screen, in the spreadsheet’s own formulas, in CSV and on paper', async () => {
  for (const kind of REPORT_KINDS) {
    const report = await ask(kind, '2024-12-31');
    if (!report) throw new Error(`no ${kind}`);
    const sheet = recomputed(reportXlsx(report, new Date(0)));
    for (const row of report.rows)
      row.cells.forEach((cell, column) => {
        if (cell.kind === 'money')
          expect(sheet.at(report.rows.indexOf(row), column), `${kind} ${row.id} ${column}`).toBe(cell.minor);
      });
    expect(reportCsv(report).split('\r\n').length).toBe(report.rows.length + 2);
    if (kind === 'position')
      expect(
        Buffer.from(await reportPdf(report, { lang: 'zh-Hans', author: '', createdAt: new Date(0) }))
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
  }
});

/** A setting of LibreOffice's: formulas are computed on loading, never taken as they were left. */
const ALWAYS_COMPUTE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`;

/** The workbooks as LibreOffice computes and shows them: cells by row and column, amounts in plain digits. */
const byLibreOffice = async (books: ReadonlyMap<string, Uint8Array>) => {
  for (const [name, bytes] of books) writeFileSync(join(folder, `${name}.xlsx`), bytes);
  mkdirSync(join(folder, 'office', 'user'), { recursive: true });
  writeFileSync(join(folder, 'office', 'user', 'registrymodifications.xcu'), ALWAYS_COMPUTE);
  await run('soffice', [
    `-env:UserInstallation=file://${folder}/office`,
    '--headless',
    '--convert-to',
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false',
    '--outdir',
    folder,
    ...[...books.keys()].map((name) => join(folder, `${name}.xlsx`)),
  ]);
  return (name: string): string[][] =>
    parse(readFileSync(join(folder, `${name}.csv`)), { relax_column_count: true });
};

/** Totals as a program before us might have left them: all wrong, so that whoever trusts them is found out. */
const withWrongTotals = (bytes: Uint8Array): Uint8Array => {
  const book = read(bytes, { cellFormula: true, cellNF: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
  for (const cell of Object.values(sheet) as { f?: string; v?: unknown }[])
    if (cell.f !== undefined) cell.v = 4711;
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
};

test('LibreOffice computes every figure of every report as we show it, whatever stands beside its formulas', async () => {
  const reports = await Promise.all(
    REPORT_KINDS.map(async (kind) => [kind, await ask(kind, '2024-12-31')] as const),
  );
  const office = await byLibreOffice(
    new Map(
      reports.flatMap(([kind, report]) =>
        report ? [[kind as string, withWrongTotals(reportXlsx(report, new Date(0)))]] : [],
      ),
    ),
  );
  let figures = 0;
  for (const [kind, report] of reports) {
    const rows = office(kind);
    report?.rows.forEach((row, index) => {
      row.cells.forEach((cell, column) => {
        if (cell.kind !== 'money') return;
        figures += 1;
        const shown = rows[index + 6]?.[column] ?? '';
        expect(fenOf(shown), `${kind} ${row.id} ${column}`).toBe(cell.minor);
      });
    });
  }
  expect(figures).toBeGreaterThan(300);
}, 300_000);

/** "-1234.5" as LibreOffice writes a number, in fen. */
const fenOf = (text: string): bigint => {
  const [, sign, whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/u.exec(text) ?? [];
  if (sign === undefined) throw new Error(`LibreOffice shows ${text}`);
  const minor = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'));
  return sign === '-' ? -minor : minor;
};

test('folding postings by day changes no report', async () => {
  const before = await ask('trial-balance', '2024-06-30');
  const roads = await ask('roads', '2024-06-30');
  expect(await foldSummaries(world.db)).toBeGreaterThan(0);
  expect(await ask('trial-balance', '2024-06-30')).toEqual(before);
  expect(await ask('roads', '2024-06-30')).toEqual(roads);
});
