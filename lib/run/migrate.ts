import { migrate } from '@/db/migrate';
import { env } from '@/lib/env';

const { applied } = await migrate(env.DATABASE_URL, env.DATABASE_ROLE_SECRET, { onWait: console.log });
console.log(applied.length === 0 ? 'Database is up to date.' : `Applied ${applied.join(', ')}.`);
