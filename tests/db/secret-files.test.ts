import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roleUrls } from '@/db/urls';
import { tsProgram } from '@/lib/run/launch/children';
import { emptyDatabase } from '../faults/bare-database';
import { until } from '../support/until';

// The product's own programs, started with every secret in a file and none in the environment.

let database: Awaited<ReturnType<typeof emptyDatabase>>;
const folder = mkdtempSync(join(tmpdir(), 'shanlu-secret-files-'));
const credentials = join(folder, 'credentials');
beforeAll(async () => {
  database = await emptyDatabase();
  mkdirSync(credentials);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const keep = (path: string, secret: string): string => {
  writeFileSync(path, `${secret}\n`, { mode: 0o400 });
  chmodSync(path, 0o400);
  return path;
};

/** What systemd gives a service that has no secret in its environment. */
const PLAIN = {
  PATH: process.env['PATH'] ?? '',
  HOME: folder,
  NODE_ENV: 'production' as const,
  PUBLIC_URL: 'https://shanlu.example.org',
  DATA_DIR: join(folder, 'data'),
};

const ended = (args: string[], env: Record<string, string>) =>
  new Promise<{ code: number; text: string }>((done) => {
    execFile(process.execPath, args, { env: { ...PLAIN, ...env } }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr }),
    );
  });

test('migrate, the worker and the proofs do their work with secrets from files alone', async () => {
  // As a vault's agent or a container gives them: a file that a variable names.
  const migrated = await ended(tsProgram('lib/run/migrate.ts', '--addresses'), {
    DATABASE_URL_FILE: keep(join(folder, 'owner'), database.url),
    DATABASE_ROLE_SECRET_FILE: keep(join(folder, 'roles'), database.secret),
  });
  expect(migrated.text).toContain('Applied 0001_');
  expect(migrated.code).toBe(0);

  // As systemd gives them: a folder of files with the names of the settings.
  const urls = roleUrls(database.url, database.secret);
  const secrets: Record<string, string> = {
    APP_DATABASE_URL: urls.app,
    READ_DATABASE_URL: urls.reader,
    PUBLIC_DATABASE_URL: urls.public,
    AUTH_SECRET: 'an-auth-secret-in-a-file-0123456789',
    STRIPE_SECRET_KEY: 'sk_test_in_a_file',
    STRIPE_WEBHOOK_SECRET: 'whsec_in_a_file',
    SMTP_URL: 'smtp://user:password-in-a-file@127.0.0.1:1',
    METRICS_TOKEN: 'a-token-in-a-file',
  };
  for (const [name, secret] of Object.entries(secrets)) keep(join(credentials, name), secret);
  const environment = { CREDENTIALS_DIRECTORY: credentials };
  const worker = spawn(process.execPath, tsProgram('lib/run/worker.ts'), {
    env: { ...PLAIN, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [worker.stdout, worker.stderr])
    stream.on('data', (chunk: Buffer) => void (printed += chunk.toString()));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await until(
      'a worker that is heard of',
      async () => {
        if (worker.exitCode !== null) throw new Error(`the worker ended: ${printed}`);
        const { rowCount } = await client.query("select 1 from heartbeat where part like 'worker:%'");
        return (rowCount ?? 0) > 0;
      },
      60_000,
    );
    const known = `/proc/${worker.pid}/environ`;
    if (existsSync(known))
      for (const secret of Object.values(secrets))
        expect(readFileSync(known, 'latin1')).not.toContain(secret);
  } finally {
    await client.end();
    worker.kill('SIGTERM');
    if (worker.exitCode === null) await once(worker, 'exit');
  }
  expect(worker.exitCode).toBe(0);
  for (const secret of Object.values(secrets)) expect(printed).not.toContain(secret);

  const proofs = await ended(['lib/run/with-database.mjs', 'lib/run/proofs.ts'], environment);
  expect(proofs.text).toMatch(/hold/i);
  expect(proofs.code).toBe(0);
  // The launcher made no secrets of its own where it was given some.
  const twice = await ended(['lib/run/with-database.mjs', 'lib/run/proofs.ts'], {
    ...environment,
    AUTH_SECRET: 'x',
  });
  expect(twice.text).toContain('AUTH_SECRET is given more than once (AUTH_SECRET, CREDENTIALS_DIRECTORY)');
  expect(twice.code).toBe(1);
});
