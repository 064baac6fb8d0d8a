import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { DISCLOSED } from '../support/disclosed';

let database: TestDatabase;
let admin: Kysely<Database>;

beforeAll(async () => {
  database = await cloneDatabase();
  admin = connect(database.adminUrl, { max: 1 });
});
afterAll(async () => {
  await admin.destroy();
  await database.drop();
});

test('the public can read exactly the columns of the list, all of them in disclosure views', async () => {
  const { rows } = await sql<{ name: string; columns: string }>`
    select format('%s.%s', n.nspname, c.relname) as name,
      string_agg(a.attname, ' ' order by a.attname collate "C") as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'v', 'm', 'p', 'f', 'S') and n.nspname not in ('pg_catalog', 'information_schema')
      and has_column_privilege('shanlu_public', c.oid, a.attnum, 'select')
    group by 1 order by 1`.execute(admin);
  const listed = Object.entries(DISCLOSED).map(([view, columns]) => [`disclosure.${view}`, columns]);
  expect(Object.fromEntries(rows.map(({ name, columns }) => [name, columns]))).toEqual(
    Object.fromEntries(listed),
  );
});

test('the public sees days; the second is told only of the log itself, its keys and the proofs', async () => {
  const { rows } = await sql<{ name: string }>`
    select format('%s.%s', c.relname, a.attname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'disclosure'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    join pg_type t on t.oid = a.atttypid and t.typname in ('timestamptz', 'timestamp', 'time', 'timetz')
    order by 1`.execute(admin);
  expect(rows.map(({ name }) => name)).toEqual([
    'log_checkpoint.signed_at',
    'log_halt.found_at',
    'log_halt.resumed_at',
    'log_key.used_from',
    'proof_status.checked_at',
  ]);
});
