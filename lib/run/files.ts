import { connect } from '@/db/connect';
import { env } from '@/lib/env';
import { namedFiles } from '@/lib/evidence/named-files.queries';
import { fileShelves } from '@/lib/files/shelves';

// `npm run files`: reads back every file the books name and says which are missing or no longer what their hash says.
const db = connect(env.readDatabaseUrl, { max: 1, statementTimeoutMs: 300_000 });
try {
  const files = await namedFiles(db);
  let wrong = 0;
  for (const { shelf, sha256, name, since } of files) {
    const found = await fileShelves()[shelf].verify(sha256);
    if (found === 'intact') continue;
    wrong += 1;
    console.log(`${found.padEnd(8)} ${shelf.padEnd(7)} ${sha256}  ${name}, named at ${since.toISOString()}`);
  }
  console.log(
    wrong === 0
      ? `All ${files.length} files are there and whole.`
      : `${wrong} of ${files.length} files are not there or not whole. Handing in the same file again mends it: its name is its content.`,
  );
  process.exitCode = wrong === 0 ? 0 : 1;
} finally {
  await db.destroy();
}
