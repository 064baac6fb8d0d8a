import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { testServer } from '../support/database';

type BareDatabase = {
  /** As superuser. */
  readonly url: string;
  readonly secret: string;
  readonly drop: () => Promise<void>;
};

const once = async <T extends pg.QueryResultRow>(url: string, statement: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
};

/** A database without any schema, on the server of the tests. */
export const emptyDatabase = async (): Promise<BareDatabase> => {
  const { adminUrl, secret } = await testServer();
  const name = `bare_${randomBytes(6).toString('hex')}`;
  await once(adminUrl, `create database ${name} template template0`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    secret,
    drop: async () => void (await once(adminUrl, `drop database if exists ${name} with (force)`)),
  };
};

/** Every table of the schema as it is now. */
export const namesOfTables = async (url: string): Promise<string[]> =>
  (
    await once<{ name: string }>(
      url,
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') and tablename not like 'kysely%' order by 1`,
    )
  ).map(({ name }) => name);
