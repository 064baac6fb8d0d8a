import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { lastLines, runProgram } from './programs.mjs';
import { diskFull, step, Stop } from './terminal.mjs';

/** The folder of the project. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Makes a fresh clone able to run our TypeScript: right Node, packages as in the lock file, settings from `.env`, and a
 * loader for .ts files. Imports nothing but Node itself, because nothing else is there yet.
 *
 * @param {{ dotEnv?: boolean, serverOnly?: boolean }} [options] `serverOnly`: what only tests and builds need may be missing
 */
export const bootstrap = async ({ dotEnv = true, serverOnly = false } = {}) => {
  checkNode();
  process.chdir(root);
  // Until the programs are started there is nothing to put in order: a signal simply ends us and what we run.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, endOnSignal);
  if (!isInstalled(serverOnly)) await step('Installing the packages of the lock file', install);
  if (dotEnv && existsSync('.env')) process.loadEnvFile('.env');
  const { register } = await import(
    pathToFileURL(join(root, 'node_modules/tsx/dist/esm/api/index.mjs')).href
  );
  register();
};

/** The first signal handler, to be replaced by one that stops what was started. */
export const endOnSignal = () => process.exit(130);

const checkNode = () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = /(\d+)\.(\d+)/.exec(engines.node);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (wanted === null || major > Number(wanted[1])) return;
  if (major < Number(wanted[1]) || minor < Number(wanted[2])) {
    throw new Stop(
      `Shanlu needs Node ${wanted[1]}.${wanted[2]} or newer and this is Node ${process.versions.node}: install a newer Node (24 is well supported) and start again.`,
    );
  }
};

/**
 * True when node_modules holds what the lock file asks for. npm keeps its own list of what it installed; comparing the
 * two also accepts an installation somebody made by hand.
 *
 * @param {boolean} serverOnly
 */
const isInstalled = (serverOnly) => {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional, peer, dev, devOptional }]) => {
    if (path === '') return true;
    const there = installed[path];
    // Optional packages are for other systems, as a rule; what of them is here must be the right version.
    const mayMiss =
      optional === true || peer === true || (serverOnly && (dev === true || devOptional === true));
    return there === undefined ? mayMiss : there.version === version;
  });
};

const install = async () => {
  // npm tells its children where it is itself; started without npm, Node's own npm lies beside Node or on the PATH.
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const { code, text } = await (npm?.endsWith('.js')
    ? runProgram(process.execPath, [npm, ...args], { cwd: root })
    : runProgram('npm', args, {
        cwd: root,
        env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` },
      }));
  if (code === 0) return;
  if (/ENOSPC|no space left/i.test(text)) throw new Stop(diskFull);
  if (/EACCES|EPERM/.test(text)) {
    throw new Stop(
      `This user may not write to ${join(root, 'node_modules')}: start as the owner of the folder.`,
    );
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network|EIDLETIMEOUT/i.test(text)) {
    throw new Stop(
      'The npm registry cannot be reached, so the packages cannot be installed: check the network or the proxy settings of npm, then start again.',
    );
  }
  throw new Stop(`The packages could not be installed. npm said:\n${lastLines(text, 12)}`);
};
