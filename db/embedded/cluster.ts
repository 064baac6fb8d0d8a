import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Account, accountForServer, bareEnvironment, canReach, credentials } from './account';
import { type Binaries, findBinaries } from './binaries';
import { EmbeddedFailure, fileFailure } from './failure';

/** The major version of the packaged server; a cluster of another one cannot be opened by it. */
const major = '18';

export type Cluster = {
  /** PostgreSQL's own data folder. */
  readonly folder: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
};

/**
 * Finds the cluster below `dataDir`, or makes it. In the common case it is `dataDir/cluster`; when root starts a
 * server whose user cannot enter `dataDir` (a clone below a closed home folder), `dataDir/cluster` is a link to
 * a folder that user can enter. `throwAway` chooses the system's temporary folder for it, otherwise a folder
 * that survives a restart of the machine.
 */
export const openCluster = (
  dataDir: string,
  password: string,
  throwAway: boolean,
  log: (line: string) => void,
): Cluster => {
  const link = join(dataDir, 'cluster');
  const existing = existsSync(link) ? realpathSync(link) : undefined;
  const account = accountForServer(existing);
  let shared: string | undefined;
  const sharedPlace = () => (shared ??= placeOthersCanEnter(throwAway));
  const binaries = findBinaries(account, sharedPlace);
  if (existing !== undefined) {
    checkExisting(existing, account);
    return { folder: existing, account, binaries };
  }

  // A link that leads nowhere is what remains when somebody deleted the far end: there is nothing to keep.
  rmSync(link, { force: true });
  const parent = canReach(account, dataDir)
    ? dataDir
    : join(sharedPlace(), `data-${randomBytes(6).toString('hex')}`);
  const folder = join(parent, 'cluster');
  if (parent !== dataDir) log(`The server's user cannot enter ${dataDir}; its data lies in ${parent}.`);
  try {
    mkdirSync(parent, { recursive: true });
    initialise(folder, account, binaries, password);
    if (parent !== dataDir) {
      // Whoever finds the folder one day can see whose it is.
      writeFileSync(join(parent, 'belongs-to.txt'), `${dataDir}\n`);
      symlinkSync(folder, link);
    }
  } catch (error) {
    if (error instanceof EmbeddedFailure) throw error;
    throw fileFailure(error, 'create the database folder', folder);
  }
  return { folder, account, binaries };
};

/** Removes the cluster, also when it lies elsewhere. Only for throw-away data, and only after stop(). */
export const removeCluster = (dataDir: string): void => {
  const link = join(dataDir, 'cluster');
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    const folder = existsSync(link) ? realpathSync(link) : undefined;
    if (folder !== undefined) rmSync(join(folder, '..'), { recursive: true, force: true });
  }
  rmSync(dataDir, { recursive: true, force: true });
};

const checkExisting = (folder: string, account: Account | undefined): void => {
  let version: string;
  try {
    version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
    const owner = statSync(folder).uid;
    if (account === undefined && owner !== process.getuid?.()) {
      throw new EmbeddedFailure(
        `The database folder ${folder} belongs to another user: start as that user (or as root, if root made it), ` +
          'or name another folder with DATA_DIR.',
      );
    }
    // Root's own cluster can only come from copying the folder as root; hand it to the server's user.
    if (account !== undefined && owner === 0)
      spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, folder]);
  } catch (error) {
    if (error instanceof EmbeddedFailure) throw error;
    throw fileFailure(error, 'read the database folder', folder);
  }
  if (version !== major) {
    throw new EmbeddedFailure(
      `The database folder ${folder} was made by PostgreSQL ${version}, but this is PostgreSQL ${major}: ` +
        'name another folder with DATA_DIR, or set DATABASE_URL.',
    );
  }
};

/** Runs initdb in a draft folder and renames it at the end, so a half-made cluster is never opened. */
const initialise = (
  folder: string,
  account: Account | undefined,
  binaries: Binaries,
  password: string,
): void => {
  const draft = `${folder}.new`;
  const passwordFile = `${folder}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined)
    for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
  const made = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--data-checksums',
      // The builtin provider sorts the same on every system, whatever locales are installed there.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    { cwd: '/', encoding: 'utf8', env: bareEnvironment(), ...credentials(account) },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    const words = `${made.stdout ?? ''}${made.stderr ?? ''}${made.error?.message ?? ''}`;
    if (/no space left on device/i.test(words)) {
      throw fileFailure(Object.assign(new Error(words), { code: 'ENOSPC' }), 'write', folder);
    }
    throw new EmbeddedFailure(`The database could not be created in ${folder}: ${lastLine(words)}`);
  }
  renameSync(draft, folder);
};

const lastLine = (words: string): string => {
  const lines = words
    .split('\n')
    .filter((line) => /error|fatal|cannot|could not|denied|not found/i.test(line));
  return lines.at(-1)?.trim() ?? words.trim().split('\n').at(-1) ?? 'no reason given';
};

/** A folder of root's that every user can enter and only root can write. */
const placeOthersCanEnter = (throwAway: boolean): string => {
  const candidates = throwAway ? [tmpdir(), '/var/tmp', '/var/lib'] : ['/var/lib', '/var/tmp', tmpdir()];
  for (const base of candidates) {
    const place = join(base, 'shanlu');
    try {
      mkdirSync(place, { recursive: true });
      const { uid, mode } = lstatSync(place);
      // In a folder everyone can write, somebody else may have put this name there first.
      if (uid !== process.getuid?.() || !lstatSync(place).isDirectory()) continue;
      if ((mode & 0o077) !== 0o055) chmodSync(place, 0o755);
      if (canReach(accountForServer(undefined), place)) return place;
    } catch {
      continue;
    }
  }
  throw new EmbeddedFailure(
    'Root needs a folder for the database that other users can enter, and found none in /var/lib, /var/tmp or the ' +
      'temporary folder: start as an ordinary user, or set DATABASE_URL.',
  );
};
