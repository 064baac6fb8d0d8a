import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { TreeHead } from './checkpoint';
import type { Hash } from './merkle';

type Trx = Transaction<Database>;

/** The one appender: whoever holds this may append, for the rest of the transaction. False when another does. */
export const lockAppending = async (trx: Trx): Promise<boolean> =>
  (await sql<{ won: boolean }>`select pg_try_advisory_xact_lock(75120) as won`.execute(trx)).rows[0]?.won ??
  false;

export type Epoch = { readonly epoch: number; readonly origin: string };

export const currentEpoch = (trx: Trx): Promise<Epoch | undefined> =>
  trx
    .selectFrom('log_epoch')
    .select(['epoch', 'origin'])
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst();

export const insertEpoch = async (trx: Trx, epoch: Epoch): Promise<void> => {
  await trx.insertInto('log_epoch').values(epoch).execute();
};

/** Notes keys as used. Answers those that were new. */
export const insertKeys = async (trx: Trx, epoch: number, vkeys: readonly string[]): Promise<string[]> =>
  (
    await trx
      .insertInto('log_key')
      .values(vkeys.map((vkey) => ({ vkey, epoch })))
      .onConflict((conflict) => conflict.column('vkey').doNothing())
      .returning('vkey')
      .execute()
  ).map((row) => row.vkey);

export const logSize = async (trx: Trx): Promise<bigint> =>
  ((
    await trx
      .selectFrom('log_leaf')
      .select((eb) => eb.fn.max('leaf_index').as('last'))
      .executeTakeFirst()
  )?.last ?? -1n) + 1n;

export const latestCheckpoint = (trx: Trx, epoch: number) =>
  trx
    .selectFrom('log_checkpoint')
    .select(['size', 'root', 'note'])
    .where('epoch', '=', epoch)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();

export type Draft = { readonly id: bigint; readonly body: Buffer };

/**
 * Where the sequencer has got to. All drafts of transactions before `through` are leaves; within a long backlog,
 * all of them up to draft `after` are.
 */
export type Mark = { readonly through: string | null; readonly after: bigint };

/**
 * The next drafts, in the order of their numbers. A number is given out before its transaction commits, so a
 * smaller one may appear after a larger one; therefore only drafts of transactions older than every one still
 * running are taken: none of these can appear later. (A number from the future belongs to a database restored
 * from a dump: those transactions are long over.) `horizon` is the new `through` once nothing is left.
 */
export const nextDrafts = async (
  trx: Trx,
  { through, after }: Mark,
  limit: number,
): Promise<{ drafts: Draft[]; horizon: string }> => {
  const { rows } = await sql<{ id: bigint | null; body: Buffer | null; horizon: string }>`
    with now as (select pg_snapshot_xmin(s) as low, pg_snapshot_xmax(s) as high from pg_current_snapshot() s)
    select d.id, d.body, now.low::text as horizon
    from now left join lateral (
      select id, body from log_draft
      where ((tx < now.low and (${through}::text is null or tx >= ${through}::text::xid8))
          or (${through}::text is null and tx >= now.high and tx is distinct from pg_current_xact_id_if_assigned()))
        and id > ${after}
        and not exists (select 1 from log_leaf where draft_id = log_draft.id)
      order by id limit ${limit}) d on true`.execute(trx);
  return {
    drafts: rows.flatMap(({ id, body }) => (id === null || body === null ? [] : [{ id, body }])),
    horizon: rows[0]?.horizon ?? '0',
  };
};

export type NewLeaf = {
  readonly index: bigint;
  readonly draftId: bigint;
  readonly hash: Hash;
  readonly kind: string;
  readonly number: string | null;
  readonly event: string | null;
  readonly subject: string | null;
};
export type NewNode = { readonly level: number; readonly index: bigint; readonly hash: Hash };

export const insertLeaves = async (
  trx: Trx,
  leaves: readonly NewLeaf[],
  nodes: readonly NewNode[],
): Promise<void> => {
  await sql`
    with node as (
      insert into log_node (level, node_index, hash)
      select * from unnest(${nodes.map((node) => node.level)}::smallint[], ${nodes.map((node) => node.index)}::bigint[],
        ${nodes.map((node) => Buffer.from(node.hash))}::bytea[]))
    insert into log_leaf (leaf_index, draft_id, leaf_hash, kind, number, event, subject)
    select * from unnest(${leaves.map((leaf) => leaf.index)}::bigint[], ${leaves.map((leaf) => leaf.draftId)}::bigint[],
      ${leaves.map((leaf) => Buffer.from(leaf.hash))}::bytea[], ${leaves.map((leaf) => leaf.kind)}::text[],
      ${leaves.map((leaf) => leaf.number)}::text[], ${leaves.map((leaf) => leaf.event)}::text[],
      ${leaves.map((leaf) => leaf.subject)}::text[])`.execute(trx);
};

export const insertCheckpoint = async (
  trx: Trx,
  epoch: number,
  head: TreeHead,
  note: string,
): Promise<void> => {
  await trx
    .insertInto('log_checkpoint')
    .values({ epoch, size: head.size, root: Buffer.from(head.root), note })
    .execute();
};

export const insertCosignature = async (
  trx: Trx,
  row: { epoch: number; size: bigint; witness: string; line: string; cosigned_at: Date },
): Promise<void> => {
  await trx
    .insertInto('log_cosignature')
    .values(row)
    .onConflict((conflict) => conflict.columns(['epoch', 'size', 'witness']).doNothing())
    .execute();
};

/** The halt no person has confirmed yet, if there is one. */
export const openHalt = (trx: Trx) =>
  trx
    .selectFrom('log_halt as h')
    .leftJoin('log_resumption as r', 'r.halt_id', 'h.id')
    .selectAll('h')
    .where('r.halt_id', 'is', null)
    .orderBy('h.id')
    .limit(1)
    .executeTakeFirst();

export type HaltCause = 'tree_smaller' | 'tree_differs';

export const insertHalt = async (
  trx: Trx,
  halt: {
    readonly cause: HaltCause;
    readonly ownSize: bigint;
    readonly ownRoot: Hash;
    readonly witnessedSize: bigint;
    readonly witnessedNote: string | null;
  },
): Promise<bigint> =>
  (
    await trx
      .insertInto('log_halt')
      .values({
        cause: halt.cause,
        own_size: halt.ownSize,
        own_root: Buffer.from(halt.ownRoot),
        witnessed_size: halt.witnessedSize,
        witnessed_note: halt.witnessedNote,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;

export const insertResumption = async (
  trx: Trx,
  row: { halt_id: bigint; confirmed_by: string; reason: string; salt: Buffer; epoch: number },
): Promise<void> => {
  await trx.insertInto('log_resumption').values(row).execute();
};
