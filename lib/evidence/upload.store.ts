import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';

type Db = Kysely<Database>;

export type UploadPlan = {
  /** Made on the phone, so that a retry finds its own upload. */
  readonly id: string;
  readonly personId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly pieceBytes: number;
};
export type UploadRow = UploadPlan & { readonly photographId: string | null };

/** Begins an upload or finds the one begun before; null when this id belongs to someone else or to another file. */
export const beginUpload = async (db: Db, plan: UploadPlan): Promise<UploadRow | null> => {
  await db
    .insertInto('upload')
    .values({
      id: plan.id,
      person_id: plan.personId,
      sha256: plan.sha256,
      size_bytes: plan.sizeBytes,
      piece_bytes: plan.pieceBytes,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const row = await findUpload(db, plan.id, plan.personId);
  return row?.sha256 === plan.sha256 && row.sizeBytes === plan.sizeBytes ? row : null;
};

export const findUpload = async (db: Db, id: string, personId: string): Promise<UploadRow | null> =>
  (await db
    .selectFrom('upload')
    .select([
      'id',
      'person_id as personId',
      'sha256',
      'size_bytes as sizeBytes',
      'piece_bytes as pieceBytes',
      'photograph_id as photographId',
    ])
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst()) ?? null;

export const piecesThere = async (db: Db, id: string): Promise<number[]> =>
  (
    await db
      .selectFrom('upload_piece')
      .select('piece_no')
      .where('upload_id', '=', id)
      .orderBy('piece_no')
      .execute()
  ).map((row) => row.piece_no);

/** Keeps one piece; the same piece again changes nothing. */
export const keepPiece = async (db: Db, id: string, no: number, bytes: Uint8Array): Promise<void> => {
  await db
    .insertInto('upload_piece')
    .values({ upload_id: id, piece_no: no, bytes: Buffer.from(bytes) })
    .onConflict((conflict) => conflict.columns(['upload_id', 'piece_no']).doNothing())
    .execute();
};

export const wholeUpload = async (db: Db, id: string): Promise<Buffer> =>
  Buffer.concat(
    (
      await db
        .selectFrom('upload_piece')
        .select('bytes')
        .where('upload_id', '=', id)
        .orderBy('piece_no')
        .execute()
    ).map((row) => row.bytes),
  );

/** The upload has become a photograph: its pieces go. */
export const closeUpload = async (db: Db, id: string, photographId: string): Promise<void> => {
  await sql`with gone as (delete from upload_piece where upload_id = ${id}::uuid)
    update upload set done_at = now(), photograph_id = ${photographId}::uuid where id = ${id}::uuid`.execute(
    db,
  );
};

/** The upload will never become a photograph: it goes with its pieces. */
export const dropUpload = async (db: Db, id: string): Promise<void> => {
  await db.deleteFrom('upload').where('id', '=', id).where('photograph_id', 'is', null).execute();
};

/** The photograph of a road that has this very original: a picture sent twice counts once. */
export const photographOfOriginal = async (db: Db, segment: string, sha256: string): Promise<string | null> =>
  (
    await db
      .selectFrom('photograph as p')
      .innerJoin('segment as s', 's.id', 'p.segment_id')
      .select('p.id')
      .where('s.code', '=', segment)
      .where('p.original_sha256', '=', sha256)
      .executeTakeFirst()
  )?.id ?? null;

/** Removes uploads nobody came back to for two weeks, with their pieces; how many went. */
export const removeAbandonedUploads = async (db: Db): Promise<number> => {
  const gone = await db
    .deleteFrom('upload')
    .where('photograph_id', 'is', null)
    .where('begun_at', '<', sql<Date>`now() - interval '14 days'`)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
};
