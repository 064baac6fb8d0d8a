import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
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
import { cloneDatabase } from '../support/database';

type Environment = Readonly<Record<string, string>>;

const SECRET = 'secret-of-the-fault-roles-0123456789abcdef';

/** The books of a campaign that takes gifts, looked at from outside. */
export class BooksWorld {
  protected constructor(
    readonly appUrl: string,
    protected readonly ownerUrl: string,
    private readonly end: () => Promise<void>,
  ) {}

  /** On the server of the tests, which goes on whatever happens to the connections. */
  static async beside(): Promise<BooksWorld> {
    const test = await cloneDatabase();
    await openCampaignAt(test.appUrl);
    return new BooksWorld(test.appUrl, test.adminUrl, test.drop);
  }

  /** The application's address through something that stands before the server. */
  appUrlAt(port: number): string {
    const url = new URL(this.appUrl);
    url.port = String(port);
    return url.href;
  }

  get port(): number {
    return Number(new URL(this.appUrl).port);
  }

  /** A connection as superuser, beside the pool that is looked at. */
  async asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
    const admin = new pg.Client({ connectionString: this.ownerUrl });
    admin.on('error', () => undefined);
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.end();
    }
  }

  /** Looks at everything as the owner: what is in the books, and that every proof holds. */
  async examine(): Promise<Books> {
    const db = connect(this.ownerUrl, { max: 1, statementTimeoutMs: 120_000 });
    try {
      // As the database itself does some minutes after so much was written; without it tens of thousands of gifts are
      // looked up as if there were none.
      await sql`analyze`.execute(db);
      return { ...(await booksOf(db)), broken: await brokenProofs(db) };
    } finally {
      await db.destroy();
    }
  }

  close(): Promise<void> {
    return this.end();
  }
}

/** A PostgreSQL with its own settings (nothing is answered before it is on the disk) that can be killed and started. */
export class CrashWorld extends BooksWorld {
  private constructor(
    private readonly folder: string,
    private server: EmbeddedServer,
    private readonly environment: Environment,
    appUrl: string,
    ownerUrl: string,
  ) {
    super(appUrl, ownerUrl, () => this.remove());
  }

  /** `environment` is the server's own, such as another clock. */
  static async open(within = tmpdir(), environment: Environment = {}): Promise<CrashWorld> {
    const folder = mkdtempSync(join(within, 'shanlu-crash-'));
    chmodSync(folder, 0o755);
    const server = await startEmbedded({ dataDir: join(folder, 'postgres'), environment });
    const admin = new pg.Client({ connectionString: server.adminUrl });
    await admin.connect();
    await admin.query('create database crash');
    await admin.end();
    const url = new URL(server.adminUrl);
    url.pathname = '/crash';
    await migrate(url.href, SECRET);
    const { app } = roleUrls(url.href, SECRET);
    await openCampaignAt(app);
    return new CrashWorld(folder, server, environment, app, url.href);
  }

  /** `kill -9` of the server and everything it started, at one moment; or another signal to all of them. */
  kill(signal: Signal = 'SIGKILL'): void {
    killAll(this.server.pid, signal);
  }

  /** An orderly end, as for an update of the server: connections are ended, running transactions rolled back. */
  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** Starts it again on the same data and port; it recovers by itself. */
  async restart(): Promise<void> {
    this.server = await startEmbedded({
      dataDir: join(this.folder, 'postgres'),
      port: this.server.port,
      environment: this.environment,
    });
  }

  /** The cluster's own folder, for harm done to its files. */
  get files(): string {
    return realpathSync(join(this.folder, 'postgres', 'cluster'));
  }

  private async remove(): Promise<void> {
    await this.server.stop();
    for (let tries = 0; tries < 20 && childrenOf(this.server.pid).length > 0; tries += 1) await sleep(100);
    removeCluster(join(this.folder, 'postgres'));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const openCampaignAt = async (appUrl: string): Promise<void> => {
  const db = connect(appUrl, { max: 1 });
  const setup = { kind: 'system', name: 'setup' } as const;
  must(await runCommand(createCampaign, campaignForm(), setup, { key: 'crash-campaign', db }));
  must(
    await runCommand(openCampaign, { slug: CAMPAIGN, on: '2023-09-01' }, setup, { key: 'crash-open', db }),
  );
  await db.destroy();
};

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
    with lots as (select subject as code, count(*) as n from lot group by 1),
      entries as (select subject as code, count(*) as n from entry group by 1),
      events as (select subject_id as code, count(*) as n from audit_event group by 1)
    select count(*)::int as donations, count(*) filter (where not (
      coalesce(lots.n, 0) = 1 and coalesce(entries.n, 0) = 1 and coalesce(events.n, 0) = 1))::int as uneven
    from donation d left join lots using (code) left join entries using (code) left join events using (code)`.execute(
    db,
  );
  return {
    gifts: new Map(keys.map(({ key, answer }) => [key, String((answer as { code?: unknown } | null)?.code)])),
    events: new Set(events.map(({ id }) => id)),
    donations: rows[0]?.donations ?? -1,
    uneven: rows[0]?.uneven ?? -1,
  };
};

const brokenProofs = async (db: Kysely<Database>): Promise<string[]> =>
  (await prove(db)).filter(({ offenders }) => Number(offenders) > 0).map(({ name }) => name);

type Signal = 'SIGKILL' | 'SIGSTOP' | 'SIGCONT';

/** `kill -9` of a server and everything it started, at one moment; or another signal to all of them. */
export const killAll = (server: number, signal: Signal = 'SIGKILL'): void => {
  for (const pid of [server, ...childrenOf(server)]) {
    try {
      process.kill(pid, signal);
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
