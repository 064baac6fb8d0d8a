import { parseCheckpointText, parseSize, type TreeHead } from '../checkpoint';
import { EMPTY_ROOT, HASH_BYTES, sameHash, verifyConsistency, type Hash } from '../merkle';
import { openNote, parseNote, strictBase64, type NoteKey, type ParsedNote } from '../note';

/**
 * c2sp.org/tlog-witness, `add-checkpoint`: what a log asks of a witness, and what the witness has to say. The
 * answer is worked out here from the request and what was cosigned last; storing it is the caller's task.
 */
export type AddCheckpoint = {
  readonly oldSize: bigint;
  readonly proof: readonly Hash[];
  readonly note: ParsedNote;
  readonly noteText: string;
  readonly head: TreeHead;
};

const PROOF_LINES_MAX = 63;

/** Reads the body strictly: `old <size>`, proof lines, an empty line, the checkpoint. Null when malformed. */
export const parseAddCheckpoint = (body: Uint8Array): AddCheckpoint | null => {
  const text = Buffer.from(body).toString('utf8');
  const blank = text.indexOf('\n\n');
  if (blank < 0) return null;
  const [oldLine = '', ...proofLines] = text.slice(0, blank).split('\n');
  const oldSize = oldLine.startsWith('old ') ? parseSize(oldLine.slice('old '.length)) : null;
  if (oldSize === null || proofLines.length > PROOF_LINES_MAX) return null;
  const proof: Hash[] = [];
  for (const line of proofLines) {
    const hash = strictBase64(line);
    if (hash?.length !== HASH_BYTES) return null;
    proof.push(hash);
  }
  const noteText = text.slice(blank + 2);
  const note = parseNote(Buffer.from(body).subarray(Buffer.byteLength(text.slice(0, blank + 2))));
  const head = note && parseCheckpointText(note.text);
  return head ? { oldSize, proof, note, noteText, head } : null;
};

/** What a log sends. The proof is empty when the witness knows nothing yet. */
export const formatAddCheckpoint = (oldSize: bigint, proof: readonly Hash[], checkpoint: string): string =>
  [`old ${oldSize}`, ...proof.map((hash) => Buffer.from(hash).toString('base64')), '', checkpoint].join('\n');

export type Verdict =
  | { readonly kind: 'cosign' }
  | { readonly kind: 'stale'; readonly status: 409; readonly lastSize: bigint }
  | {
      readonly kind: 'refuse';
      readonly status: 400 | 403 | 404 | 422;
      readonly reason: RefusedBecause;
    };

export type RefusedBecause =
  | 'unknown_origin'
  | 'no_trusted_signature'
  | 'old_size_above_size'
  | 'root_differs'
  | 'proof_fails';

/**
 * May this checkpoint be cosigned after `last`? The order of the questions and the status codes are the
 * protocol's. `last` is null before the first checkpoint of this origin.
 */
export const judge = (
  request: AddCheckpoint,
  trusted: readonly NoteKey[],
  last: TreeHead | null,
): Verdict => {
  const keys = trusted.filter((key) => key.name === request.head.origin);
  if (keys.length === 0) return { kind: 'refuse', status: 404, reason: 'unknown_origin' };
  if (!openNote(request.noteText, keys).ok)
    return { kind: 'refuse', status: 403, reason: 'no_trusted_signature' };

  const { oldSize, head, proof } = request;
  if (oldSize > head.size) return { kind: 'refuse', status: 400, reason: 'old_size_above_size' };
  const lastSize = last?.size ?? 0n;
  if (oldSize !== lastSize) return { kind: 'stale', status: 409, lastSize };
  if (head.size === 0n && !sameHash(head.root, EMPTY_ROOT))
    return { kind: 'refuse', status: 422, reason: 'root_differs' };
  if (last && head.size === last.size && !sameHash(head.root, last.root))
    return { kind: 'refuse', status: 422, reason: 'root_differs' };
  const proven =
    oldSize === 0n || !last
      ? proof.length === 0
      : verifyConsistency(oldSize, head.size, last.root, head.root, proof);
  return proven ? { kind: 'cosign' } : { kind: 'refuse', status: 422, reason: 'proof_fails' };
};
