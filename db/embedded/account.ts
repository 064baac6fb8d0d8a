import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

import { EmbeddedFailure } from './failure';

/** The user the server runs as. PostgreSQL refuses to run as root, so root lends it another user. */
export type Account = { readonly uid: number; readonly gid: number; readonly name: string };

/**
 * Undefined for an ordinary user (the server simply runs as that user). For root: the owner of an existing
 * cluster, else the system's `postgres`, else `nobody`.
 */
export const accountForServer = (existingCluster: string | undefined): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existingCluster === undefined ? undefined : statSync(existingCluster);
  if (owner !== undefined && owner.uid !== 0) {
    return { uid: owner.uid, gid: owner.gid, name: `user number ${owner.uid}` };
  }
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined && uid > 0) return { uid, gid, name };
  }
  throw new EmbeddedFailure(
    'PostgreSQL does not run as root and this machine has neither a user “postgres” nor “nobody”: ' +
      'start as an ordinary user, or set DATABASE_URL.',
  );
};

/** True when the account can enter every folder down to `path` and read it (for a program: run it). */
export const canReach = (account: Account | undefined, path: string): boolean => {
  const { status, error } = spawnSync('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', path], {
    cwd: '/',
    stdio: 'ignore',
    ...credentials(account),
  });
  if (error !== undefined && account !== undefined) {
    throw new EmbeddedFailure(
      `PostgreSQL does not run as root, and this system does not let root start it as ${account.name}: ` +
        'start as an ordinary user, or set DATABASE_URL.',
      { cause: error },
    );
  }
  return status === 0;
};

/** The spawn options that make a child run as the account. */
export const credentials = (account: Account | undefined): { uid?: number; gid?: number } =>
  account === undefined ? {} : { uid: account.uid, gid: account.gid };

/** The environment of the server: nothing of the person's own settings for other PostgreSQL programs (PGDATA, …). */
export const bareEnvironment = (): NodeJS.ProcessEnv => {
  const { PATH, NODE_ENV } = process.env;
  return { PATH, NODE_ENV, TZ: 'UTC' };
};

const idOf = (option: '-u' | '-g', name: string): number | undefined => {
  try {
    return Number(
      execFileSync('id', [option, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
};
