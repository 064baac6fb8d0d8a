import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import pg from 'pg';
import { connect } from '@/db/connect';
import { removeCluster, startEmbedded, type EmbeddedServer } from '@/db/embedded';
import { migrate } from '@/db/migrate';
import type { Database } from '@/db/tables';
import { roleUrls } from '@/db/urls';
import { createCampaign, openCampaign } from '@/lib/campaigns/campaign.commands';
import { runCommand } from '@/lib/command';
import { prove } from '@/lib/proofs/proofs.queries';
import { CAMPAIGN, campaignForm, must } from '../db/donations-kit';

const SECRET = 'secret-of-the-fault-roles-0123456789abcdef';

/** A PostgreSQL with its own settings (nothing is answered before it is on the disk) that can be killed and started. */
export class CrashWorld {
  private constructor(
    private readonly folder: string,
    private server: EmbeddedServer,
    readonly appUrl: string,
    private readonly ownerUrl: string,
  ) {}

  static async open(): Promise<CrashWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'shanlu-crash-'));
    chmodSync(folder, 0o755);
    const server = await startEmbedded({ dataDir: join(folder, 'postgres') });
    const admin = new pg.Client({ connectionString: server.adminUrl });
    await admin.connect();
    await admin.query('create database crash');
    await admin.end();
    const url = new URL(server.adminUrl);
    url.pathname = '/crash';
    await migrate(url.href, SECRET);
    const { app } = roleUrls(url.href, SECRET);
    const db = connect(app, { max: 1 });
    const setup = { kind: 'system', name: 'setup' } as const;
    must(await runCommand(createCampaign, campaignForm(), setup, { key: 'crash-campaign', db }));
    must(
      await runCommand(openCampaign, { slug: CAMPAIGN, on: '2023-09-01' }, setup, { key: 'crash-open', db }),
    );
    await db.destroy();
    return new CrashWorld(folder, server, app, url.href);
  }

  /** `kill -9` of the server and everything it started, at one moment. */
  kill(): void {
    killAll(this.server.pid);
  }

  /** Starts it again on the same data and port; it recovers by itself. */
  async restart(): Promise<void> {
    this.server = await startEmbedded({ dataDir: join(this.folder, 'postgres'), port: this.server.port });
  }

  /** Looks at everything as the owner: what is in the books, and that every proof holds. */
  async examine(): Promise<Books> {
    const db = connect(this.ownerUrl, { max: 1, statementTimeoutMs: 120_000 });
    try {
      return { ...(await booksOf(db)), broken: await brokenProofs(db) };
    } finally {
      await db.destroy();
    }
  }

  async close(): Promise<void> {
    await this.server.stop();
    for (let tries = 0; tries < 20 && childrenOf(this.server.pid).length > 0; tries += 1) await sleep(100);
    removeCluster(join(this.folder, 'postgres'));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export type Books = {
  /** Answer kept for each key of a gift. */
  readonly gifts: ReadonlyMap<string, string>;
  readonly events: ReadonlySet<string>;
  readonly donations: number;
  /** Gifts without exactly one lot and one entry, or with another number of events in the trail than one. */
  readonly uneven: number;
  readonly broken: readonly string[];
};

const booksOf = async (db: Kysely<Database>): Promise<Omit<Books, 'broken'>> => {
  const keys = await db
    .selectFrom('command_key')
    .select(['key', 'answer'])
    .where('command', '=', 'story.online_gift')
    .execute();
  const events = await db.selectFrom('stripe_event').select('event_id as id').execute();
  const { rows } = await sql<{ donations: number; uneven: number }>`
    select count(*)::int as donations, count(*) filter (where not (
      (select count(*) from lot l where l.subject = d.code) = 1
      and (select count(*) from entry e where e.subject = d.code) = 1
      and (select count(*) from audit_event a where a.subject_id = d.code) = 1))::int as uneven
    from donation d`.execute(db);
  return {
    gifts: new Map(keys.map(({ key, answer }) => [key, String((answer as { code?: unknown } | null)?.code)])),
    events: new Set(events.map(({ id }) => id)),
    donations: rows[0]?.donations ?? -1,
    uneven: rows[0]?.uneven ?? -1,
  };
};

const brokenProofs = async (db: Kysely<Database>): Promise<string[]> =>
  (await prove(db)).filter(({ offenders }) => Number(offenders) > 0).map(({ name }) => name);

/** `kill -9` of a server and everything it started, at one moment. */
export const killAll = (server: number): void => {
  for (const pid of [server, ...childrenOf(server)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // One of its workers had just ended by itself.
    }
  }
};

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        // "pid (name) state ppid …": the name may hold anything, so what follows its last bracket is read.
        return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]) === parent;
      } catch {
        return false;
      }
    });
