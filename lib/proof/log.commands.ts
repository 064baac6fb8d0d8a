import { z } from 'zod';
import { defineCommand, type CommandContext } from '../context';
import { ok, refuse, type Result } from '../shared/result';
import { toSecond } from '../shared/instant';
import { parseCheckpointText, signCheckpoint, type TreeHead } from './checkpoint';
import { commit, newSalt } from './commitment';
import { defaultOrigin, signersFor, signingKeys } from './key';
import { actLeaf } from './leaf';
import {
  currentEpoch,
  insertCheckpoint,
  insertCosignature,
  insertEpoch,
  insertHalt,
  insertKeys,
  insertLeaves,
  insertResumption,
  latestCheckpoint,
  lockAppending,
  logSize,
  nextDrafts,
  openHalt,
  type Draft,
  type Epoch,
  type NewLeaf,
  type NewNode,
} from './log.store';
import { leafHash, sameHash, type Frontier } from './merkle';
import { parseNote, type NoteSigner } from './note';
import { TILE_HEIGHT } from './tiles';
import { storedFrontier } from './tree.queries';

/** Leaves in one batch: short enough that the transaction is over in a fraction of a second. */
export const BATCH = 4096;

/**
 * Appends drafts to the log and signs the new head, in one transaction: a crash leaves either both or neither. The
 * lock, the primary key of the leaves and "one head per size" make a second appender wait, not fork.
 *
 * Refuses `busy_try_again` when another appends or nothing is to be done, `donations_suspended` while the log is
 * halted. Throws when the stored tree is not the one that was signed last.
 */
export const appendLeaves = defineCommand({
  name: 'log.append',
  permission: 'log:append',
  events: ['log_appended', 'log_begun', 'log_key_added'],
  input: z.object({ through: z.string().nullable(), after: z.bigint() }),
  run: async (ctx, mark) => {
    if (!(await lockAppending(ctx.trx))) return refuse('busy_try_again');
    if (await openHalt(ctx.trx)) return refuse('donations_suspended');
    const keys = signingKeys();
    if (!keys) return refuse('not_found', { reason: 'signing_key' });

    const known = await currentEpoch(ctx.trx);
    const epoch = known ?? (await beginLog(ctx, keys[0]?.name ?? defaultOrigin()));
    const signers = signersFor(epoch.origin, keys);
    const newKeys = await noteKeys(ctx, epoch, signers, known !== undefined);
    const size = await logSize(ctx.trx);
    const frontier = await storedFrontier(ctx.trx, size);
    const before = await latestCheckpoint(ctx.trx, epoch.epoch);
    if (before && (before.size > size || (before.size === size && !sameHash(before.root, frontier.root()))))
      throw new Error('The stored tree is not the one that was signed last.');

    const { drafts, horizon } = await nextDrafts(ctx.trx, mark, BATCH);
    if (drafts.length === 0 && before && newKeys === 0) return refuse('busy_try_again');
    await append(ctx, frontier, drafts);
    const head: TreeHead = { origin: epoch.origin, size: frontier.size, root: frontier.root() };
    const isNewHead = before?.size !== head.size;
    if (isNewHead) await insertCheckpoint(ctx.trx, epoch.epoch, head, signAll(head, signers));
    ctx.record({
      event: 'log_appended',
      subjectKind: 'log',
      subjectId: epoch.origin,
      details: { from: size, size: head.size, root: Buffer.from(head.root).toString('hex') },
    });
    const last = drafts.at(-1);
    const next =
      drafts.length === BATCH && last
        ? { through: mark.through, after: last.id }
        : mark.after > 0n
          ? { through: mark.through, after: 0n }
          : { through: horizon, after: 0n };
    return ok({ appended: drafts.length, size: head.size, next });
  },
});

const beginLog = async (ctx: CommandContext, origin: string): Promise<Epoch> => {
  const epoch = { epoch: 1, origin };
  await insertEpoch(ctx.trx, epoch);
  ctx.record({ event: 'log_begun', subjectKind: 'log', subjectId: origin });
  return epoch;
};

/** A key that signs for the first time is announced in the log itself, except the first of all. */
const noteKeys = async (
  ctx: CommandContext,
  epoch: Epoch,
  signers: readonly NoteSigner[],
  announce: boolean,
): Promise<number> => {
  const added = await insertKeys(
    ctx.trx,
    epoch.epoch,
    signers.map((signer) => signer.vkey),
  );
  for (const vkey of announce ? added : []) {
    ctx.record({ event: 'log_key_added', subjectKind: 'log', subjectId: epoch.origin, details: { vkey } });
    ctx.publish(
      actLeaf({
        event: 'log_key_added',
        subject: epoch.origin,
        date: ctx.now.toISOString().slice(0, 10),
        recorded: toSecond(ctx.now),
        campaign: null,
        facts: { vkey },
      }),
    );
  }
  return added.length;
};

const append = async (ctx: CommandContext, frontier: Frontier, drafts: readonly Draft[]): Promise<void> => {
  if (drafts.length === 0) return;
  const leaves: NewLeaf[] = [];
  const nodes: NewNode[] = [];
  for (const { id, body } of drafts) {
    const hash = leafHash(body);
    leaves.push({ index: frontier.size, draftId: id, hash, ...describe(body) });
    frontier.append(hash, (node, nodeHash) => {
      if (node.level > 0 && node.level % TILE_HEIGHT === 0)
        nodes.push({ level: node.level / TILE_HEIGHT, index: node.index, hash: nodeHash });
    });
  }
  await insertLeaves(ctx.trx, leaves, nodes);
};

