import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCheckpointText } from '../proof/checkpoint';
import { parseNote } from '../proof/note';
import { timestampRequest, verifyTimestamp } from '../proof/rfc3161';

/**
 * `npm run log-timestamp -- --log https://…/log --tsa URL --ca FILE.pem [--dir FOLDER]`
 *
 * Has the newest head stamped by a timestamp authority (RFC 3161) and keeps head, request and answer side by side, so
 * that its age rests on somebody else's clock. `openssl ts -verify` reads the same files. Meant for auditors and for a
 * daily timer; the log itself does not need it.
 */
const { values } = parseArgs({
  options: {
    log: { type: 'string' },
    tsa: { type: 'string' },
    ca: { type: 'string' },
    dir: { type: 'string', default: 'log-timestamps' },
  },
});
if (!values.log || !values.tsa || !values.ca) {
  console.error('Say which log (--log), which authority (--tsa) and whose certificates to trust (--ca).');
  process.exit(1);
}

const head = await (await fetch(`${values.log.replace(/\/$/, '')}/checkpoint`)).text();
const size = parseCheckpointText(parseNote(head)?.text ?? '')?.size;
if (size === undefined) throw new Error(`${values.log} shows no head of a log.`);
const request = timestampRequest(Buffer.from(head), randomBytes(8));
const answer = await fetch(values.tsa, {
  method: 'POST',
  headers: { 'content-type': 'application/timestamp-query' },
  body: new Uint8Array(request),
});
const response = Buffer.from(await answer.arrayBuffer());
const stamped = verifyTimestamp(request, response, readFileSync(values.ca, 'utf8'));
if (!stamped.ok) throw new Error(`The timestamp cannot be believed: ${stamped.why}.`);

mkdirSync(values.dir, { recursive: true });
const name = join(values.dir, `${String(size).padStart(9, '0')}-${stamped.at.toISOString().slice(0, 10)}`);
writeFileSync(`${name}.checkpoint`, head);
writeFileSync(`${name}.tsq`, request);
writeFileSync(`${name}.tsr`, response);
console.log(`${name}: head of ${size} entries, stamped ${stamped.at.toISOString()}`);
