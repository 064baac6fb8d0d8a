import { openCheckpoint, parseCheckpointText } from './checkpoint';
import { leafHash, verifyInclusion } from './merkle';
import { parseNote, type NoteKey } from './note';
import { parseTlogProof } from './tlog-proof';

/**
 * Checks a proof file on the server, for readers whose browser runs no scripts. It is our own word, and the page
 * says so; the checks are the same as those of public/verify.mjs.
 */
export const proofHolds = (file: string, logKeys: readonly NoteKey[]): boolean => {
  const proof = parseTlogProof(file);
  if (!proof?.extra) return false;
  const origin = parseCheckpointText(parseNote(proof.checkpoint)?.text ?? '')?.origin ?? '';
  const opened = openCheckpoint(proof.checkpoint, origin, logKeys);
  const { index, head, hashes, extra } = proof;
  return opened.ok && verifyInclusion(index, head.size, leafHash(extra), hashes, opened.head.root);
};
