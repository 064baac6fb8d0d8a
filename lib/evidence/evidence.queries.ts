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

export type PictureToCheck = StationPicture & {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly coveredCount: number;
  readonly uploadedBy: string;
};

/** The pictures of a road that nobody outside has seen yet, with what has been covered in them. For staff. */
export const picturesToCheck = (segment: string, db: Reader = staffDb()): Promise<PictureToCheck[]> =>
  db
    .selectFrom('photograph as p')
    .innerJoin('segment as s', 's.id', 'p.segment_id')
    .select([
      'p.id',
      'p.stage',
      'p.station',
      'p.taken_on as takenOn',
      'p.width_px as widthPx',
      'p.height_px as heightPx',
      'p.covered_count as coveredCount',
      'p.uploaded_by as uploadedBy',
    ])
    .where('s.code', '=', segment)
    .where('p.published_on', 'is', null)
    .orderBy('p.uploaded_at')
    .execute();

/** The hash of a photograph's cleaned copy, published or not: for staff who frame the next one or check this one. */
export const cleanCopyOf = async (photograph: string, db: Reader = staffDb()): Promise<string | null> =>
  (await db.selectFrom('photograph').select('public_sha256').where('id', '=', photograph).executeTakeFirst())
    ?.public_sha256 ?? null;

/** What was measured on a road, the newest first. For staff. */
export const measurementsOfRoad = (segment: string, db: Reader = staffDb()) =>
  db
    .selectFrom('measurement as m')
    .innerJoin('segment as s', 's.id', 'm.segment_id')
    .select([
      'm.id',
      'm.kind',
      'm.station',
      'm.value_milli as valueMilli',
      'm.required_milli as requiredMilli',
      'm.measured_on as on',
    ])
    .where('s.code', '=', segment)
    .orderBy('m.measured_on', 'desc')
    .orderBy('m.recorded_at', 'desc')
    .execute();
