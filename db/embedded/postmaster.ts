import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { commandLineOf, markOf, type ProcessMark } from './processes';

export type Postmaster = { readonly mark: ProcessMark; readonly port: number; readonly status: string };

/**
 * The server that runs on this cluster, read from its postmaster.pid. Undefined when there is no file, or when the
 * process it names is dead or something else: a file left by kill -9 or by a machine that lost power.
 */
export const postmasterOf = (cluster: string): Postmaster | undefined => {
  const lines = readPidFile(cluster);
  const mark = lines === undefined ? undefined : markOf(Number(lines[0]));
  if (lines === undefined || mark === undefined || !isServerOf(mark, cluster)) return undefined;
  return { mark, port: Number(lines[3]), status: (lines[7] ?? '').trim() };
};

/**
 * PostgreSQL itself clears a pid file whose process is dead. It cannot tell when the number now belongs to another
 * program (common in containers, where numbers start again from 1); then the file goes here.
 */
export const removeIfItsNumberWasReused = (cluster: string): void => {
  const lines = readPidFile(cluster);
  const mark = lines === undefined ? undefined : markOf(Number(lines[0]));
  if (mark !== undefined && !isServerOf(mark, cluster))
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
};

const readPidFile = (cluster: string): string[] | undefined => {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
};

const isServerOf = (mark: ProcessMark, cluster: string): boolean => {
  const command = commandLineOf(mark.pid);
  return command.includes('postgres') && command.includes(realpathSync(cluster));
};
