import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/connect';
import { runCommand } from '@/lib/command';
import { defineCommand } from '@/lib/context';
import { ok } from '@/lib/shared/result';
import { openKit, type Kit } from './donations-kit';

let kit: Kit;
beforeAll(async () => {
  kit = await openKit();
});
afterAll(() => kit.close());

const readCampaigns = defineCommand({
  name: 'test.read_campaigns',
  permission: 'donation:settle',
  events: ['donation_settled'],
  input: z.object({}),
  run: async (ctx) => {
    const rows = await ctx.trx.selectFrom('campaign').selectAll().where('slug', '<>', '').execute();
    ctx.record({ event: 'donation_settled', subjectKind: 'campaign', subjectId: 'none' });
    return ok(rows.length);
  },
});

test('an act is run by name from its second time on, and goes on when a migration changes a table under it', async () => {
  const db = connect(kit.test.appUrl, { max: 1, prepare: true });
  const owner = new pg.Client({ connectionString: kit.test.adminUrl });
  await owner.connect();
  try {
    const read = (key: string) => runCommand(readCampaigns, {}, kit.worker, { key: `prepared:${key}`, db });
    expect(await read('one')).toEqual(ok(1));
    const prepared = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
      db,
    );
    expect(prepared.rows.map(({ statement }) => statement)).toContainEqual(
      expect.stringContaining('from "campaign" where "slug" <> $1'),
    );
    await owner.query('alter table campaign add column another text');
    expect(await read('two')).toEqual(ok(1));
    expect(await read('three')).toEqual(ok(1));
    expect(
      await kit.db
        .selectFrom('command_key')
        .select('key')
        .where('command', '=', 'test.read_campaigns')
        .execute(),
    ).toHaveLength(3);
  } finally {
    await owner.end();
    await db.destroy();
  }
});
