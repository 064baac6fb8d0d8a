import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withFolderLock } from '@/db/embedded/lock';
import { isAlive, markOf, type ProcessMark } from '@/db/embedded/processes';

import { root } from './bootstrap.mjs';
import { lastLines, runProgram } from './programs.mjs';
import { diskFull, step, Stop } from './terminal.mjs';

/** Next's command line program; run by Node directly, because npx would leave its child behind when it is ended. */
export const nextProgram = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');

const output = join(root, '.next');
const stampFile = join(output, 'shanlu-source.txt');
const usersFolder = join(root, '.cache', 'build-users');

/** Builds the production server unless the present source is built already. Prints its own step. */
export const ensureBuild = async (): Promise<void> => {
  mkdirSync(usersFolder, { recursive: true });
  await withFolderLock(usersFolder, 'building', async () => {
    const source = sourceHash();
    if (readStamp() === source) return;
    const user = liveUsers()[0];
    if (user !== undefined) {
      throw new Stop(
        `The source has changed, but process ${user.pid} still serves the last build from this folder: stop it first.`,
      );
    }
    await step('Building the production server', () => build(source));
  });
};

/** Keeps others from building over the files this process serves from, until it ends. */
export const noteBuildUser = (): void => {
  writeFileSync(join(usersFolder, `${process.pid}.json`), JSON.stringify(markOf(process.pid)));
};

const build = async (source: string): Promise<void> => {
  // Types of deleted routes would fail the build, so only the compiler's cache stays.
  for (const name of foldersOf(output)) {
    if (name !== 'cache') rmSync(join(output, name), { recursive: true, force: true });
  }
  const { code, text } = await runProgram(process.execPath, [nextProgram, 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (code !== 0) {
    if (/ENOSPC|no space left/i.test(text)) throw new Stop(diskFull);
    throw new Stop(`The production server could not be built:\n${lastLines(text, 40)}`);
  }
  writeFileSync(stampFile, source);
};

const foldersOf = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

const readStamp = (): string | undefined => {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
};

/** Processes that serve from the present build. Notes of ended ones are swept. */
const liveUsers = (): ProcessMark[] =>
  foldersOf(usersFolder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const file = join(usersFolder, name);
      const mark = JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
      if (isAlive(mark)) return [mark];
      rmSync(file, { force: true });
      return [];
    });

/** Everything a build is made of. The launchers are left out: they run beside the server, not in it. */
const sourceHash = (): string => {
  const hash = createHash('sha256');
  // The build itself writes to these two.
  const written = ['next-env.d.ts', 'tsconfig.json'];
  const atTop = readdirSync(root).filter(
    (name) => /\.(json|js|mjs|ts)$/.test(name) && !written.includes(name),
  );
  for (const name of [...atTop, 'app', 'db', 'lib', 'public'].sort()) {
    for (const file of filesBelow(name))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
};

/** Every file below a path of the project, in one order; the launchers only when they are asked for. */
export const filesBelow = (path: string, launchersToo = false): string[] => {
  if (path === join('lib', 'run') && !launchersToo) return [];
  try {
    return readdirSync(join(root, path), { withFileTypes: true })
      .sort((one, two) => (one.name < two.name ? -1 : 1))
      .flatMap((entry) =>
        entry.isDirectory() ? filesBelow(join(path, entry.name), launchersToo) : [join(path, entry.name)],
      );
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOTDIR' ? [path] : [];
  }
};
