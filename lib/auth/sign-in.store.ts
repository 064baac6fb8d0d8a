import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { Lang } from '../i18n/languages';
import { isMade } from './made';

type Trx = Transaction<Database>;

/** Does this address belong to anybody? Staff and donor accounts that are not disabled, or any gift or pledge. */
export const addressBelongsToSomebody = async (trx: Trx, email: string): Promise<boolean> => {
  const { rows } = await sql<{ known: boolean }>`
    select coalesce(
      (select disabled_at is null from person where email = ${email}),
      exists (select from donor where email = ${email} and erased_at is null)) as known`.execute(trx);
  return rows[0]?.known ?? false;
};

export type NewRequest = {
  readonly id: string;
  readonly requestHash: Buffer;
  readonly linkHash: Buffer;
  readonly codeHash: Buffer;
  readonly email: string | null;
  readonly lang: Lang;
  readonly next: string | null;
  readonly expiresAt: Date;
};

export const insertRequest = async (trx: Trx, row: NewRequest): Promise<void> => {
  await trx
    .insertInto('sign_in_request')
    .values({
      id: row.id,
      request_hash: row.requestHash,
      link_hash: row.linkHash,
      code_hash: row.codeHash,
      email: row.email,
      lang: row.lang,
      next_path: row.next,
      expires_at: row.expiresAt,
    })
    .execute();
};

export type RequestRow = {
  readonly id: string;
  readonly codeHash: Buffer;
  readonly attempts: number;
  readonly expired: boolean;
  readonly used: boolean;
};

export const lockRequest = async (trx: Trx, requestHash: Buffer): Promise<RequestRow | null> => {
  const row = await trx
    .selectFrom('sign_in_request')
    .select(['id', 'code_hash as codeHash', 'attempts'])
    .select((eb) => [
      eb.not(eb.and([eb('expires_at', '>', sql<Date>`now()`), isMade('created_at')])).as('expired'),
      eb('used_at', 'is not', null).as('used'),
    ])
    .where('request_hash', '=', requestHash)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : { ...row, expired: Boolean(row.expired), used: Boolean(row.used) };
};

export const countAttempt = async (trx: Trx, id: string): Promise<void> => {
  await trx
    .updateTable('sign_in_request')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();
};

/** Uses a link or a code: the one update that can succeed only once. */
export const useRequest = async (
  trx: Trx,
  tokenHash: Buffer,
  now: Date,
): Promise<{ id: string; email: string; lang: Lang; next: string | null } | null> => {
  const row = await trx
    .updateTable('sign_in_request')
    .set({ used_at: now })
    .where((eb) => eb.or([eb('link_hash', '=', tokenHash), eb('code_hash', '=', tokenHash)]))
    .where('used_at', 'is', null)
    .where('email', 'is not', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .where(isMade('created_at'))
    .returning(['id', 'email', 'lang', 'next_path'])
    .executeTakeFirst();
  return row?.email == null
    ? null
    : { id: row.id, email: row.email, lang: row.lang as Lang, next: row.next_path };
};

export type AccountRow = { readonly id: string; readonly disabled: boolean };

export const accountOf = async (trx: Trx, email: string): Promise<AccountRow | null> => {
  const row = await trx
    .selectFrom('person')
    .select(['id', 'disabled_at'])
    .where('email', '=', email)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, disabled: row.disabled_at !== null };
};

/** The name on the newest gift or pledge made with this address; undefined when nobody gave with it. */
export const giverName = async (trx: Trx, email: string): Promise<string | null | undefined> => {
  const row = await trx
    .selectFrom('donor')
    .select('name')
    .where('email', '=', email)
    .where('erased_at', 'is', null)
    .orderBy(sql`name is null`)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  return row === undefined ? undefined : row.name;
};

/** Ties all gifts made with this address to the account of the person who has just shown that it is theirs. */
export const tieGifts = async (trx: Trx, email: string, personId: string): Promise<void> => {
  await trx
    .updateTable('donor')
    .set({ person_id: personId })
    .where('email', '=', email)
    .where('person_id', 'is', null)
    .where('erased_at', 'is', null)
    .execute();
};

/** Requests are of no use after ten minutes; a day is kept to answer "expired" rather than "unknown". */
export const removeOldRequests = async (trx: Trx): Promise<void> => {
  await sql`delete from sign_in_request where created_at < now() - interval '1 day'`.execute(trx);
};
