import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';

/** The hash under which the original of a photograph lies sealed; null when there is no such photograph. */
export const sealedOriginalOf = async (photograph: string, db: Reader = staffDb()): Promise<string | null> =>
  (
    await db
      .selectFrom('photograph')
      .select('original_sha256')
      .where('id', '=', photograph)
      .executeTakeFirst()
  )?.original_sha256 ?? null;

export type StationPicture = {
  readonly id: string;
  readonly stage: string;
  readonly station: string;
  readonly takenOn: string;
};

/** The pictures of a road by spot, the newest first: what the next one should be framed like. For staff. */
export const picturesOfRoad = (segment: string, db: Reader = staffDb()): Promise<StationPicture[]> =>
  db
    .selectFrom('photograph as p')
    .innerJoin('segment as s', 's.id', 'p.segment_id')
    .select(['p.id', 'p.stage', 'p.station', 'p.taken_on as takenOn'])
    .where('s.code', '=', segment)
    .orderBy('p.station')
    .orderBy('p.uploaded_at', 'desc')
    .execute();
