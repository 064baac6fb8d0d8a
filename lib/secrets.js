// Plain JavaScript, as lib/env.js is, which reads through it; so do the programs that start others.
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The settings nobody may read: each may come from a file, so that it is in no environment and no list of processes. */
export const SECRETS = Object.freeze([
  'DATABASE_URL',
  'APP_DATABASE_URL',
  'READ_DATABASE_URL',
  'PUBLIC_DATABASE_URL',
  'DATABASE_ROLE_SECRET',
  'AUTH_SECRET',
  'AUTH_SECRET_BEFORE',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'SMTP_URL',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'LOG_SIGNING_KEY',
  'METRICS_TOKEN',
]);

const BYTES_MAX = 65_536;

/** @typedef {Record<string, string | undefined>} Variables */

/**
 * The secrets that files hold: `NAME_FILE=/path` names one (a vault's agent, a secret of a container), and where
 * CREDENTIALS_DIRECTORY is set (systemd's LoadCredential), the file NAME in that folder is one. The line end behind the
 * secret is not part of it. Throws one sentence for each that is given twice, missing, empty or open to everybody.
 *
 * @param {Variables} source @returns {Record<string, string>}
 */
export const secretsFromFiles = (source) => {
  const found = /** @type {Record<string, string>} */ ({});
  const problems = [];
  for (const name of SECRETS) {
    const given = placesOf(source, name);
    if (given.length === 0) continue;
    const ways = [...(source[name] ? [name] : []), ...given.map(({ way }) => way)];
    const [place] = given;
    if (ways.length > 1) problems.push(`${name} is given more than once (${ways.join(', ')}): keep one.`);
    else if (place) {
      const { secret, problem } = read(place.path);
      if (problem === undefined) found[name] = secret;
      else problems.push(`${place.way}: ${place.path} ${problem}`);
    }
  }
  if (problems.length > 0) throw new SecretsRefused(problems);
  return found;
};

/** Why the secrets cannot be used, without any of them. */
export class SecretsRefused extends Error {
  /** @param {readonly string[]} problems */
  constructor(problems) {
    super(`The secrets cannot be used:\n${problems.map((one) => `  ${one}`).join('\n')}`);
    this.name = 'SecretsRefused';
  }
}

/** All settings, those from files among them. @param {Variables} source @returns {Variables} */
export const withSecrets = (source) => ({ ...source, ...secretsFromFiles(source) });

/** The variables without any that lead to a secret's file: for a program that is told its secrets in another way. @param {Variables} source @returns {Variables} */
export const withoutSecretFiles = (source) =>
  Object.fromEntries(
    Object.entries(source).filter(
      ([name]) =>
        name !== 'CREDENTIALS_DIRECTORY' && !(name.endsWith('_FILE') && SECRETS.includes(name.slice(0, -5))),
    ),
  );

/** @param {Variables} source @param {string} name */
const placesOf = (source, name) => {
  const places = [];
  const named = source[`${name}_FILE`];
  if (named) places.push({ way: `${name}_FILE`, path: named });
  const folder = source['CREDENTIALS_DIRECTORY'];
  // A credential that is not there is one that was not given: systemd says by itself when it cannot open one.
  if (folder && read(join(folder, name)).problem !== MISSING)
    places.push({ way: 'CREDENTIALS_DIRECTORY', path: join(folder, name) });
  return places;
};

const MISSING = 'is not there.';

/** @param {string} path @returns {{ secret: string, problem?: string }} */
const read = (path) => {
  let file;
  try {
    // Without waiting: a pipe that nobody writes to would hold up the start.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { mode, size } = fstatSync(file);
    const problem = problemOf(mode, size);
    if (problem !== undefined) return { secret: '', problem };
    const secret = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return secret.trim() === '' ? { secret, problem: 'is empty.' } : { secret };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const problem = code === 'ENOENT' || code === 'ENOTDIR' ? MISSING : `cannot be read (${code}).`;
    return { secret: '', problem };
  } finally {
    if (file !== undefined) closeSync(file);
  }
};

/** @param {number} mode @param {number} size */
const problemOf = (mode, size) => {
  if ((mode & constants.S_IFMT) !== constants.S_IFREG) return 'is not a file.';
  if ((mode & 0o006) !== 0)
    return `may be read or changed by everybody on this machine (mode ${(mode & 0o777).toString(8)}): chmod 400.`;
  return size > BYTES_MAX ? 'is larger than any secret.' : undefined;
};
