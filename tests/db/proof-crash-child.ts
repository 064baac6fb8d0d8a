// Runs one round of the sequencer and kills itself, as kill -9 would, at the n-th thing it does to the outside:
// a statement sent to the database, an answer received from it, a request to the witness, a file renamed.
import { once } from 'node:events';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { parseVerifierKey } from '@/lib/proof/note';
import { watchStatements } from '../support/watched-statements';

// It starts up, says `ready`, and waits to be told n on its input (0: never), so that many can start up beforehand.
const [witnessUrl = '', witnessVkey = ''] = process.argv.slice(2);
let crashAt = 0;
let step = 0;
const dieAt = (what: string): void => {
  step += 1;
  if (step !== crashAt) return;
  fs.writeSync(1, `died at step ${step}: ${what}\n`);
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
};

watchStatements((point) => dieAt(point.slice(0, 48)));

const send = globalThis.fetch;
globalThis.fetch = async (...args: Parameters<typeof fetch>) => {
  dieAt('before asking the witness');
  const answer = await send(...args);
  dieAt('after asking the witness');
  return answer;
};

const rename = fs.renameSync;
fs.renameSync = (from, to) => {
  dieAt('before the head is remembered');
  rename(from, to);
  dieAt('after the head is remembered');
};
syncBuiltinESMExports();

const { connect } = await import('@/db/connect');
const { newSequencer } = await import('@/lib/proof/sequencer');
console.log('ready');
crashAt = Number(String((await once(process.stdin, 'data'))[0]));
process.stdin.destroy();
const db = connect(process.env['APP_DATABASE_URL'] ?? '', { max: 2 });
const key = parseVerifierKey(witnessVkey);
if (!key) throw new Error('no witness key');
const round = newSequencer({ db, witness: { url: witnessUrl, key }, onTrouble: (text) => console.log(text) });
const appended = await round();
await db.destroy();
console.log(`steps ${step} appended ${appended}`);
