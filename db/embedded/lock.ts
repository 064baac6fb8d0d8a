import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { EmbeddedFailure, errorCode, fileFailure } from './failure';
import { isAlive, markOf, type ProcessMark } from './processes';

/**
 * Lets one process at a time work in a folder, for example make or start the cluster: two at once would both run
 * initdb. The lock is a file with the holder's mark, so a lock left by a killed process is recognised and taken over.
 * `work` names the work for the person who waits, for example “starting the database”.
 */
export const withFolderLock = async <T>(folder: string, work: string, act: () => Promise<T>): Promise<T> => {
  const file = join(folder, 'start.lock');
  const deadline = performance.now() + 300_000;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder === 'dead') {
      // Renamed before removal: of several waiters only one wins the rename, the others try again.
      const aside = `${file}.${process.pid}`;
      try {
        renameSync(file, aside);
        rmSync(aside, { force: true });
      } catch {
        // Another waiter cleared it.
      }
      continue;
    }
    if (performance.now() > deadline) {
      throw new EmbeddedFailure(`Another process has been ${work} for five minutes (${file}): end it first.`);
    }
    await sleep(50);
  }
  try {
    return await act();
  } finally {
    rmSync(file, { force: true });
  }
};

const take = (file: string): boolean => {
  try {
    writeFileSync(file, JSON.stringify(markOf(process.pid)), { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    // On a full disk the file may exist now, but without our mark nobody could tell whose it is.
    rmSync(file, { force: true });
    throw fileFailure(error, 'write to the data folder', file);
  }
};

const holderOf = (file: string): 'alive' | 'dead' => {
  try {
    const text = readFileSync(file, 'utf8');
    // Empty: its holder is between creating and writing it, which takes no time, or was killed there.
    if (text === '') return Date.now() - statSync(file).mtimeMs > 5_000 ? 'dead' : 'alive';
    return isAlive(JSON.parse(text) as ProcessMark) ? 'alive' : 'dead';
  } catch {
    return 'alive';
  }
};
