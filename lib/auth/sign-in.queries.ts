import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { isLang, type Lang } from '../i18n/languages';
import { isMade } from './made';
import { primary } from './primary';
import { requestHash, SECRET_SHAPE, verificationHash } from './secrets';

export type AskedFor = {
  /** Null when the address belongs to nobody: the page then says the same as for any other. */
  readonly email: string | null;
  readonly lang: Lang;
  readonly next: string | null;
  readonly usable: boolean;
};

/**
 * The request a mailed link belongs to, for the page that asks for confirmation. Reads only: opening the link, as
 * mail scanners do, changes nothing. Read from the main database, because a replica may not have it yet.
 */
export const requestOfLink = (
  linkSecret: string,
  db: Kysely<Database> = primary(),
): Promise<AskedFor | null> =>
  SECRET_SHAPE.test(linkSecret)
    ? find(db, 'link_hash', Buffer.from(verificationHash(linkSecret), 'hex'))
    : Promise.resolve(null);

/** The request made by the browser that holds this secret. */
export const requestOfBrowser = (
  requestSecret: string,
  db: Kysely<Database> = primary(),
): Promise<AskedFor | null> =>
  SECRET_SHAPE.test(requestSecret)
    ? find(db, 'request_hash', requestHash(requestSecret))
    : Promise.resolve(null);

const find = async (
  db: Kysely<Database>,
  column: 'link_hash' | 'request_hash',
  hash: Buffer,
): Promise<AskedFor | null> => {
  const row = await db
    .selectFrom('sign_in_request')
    .select(['email', 'lang', 'next_path as next'])
    .select(sql<boolean>`used_at is null and expires_at > now() and ${isMade('created_at')}`.as('usable'))
    .where(column, '=', hash)
    .executeTakeFirst();
  return row ? { ...row, lang: isLang(row.lang) ? row.lang : 'zh-Hans' } : null;
};
