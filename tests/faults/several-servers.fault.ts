import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { connect } from '@/db/connect';
import { accountForServer, bareEnvironment, credentials } from '@/db/embedded/account';
import { findBinaries } from '@/db/embedded/binaries';
import { roleUrls } from '@/db/urls';
import { namedFiles } from '@/lib/evidence/named-files.queries';
import { openFileShelves } from '@/lib/files/store.gateway';
import { freePort } from '@/lib/run/launch/ports';
import { runProgram } from '@/lib/run/launch/programs.mjs';
import { tsProgram } from '@/lib/run/launch/children';
import { onStack } from '../bench/public-stack';
import { startS3Standin } from '../support/s3-standin';
import { until } from '../support/until';
import { GIFT, giveGift } from './acts';
import { takeBaseBackup, unpack } from './base-backup';
import { serve } from './web-load';

const S3 = { accessKeyId: 'trial', secretAccessKey: 'trial-secret', region: 'us-east-1', bucket: 'shanlu' };

/** Unpacks a copy of the primary and lets it follow; answers its port once it answers questions. */
const startReplica = async (
  primary: string,
  folder: string,
): Promise<{ port: number; server: ChildProcess }> => {
  await takeBaseBackup(primary, join(folder, 'base'));
  const cluster = unpack(join(folder, 'base'), '{}', join(folder, 'replica'));
  const { hostname, port, username, password } = new URL(primary);
  appendFileSync(
    join(cluster, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}'\n`,
  );
  writeFileSync(join(cluster, 'standby.signal'), '');
  const account = accountForServer(undefined);
  if (account !== undefined) await runProgram('chown', ['-R', `${account.uid}:${account.gid}`, cluster]);
  const own = await freePort();
  const { postgres } = findBinaries(account, () => folder);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `port=${own}`,
    'max_connections=200',
  ];
  const server = spawn(postgres, ['-D', cluster, ...settings.flatMap((one) => ['-c', one])], {
    cwd: '/',
    stdio: 'ignore',
    env: bareEnvironment(),
    ...credentials(account),
  });
  return { port: own, server };
};

const at = (url: string, port: number): string => {
  const other = new URL(url);
  other.port = String(port);
  return other.href;
};

it('two servers read from a streaming replica and keep files in one S3-compatible store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-several-'));
  chmodSync(folder, 0o755);
  const s3 = await startS3Standin(S3);
  const children: ChildProcess[] = [];
  try {
    await onStack(async ({ environment, owner, databaseUrl }) => {
      const primary = new URL(databaseUrl);
      const replica = await startReplica(primary.href, folder);
      children.push(replica.server);
      const urls = roleUrls(databaseUrl, environment['DATABASE_ROLE_SECRET'] ?? '');
      const settings = {
        ...environment,
        DATABASE_URL: '',
        APP_DATABASE_URL: urls.app,
        READ_DATABASE_URL: at(urls.reader, replica.port),
        PUBLIC_DATABASE_URL: at(urls.public, replica.port),
        DATA_DIR: join(folder, 'nothing-here'),
        S3_ENDPOINT: s3.endpoint,
        S3_BUCKET: S3.bucket,
        S3_REGION: S3.region,
        S3_ACCESS_KEY_ID: S3.accessKeyId,
        S3_SECRET_ACCESS_KEY: S3.secretAccessKey,
      };
      // What one server kept in its folder goes to the store that several share.
      const disk = openFileShelves({ kind: 'disk', folder: join(environment['DATA_DIR'] ?? '', 'files') });
      const store = openFileShelves({ kind: 's3', endpoint: s3.endpoint, ...S3 });
      const files = await namedFiles(owner);
      for (const { shelf, sha256 } of files)
        await store[shelf].put((await disk[shelf].read(sha256)) ?? Buffer.of());

      const ports = [await freePort(), await freePort()];
      children.push(...ports.map((port) => serve(port, settings)));
      for (const port of ports) await until('a ready server', () => isReady(port), 60_000);

      const picture = files.find(({ shelf }) => shelf === 'public')?.sha256 ?? '';
      for (const port of ports) {
        const answer = await fetch(`http://127.0.0.1:${port}/files/${picture}`);
        expect(answer.status).toBe(200);
        expect(Buffer.from(await answer.arrayBuffer())).toEqual(
          Buffer.from((await disk.public.read(picture))!),
        );
      }
      const whole = await runProgram(process.execPath, tsProgram('lib/run/files.ts'), {
        env: { ...process.env, ...settings },
      });
      expect(whole.text).toContain(`All ${files.length} files are there and whole.`);

      const app = connect(urls.app, { max: 1 });
      const lags: number[] = [];
      let before = await received(ports[0] ?? 0);
      for (let n = 0; n < 10; n += 1) {
        const gift = await giveGift(app, `several:${n}`);
        const since = performance.now();
        expect(gift).toHaveProperty('done');
        before += GIFT.amountMinor;
        const now = before;
        for (const port of ports) await until('the gift', async () => (await received(port)) === now);
        lags.push(performance.now() - since);
      }
      await app.destroy();
      const slot = new pg.Client({ connectionString: databaseUrl });
      await slot.connect();
      const { rows } = await slot.query(
        'select count(*)::int as n from pg_stat_replication where state = $1',
        ['streaming'],
      );
      await slot.end();
      expect(rows).toEqual([{ n: 1 }]);
      console.log(
        JSON.stringify({
          files: files.length,
          s3Requests: s3.requests.length,
          shownAfterMs: lags.map(Math.round),
        }),
      );
    });
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await s3.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

const isReady = async (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/api/ready?for=proxy`).then(
    ({ status }) => status === 200,
    () => false,
  );

let asked = 0;

/** What the open data of this server say has come in, in fen; each asking comes from a network of its own. */
const received = async (port: number): Promise<bigint> => {
  asked += 1;
  const from = `10.8.${Math.floor(asked / 250)}.${asked % 250}`;
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/campaigns/${GIFT.campaign}`, {
    headers: { 'X-Forwarded-For': from },
  });
  const { data } = (await answer.json()) as { data: { received_amount: string } };
  return BigInt(data.received_amount.replace('.', ''));
};
