import { createHash } from 'node:crypto';
import { openCheckpoint, parseSize, type TreeHead } from './checkpoint';
import type { Hash } from './merkle';
import { cosignatureTime, openNote, type NoteKey } from './note';
import { formatAddCheckpoint } from './witness/request';

export type WitnessReply =
  | { readonly kind: 'cosigned'; readonly line: string; readonly at: Date }
  /** It holds a head of this size; our question started from another one. */
  | { readonly kind: 'holds'; readonly size: bigint }
  /** Our head does not continue what it holds. */
  | { readonly kind: 'refused' }
  /** It does not know our log or our key: a person has to tell it. */
  | { readonly kind: 'unknown_log' }
  | { readonly kind: 'unreachable'; readonly why: string };

export type Witness = { readonly url: string; readonly key: NoteKey };

// A witness that hangs must not hold up the log: it is asked again later.
const TIMEOUT_MS = 2_000;

/** Asks a witness to cosign a head (c2sp.org/tlog-witness). Its answer is believed only as far as its key signs it. */
export const askWitness = async (
  witness: Witness,
  oldSize: bigint,
  proof: readonly Hash[],
  checkpoint: string,
): Promise<WitnessReply> => {
  let response: Response;
  let body: string;
  try {
    response = await fetch(`${witness.url.replace(/\/$/, '')}/add-checkpoint`, {
      method: 'POST',
      body: formatAddCheckpoint(oldSize, proof, checkpoint),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = await response.text();
  } catch (error) {
    return { kind: 'unreachable', why: error instanceof Error ? error.message : String(error) };
  }
  if (response.status === 200) return cosignatureIn(witness.key, checkpoint, body);
  const size = response.status === 409 ? parseSize(body.trim()) : null;
  if (size !== null) return { kind: 'holds', size };
  if (response.status === 422 || response.status === 409) return { kind: 'refused' };
  if (response.status === 404 || response.status === 403) return { kind: 'unknown_log' };
  return { kind: 'unreachable', why: `status ${response.status}` };
};

/** A witness may add lines of other keys; only the one we know counts. */
const cosignatureIn = (key: NoteKey, checkpoint: string, body: string): WitnessReply => {
  const opened = openNote(checkpoint + body, [key]);
  const found = opened.ok ? opened.verified[0] : undefined;
  const time = found && cosignatureTime(found.signature);
  if (!found || time === null || time === undefined)
    return { kind: 'unreachable', why: 'the answer carries no cosignature of the witness' };
  return { kind: 'cosigned', line: found.line, at: new Date(Number(time) * 1000) };
};

export type HeldHead =
  | { readonly kind: 'head'; readonly head: TreeHead; readonly note: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreachable' };

/**
 * The head a witness holds for us. The protocol does not oblige it to tell; ours does. It counts only when one of
 * our own keys has signed it: then it is ours, whatever our database says.
 */
export const heldByWitness = async (
  witness: Witness,
  origin: string,
  logKeys: readonly NoteKey[],
): Promise<HeldHead> => {
  const id = createHash('sha256').update(origin).digest('hex');
  try {
    const response = await fetch(`${witness.url.replace(/\/$/, '')}/${id}/checkpoint`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status >= 500) return { kind: 'unreachable' };
    if (!response.ok) return { kind: 'none' };
    const note = await response.text();
    const opened = openCheckpoint(note, origin, logKeys, [witness.key]);
    return opened.ok ? { kind: 'head', head: opened.head, note } : { kind: 'none' };
  } catch {
    return { kind: 'unreachable' };
  }
};
