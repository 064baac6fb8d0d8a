import { connect } from '@/db/connect';
import { env } from '@/lib/env';
import { proveAndRecord } from '@/lib/proofs/prove';
import { enrolCast, peopleOf } from './story/enrol';
import { playStory } from './story/play';
import { newPlayer } from './story/player';
import { storyFiles } from './story/story-files';

// Plays the story into the database of the settings. The last line says who can sign in, as JSON for the launcher.
const db = connect(env.appDatabaseUrl, { max: 4, statementTimeoutMs: 60_000 });
try {
  const cast = await enrolCast(newPlayer(db));
  await playStory(db, cast, storyFiles(cast), (played, of) => {
    if (process.stdout.isTTY && (played % 25 === 0 || played === of))
      process.stdout.write(`\r  ${played} of ${of} scenes`);
  });
  const failed = (await proveAndRecord(db)).filter((outcome) => outcome.offenders > 0n);
  if (failed.length > 0)
    throw new Error(`The story breaks ${failed.map((outcome) => outcome.name).join(', ')}.`);
  console.log(JSON.stringify({ people: peopleOf() }));
} finally {
  await db.destroy();
}
