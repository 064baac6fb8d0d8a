import 'server-only';
import type { Reader } from '@/db/connect';
import { bestHeadFor, leafBytes, leavesOf, mainLeafOf, proofFile } from './log.queries';
import { leafHash } from './merkle';

export type ProofOnPaper = {
  /** Index of the leaf, from 0. */
  readonly index: bigint;
  /** Base64 of the leaf's hash. */
  readonly leafHash: string;
  readonly treeSize: bigint;
  /** Base64 of the log's root. */
  readonly rootHash: string;
  readonly checkpointOn: string;
  readonly checkpoint: string;
  /** The whole .tlog-proof file, to be attached to the PDF: the verify page finds it there. */
  readonly file: string;
};

/** Where a gift stands in the public log, for its receipt; null until it is in a signed tree. */
export const proofOnPaper = async (gift: string, db?: Reader): Promise<ProofOnPaper | null> => {
  const leaf = mainLeafOf(await leavesOf(gift, null, db));
  if (!leaf) return null;
  const [head, bytes, file] = await Promise.all([
    bestHeadFor(leaf.index + 1n, db),
    leafBytes(leaf.index, db),
    proofFile(leaf.index, db),
  ]);
  if (!head || !bytes || file === null) return null;
  return {
    index: leaf.index,
    leafHash: Buffer.from(leafHash(bytes)).toString('base64'),
    treeSize: head.size,
    rootHash: head.root.toString('base64'),
    checkpointOn: head.signedAt.toISOString().slice(0, 10),
    checkpoint: head.note,
    file,
  };
};
