import 'server-only';
import type { Reader } from '@/db/connect';
import { reader } from '@/db/reader';
import { env } from './env';

/** The reading role for staff pages; a replica where READ_DATABASE_URL names one. */
export const staffDb = (): Reader => reader(env.readDatabaseUrl, env.DATABASE_POOL_MAX);
