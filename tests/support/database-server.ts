import { chmodSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

import { type EmbeddedServer, removeCluster, startEmbedded } from '@/db/embedded';
import { markOf } from '@/db/embedded/processes';

/** What a test file needs to make its own database; asked for over the broker's address. */
export type TestServer = { readonly adminUrl: string; readonly template: string; readonly secret: string };

declare module 'vitest' {
  interface ProvidedContext {
    databaseBroker: string;
  }
}

const namePrefix = 'shanlu-test-';

/**
 * Vitest's global set-up: one throw-away PostgreSQL per run, started when the first test file asks for a database, so
 * that a run of pure rules pays nothing. It holds one migrated template; each test file clones it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env['DATABASE_ROLE_SECRET'] ??= 'secret-of-the-test-roles-0123456789abcdef';
  let running: Promise<{ server: EmbeddedServer; dataDir: string; answer: TestServer }> | undefined;
  const broker = createServer((_request, response) => {
    running ??= startServer();
    running.then(
      ({ answer }) => response.end(JSON.stringify(answer)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    );
  });
  await new Promise<void>((listening) => broker.listen(0, '127.0.0.1', listening));
  const address = broker.address();
  if (typeof address !== 'object' || address === null) throw new Error('the broker has no port');
  project.provide('databaseBroker', `http://127.0.0.1:${address.port}/`);

  return async () => {
    broker.close();
    broker.closeAllConnections();
    const started = await running?.catch(() => undefined);
    if (started === undefined) return;
    await started.server.stop();
    removeCluster(started.dataDir);
  };
}

const startServer = async () => {
  removeLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), `${namePrefix}${process.pid}-`));
  // Root lends the server another user, who must be able to enter; what is secret inside has its own mode.
  chmodSync(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, throwAway: true });
  const template = 'shanlu_template';
  await run(server.adminUrl, `create database ${template}`);
  const { migrate } = await import('@/db/migrate');
  const secret = process.env['DATABASE_ROLE_SECRET'] ?? '';
  await migrate(databaseIn(server.adminUrl, template), secret);
  return { server, dataDir, answer: { adminUrl: server.adminUrl, template, secret } };
};

/** Removes the data of runs that were killed: their servers end by themselves, their folders do not. */
const removeLeftovers = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(namePrefix) ? name.slice(namePrefix.length).split('-')[0] : NaN);
    if (Number.isNaN(pid) || markOf(pid) !== undefined) continue;
    try {
      removeCluster(join(tmpdir(), name));
    } catch {
      // Another user's leftover; that user's next run removes it.
    }
  }
};

const databaseIn = (adminUrl: string, database: string): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
};

const run = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
