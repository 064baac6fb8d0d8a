import '../support/settings';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kysely } from 'kysely';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { transferAccounts } from '@/lib/payments/transfer-account.queries';
import { cloneDatabase, type TestDatabase } from '../support/database';

// `npm run begin`: an empty installation gets its first administrator and its activity, as docs/running.md says.

let database: TestDatabase;
let db: Kysely<Database>;
const folder = mkdtempSync(join(tmpdir(), 'shanlu-begin-'));
beforeAll(async () => {
  database = await cloneDatabase();
  db = connect(database.url, { max: 2 });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const begin = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    execFile(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', 'lib/run/begin.ts', ...args],
      { env: { ...process.env, DATABASE_URL: database.url, APP_DATABASE_URL: database.appUrl } },
      (error, out, err) =>
        done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err }),
    );
  });
const campaign = JSON.parse(readFileSync('docs/running/campaign.json', 'utf8')) as Record<string, unknown>;
const fileWith = (over: Record<string, unknown>): string => {
  const file = join(folder, `${String(over['slug'] ?? 'campaign')}.json`);
  writeFileSync(file, JSON.stringify({ ...campaign, ...over }));
  return file;
};

test('enters the first administrator, and no second one', async () => {
  const first = await begin('--email', 'ming@example.org', '--name', '明');
  expect(first.err).toBe('');
  expect(first.out).toContain('ming@example.org may sign in');
  const people = await db
    .selectFrom('person as p')
    .innerJoin('person_role as r', 'r.person_id', 'p.id')
    .select(['p.email', 'r.role'])
    .execute();
  expect(people).toEqual([{ email: 'ming@example.org', role: 'administrator' }]);
  const second = await begin('--email', 'other@example.org', '--name', 'x');
  expect(second.code).toBe(1);
  expect(second.err).toContain('There is an administrator');
  expect(await db.selectFrom('person').select('id').execute()).toHaveLength(1);
});

test('enters and opens the activity of the example, with its account; again changes nothing', async () => {
  for (const round of ['first', 'again']) {
    const { code, out, err } = await begin('--campaign', 'docs/running/campaign.json');
    expect([code, err], round).toEqual([0, '']);
    expect(out).toContain('our-roads is open');
  }
  const [one, ...others] = await transferAccounts(db);
  expect(others).toEqual([]);
  expect(one).toMatchObject({
    campaign: 'our-roads',
    waiting: null,
    printed: [{ accountNumber: '0000 0000 0000 0000', maker: null, checker: null }],
  });
  const events = await db.selectFrom('audit_event').select('event').orderBy('id').execute();
  expect(events.map(({ event }) => event).slice(-3)).toEqual([
    'campaign_created',
    'campaign_opened',
    'transfer_account_named',
  ]);
});

test('without an account says who names it; with a wrong one says where it is wrong, and the rest stands', async () => {
  const none = await begin('--campaign', fileWith({ slug: 'no-account', transferAccount: null }));
  expect(none.out).toContain('No account for transfers yet');
  expect(none.code).toBe(0);
  const wrong = { ...(campaign['transferAccount'] as object), accountNumber: 'call us' };
  const refused = await begin('--campaign', fileWith({ slug: 'wrong-account', transferAccount: wrong }));
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('invalid_input (accountNumber)');
  // Mended in the file and run again, it is named.
  const mended = await begin('--campaign', fileWith({ slug: 'wrong-account' }));
  expect(mended.err).toBe('');
  const accounts = await transferAccounts(db);
  expect(Object.fromEntries(accounts.map((each) => [each.campaign, each.printed.length]))).toEqual({
    'our-roads': 1,
    'no-account': 0,
    'wrong-account': 1,
  });
});
