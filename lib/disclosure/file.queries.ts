import type { Reader } from '@/db/connect';
import { publicDb } from './public-db';

export type PublicFile = { readonly sha256: string; readonly mediaType: string; readonly name: string };

/** Whether a file of this hash may be fetched by anyone: a published picture or the public copy of a document. */
export const publicFile = async (sha256: string, db: Reader = publicDb()): Promise<PublicFile | null> => {
  const picture = await db
    .selectFrom('disclosure.photograph')
    .select(['segment', 'stage'])
    .where((eb) => eb.or([eb('public_sha256', '=', sha256), eb('thumb_sha256', '=', sha256)]))
    .executeTakeFirst();
  if (picture) return { sha256, mediaType: 'image/webp', name: `${picture.segment}-${picture.stage}.webp` };
  const document = await db
    .selectFrom('disclosure.document')
    .select(['code', 'media_type'])
    .where('file_sha256', '=', sha256)
    .executeTakeFirst();
  return document ? { sha256, mediaType: document.media_type, name: `${document.code}` } : null;
};
