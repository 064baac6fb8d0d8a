import 'server-only';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '../env';

/**
 * The newest head we have given out, kept in the data folder: outside the database, so that a database put back to
 * yesterday is recognised even where no witness is configured.
 */
export const rememberHead = (note: string): void => {
  if (note === rememberedNote()) return;
  mkdirSync(folder(), { recursive: true });
  const draft = `${file()}.${process.pid}`;
  const handle = openSync(draft, 'w');
  try {
    writeSync(handle, note);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file());
};

export const rememberedNote = (): string | null => {
  try {
    return readFileSync(file(), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const folder = (): string => join(env.DATA_DIR, 'log');
const file = (): string => join(folder(), 'head');
