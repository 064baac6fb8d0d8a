import 'server-only';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { runCommand } from '../command';
import { newId } from '../shared/id';
import { openCheckpoint, parseCheckpointText, type TreeHead } from './checkpoint';
import { signersFor } from './key';
import { epochNumber, epochOrigin, haltLog, keepCosignature } from './log.commands';
import type { HaltCause } from './log.store';
import { consistencySpans, proofOf, sameHash } from './merkle';
import { parseNote } from './note';
import { lastCosigned, noteCompared, type OwnHead } from './own-head';
import { rememberedNote, rememberHead } from './remembered-head';
import { readSpans, storedRoot } from './tree.queries';
import { askWitness, heldByWitness, type Witness } from './witness.gateway';

export type Comparison = {
  readonly db: Kysely<Database>;
  readonly witness: Witness | null;
  readonly onTrouble: (sentence: string) => void;
};

const SEQUENCER = { kind: 'system', name: 'sequencer' } as const;

/**
 * Is our tree still the one others hold? Compared are the head we remember outside the database and the head the
 * witness holds; then the newest head is cosigned. False when it is not, and the log is halted; false too when the
 * only one who could tell cannot be asked on a database that has just been started.
 */
export const compareWithOthers = async (
  comparison: Comparison,
  own: OwnHead,
  incarnation: string,
  isNewDatabase: boolean,
): Promise<boolean> => {
  const { db, witness, onTrouble } = comparison;
  const remembered = rememberedHead(own);
  const held = witness ? await heldByWitness(witness, own.origin, own.signers) : null;
  // A database put back to before a confirmed halt does not know its later name; the witness does.
  const next = epochOrigin(own.origin, own.epoch + 1);
  const later = witness ? await heldByWitness(witness, next, signersFor(next, own.signers)) : null;
  for (const other of [remembered, held, later]) {
    if (!other || !('head' in other)) continue;
    const cause = await differs(db, own, other.head);
    if (cause) return halt(comparison, own, cause, other.head.size, other.note);
  }
  if (isNewDatabase && !remembered && own.signed && held?.kind === 'unreachable') {
    onTrouble(
      `Neither a remembered head nor the witness ${witness?.key.name ?? ''} can say whether the log is whole.`,
    );
    return false;
  }
  const cosigned = witness ? await haveCosigned(comparison, witness, own) : 'not_asked';
  if (cosigned === 'halted') return false;
  if (own.signed) rememberHead(own.signed.note);
  await noteCompared(db, incarnation, cosigned === 'cosigned');
  return true;
};

/** The head in the data folder, if it is of this log and not of a name given up by a person's confirmation. */
const rememberedHead = (own: OwnHead): { head: TreeHead; note: string } | null => {
  const note = rememberedNote();
  const origin = parseCheckpointText((note === null ? null : parseNote(note))?.text ?? '')?.origin;
  if (note === null || origin === undefined || epochNumber(origin) < own.epoch) return null;
  const opened = openCheckpoint(note, origin, signersFor(origin, own.signers));
  return opened.ok ? { head: opened.head, note } : null;
};

const differs = async (db: Kysely<Database>, own: OwnHead, other: TreeHead): Promise<HaltCause | null> => {
  if (other.size > own.size) return 'tree_smaller';
  if (other.origin !== own.origin) return 'tree_differs';
  return sameHash(await storedRoot(db, other.size), other.root) ? null : 'tree_differs';
};

const haveCosigned = async (
  comparison: Comparison,
  witness: Witness,
  own: OwnHead,
): Promise<'cosigned' | 'not_asked' | 'halted'> => {
  const { db, onTrouble } = comparison;
  const { signed, epoch } = own;
  if (!signed) return 'not_asked';
  let from = await lastCosigned(db, epoch, witness.key.name);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const spans = from > 0n && from < signed.size ? consistencySpans(from, signed.size) : [];
    const reply = await askWitness(witness, from, proofOf(spans, await readSpans(db, spans)), signed.note);
    switch (reply.kind) {
      case 'cosigned': {
        if (signed.cosigned.includes(witness.key.name)) return 'cosigned';
        const { size } = signed;
        const kept = { epoch, size, witness: witness.key.name, line: reply.line, cosignedAt: reply.at };
        const done = await runCommand(keepCosignature, kept, SEQUENCER, { key: newId(), db });
        return done.ok ? 'cosigned' : 'not_asked';
      }
      case 'holds':
        if (reply.size > own.size) {
          await halt(comparison, own, 'tree_smaller', reply.size, null);
          return 'halted';
        }
        if (reply.size > signed.size) return 'not_asked'; // another process has signed and asked meanwhile
        from = reply.size;
        break;
      case 'refused':
        await halt(comparison, own, 'tree_differs', from, null);
        return 'halted';
      case 'unknown_log':
        onTrouble(
          `The witness ${witness.key.name} does not know this log; tell it ${own.signers[0]?.vkey ?? ''}`,
        );
        return 'not_asked';
      case 'unreachable':
        onTrouble(`The witness ${witness.key.name} could not be asked: ${reply.why}.`);
        return 'not_asked';
    }
  }
  return 'not_asked';
};

const halt = async (
  { db, onTrouble }: Comparison,
  own: OwnHead,
  cause: HaltCause,
  witnessedSize: bigint,
  witnessedNote: string | null,
): Promise<false> => {
  const ownRoot = await storedRoot(db, own.size);
  const found = { cause, ownSize: own.size, ownRoot, witnessedSize, witnessedNote };
  await runCommand(haltLog, found, SEQUENCER, { key: newId(), db });
  onTrouble(
    `Signing and giving are halted (${cause}): this database has ${own.size} leaves, others hold a head of ${witnessedSize}.`,
  );
  return false;
};
