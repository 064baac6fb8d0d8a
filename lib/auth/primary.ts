import 'server-only';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { writer } from '@/db/writer';
import { env } from '../env';

/**
 * The main database, for what signing in must read and note outside an act: a session (a replica could still show
 * one that was just ended), when it was last seen, and the budgets of rate limits (a refused try must leave its
 * mark although nothing else is written).
 */
export const primary = (): Kysely<Database> => writer(env.appDatabaseUrl, env.DATABASE_POOL_MAX);
