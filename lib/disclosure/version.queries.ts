import type { Reader } from '@/db/connect';
import { publicDb } from './public-db';

/** The version of all published data: grows with every transaction that wrote anything the public may see. */
export const publicationVersion = async (db: Reader = publicDb()): Promise<bigint> =>
  (await db.selectFrom('disclosure.publication_version').select('version').executeTakeFirstOrThrow()).version;
