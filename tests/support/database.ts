import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

import { roleUrls } from '@/db/urls';

import type { TestServer } from './database-server';

/** A database of its own for one test file: migrated, empty, and reachable as each of the roles. */
export type TestDatabase = {
  /** As owner of everything (may change the schema). */
  readonly url: string;
  readonly appUrl: string;
  readonly readerUrl: string;
  readonly publicUrl: string;
  /** As superuser, for tests that look behind the scenes. */
  readonly adminUrl: string;
  readonly drop: () => Promise<void>;
};

/**
 * Clones the migrated template (about a tenth of a second), or another database nobody is connected to. Call it in
 * `beforeAll` and `drop()` in `afterAll`.
 */
export const cloneDatabase = async (of?: string): Promise<TestDatabase> => {
  const { adminUrl, template, secret } = await testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} template ${of ?? template}`);
  const cloneUrl = new URL(adminUrl);
  cloneUrl.pathname = `/${name}`;
  const urls = roleUrls(cloneUrl.href, secret);
  return {
    url: urls.owner,
    appUrl: urls.app,
    readerUrl: urls.reader,
    publicUrl: urls.public,
    adminUrl: cloneUrl.href,
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
};

let server: Promise<TestServer> | undefined;

export const testServer = (): Promise<TestServer> =>
  (server ??= fetch(inject('databaseBroker')).then(async (response) => {
    if (!response.ok) throw new Error(`The test database did not start: ${await response.text()}`);
    return (await response.json()) as TestServer;
  }));

const asAdmin = async (adminUrl: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
