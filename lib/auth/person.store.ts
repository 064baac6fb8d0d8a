import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { isLang, type Lang } from '../i18n/languages';
import type { Role } from './roles.rules';

type Trx = Transaction<Database>;

export type Person = { readonly id: string; readonly lang: Lang; readonly disabled: boolean };

export const findPerson = async (trx: Trx, personId: string): Promise<Person | null> => {
  const row = await trx
    .selectFrom('person')
    .select(['id', 'lang', 'disabled_at'])
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!row) return null;
  return { id: row.id, lang: isLang(row.lang) ? row.lang : 'zh-Hans', disabled: row.disabled_at !== null };
};

export type NewPerson = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly lang: Lang;
};

/** Enters someone, or answers the id of who already has this address: a donor may become staff. */
export const enterPerson = async (trx: Trx, person: NewPerson): Promise<{ id: string; made: boolean }> => {
  const made = await trx
    .insertInto('person')
    .values(person)
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return { id: made.id, made: true };
  const known = await trx
    .selectFrom('person')
    .select('id')
    .where('email', '=', person.email)
    .executeTakeFirstOrThrow();
  return { id: known.id, made: false };
};

/** False when the role is held already. */
export const grantRoleRow = async (
  trx: Trx,
  personId: string,
  role: Role,
  by: string | null,
): Promise<boolean> => {
  const granted = await trx
    .insertInto('person_role')
    .values({ person_id: personId, role, granted_by: by })
    .onConflict((conflict) =>
      conflict.columns(['person_id', 'role']).where('revoked_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return granted !== undefined;
};

/** False when the role is not held. */
export const revokeRoleRow = async (
  trx: Trx,
  personId: string,
  role: Role,
  by: string | null,
  now: Date,
): Promise<boolean> => {
  const revoked = await trx
    .updateTable('person_role')
    .set({ revoked_at: now, revoked_by: by })
    .where('person_id', '=', personId)
    .where('role', '=', role)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return revoked !== undefined;
};

/** How many people can still administer; holds back anyone else who is changing that at the same moment. */
export const countAdministrators = async (trx: Trx): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtext('shanlu.administrators'))`.execute(trx);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from person_role pr join person p on p.id = pr.person_id
    where pr.role = 'administrator' and pr.revoked_at is null and p.disabled_at is null`.execute(trx);
  return rows[0]?.count ?? 0;
};

export const disableRow = async (trx: Trx, personId: string, now: Date): Promise<boolean> => {
  const disabled = await trx
    .updateTable('person')
    .set({ disabled_at: now })
    .where('id', '=', personId)
    .where('disabled_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return disabled !== undefined;
};

export const enableRow = async (trx: Trx, personId: string): Promise<boolean> => {
  const enabled = await trx
    .updateTable('person')
    .set({ disabled_at: null })
    .where('id', '=', personId)
    .where('disabled_at', 'is not', null)
    .returning('id')
    .executeTakeFirst();
  return enabled !== undefined;
};

export const isAdministrator = async (trx: Trx, personId: string): Promise<boolean> => {
  const row = await trx
    .selectFrom('person_role')
    .select('id')
    .where('person_id', '=', personId)
    .where('role', '=', 'administrator')
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
};
