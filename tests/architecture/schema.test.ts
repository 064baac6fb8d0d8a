import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaText } from '@/db/introspect';
import type { Database } from '@/db/tables';
import { formattedTables } from '@/lib/run/tables-text';
import { cloneDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let owner: Kysely<Database>;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url, max: 2 }) }),
  });
});
afterAll(async () => {
  await owner.destroy();
  await database.drop();
});

const loose = (): Kysely<unknown> => owner as unknown as Kysely<unknown>;

test('db/tables.ts says what the database says', async () => {
  expect(readFileSync('db/tables.ts', 'utf8'), 'run npm run schema').toBe(await formattedTables(loose()));
});

test('db/schema.sql is the picture of the schema, so that a change of it is read as a difference', async () => {
  expect(readFileSync('db/schema.sql', 'utf8'), 'run npm run schema').toBe(await schemaText(loose()));
});

test('migrations are numbered once each and say why', () => {
  const files = readdirSync('db/migrations').sort();
  const numbers = files.map((file) => /^(\d{4})_[a-z_0-9]+\.sql$/.exec(file)?.[1]);
  expect(numbers).not.toContain(undefined);
  expect(new Set(numbers).size).toBe(files.length);
  for (const file of files)
    expect(readFileSync(join('db/migrations', file), 'utf8'), file).toMatch(/^-- Why: /);
});

test('what was applied is remembered by its checksum', async () => {
  const { rows } = await sql<{
    name: string;
    sha256: string;
  }>`select name, sha256 from migration_checksum order by name`.execute(owner);
  expect(rows).toEqual(
    readdirSync('db/migrations')
      .sort()
      .map((file) => ({
        name: file.slice(0, -4),
        sha256: createHash('sha256')
          .update(readFileSync(join('db/migrations', file)))
          .digest('hex'),
      })),
  );
});

test('history refuses update, delete and truncate, for the application and for the owner of the tables', async () => {
  const app = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.appUrl, max: 1 }) }),
  });
  try {
    for (const table of ['account', 'entry', 'posting', 'lot', 'posting_lot', 'audit_event', 'log_draft'])
      for (const statement of [
        `delete from ${table}`,
        `truncate ${table} cascade`,
        `update ${table} set ${firstColumn[table] ?? 'id'} = ${firstColumn[table] ?? 'id'}`,
      ])
        await expect(sql.raw(statement).execute(app), statement).rejects.toThrow(/permission denied/);
    for (const table of ['entry', 'audit_event', 'log_draft'])
      await expect(sql.raw(`truncate ${table} cascade`).execute(owner)).rejects.toThrow(/refused/);
  } finally {
    await app.destroy();
  }
});
const firstColumn: Record<string, string> = {
  account: 'code',
  entry: 'kind',
  posting: 'entry_id',
  lot: 'kind',
  posting_lot: 'entry_id',
  audit_event: 'event',
  log_draft: 'body',
};

test('the application role owns nothing, and cannot switch a trigger off or change its role', async () => {
  const app = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.appUrl, max: 1 }) }),
  });
  try {
    for (const statement of [
      'alter table posting disable trigger all',
      'set role shanlu_owner',
      'set session_replication_role = replica',
      'drop table posting',
      'create table mine (x int)',
    ])
      await expect(sql.raw(statement).execute(app), statement).rejects.toThrow();
  } finally {
    await app.destroy();
  }
});
