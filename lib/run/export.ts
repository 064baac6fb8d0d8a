import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bytesOf, FORMATS, openFile } from '@/lib/disclosure/open-data/exports';
import { openSnapshot } from '@/lib/disclosure/open-data/snapshot';
import { env } from '@/lib/env';

// `npm run export -- --format FORMAT [--table NAME] [--out FILE]`: the same bytes as below /open-data/, from one snapshot.
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
};
const format = option('format') ?? '';
const table = option('table');
const file = openFile(
  format === 'csv' && table !== undefined ? `${table}.csv` : (FORMATS[format] ?? ''),
  env.PUBLIC_URL,
);
if (!file) {
  console.error(
    `Say which: npm run export -- --format ${Object.keys(FORMATS).join('|')} [--table NAME] [--out FILE]`,
  );
  process.exit(2);
}
const out = option('out');
const snapshot = await openSnapshot();
await pipeline(
  Readable.from(bytesOf(file, snapshot.db)),
  out === undefined ? process.stdout : createWriteStream(out),
);
await snapshot.close();
process.exit(0);
