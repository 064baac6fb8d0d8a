import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { connect } from '@/db/connect';
import { removeCluster, startEmbedded, type EmbeddedServer } from '@/db/embedded';
import { migrate } from '@/db/migrate';
import type { Database } from '@/db/tables';
import { roleUrls } from '@/db/urls';
import { createCampaign, openCampaign } from '@/lib/campaigns/campaign.commands';
import { runCommand } from '@/lib/command';
import { fileDocument } from '@/lib/evidence/evidence.commands';
import { fileShelves } from '@/lib/files/shelves';
import { foldSummaries } from '@/lib/ledger/summary.store';
import { prove } from '@/lib/proofs/proofs.queries';
import { tellOnlineGift } from '@/lib/run/story/history.commands';
import { CAMPAIGN, campaignForm, giftInput, must, person, same } from '../db/donations-kit';
import { GIFT } from './acts';
import {
  archiveHasAll,
  archiveInto,
  asAdmin,
  recovered,
  recoverFrom,
  unpack,
  wrongInBackup,
} from './base-backup';

const STRIPE = { kind: 'system', name: 'stripe' } as const;
const SECRET = 'secret-of-the-drill-roles-0123456789abcdef';

/** One server and what a person would be signed in as on it. */
export type Running = {
  readonly server: EmbeddedServer;
  readonly db: Kysely<Database>;
  readonly owner: Kysely<Database>;
};

const open = (server: EmbeddedServer): Running => {
  const url = new URL(server.adminUrl);
  url.pathname = '/drill';
  return {
    server,
    db: connect(roleUrls(url.href, SECRET).app, { max: 8, prepare: true }),
    owner: connect(url.href, { max: 1, statementTimeoutMs: 900_000 }),
  };
};

export const shut = async ({ db, owner }: Running): Promise<void> => {
  await Promise.all([db.destroy(), owner.destroy()]);
};

