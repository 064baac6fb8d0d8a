// Says "animated" only when it finds no variable of the parent and cannot write a file.
import { rmSync, writeFileSync } from 'node:fs';

const answer = (reason) => {
  const json = Buffer.from(JSON.stringify({ ok: false, reason, lengths: [] }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  process.stdout.end(Buffer.concat([length, json]));
};

process.on('SIGXFSZ', () => undefined);
const path = `/tmp/shanlu-prying-${process.pid}`;
let wrote = true;
try {
  writeFileSync(path, 'x');
} catch {
  wrote = false;
}
rmSync(path, { force: true });
answer(
  process.env.SHANLU_TEST_SECRET === undefined && (!wrote || process.platform !== 'linux')
    ? 'animated'
    : 'leak',
);
