import type { Reader } from '@/db/connect';
import { publicSnapshot } from '@/db/public-reader';
import { env } from '../../env';
import { publicationVersion } from '../version.queries';

export type Snapshot = {
  readonly db: Reader;
  /** Version of the published data this snapshot shows. */
  readonly version: bigint;
  readonly close: () => Promise<void>;
};

/** Opens one consistent view of the published data. Whoever opens it closes it. */
export const openSnapshot = async (url: string = env.publicDatabaseUrl): Promise<Snapshot> => {
  const db = await publicSnapshot(url);
  // Ending twice must be harmless: a download can be cancelled while it finishes.
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await db.rollback().execute();
  };
  try {
    return { db, version: await publicationVersion(db), close };
  } catch (error) {
    await close();
    throw error;
  }
};
