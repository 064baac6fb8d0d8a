import { execFile, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from 'node:fs';
import { renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { withFolderLock } from '@/db/embedded/lock';

const cache = fileURLToPath(new URL('../../.cache/debian', import.meta.url));

/** The outside judges of our exports, proofs and doors, and the Debian packages that hold them. */
const packagesOf = {
  hledger: ['hledger'],
  'bean-check': ['beancount'],
  'bean-query': ['beancount'],
  go: ['golang-go', 'golang-golang-x-mod-dev'],
  nginx: ['nginx'],
  wrk: ['wrk'],
  sqlmap: ['sqlmap'],
  clamd: ['clamav-daemon'],
  pgbench: ['postgresql-15'],
  chromium: ['chromium'],
  soffice: ['libreoffice-calc-nogui'],
  java: ['openjdk-17-jre-headless'],
  // The program only; the library that gives another clock to any program comes with it.
  faketime: ['faketime'],
} as const;
export type DebianToolName = keyof typeof packagesOf;

const OFFICE = 'usr/lib/libreoffice/program';

/** Where a tool is, and what to add to its environment. */
export type DebianTool = { readonly path: string; readonly env: Record<string, string> };

const found = new Map<DebianToolName, Promise<DebianTool>>();

/**
 * Finds a program of Debian's: an installed one, or else one unpacked from Debian's archive into `.cache/debian`, the
 * same way for root and for an ordinary user and without changing the machine. Throws one sentence when neither works.
 */
export const debianTool = (name: DebianToolName): Promise<DebianTool> => {
  const tool = found.get(name) ?? find(name);
  found.set(name, tool);
  return tool;
};

const find = async (name: DebianToolName): Promise<DebianTool> => {
  const installed = installedProgram(name);
  if (installed !== undefined) return { path: installed, env: name === 'go' ? goEnvironment('') : {} };
  mkdirSync(cache, { recursive: true });
  const root = join(cache, packagesOf[name].join('+'));
  if (!existsSync(root)) {
    await withFolderLock(cache, 'unpacking programs of Debian', async () => {
      if (!existsSync(root)) await unpack(name, root);
    });
  }
  const program = programIn(root, name);
  if (program === undefined)
    throw new Error(`Debian's packages ${packagesOf[name].join(', ')} hold no ${name}.`);
  const env = environmentOf(root, name);
  return { path: isPythonScript(program) ? pythonWrapper(root, name, program) : program, env };
};

/** On the PATH or where Debian keeps programs that are not on everyone's. */
const installedProgram = (name: DebianToolName): string | undefined => {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  const path = folders.map((folder) => join(folder, name)).find(isProgram);
  if (path === undefined) return undefined;
  // Go alone cannot check a transparency log: the checker needs the x/mod sources beside it.
  return name === 'go' && !existsSync(`/usr/share/gocode/src/golang.org/x/mod`) ? undefined : path;
};

const programIn = (root: string, name: DebianToolName): string | undefined => {
  const versioned = (folder: string, rest: string) =>
    foldersIn(join(root, folder)).map((version) => join(folder, version, rest));
  // The plain names come last: Debian's /usr/bin/pgbench and /usr/bin/go only point to a versioned program.
  const candidates = [
    ...versioned('usr/lib/postgresql', `bin/${name}`),
    ...versioned('usr/lib', `bin/${name}`).filter((path) => path.includes('/go-')),
    ...versioned('usr/lib/jvm', `bin/${name}`),
    `usr/lib/chromium/${name}`,
    join(OFFICE, name),
    `usr/sbin/${name}`,
    `usr/bin/${name}`,
  ];
  return candidates.map((path) => join(root, path)).find(isProgram);
};

const foldersIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

const environmentOf = (root: string, name: DebianToolName): Record<string, string> => {
  const triplets = foldersIn(join(root, 'usr', 'lib')).filter((folder) => folder.includes('-linux-gnu'));
  const libraries = triplets.flatMap((triplet) => [
    join(root, 'usr', 'lib', triplet),
    join(root, 'lib', triplet),
  ]);
  if (name === 'soffice') libraries.unshift(join(root, OFFICE));
  return {
    ...(libraries.length === 0 ? {} : { LD_LIBRARY_PATH: libraries.join(':') }),
    ...(name === 'go' ? goEnvironment(root) : {}),
    ...(name.startsWith('bean-') ? { PYTHONPATH: join(root, 'usr', 'lib', 'python3', 'dist-packages') } : {}),
  };
};

/** Makes Go use Debian's unpacked standard library and sources, and never the network. */
const goEnvironment = (root: string): Record<string, string> => {
  const version = readdirSync(join(root, '/usr/lib')).find((folder) => /^go-1\.\d+$/.test(folder)) ?? '';
  return {
    GOROOT: join(root, '/usr/lib', version),
    GOPATH: join(root, '/usr/share/gocode'),
    GOCACHE: join(cache, 'go-build'),
    GO111MODULE: 'off',
    GOFLAGS: '',
    GOPROXY: 'off',
    CGO_ENABLED: '0',
  };
};

const isPythonScript = (path: string): boolean =>
  /^#!.*python/.test(readFileSync(path, 'latin1').slice(0, 100));

/** A script names /usr/bin/python3, which this machine may lack: then the unpacked Python runs it. */
const pythonWrapper = (root: string, name: string, script: string): string => {
  const unpacked = join(root, 'usr', 'bin', 'python3');
  const wrapper = join(root, `${name}.sh`);
  const text = `#!/bin/sh\nexec '${existsSync(unpacked) ? unpacked : '/usr/bin/python3'}' '${script}' "$@"\n`;
  writeFileSync(`${wrapper}.${process.pid}`, text, { mode: 0o755 });
  renameSync(`${wrapper}.${process.pid}`, wrapper);
  return wrapper;
};

const run = promisify(execFile);

/** Fetches the packages and what they need beyond the installed ones, and unpacks them all into `root`. */
const unpack = async (name: DebianToolName, root: string): Promise<void> => {
  const packages = packagesOf[name].join(' and ');
  if (spawnSync('dpkg', ['--version']).status !== 0) {
    throw new Error(
      `The tests need ${name}, which is not installed and cannot be fetched, as this is not Debian: install ${packages}.`,
    );
  }
  const draft = `${root}.new`;
  const archives = join(draft, 'archives');
  rmSync(draft, { recursive: true, force: true });
  for (const folder of [join(archives, 'partial'), join(cache, 'lists', 'partial')])
    mkdirSync(folder, { recursive: true });
  const options = [
    `Dir::State::lists=${join(cache, 'lists')}`,
    `Dir::Cache=${join(cache, 'apt')}`,
    `Dir::Cache::archives=${archives}`,
    'Debug::NoLocking=1',
    'APT::Get::AllowUnauthenticated=false',
    'APT::Install-Recommends=false',
    // Without it root's apt hands the download to a user who may not enter our folder.
    ...(process.getuid?.() === 0 ? ['APT::Sandbox::User=root'] : []),
  ].flatMap((option) => ['-o', option]);
  mkdirSync(join(cache, 'apt'), { recursive: true });
  try {
    if (!listsAreFresh()) await apt([...options, 'update']);
    await apt([...options, '--yes', '--download-only', 'install', ...packagesOf[name]]);
  } catch (error) {
    throw new Error(
      `The tests need ${name}, which is not installed, and Debian's archive could not deliver it (${lastLine(error)}): install ${packages}.`,
      { cause: error },
    );
  }
  for (const file of readdirSync(archives).filter((entry) => entry.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(archives, file), draft]);
  }
  if (name === 'soffice') settleOffice(draft, root);
  rmSync(archives, { recursive: true });
  keepLinksInside(draft, root);
  renameSync(draft, root);
};

/** Links from the root of a whole system (Java's settings below /etc) are pointed at what was unpacked here. */
const keepLinksInside = (draft: string, root: string): void => {
  for (const entry of readdirSync(draft, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const target = entry.isSymbolicLink() ? readlinkSync(path) : '';
    if (!target.startsWith('/') || !existsSync(join(draft, target))) continue;
    rmSync(path);
    symlinkSync(join(root, target), path);
  }
};

/** LibreOffice looks for itself and its settings where Debian's installation would have put them. */
const settleOffice = (draft: string, root: string): void => {
  const file = join(draft, OFFICE, 'fundamentalrc');
  const home = `file://${root}/usr/lib/libreoffice`;
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replaceAll('file:///etc/libreoffice/registry', `${home}/share/.registry`)
      .replaceAll('file:///usr/lib/libreoffice', home),
  );
};

const apt = async (args: string[]): Promise<void> => {
  await run('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    maxBuffer: 1e8,
  });
};

const listsAreFresh = (): boolean => {
  const dayMs = 24 * 60 * 60 * 1000;
  const lists = join(cache, 'lists');
  return readdirSync(lists).some(
    (file) =>
      file.endsWith('Release') &&
      performance.timeOrigin + performance.now() - statSync(join(lists, file)).mtimeMs < dayMs,
  );
};

const lastLine = (error: unknown): string => {
  const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return words.trim().split('\n').at(-1) ?? '';
};
