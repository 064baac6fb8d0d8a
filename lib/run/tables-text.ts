import { readFileSync } from 'node:fs';
import type { Kysely } from 'kysely';
import { format, type FormatConfig } from 'oxfmt';
import { tablesText } from '@/db/introspect';

/** `db/tables.ts` as it must be for this database, laid out as the formatter leaves it. */
export const formattedTables = async (db: Kysely<unknown>): Promise<string> => {
  const settings = JSON.parse(readFileSync('.oxfmtrc.json', 'utf8')) as FormatConfig;
  const { code, errors } = await format('db/tables.ts', await tablesText(db), settings);
  const [error] = errors;
  if (error) throw new Error(`db/tables.ts cannot be laid out: ${error.message}`);
  return code;
};
