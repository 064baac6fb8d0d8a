import 'server-only';
import { newestHead } from './log.queries';

export type FootSignature = { readonly treeSize: number; readonly date: string; readonly root: string };

const KEPT_MS = 5_000;
let kept: { at: number; signature: Promise<FootSignature | null> } | undefined;

/**
 * The newest signed head for the foot of every page, asked for at most every few seconds. Null before the first
 * signature, and when it cannot be read: a page does not fail because of its foot.
 */
export const footSignature = (): Promise<FootSignature | null> => {
  const now = performance.now();
  if (!kept || now - kept.at > KEPT_MS) kept = { at: now, signature: read() };
  return kept.signature;
};

const read = async (): Promise<FootSignature | null> => {
  try {
    const head = await newestHead();
    return (
      head && {
        treeSize: Number(head.size),
        date: head.signedAt.toISOString().slice(0, 10),
        root: head.root.toString('base64'),
      }
    );
  } catch {
    return null;
  }
};
