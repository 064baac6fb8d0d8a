import 'server-only';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { writer } from '@/db/writer';
import { env } from '../env';

/** The main database, for the pieces of a file on its way: they are bytes in transit, no act; the act is the filing. */
export const uploadPool = (): Kysely<Database> => writer(env.appDatabaseUrl, env.DATABASE_POOL_MAX);
