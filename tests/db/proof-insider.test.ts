import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-insider-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_URL'] = 'http://shanlu.test';
  return { dataDir: folder };
});

import type { Database } from '@/db/tables';
import { signCheckpoint } from '@/lib/proof/checkpoint';
import { canonicalBytes, type JsonValue } from '@/lib/proof/jcs';
import { signingKeys } from '@/lib/proof/key';
import { proofFile } from '@/lib/proof/log.queries';
import { Frontier, inclusionSpans, leafHash } from '@/lib/proof/merkle';
import type { NoteSigner } from '@/lib/proof/note';
import { newSequencer } from '@/lib/proof/sequencer';
import type { World } from '../support/people';
import { storyWorld } from '../support/story-world';
import {
  download,
  newFolder,
  removeFolders,
  saved,
  served,
  verify,
  verifyHere,
  type ServedLog,
  type Verdict,
} from './proof-kit';

type Trx = Transaction<Database>;

let world: World;
let admin: Kysely<Database>;
let keeper: string;
let kept: { readonly note: string; readonly hashes: Uint8Array };
let original: readonly Leaf[];
let vkey: string;
let size: number;

// The whole story, logged; an outsider keeps the head and the hashes of that day.
beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  world = await storyWorld();
  await newSequencer({ db: world.db, witness: null })();
  admin = new Kysely<Database>({
    dialect: new PostgresDialect({
      pool: new pg.Pool({ connectionString: world.database.adminUrl, max: 1 }),
    }),
  });
  vkey = stolenKey().vkey;
  keeper = join(newFolder(), 'head');
  const first = await verify(await download(world.reader), '--key', vkey, '--save', keeper);
  expect(first).toMatchObject({ ok: true });
  size = Number(first.size);
  kept = { note: readFileSync(keeper, 'utf8'), hashes: readFileSync(`${keeper}.hashes`) };
  original = await leaves(world.db);
}, 300_000);
afterAll(async () => {
  await admin.destroy();
  await world.close();
  rmSync(dataDir, { recursive: true, force: true });
  removeFolders();
});

const stolenKey = (): NoteSigner => {
  const key = signingKeys()?.[0];
  if (!key) throw new Error('no key');
  return key;
};

/** Lets an insider at the database, with every guard switched off, reads what it then serves, and puts it all back. */
const after = async (attack: (trx: Trx) => Promise<unknown>): Promise<ServedLog> => {
  let files: ServedLog | undefined;
  await admin
    .transaction()
    .execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await attack(trx);
      files = await served(trx);
      throw new PutBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof PutBack)) throw error;
    });
  if (!files) throw new Error('nothing was served');
  return files;
};
class PutBack extends Error {}

type Leaf = { readonly index: number; readonly draftId: bigint; readonly body: Buffer };
const leaves = async (db: Kysely<Database>): Promise<Leaf[]> =>
  (
    await db
      .selectFrom('log_leaf as l')
      .innerJoin('log_draft as d', 'd.id', 'l.draft_id')
      .select(['l.leaf_index', 'd.id', 'd.body'])
      .orderBy('l.leaf_index')
      .execute()
  ).map((row) => ({ index: Number(row.leaf_index), draftId: row.id, body: row.body }));

/** Rewrites the whole log with these leaves, all hashes and nodes, and a head signed with the stolen key. */
const rebuild = async (trx: Trx, bodies: readonly Buffer[]): Promise<void> => {
  await sql`truncate log_leaf, log_node, log_checkpoint, log_cosignature`.execute(trx);
  const { rows } = await sql<{ id: bigint }>`insert into log_draft (body)
    select body from unnest(${bodies as Buffer[]}::bytea[]) with ordinality as t(body, n) order by n returning id`.execute(
    trx,
  );
  const tree = new Frontier();
  const nodes: { level: number; index: bigint; hash: Buffer }[] = [];
  for (const body of bodies)
    tree.append(leafHash(body), ({ level, index }, hash) => {
      if (level > 0 && level % 8 === 0) nodes.push({ level: level / 8, index, hash: Buffer.from(hash) });
    });
  await sql`insert into log_leaf (leaf_index, draft_id, leaf_hash, kind)
    select n - 1, id, hash, 'entry' from unnest(${rows.map((row) => row.id)}::bigint[],
      ${bodies.map((body) => Buffer.from(leafHash(body)))}::bytea[]) with ordinality as t(id, hash, n)`.execute(
    trx,
  );
  await sql`insert into log_node select * from unnest(${nodes.map((n) => n.level)}::smallint[],
    ${nodes.map((n) => n.index)}::bigint[], ${nodes.map((n) => n.hash)}::bytea[])`.execute(trx);
  const head = { origin: 'shanlu.test/log', size: tree.size, root: tree.root() };
  await sql`insert into log_checkpoint (epoch, size, root, note) values (1, ${head.size}, ${Buffer.from(head.root)},
    ${signCheckpoint(head, stolenKey())})`.execute(trx);
};

