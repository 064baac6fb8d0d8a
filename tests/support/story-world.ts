import pg from 'pg';
import { playStory } from '@/lib/run/story/play';
import { testServer } from './database';
import { copiedWorld, newWorld, type World } from './people';
import { recordsOnly } from './story-files';

const PLAYED = 'story_played';

/**
 * A world in which the Maling story has been played through the real commands: once for a whole test run, by whichever
 * test file comes first; every file gets a copy of its own.
 */
export const storyWorld = async (): Promise<World> => {
  const admin = new pg.Client({ connectionString: (await testServer()).adminUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(75190)');
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [PLAYED]);
    if (rowCount === 0) await playOnce(admin);
    // Under the lock: PostgreSQL copies a database for one at a time.
    return await copiedWorld(PLAYED);
  } finally {
    await admin.end();
  }
};

const playOnce = async (admin: pg.Client): Promise<void> => {
  const world = await newWorld();
  await playStory(world.db, world.staff, recordsOnly(world.staff), () => undefined);
  await Promise.all([world.db.destroy(), world.reader.destroy(), world.owner.destroy()]);
  const name = new URL(world.database.adminUrl).pathname.slice(1);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await admin.query(`alter database ${name} rename to ${PLAYED}`);
};