/** What pages find a leaf by. The leaf itself is only its bytes. */
const describe = (body: Buffer): Pick<NewLeaf, 'kind' | 'number' | 'event' | 'subject'> => {
  const leaf = JSON.parse(body.toString('utf8')) as Record<string, string | null | undefined>;
  const kind = leaf['type'] ?? '';
  return {
    kind,
    number: leaf['seq'] ?? leaf['entry'] ?? null,
    event: (kind === 'entry' ? leaf['kind'] : leaf['event']) ?? null,
    subject: leaf['subject'] ?? null,
  };
};

const signAll = (head: TreeHead, signers: readonly NoteSigner[]): string => {
  const [first, ...others] = signers;
  if (!first) throw new Error('a head needs a signer');
  return signCheckpoint(head, first, others);
};

/** Keeps what a witness has answered. The caller has checked the cosignature. */
export const keepCosignature = defineCommand({
  name: 'log.cosign',
  permission: 'log:append',
  events: ['log_cosigned'],
  input: z.object({
    epoch: z.int(),
    size: z.bigint(),
    witness: z.string(),
    line: z.string(),
    cosignedAt: z.date(),
  }),
  run: async (ctx, { epoch, size, witness, line, cosignedAt }) => {
    await insertCosignature(ctx.trx, { epoch, size, witness, line, cosigned_at: cosignedAt });
    ctx.record({ event: 'log_cosigned', subjectKind: 'log', subjectId: witness, details: { size } });
    return ok(null);
  },
});

/** Stops signing and taking money, because others hold a head that our tree does not continue. */
export const haltLog = defineCommand({
  name: 'log.halt',
  permission: 'log:append',
  events: ['log_halted'],
  input: z.object({
    cause: z.enum(['tree_smaller', 'tree_differs']),
    ownSize: z.bigint(),
    ownRoot: z.instanceof(Uint8Array),
    witnessedSize: z.bigint(),
    witnessedNote: z.string().nullable(),
  }),
  run: async (ctx, halt) => {
    if (await openHalt(ctx.trx)) return refuse('busy_try_again');
    const id = await insertHalt(ctx.trx, halt);
    ctx.record({
      event: 'log_halted',
      subjectKind: 'log',
      subjectId: String(id),
      details: { cause: halt.cause, ownSize: halt.ownSize, witnessedSize: halt.witnessedSize },
    });
    return ok({ haltId: id });
  },
});

export const confirmHaltForm = z.object({ reason: z.string().trim().min(10).max(2000) });

/**
 * A person says why our tree is not the one others hold (for instance: restored from last night's backup). Signing
 * and giving go on under a new name of the log, because nobody may sign two histories under one. The confirmation
 * is itself a leaf; its reason is public, and bound to the leaf by a commitment.
 */
export const confirmHalt = defineCommand({
  name: 'log.confirm_halt',
  permission: 'log:confirm',
  events: ['log_resumed'],
  input: confirmHaltForm,
  run: async (ctx, { reason }): Promise<Result<{ origin: string }>> => {
    if (ctx.actor.kind !== 'person') return refuse('not_permitted');
    const halt = await openHalt(ctx.trx);
    if (!halt) return refuse('not_found');
    const last = await currentEpoch(ctx.trx);
    const base = last?.origin ?? signingKeys()?.[0]?.name ?? defaultOrigin();
    // The number is also in the name others hold, so that a database that has lost a name does not use it again.
    const held = headOf(halt.witnessed_note);
    const number = Math.max(last?.epoch ?? 0, held ? epochNumber(held.origin) : 0) + 1;
    const epoch = { epoch: number, origin: epochOrigin(base, number) };
    await insertEpoch(ctx.trx, epoch);
    const salt = newSalt();
    await insertResumption(ctx.trx, {
      halt_id: halt.id,
      confirmed_by: ctx.actor.personId,
      reason,
      salt,
      epoch: epoch.epoch,
    });
    ctx.record({
      event: 'log_resumed',
      subjectKind: 'log',
      subjectId: String(halt.id),
      details: { origin: epoch.origin, reason },
    });
    ctx.publish(
      actLeaf({
        event: 'log_resumed',
        subject: epoch.origin,
        date: ctx.now.toISOString().slice(0, 10),
        recorded: toSecond(ctx.now),
        campaign: null,
        facts: {
          cause: halt.cause,
          ownSize: halt.own_size,
          ownRoot: halt.own_root.toString('hex'),
          witnessedSize: halt.witnessed_size,
          witnessedRoot: rootOf(halt.witnessed_note),
        },
        commitments: { reason: commit(salt, 'log', 'reason', reason) },
      }),
    );
    return ok({ origin: epoch.origin });
  },
});

const headOf = (note: string | null): TreeHead | null =>
  parseCheckpointText((note === null ? null : parseNote(note))?.text ?? '');

const rootOf = (note: string | null): string | null => {
  const head = headOf(note);
  return head && Buffer.from(head.root).toString('hex');
};

/** The name of the log in its n-th epoch: `host/log`, then `host/log/epoch-2` and so on. */
export const epochOrigin = (origin: string, epoch: number): string => {
  const base = origin.replace(/\/epoch-\d+$/, '');
  return epoch <= 1 ? base : `${base}/epoch-${epoch}`;
};

export const epochNumber = (origin: string): number => Number(/\/epoch-(\d+)$/.exec(origin)?.[1] ?? 1);
