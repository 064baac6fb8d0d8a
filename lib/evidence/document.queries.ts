import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';

export type SealedDocument = {
  readonly code: string;
  readonly kind: string;
  readonly mediaType: string;
  readonly sha256: string;
};

/** A document of any visibility by its number, for staff who must look at what they decide on; null if there is none. */
export const sealedDocument = async (code: string, db: Reader = staffDb()): Promise<SealedDocument | null> =>
  (await db
    .selectFrom('document')
    .select(['code', 'kind', 'media_type as mediaType', 'sha256'])
    .where('code', '=', code)
    .executeTakeFirst()) ?? null;
