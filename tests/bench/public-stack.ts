import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { startAnnounced } from '@/lib/run/launch/announced';
import type { RunningStack } from '../support/stack';

export type BenchStack = {
  readonly url: string;
  readonly databaseUrl: string;
  /** The settings the product runs with. */
  readonly environment: Readonly<Record<string, string>>;
  /** A connection of the owner of the database, who may write past the acts. */
  readonly owner: Kysely<Database>;
  /** For files of the measurement; gone with the stack. */
  readonly folder: string;
};

/**
 * The whole product on throw-away data, its story played and its worker at rest, for as long as `measure` takes. With
 * SHANLU_STACK_FILE (what a running `demo --throw-away --announce FILE` wrote) that one is taken, and goes on afterwards.
 */
export const onStack = async <T>(measure: (stack: BenchStack) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-bench-public-'));
  // Behind a proxy each reader has a network of their own; otherwise the budget of one network would be measured.
  const product = await startAnnounced({ ...process.env, TRUSTED_PROXIES: '1' });
  try {
    const { url, environment } = JSON.parse(readFileSync(product.file, 'utf8')) as RunningStack;
    const databaseUrl = environment['DATABASE_URL'] ?? '';
    const owner = connect(databaseUrl, { max: 1, statementTimeoutMs: 900_000 });
    try {
      await settled(owner);
      return await measure({
        url: url.replace('localhost', '127.0.0.1'),
        databaseUrl,
        environment,
        owner,
        folder,
      });
    } finally {
      await owner.destroy();
    }
  } finally {
    await product.end();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Waits until the worker has caught up with the story: while it writes, every page is made anew for each reader. */
const settled = async (owner: Kysely<Database>): Promise<void> => {
  let last = -1n;
  for (let still = 0; still < 10; await sleep(1000)) {
    const { version } = await owner
      .selectFrom('disclosure.publication_version')
      .select('version')
      .executeTakeFirstOrThrow();
    still = version === last ? still + 1 : 0;
    last = version ?? 0n;
  }
};
