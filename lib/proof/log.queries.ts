import 'server-only';
import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import { publicReader } from '@/db/public-reader';
import type { Database } from '@/db/tables';
import { env } from '../env';
import { HASH_BYTES, inclusionSpans, proofOf } from './merkle';
import { entryBundle, tileExists, TILE_WIDTH, type TileId } from './tiles';
import { formatTlogProof } from './tlog-proof';
import { readSpans } from './tree.queries';

/** What the public may read of the log. Everything here goes through the views of schema `disclosure`. */
const reader = (): Reader => publicReader(env.publicDatabaseUrl, env.DATABASE_POOL_MAX);

export type PublishedHead = {
  readonly epoch: number;
  readonly origin: string;
  readonly size: bigint;
  readonly root: Buffer;
  /** The signed note with the cosignatures of witnesses. */
  readonly note: string;
  readonly signedAt: Date;
  readonly witnesses: number;
};

/** The newest signed head, or null before the first. */
export const newestHead = async (db: Reader = reader()): Promise<PublishedHead | null> =>
  headWhere(db, 0n, false);

/** The newest head of at least this size that a witness has signed too, else the newest. */
export const bestHeadFor = async (size: bigint, db: Reader = reader()): Promise<PublishedHead | null> =>
  (await headWhere(db, size, true)) ?? (await headWhere(db, size, false));

const headWhere = async (db: Reader, size: bigint, witnessed: boolean): Promise<PublishedHead | null> => {
  const row = await db
    .selectFrom('disclosure.log_checkpoint')
    .selectAll()
    .where('size', '>=', size)
    .where('epoch', '=', (eb) =>
      eb.selectFrom('disclosure.log_key').select((e) => e.fn.max('epoch').as('epoch')),
    )
    .$if(witnessed, (query) => query.where('witnesses', '>', 0))
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row
    ? {
        epoch: row.epoch,
        origin: row.origin,
        size: row.size,
        root: row.root,
        note: row.note + row.cosignatures,
        signedAt: row.signed_at,
        witnesses: row.witnesses,
      }
    : null;
};

/** Every public key that has signed heads, the present ones first. */
export const publicKeys = async (db: Reader = reader()): Promise<string[]> =>
  (
    await db
      .selectFrom('disclosure.log_key')
      .select('vkey')
      .orderBy('epoch', 'desc')
      .orderBy('used_from', 'desc')
      .execute()
  ).map((row) => row.vkey);

/**
 * The bytes of a tile or an entry bundle, or null when no signed tree has it. What is stored is served as it is:
 * if rows are missing or changed, the reader's own check says so, and says where.
 */
export const tileBytes = async (tile: TileId, db: Reader = reader()): Promise<Buffer | null> => {
  const head = await newestHead(db);
  if (!head || !tileExists(tile, head.size)) return null;
  const first = tile.index * BigInt(TILE_WIDTH);
  const end = first + BigInt(tile.width);
  if (tile.level === 'entries') {
    const rows = await db
      .selectFrom('disclosure.log_leaf')
      .select(['leaf_index', 'body'])
      .where('leaf_index', '>=', first)
      .where('leaf_index', '<', end)
      .orderBy('leaf_index')
      .execute();
    return entryBundle(inPlace(rows, first, tile.width, (row) => row?.body ?? Buffer.alloc(0)));
  }
  const rows =
    tile.level === 0
      ? await db
          .selectFrom('disclosure.log_leaf_hash')
          .select(['leaf_index', 'leaf_hash as hash'])
          .where('leaf_index', '>=', first)
          .where('leaf_index', '<', end)
          .orderBy('leaf_index')
          .execute()
      : await db
          .selectFrom('disclosure.log_node')
          .select(['node_index as leaf_index', 'hash'])
          .where('level', '=', tile.level)
          .where('node_index', '>=', first)
          .where('node_index', '<', end)
          .orderBy('node_index')
          .execute();
  return Buffer.concat(inPlace(rows, first, tile.width, (row) => row?.hash ?? Buffer.alloc(HASH_BYTES)));
};

// A row that is gone leaves an empty place, so that its neighbours keep theirs and the gap itself can be named.
const inPlace = <Row extends { leaf_index: bigint }>(
  rows: readonly Row[],
  first: bigint,
  width: number,
  bytes: (row: Row | undefined) => Buffer,
): Buffer[] => {
  const byPlace = new Map(rows.map((row) => [Number(row.leaf_index - first), row]));
  return Array.from({ length: width }, (_, at) => bytes(byPlace.get(at)));
};

export type LeafOfThing = {
  readonly index: bigint;
  readonly kind: string;
  readonly number: string | null;
  readonly event: string | null;
  readonly subject: string | null;
};

/**
 * The leaves about a thing, oldest first: by the number of an entry (E-000131), or by what they are about (gift
 * G-0095, road ML-07, contract, payment), narrowed to one event where it is given. At most 200.
 */
