import { connect } from '@/db/connect';
import { env } from '@/lib/env';
import { words } from '@/lib/i18n/words';
import { prove } from '@/lib/proofs/proofs.queries';

// `npm run proofs`: every invariant, how many rows offend it, and an exit code for scripts.
const claims = words('en', 'proofs');
const db = connect(env.readDatabaseUrl, { max: 1, statementTimeoutMs: 300_000 });
try {
  const outcomes = await prove(db);
  for (const { name, offenders, tookMs } of outcomes)
    console.log(
      `${offenders === 0n ? 'holds' : 'FAILS'}  ${name.padEnd(40)} ${String(offenders).padStart(6)}  ${tookMs} ms  ${claims(name)}`,
    );
  const failed = outcomes.filter((outcome) => outcome.offenders !== 0n).length;
  console.log(
    failed === 0 ? `All ${outcomes.length} proofs hold.` : `${failed} of ${outcomes.length} proofs fail.`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await db.destroy();
}
