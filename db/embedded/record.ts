import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { EmbeddedFailure, errorCode, fileFailure } from './failure';
import type { ProcessMark } from './processes';

/** What we keep beside the cluster. `owner` is the process whose stop() stops the server. */
export type ServerRecord = { password: string; port?: number; owner?: ProcessMark };

export const readRecord = (dataDir: string): ServerRecord => {
  const file = join(dataDir, 'server.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ServerRecord;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileFailure(error, 'read the database password', file);
  }
  try {
    statSync(join(dataDir, 'cluster'));
  } catch {
    const record = { password: randomBytes(24).toString('base64url') };
    writeRecord(dataDir, record);
    return record;
  }
  throw new EmbeddedFailure(
    `${file} with the database's password is missing beside the database: put it back, or name another folder with DATA_DIR.`,
  );
};

export const writeRecord = (dataDir: string, record: ServerRecord): void => {
  const file = join(dataDir, 'server.json');
  try {
    // Written whole or not at all: a torn file would lock us out of our own database.
    writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw fileFailure(error, 'keep the database password', file);
  }
};
