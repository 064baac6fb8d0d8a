import 'server-only';
import { newestHead } from './log.queries';

export type FootSignature = { readonly treeSize: number; readonly date: string; readonly root: string };

/**
 * The newest signed head for the foot of every page. Null before the first signature, and when it cannot be read: a
 * page does not fail because of its foot. Not remembered here: a page kept for one version of the published data
 * must not hold the foot of an older one.
 */
export const footSignature = async (): Promise<FootSignature | null> => {
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
