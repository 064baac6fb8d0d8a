import { migrate } from '@/db/migrate';
import { roleUrls } from '@/db/urls';
import { env } from '@/lib/env';

const { applied } = await migrate(env.DATABASE_URL, env.DATABASE_ROLE_SECRET, { onWait: console.log });
console.log(applied.length === 0 ? 'Database is up to date.' : `Applied ${applied.join(', ')}.`);

// `--addresses`: what the servers and workers are given, so that none of them has to know the owner's.
if (process.argv.includes('--addresses')) {
  const urls = roleUrls(env.DATABASE_URL, env.DATABASE_ROLE_SECRET);
  console.log(
    `APP_DATABASE_URL=${urls.app}\nREAD_DATABASE_URL=${urls.reader}\nPUBLIC_DATABASE_URL=${urls.public}`,
  );
}