const edited = (body: Buffer, change: (leaf: Record<string, JsonValue>) => void): Buffer => {
  const leaf = JSON.parse(body.toString()) as Record<string, JsonValue>;
  change(leaf);
  return Buffer.from(canonicalBytes(leaf));
};
const dearer = (body: Buffer): Buffer =>
  Buffer.from(
    body.toString().replace(/"amount":"(\d+)"/, (_, amount: string) => `"amount":"${BigInt(amount) + 1n}"`),
  );
const redated = (body: Buffer): Buffer =>
  edited(body, (leaf) => {
    leaf['date'] = leaf['date'] === '2020-01-01' ? '2020-01-02' : '2020-01-01';
  });
const setBody = async (trx: Trx, draftId: bigint, body: Buffer): Promise<void> => {
  await trx.updateTable('log_draft').set({ body }).where('id', '=', draftId).execute();
};
const without = <T>(list: readonly T[], at: number): T[] => list.toSpliced(at, 1);
const bodiesOf = (all: readonly Leaf[]): Buffer[] => all.map((leaf) => leaf.body);
const bodyAt = (at: number): Buffer => (original[at] as Leaf).body;
const swapped = <T>(list: readonly T[], a: number, b: number): T[] =>
  list.with(a, list[b] as T).with(b, list[a] as T);

/** An amount appears in every entry: the nearest leaf at or after `at` that has one. */
const withAmount = (all: readonly Leaf[], at: number): Leaf =>
  [...all.slice(at), ...all].find((leaf) => leaf.body.includes('"amount":"')) as Leaf;

/** What an insider does, and the first leaf that is then wrong. */
const KINDS: Record<string, (trx: Trx, at: number) => Promise<number>> = {
  'changes an amount': async (trx, at) => {
    const leaf = withAmount(original, at);
    await setBody(trx, leaf.draftId, dearer(leaf.body));
    return leaf.index;
  },
  'changes a date': async (trx, at) => {
    const leaf = original[at] as Leaf;
    await setBody(trx, leaf.draftId, redated(leaf.body));
    return at;
  },
  'deletes a leaf': async (trx, at) => {
    await trx.deleteFrom('log_leaf').where('leaf_index', '=', BigInt(at)).execute();
    return at;
  },
  'deletes a leaf and moves the rest up, everything rebuilt and signed': async (trx, at) => {
    await rebuild(trx, without(bodiesOf(original), at));
    return at;
  },
  'inserts into the past, everything rebuilt and signed': async (trx, at) => {
    const all = bodiesOf(original);
    await rebuild(trx, all.toSpliced(at, 0, dearer(withAmount(original, 0).body)));
    return at;
  },
  'swaps two leaves': async (trx, at) => {
    const all = original;
    const [a, b] = [all[at] as Leaf, all[(at + 7) % size] as Leaf];
    await setBody(trx, a.draftId, b.body);
    await setBody(trx, b.draftId, a.body);
    return Math.min(a.index, b.index);
  },
  'swaps two leaves, everything rebuilt and signed': async (trx, at) => {
    const other = (at + 7) % size;
    await rebuild(trx, swapped(bodiesOf(original), at, other));
    return Math.min(at, other);
  },
  'changes an amount, everything rebuilt and signed': async (trx, at) => {
    const all = original;
    const leaf = withAmount(all, at);
    await rebuild(trx, bodiesOf(all).with(leaf.index, dearer(leaf.body)));
    return leaf.index;
  },
  'changes a date, everything rebuilt and signed': async (trx, at) => {
    const all = bodiesOf(original);
    await rebuild(trx, all.with(at, redated(all[at] as Buffer)));
    return at;
  },
  'changes a published hash': async (trx, at) => {
    await sql`update log_leaf set leaf_hash = sha256(leaf_hash) where leaf_index = ${at}`.execute(trx);
    return at;
  },
  'rolls back to an old dump': async (trx, at) => {
    await rebuild(trx, bodiesOf(original).slice(0, at));
    return at;
  },
  'rolls back and lets another history grow beyond the old head': async (trx, at) => {
    const all = bodiesOf(original);
    const other = all.slice(at).map(redated);
    await rebuild(trx, [...all.slice(0, at), ...other, ...other.map((body) => edited(body, rename))]);
    return at;
  },
};
const rename = (leaf: Record<string, JsonValue>): void => {
  if (typeof leaf['seq'] === 'string') leaf['seq'] = `X${leaf['seq']}`;
};

/** Ten places spread over the log, the first and the last among them. */
const places = (): number[] => Array.from({ length: 10 }, (_, n) => Math.floor((n * (size - 1)) / 9));

