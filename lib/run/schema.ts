import { writeFile } from 'node:fs/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { schemaText } from '@/db/introspect';
import { migrate } from '@/db/migrate';
import { env } from '@/lib/env';
import { formattedTables } from './tables-text';

await migrate(env.DATABASE_URL, env.DATABASE_ROLE_SECRET);
const db = new Kysely<unknown>({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: env.DATABASE_URL, max: 1 }) }),
});
try {
  await writeFile('db/tables.ts', await formattedTables(db));
  await writeFile('db/schema.sql', await schemaText(db));
  console.log('Wrote db/tables.ts and db/schema.sql.');
} finally {
  await db.destroy();
}
