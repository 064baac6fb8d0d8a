import { writeFile } from 'node:fs/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { format, resolveConfig } from 'prettier';
import { schemaText, tablesText } from '@/db/introspect';
import { migrate } from '@/db/migrate';
import { env } from '@/lib/env';

await migrate(env.DATABASE_URL, env.DATABASE_ROLE_SECRET);
const db = new Kysely<unknown>({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: env.DATABASE_URL, max: 1 }) }),
});
try {
  const options = { ...(await resolveConfig('db/tables.ts')), filepath: 'db/tables.ts' };
  await writeFile('db/tables.ts', await format(await tablesText(db), options));
  await writeFile('db/schema.sql', await schemaText(db));
  console.log('Wrote db/tables.ts and db/schema.sql.');
} finally {
  await db.destroy();
}