describe('an insider with every right on the database', () => {
  const kinds = Object.entries(KINDS);
  it('is tried in twelve ways', () => expect(kinds).toHaveLength(12));

  it.each(kinds)('%s: found in 10 of 10, first bad leaf named', async (_, attack) => {
    const found: Verdict[] = [];
    let asOutsider: Promise<Verdict> | undefined;
    const expected: number[] = [];
    for (const place of places()) {
      const files = await after(async (trx) => expected.push(await attack(trx, place)));
      found.push(await verifyHere(files, vkey, kept));
      // One of the ten by the command as anybody runs it, in a process of its own, while the others go on here.
      asOutsider ??= verify(saved(files), '--key', vkey, '--checkpoint', keeper);
    }
    expect(found.map((verdict) => verdict.ok)).toEqual(Array.from({ length: 10 }, () => false));
    expect(found.map((verdict) => verdict.firstBadIndex)).toEqual(expected);
    expect(await asOutsider).toMatchObject(found[0] as Verdict);
  });

  it('with a bare head, as printed on a receipt, the change is still found, and the range it lies in', async () => {
    const files = await after((trx) => rebuild(trx, bodiesOf(original).with(100, redated(bodyAt(100)))));
    expect((await verifyHere(files, vkey, kept)).firstBadIndex).toBe(100);
    const bare = join(newFolder(), 'receipt-head');
    writeFileSync(bare, kept.note);
    expect(await verify(saved(files), '--key', vkey, '--checkpoint', bare)).toMatchObject({
      ok: false,
      firstBadBetween: [0, size - 1],
    });
  });

  it('leaves an untouched log found whole', async () => {
    const files = await after(() => Promise.resolve());
    expect(await verifyHere(files, vkey, kept)).toMatchObject({ ok: true });
  });
});

describe('the numbers recomputed from the leaves alone', () => {
  it('are the public ones, to the fen: five numbers, every road, and the two books tie out', async () => {
    const verdict = await verify(await download(world.reader), '--key', vkey);
    const public_ = await world.reader
      .selectFrom('disclosure.campaign_numbers')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(verdict.campaigns?.[`${public_.campaign} ${public_.currency}`]).toMatchObject({
      pledged: String(public_.pledged_minor),
      received: String(public_.received_minor),
      allocated: String(public_.allocated_minor),
      committed: String(public_.committed_minor),
      certified: String(public_.certified_minor),
      paid: String(public_.paid_minor),
      unallocated: String(public_.unallocated_minor),
      fees: String(public_.fees_minor),
      returned: String(public_.returned_minor),
      lost: String(public_.lost_minor),
      shortfall: String(public_.shortfall_minor),
      difference: '0',
    });
    const roads = await world.reader.selectFrom('disclosure.segment').selectAll().execute();
    expect(roads.length).toBe(24);
    for (const road of roads)
      expect(verdict.roads?.[road.code]).toEqual({
        allocated: String(road.allocated_minor),
        committed: String(road.committed_minor),
        certified: String(road.certified_minor),
        paid: String(road.paid_minor),
        budget: String(road.budget_minor),
      });
  });

  it('differ from what pages would show if the books, not the log, were changed', async () => {
    let shown = 0n;
    await admin
      .transaction()
      .execute(async (trx) => {
        await sql`set local session_replication_role = replica`.execute(trx);
        await sql`update posting set amount_minor = amount_minor + 100 where entry_id = 5`.execute(trx);
        const row = await trx
          .selectFrom('disclosure.campaign_numbers')
          .select('received_minor')
          .executeTakeFirstOrThrow();
        shown = row.received_minor;
        throw new PutBack();
      })
      .catch((error: unknown) => {
        if (!(error instanceof PutBack)) throw error;
      });
    const verdict = await verify(await download(world.reader), '--key', vkey);
    expect(Object.values(verdict.campaigns ?? {})[0]?.['received']).not.toBe(String(shown));
  });
});

describe('every leaf', () => {
  it('gives a proof of at most 4 KB', async () => {
    // A proof is the leaf, a line for each neighbour and the head: the longest are among those of the longest leaves.
    const longest = original.toSorted((a, b) => b.body.length - a.body.length).slice(0, 30);
    const spread = original.filter((_, at) => at % 40 === 0 || at === size - 1);
    for (const { index } of [...longest, ...spread]) {
      const proof = (await proofFile(BigInt(index), world.reader)) ?? '';
      expect(proof).toContain('\nextra ');
      expect(Buffer.byteLength(proof)).toBeLessThanOrEqual(4096);
    }
    const lines = inclusionSpans(0n, BigInt(size)).length;
    const top = Math.ceil((longest[0]?.body.length ?? 0) / 3) * 4 + (lines + 1) * 45 + 1_000;
    expect(top).toBeLessThanOrEqual(4096);
  });
});
