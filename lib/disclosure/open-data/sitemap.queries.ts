import type { Reader } from '@/db/connect';
import { publicDb } from '../public-db';

/** Paths below the language of all public pages worth finding. */
export const sitemapPaths = async (db: Reader = publicDb()): Promise<string[]> => {
  const roads = await db.selectFrom('disclosure.segment').select('code').orderBy('code').execute();
  return ['', '/roads', '/ledger', '/verify', '/data', ...roads.map(({ code }) => `/roads/${code}`)];
};
