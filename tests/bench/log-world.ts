import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { removeCluster, startEmbedded } from '@/db/embedded';
import type { Database } from '@/db/tables';

/** A PostgreSQL of its own with the schema in it, thrown away afterwards; settings are made before they are read. */
export type BenchWorld = {
  /** As superuser, to fill tables without the acts that would fill them one by one. */
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly db: Kysely<Database>;
  readonly folder: string;
  readonly close: () => Promise<void>;
};

/** `durable`: with the server's own settings, every commit on the disk before it is answered. */
export const newBenchWorld = async ({ durable = false } = {}): Promise<BenchWorld> => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-bench-'));
  chmodSync(folder, 0o755);
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_URL'] = 'http://shanlu.bench';
  process.env['DATABASE_ROLE_SECRET'] ??= 'secret-of-the-bench-roles-0123456789abcdef';
  const server = await startEmbedded({ dataDir: join(folder, 'postgres'), throwAway: !durable });
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query('create database bench');
  await admin.end();
  const url = new URL(server.adminUrl);
  url.pathname = '/bench';

  const { migrate } = await import('@/db/migrate');
  const { roleUrls } = await import('@/db/urls');
  const { connect } = await import('@/db/connect');
  const secret = process.env['DATABASE_ROLE_SECRET'];
  await migrate(url.href, secret);
  const appUrl = roleUrls(url.href, secret).app;
  const db = connect(appUrl, { max: 24, statementTimeoutMs: 300_000 });
  const close = async (): Promise<void> => {
    await db.destroy();
    await server.stop();
    removeCluster(join(folder, 'postgres'));
    rmSync(folder, { recursive: true, force: true });
  };
  return { adminUrl: url.href, appUrl, db, folder, close };
};
