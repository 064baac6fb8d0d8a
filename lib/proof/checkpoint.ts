import { HASH_BYTES, type Hash } from './merkle';
import { openNote, signNote, strictBase64, type NoteKey, type NoteReason, type NoteSigner } from './note';
import type { OpenedNote } from './note';

/** c2sp.org/tlog-checkpoint: the signed head of a log: its name, how many leaves, their root. */
export type TreeHead = { readonly origin: string; readonly size: bigint; readonly root: Hash };

/** The three lines that are signed. We write no extension lines: nobody could audit them. */
export const checkpointText = ({ origin, size, root }: TreeHead): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;

/** Reads the text of a checkpoint. Extension lines of other logs are allowed and ignored; null when malformed. */
export const parseCheckpointText = (text: string): TreeHead | null => {
  const [origin, sizeText, rootText, ...rest] = text.split('\n');
  if (!origin || rest.at(-1) !== '' || rest.slice(0, -1).some((line) => line === '')) return null;
  const size = parseSize(sizeText ?? '');
  const root = strictBase64(rootText ?? '');
  return size === null || root?.length !== HASH_BYTES ? null : { origin, size, root };
};

/** A size or index in ASCII decimals without leading zeroes, below 2⁶⁴; null otherwise. */
export const parseSize = (text: string): bigint | null => {
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(text)) return null;
  const size = BigInt(text);
  return size < 1n << 64n ? size : null;
};

/** Signs a head. `others` sign along while a key is being replaced. */
export const signCheckpoint = (
  head: TreeHead,
  signer: NoteSigner,
  others: readonly NoteSigner[] = [],
): string => signNote(checkpointText(head), [signer, ...others]);

export type OpenedCheckpoint =
  | { readonly ok: true; readonly head: TreeHead; readonly note: Extract<OpenedNote, { ok: true }> }
  | { readonly ok: false; readonly reason: NoteReason | 'malformed_checkpoint' | 'other_origin' };

/**
 * Opens a checkpoint that at least one of `logKeys` has signed. `cosigners` are verified too when they have
 * signed, but their signature alone does not make a checkpoint: a witness vouches for a log, it is not one.
 */
export const openCheckpoint = (
  note: Uint8Array | string,
  origin: string,
  logKeys: readonly NoteKey[],
  cosigners: readonly NoteKey[] = [],
): OpenedCheckpoint => {
  const opened = openNote(note, [...logKeys, ...cosigners]);
  if (!opened.ok) return opened;
  if (!opened.verified.some(({ key }) => logKeys.includes(key)))
    return { ok: false, reason: 'no_known_signature' };
  const head = parseCheckpointText(opened.text);
  if (!head) return { ok: false, reason: 'malformed_checkpoint' };
  if (head.origin !== origin) return { ok: false, reason: 'other_origin' };
  return { ok: true, head, note: opened };
};
