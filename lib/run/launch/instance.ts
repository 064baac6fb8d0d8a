import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fileFailure } from '@/db/embedded/failure';
import { isAlive, markOf, type ProcessMark, waitUntilGone } from '@/db/embedded/processes';

import { type Child, signalGroup } from './children';
import { Stop } from './terminal.mjs';

type Instance = {
  readonly launcher: ProcessMark;
  readonly url: string;
  readonly children: ProcessMark[];
  readonly stopping: boolean;
};

/**
 * Clears the way for a start on this data folder: refuses while another launcher runs on it, and ends what a killed
 * launcher may have left (its children end by themselves within seconds; this does not wait for them to).
 */
export const takeDataFolder = async (dataDir: string): Promise<void> => {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw fileFailure(error, 'create the data folder', dataDir);
  }
  const old = readInstance(dataDir);
  if (old === undefined) return;
  // Somebody who stops and starts again at once finds the last run still closing its books.
  if (old.stopping) await waitUntilGone(old.launcher, 30_000);
  if (isAlive(old.launcher)) {
    throw new Stop(
      `Shanlu already runs on the data folder ${dataDir} at ${old.url} (process ${old.launcher.pid}): use that one, stop it, or name another folder with DATA_DIR.`,
    );
  }
  for (const child of old.children) signalGroup(child, 'SIGTERM');
  for (const child of old.children) {
    if (!(await waitUntilGone(child, 5_000))) signalGroup(child, 'SIGKILL');
    await waitUntilGone(child, 5_000);
  }
};

/** Writes down who runs here, for the next start. */
export const noteInstance = (
  dataDir: string,
  { url, children, stopping }: { url: string; children: readonly Child[]; stopping: boolean },
): void => {
  const launcher = markOf(process.pid);
  if (launcher === undefined) return;
  const instance: Instance = { launcher, url, children: children.map((child) => child.mark), stopping };
  try {
    writeFileSync(`${fileOf(dataDir)}.new`, JSON.stringify(instance));
    renameSync(`${fileOf(dataDir)}.new`, fileOf(dataDir));
  } catch (error) {
    throw fileFailure(error, 'write to the data folder', dataDir);
  }
};

export const forgetInstance = (dataDir: string): void => rmSync(fileOf(dataDir), { force: true });

const fileOf = (dataDir: string): string => join(dataDir, 'running.json');

const readInstance = (dataDir: string): Instance | undefined => {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Instance;
  } catch {
    return undefined;
  }
};