export const leavesOf = async (
  thing: string,
  event: string | null,
  db: Reader = reader(),
): Promise<LeafOfThing[]> => {
  const rows = await db
    .selectFrom('disclosure.log_leaf')
    .select(['leaf_index', 'kind', 'number', 'event', 'subject'])
    .where((eb) => eb.or([eb('number', '=', thing), eb('subject', '=', thing)]))
    .where('kind', '<>', 'lots')
    .$if(event !== null, (query) => query.where('event', '=', event))
    .orderBy('leaf_index')
    .limit(200)
    .execute();
  return rows.map(({ leaf_index, ...rest }) => ({ index: leaf_index, ...rest }));
};

/** Of all leaves about a thing the one that says what it is: its entry in the books, else the first act. */
export const mainLeafOf = (leaves: readonly LeafOfThing[]): LeafOfThing | undefined =>
  leaves.find((leaf) => leaf.kind === 'entry') ?? leaves[0];

/** Proof files above this size leave the leaf out; it is then fetched beside the proof. */
const EXTRA_BYTES_MAX = 2_000;

/**
 * The .tlog-proof file of one leaf under the newest witnessed head, at most 4 KB; null when there is no such leaf
 * in a signed tree yet.
 */
export const proofFile = async (index: bigint, db: Reader = reader()): Promise<string | null> => {
  const head = await bestHeadFor(index + 1n, db);
  const leaf = await db
    .selectFrom('disclosure.log_leaf')
    .select('body')
    .where('leaf_index', '=', index)
    .executeTakeFirst();
  if (!head || !leaf) return null;
  const spans = inclusionSpans(index, head.size);
  const hashes = proofOf(spans, await readSpans(db, spans));
  const extra = leaf.body.length <= EXTRA_BYTES_MAX ? leaf.body : null;
  return formatTlogProof({ extra, index, hashes, checkpoint: head.note });
};

/** The bytes of one leaf of a signed tree, or null. */
export const leafBytes = async (index: bigint, db: Reader = reader()): Promise<Buffer | null> => {
  const head = await newestHead(db);
  if (!head || index >= head.size) return null;
  const leaf = await db
    .selectFrom('disclosure.log_leaf')
    .select('body')
    .where('leaf_index', '=', index)
    .executeTakeFirst();
  return leaf?.body ?? null;
};

export type LogStatus = {
  readonly head: PublishedHead | null;
  /** Acts that are committed and not in the log yet, and how long the oldest has been waiting. */
  readonly waiting: number;
  readonly waitingMs: bigint;
  /** How long the newest leaves (up to 1,000) took from the start of their act into the log; null before the first. */
  readonly delay: {
    readonly leaves: number;
    readonly medianMs: bigint;
    readonly p99Ms: bigint;
    readonly maxMs: bigint;
  } | null;
  readonly halt: { readonly cause: string; readonly ownSize: bigint; readonly witnessedSize: bigint } | null;
};

/** How the log stands, for the foot of every page, the health page and the metrics. */
export const logStatus = async (db: Reader = reader()): Promise<LogStatus> => {
  const { rows } = await sql<{
    leaves: number;
    oldest_ms: bigint;
  }>`select * from disclosure.log_waiting`.execute(db as Kysely<Database>);
  const delay = await db.selectFrom('disclosure.log_delay').selectAll().executeTakeFirst();
  const halt = await db
    .selectFrom('disclosure.log_halt')
    .select(['cause', 'own_size', 'witnessed_size'])
    .where('resumed_at', 'is', null)
    .executeTakeFirst();
  return {
    head: await newestHead(db),
    waiting: rows[0]?.leaves ?? 0,
    waitingMs: rows[0]?.oldest_ms ?? 0n,
    delay:
      delay && delay.leaves > 0
        ? { leaves: delay.leaves, medianMs: delay.median_ms, p99Ms: delay.p99_ms, maxMs: delay.max_ms }
        : null,
    halt: halt ? { cause: halt.cause, ownSize: halt.own_size, witnessedSize: halt.witnessed_size } : null,
  };
};

export type PublicHalt = {
  readonly cause: string;
  readonly ownSize: bigint;
  readonly witnessedSize: bigint;
  readonly foundAt: Date;
  readonly reason: string | null;
  readonly salt: Buffer | null;
  readonly resumedAt: Date | null;
  readonly resumedAs: string | null;
};

/** Every time the log was halted, with the reason a person gave; the salt opens that reason's commitment. */
export const halts = async (db: Reader = reader()): Promise<PublicHalt[]> =>
  (await db.selectFrom('disclosure.log_halt').selectAll().orderBy('id').execute()).map((row) => ({
    cause: row.cause,
    ownSize: row.own_size,
    witnessedSize: row.witnessed_size,
    foundAt: row.found_at,
    reason: row.reason,
    salt: row.salt,
    resumedAt: row.resumed_at,
    resumedAs: row.resumed_as,
  }));
