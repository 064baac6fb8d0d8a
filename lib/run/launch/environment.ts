import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fileFailure } from '@/db/embedded/failure';

import { secretsFromFiles, SecretsRefused, withoutSecretFiles } from '@/lib/secrets.js';

import type { Environment } from './children';
import { Stop } from './terminal.mjs';

export type Addresses = {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly port: number;
  readonly stripePort: number;
  readonly smtpPort: number;
  readonly mailboxPort: number;
  readonly witnessPort: number;
  /** On throw-away data nothing outside may be touched, whatever the person has set. */
  readonly throwAway: boolean;
};

/** Secrets made once per data folder, so that sessions, role passwords and webhook signatures survive a restart. */
type Secrets = Record<
  'AUTH_SECRET' | 'DATABASE_ROLE_SECRET' | 'METRICS_TOKEN' | 'STRIPE_SECRET_KEY' | 'STRIPE_WEBHOOK_SECRET',
  string
>;

/**
 * The one place that decides the settings of every process of a demo or development stack. What the person set (in the
 * environment or in `.env`) wins; the rest comes from the data folder and the stand-ins.
 */
export const environmentFor = (addresses: Addresses, mode: 'production' | 'development'): Environment => {
  const { dataDir, databaseUrl, port, stripePort, smtpPort, throwAway } = addresses;
  const kept = secretFiles(throwAway);
  const given = Object.fromEntries(
    Object.entries(throwAway ? withoutSecretFiles(process.env) : process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
  const standins = usesStandins(throwAway);
  // What lies in a file is read there by each program itself, and a second secret beside it would be refused.
  const made = Object.entries({
    ...secretsOf(dataDir),
    PUBLIC_URL: `http://localhost:${port}`,
    ...(standins.stripe ? { STRIPE_API_BASE: `http://127.0.0.1:${stripePort}` } : {}),
    ...(standins.mail ? { SMTP_URL: `smtp://127.0.0.1:${smtpPort}` } : {}),
    ALLOW_STANDINS: '1',
    // Nobody stands in front who would have to notice.
    DRAIN_SECONDS: '0',
    NEXT_TELEMETRY_DISABLED: '1',
  });
  const ours = Object.fromEntries(made.filter(([name]) => !(name in kept)));
  return {
    ...(throwAway ? { ...given, ...outsideUnset, ...ours } : { ...ours, ...given }),
    ...('DATABASE_URL' in kept ? {} : { DATABASE_URL: databaseUrl }),
    DATA_DIR: dataDir,
    PORT: String(port),
    NODE_ENV: mode,
  };
};

/** Settings that reach outside; an empty text counts as not set. */
const outsideUnset = {
  APP_DATABASE_URL: '',
  READ_DATABASE_URL: '',
  PUBLIC_DATABASE_URL: '',
  S3_ENDPOINT: '',
  S3_BUCKET: '',
  WITNESS_URL: '',
};

/** Which of the outside services the person has not named, so that ours stand in for them. */
export const usesStandins = (throwAway: boolean): { readonly stripe: boolean; readonly mail: boolean } => ({
  stripe: throwAway || (!secret('STRIPE_SECRET_KEY') && !process.env['STRIPE_API_BASE']),
  mail: throwAway || !secret('SMTP_URL'),
});

/** What the person asked for by variables of the launcher itself. */
export const launchSettings = () => ({
  port: process.env['PORT'] ? Number(process.env['PORT']) : 3000,
  host: process.env['HOST'] ?? '127.0.0.1',
  dataDir: process.env['DATA_DIR'] ?? '.data',
  databaseUrl: secret('DATABASE_URL'),
});

/** A secret the person has set, in the environment or in a file; undefined when there is none. */
export const secret = (name: string): string | undefined =>
  secretFiles(false)[name] ?? (process.env[name] || undefined);

const secretFiles = (throwAway: boolean): Readonly<Record<string, string>> => {
  if (throwAway) return {};
  try {
    return secretsFromFiles(process.env);
  } catch (error) {
    throw error instanceof SecretsRefused ? new Stop(error.message) : error;
  }
};

const secretsOf = (dataDir: string): Secrets => {
  const file = join(dataDir, 'secrets.json');
  const made: Secrets = {
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    DATABASE_ROLE_SECRET: randomBytes(32).toString('base64url'),
    METRICS_TOKEN: randomBytes(32).toString('base64url'),
    STRIPE_SECRET_KEY: `sk_test_standin${randomBytes(12).toString('hex')}`,
    STRIPE_WEBHOOK_SECRET: `whsec_standin${randomBytes(16).toString('hex')}`,
  };
  try {
    mkdirSync(dataDir, { recursive: true });
    const kept = readKept(file);
    if (Object.keys(made).every((name) => name in kept)) return kept as Secrets;
    const secrets = { ...made, ...kept };
    writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return secrets;
  } catch (error) {
    throw fileFailure(error, 'keep secrets in the data folder', file);
  }
};

const readKept = (file: string): Partial<Secrets> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
};
