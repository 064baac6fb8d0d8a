import type { Reader } from '@/db/connect';
import { publicDb } from '../public-db';

/** Pages that are one of their kind. Entries of the ledger are found from its pages: there may be millions. */
const LISTS = ['about', 'corrections', 'data', 'ledger', 'merit', 'reports', 'roads', 'verify', 'words'];

/** Paths below the language of all public pages worth finding. */
export const sitemapPaths = async (db: Reader = publicDb()): Promise<string[]> => {
  const roads = await db.selectFrom('disclosure.segment').select('code').orderBy('code').execute();
  const reports = await db.selectFrom('disclosure.publication').select('code').orderBy('code').execute();
  return [
    '',
    ...LISTS.map((list) => `/${list}`),
    ...roads.map(({ code }) => `/roads/${code}`),
    ...reports.map(({ code }) => `/reports/${code}`),
  ];
};
