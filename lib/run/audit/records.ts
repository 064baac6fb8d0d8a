import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FRAMES } from './frames.rules';
import { recordFrom, type RecordedWeakness } from './osv.rules';

/** What a folder of OSV records says of some packages, and whether it can be an answer. */
export type Records = {
  readonly weaknesses: readonly RecordedWeakness[];
  /** How many records there are, of all packages. */
  readonly count: number;
  /** Why the folder does not answer the question; null when it does. */
  readonly unanswered: string | null;
};

/** Read so many files at once. */
const AT_ONCE = 32;

/**
 * All records below `folder` (one file of JSON each) about the packages of `names`. A copy whose newest record is older
 * than the shortest frame knows nothing of what must be replaced by now, and one file that cannot be read may be the one.
 */
export const recordsIn = async (
  folder: string,
  names: ReadonlySet<string>,
  now: Date,
  onProgress: (done: number, all: number) => void,
): Promise<Records> => {
  const files = await filesBelow(folder);
  const weaknesses: RecordedWeakness[] = [];
  let [newest, unread] = [0, 0];
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const read = await Promise.all(files.slice(at, at + AT_ONCE).map(readRecord));
    for (const one of read) {
      if (one === null) unread += 1;
      else {
        newest = Math.max(newest, one.modified.getTime());
        weaknesses.push(...one.weaknesses.filter((weakness) => names.has(weakness.package)));
      }
    }
    onProgress(Math.min(at + AT_ONCE, files.length), files.length);
  }
  return { weaknesses, count: files.length, unanswered: whyNot(files.length, unread, newest, now) };
};

const whyNot = (count: number, unread: number, newest: number, now: Date): string | null => {
  if (count === 0) return 'the folder holds no records';
  if (unread > 0) return `${unread} of ${count} records are of no known form`;
  const days = (now.getTime() - newest) / 86_400_000;
  if (days <= FRAMES.critical) return null;
  return `the newest of ${count} records is of ${new Date(newest).toISOString().slice(0, 10)}`;
};

const filesBelow = async (folder: string): Promise<string[]> => {
  try {
    const all = await readdir(folder, { recursive: true, withFileTypes: true });
    return all
      .filter((one) => one.isFile() && one.name.endsWith('.json'))
      .map((one) => join(one.parentPath, one.name));
  } catch {
    return [];
  }
};

const readRecord = async (file: string): ReturnType<typeof readJson> => {
  try {
    return await readJson(file);
  } catch {
    return null;
  }
};

const readJson = async (file: string) => recordFrom(JSON.parse(await readFile(file, 'utf8')));
