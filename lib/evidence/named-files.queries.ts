import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import type { Shelf } from '../files/store';

/** A file the books speak of: on which shelf it must lie, under which hash, and what names it. */
type NamedFile = {
  readonly shelf: Shelf;
  readonly sha256: string;
  /** Number of the document, code of the statement or the concern, id of the photograph. */
  readonly name: string;
  readonly since: Date;
};

/**
 * Every file the database names, the oldest first. After a restore each of them must be there: files lie in a store of
 * their own, which is backed up by itself.
 */
export const namedFiles = async (db: Reader): Promise<NamedFile[]> =>
  (
    await sql<NamedFile>`
      select * from (
        select 'sealed' as shelf, sha256, code as name, uploaded_at as since from document
        union all
        select 'public', coalesce(public_sha256, sha256), code, uploaded_at from document
        where visibility = 'public' or (visibility = 'redacted' and public_sha256 is not null)
        union all
        select 'sealed', original_sha256, id::text, uploaded_at from photograph
        union all
        select 'public', public_sha256, id::text, uploaded_at from photograph
        union all
        select 'public', thumb_sha256, id::text, uploaded_at from photograph
        union all
        select 'sealed', file_sha256, code, uploaded_at from bank_import
        union all
        select 'sealed', picture_sha256, code, created_at from concern where picture_sha256 is not null
      ) named order by since, name, shelf`.execute(db as Kysely<Database>)
  ).rows;