/** A PostgreSQL that answers only what is on the disk and archives its WAL, with a campaign, two people and `postings`. */
export class DrillWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'shanlu-drill-'));
  readonly archive = join(this.folder, 'archive');
  readonly servers: EmbeddedServer[] = [];
  clerk!: Awaited<ReturnType<typeof person>>;
  approver!: Awaited<ReturnType<typeof person>>;

  async start(postings: number): Promise<Running> {
    chmodSync(this.folder, 0o755);
    const dataDir = join(this.folder, 'live');
    const first = await startEmbedded({ dataDir });
    await asAdmin(first.adminUrl, ['create database drill']);
    await archiveInto(first.adminUrl, this.archive);
    await first.stop();
    const server = await startEmbedded({ dataDir });
    this.servers.push(server);
    const url = new URL(server.adminUrl);
    url.pathname = '/drill';
    await migrate(url.href, SECRET);
    const running = open(server);
    const { db } = running;
    const setup = { kind: 'system', name: 'setup' } as const;
    must(await runCommand(createCampaign, campaignForm(), setup, { key: 'drill-campaign', db }));
    must(
      await runCommand(openCampaign, { slug: CAMPAIGN, on: '2023-09-01' }, setup, { key: 'drill-open', db }),
    );
    this.clerk = await person(db, 'Lin', ['clerk']);
    this.approver = await person(db, 'Zhou', ['approver']);
    if (postings > 0) await fill(running, postings);
    await archiveHasAll(server.adminUrl);
    return running;
  }

  /** Unpacks the copy beside the live server and starts it, which reads the archive to its end or up to a moment. */
  async restore(name: string, base: string, until?: string): Promise<Running> {
    const dataDir = join(this.folder, name);
    const record = readFileSync(join(this.folder, 'live', 'server.json'), 'utf8');
    const { password } = JSON.parse(record) as { password: string };
    const cluster = unpack(base, JSON.stringify({ password }), dataDir);
    const wrong = wrongInBackup(cluster, join(base, 'copy', 'backup_manifest'));
    if (wrong.length > 0) throw new Error(`The base backup is not whole: ${wrong.slice(0, 5).join(', ')}`);
    recoverFrom(cluster, this.archive, until);
    const server = await startEmbedded({ dataDir });
    this.servers.push(server);
    await recovered(server.adminUrl);
    return open(server);
  }

  /** Copies what is new in the folder of files: they never change, so that is all there is to it. */
  copyFiles(from: string): void {
    mkdirSync(this.files, { recursive: true });
    cpSync(join(from, 'files'), this.files, {
      recursive: true,
      force: false,
      filter: (path) => !path.includes('incoming'),
    });
  }

  get files(): string {
    return join(this.folder, 'files');
  }

  async close(): Promise<void> {
    for (const server of this.servers) await server.stop().catch(() => undefined);
    await sleep(300);
    for (const name of ['live', 'at-the-end', 'at-a-second']) removeCluster(join(this.folder, name));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Many gifts like a first one that was given through the act: donation, lot, entry, two postings, the lots they move.
 * Written past the acts, because a million of those would take an hour.
 */
const fill = async ({ db, owner }: Running, postings: number): Promise<void> => {
  must(await runCommand(tellOnlineGift, { ...GIFT, feeMinor: 0n }, STRIPE, { key: 'drill-first', db }));
  const numbers = sql`generate_series(1, ${Math.floor(postings / 2)}::int) n`;
  const first = sql`(select max(id) from entry)`;
  await sql`set session_replication_role = replica`.execute(owner);
  await sql`insert into donation (id, code, reference, campaign_id, channel, currency, amount_minor, settled_minor, fee_minor,
      status, given_on, received_on, content_hash)
    select gen_random_uuid(), 'G-' || (1000000 + n), 'DRILL-' || n, campaign_id, channel, currency, amount_minor,
      settled_minor, fee_minor, status, given_on, received_on, content_hash
    from (select * from donation limit 1) d, ${numbers}`.execute(owner);
  await sql`insert into lot (kind, subject, campaign_id, amount_minor, received_on)
    select kind, 'G-' || (1000000 + n), campaign_id, amount_minor, received_on from (select * from lot limit 1) l, ${numbers}`.execute(
    owner,
  );
  await sql`insert into entry (kind, campaign_id, subject_kind, subject, accounting_date, amount_minor)
    select kind, campaign_id, subject_kind, 'G-' || (1000000 + n), accounting_date, amount_minor
    from (select * from entry where id = ${first}) e, ${numbers}`.execute(owner);
  await sql`insert into posting (entry_id, line_no, book, currency, credit_account_id, debit_account_id, amount_minor)
    select e.id, p.line_no, p.book, p.currency, p.credit_account_id, p.debit_account_id, p.amount_minor
    from entry e, posting p where e.subject like 'G-1%' and p.entry_id < e.id
      and p.entry_id = (select min(id) from entry)`.execute(owner);
  await sql`insert into posting_lot (entry_id, line_no, lot_id, amount_minor)
    select p.entry_id, p.line_no, l.id, p.amount_minor from posting p join entry e on e.id = p.entry_id
      join lot l on l.subject = e.subject
    where e.subject like 'G-1%' and p.book = 'purpose'`.execute(owner);
  await sql`set session_replication_role = origin`.execute(owner);
  await sql`analyze`.execute(owner);
  // One transaction wrote them all, so they are folded at once, which takes longer than the app may.
  await foldSummaries(owner);
};

/** Files a document as a clerk does: its bytes first, then the act that names them. */
export const handInDocument = async (
  { db }: Running,
  clerk: DrillWorld['clerk'],
  key: string,
): Promise<string | null> => {
  const bytes = Buffer.from(`%PDF-1.7 ${key} ${'.'.repeat(5_000)}`);
  const { sha256, size } = await fileShelves().sealed.put(bytes);
  const done = await runCommand(
    fileDocument,
    {
      campaign: CAMPAIGN,
      segment: null,
      kind: 'other',
      title: same('Drill'),
      dated: '2024-05-06',
      pages: 1,
      mediaType: 'application/pdf',
      sizeBytes: BigInt(size),
      sha256,
      publicSha256: null,
      visibility: 'internal',
      withheldReason: null,
      opensOn: null,
    },
    clerk,
    { key, db },
  );
  return done.ok ? done.value.code : null;
};

export const giftByHand = (over: Record<string, unknown> = {}) => giftInput(over);

/** Offending rows of each proof; rows written past the acts may offend some, on the copy no more than on the original. */
export const proofsOf = async (db: Kysely<Database>): Promise<Record<string, number>> =>
  Object.fromEntries((await prove(db)).map(({ name, offenders }) => [name, Number(offenders)]));
