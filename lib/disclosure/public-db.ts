import 'server-only';
import type { Reader } from '@/db/connect';
import { publicReader } from '@/db/public-reader';
import { env } from '../env';

/** The one door for everything public: a database role that can read the disclosure views and nothing else. */
export const publicDb = (): Reader => publicReader(env.publicDatabaseUrl, env.DATABASE_POOL_MAX);
