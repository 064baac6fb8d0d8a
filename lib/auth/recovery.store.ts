import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

/** What a typed code would be kept as under a salt; without one, as it was kept before there were salts. */
export type Candidate = { readonly hash: string; readonly salt: string | null };

/** Replaces all recovery codes of a person. */
export const putRecoveryCodes = async (
  trx: Trx,
  personId: string,
  set: { readonly recoveryHashes: readonly string[]; readonly salt: string },
): Promise<void> => {
  await trx.deleteFrom('recovery_code').where('person_id', '=', personId).execute();
  const salt = Buffer.from(set.salt, 'hex');
  await trx
    .insertInto('recovery_code')
    .values(
      set.recoveryHashes.map((hash) => ({ person_id: personId, code_hash: Buffer.from(hash, 'hex'), salt })),
    )
    .execute();
};

/** The salts of the codes that are still good: one, unless a server of before made them. */
export const saltsOf = async (trx: Trx, personId: string): Promise<string[]> => {
  const { rows } = await sql<{ salt: string }>`
    select distinct encode(salt, 'hex') as salt from recovery_code
    where person_id = ${personId}::uuid and used_at is null and salt is not null`.execute(trx);
  return rows.map((row) => row.salt);
};

/** Uses a recovery code: the one update that can succeed only once. */
export const useRecoveryCode = async (
  trx: Trx,
  personId: string,
  candidates: readonly Candidate[],
  now: Date,
): Promise<boolean> => {
  const used = await trx
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .where((eb) =>
      eb.or(
        candidates.map(({ hash, salt }) =>
          eb.and([
            eb('code_hash', '=', Buffer.from(hash, 'hex')),
            salt === null ? eb('salt', 'is', null) : eb('salt', '=', Buffer.from(salt, 'hex')),
          ]),
        ),
      ),
    )
    .returning('person_id')
    .executeTakeFirst();
  return used !== undefined;
};

/**
 * A person whose good codes have no salt, with these codes. Nobody in the first day after the salts came: a server of
 * before, which may still be running then, would not know the codes again.
 */
export const unsaltedSet = async (
  db: Kysely<Database>,
): Promise<{ personId: string; hashes: Buffer[] } | null> => {
  const { rows } = await sql<{ personId: string; hashes: Buffer[] }>`
    select person_id as "personId", array_agg(code_hash) as hashes from recovery_code
    where salt is null and used_at is null and exists (
      select from kysely_migration
      where name like '%\\_slow\\_recovery\\_codes' and timestamp::timestamptz < now() - interval '1 day')
    group by person_id order by person_id limit 1`.execute(db);
  return rows[0] ?? null;
};

/** Puts salted hashes in the place of those without; a code used meanwhile stays as it is. */
export const saltSet = async (
  db: Kysely<Database>,
  personId: string,
  salt: Buffer,
  pairs: readonly { readonly was: Buffer; readonly becomes: Buffer }[],
): Promise<void> => {
  await sql`
    with change as (
      select was, becomes
      from unnest(${pairs.map((pair) => pair.was)}::bytea[], ${pairs.map((pair) => pair.becomes)}::bytea[]) as t(was, becomes)
    ), gone as (
      delete from recovery_code r using change c
      where r.person_id = ${personId}::uuid and r.code_hash = c.was and r.salt is null and r.used_at is null
      returning c.becomes, r.created_at
    )
    insert into recovery_code (person_id, code_hash, salt, created_at)
    select ${personId}::uuid, becomes, ${salt}, created_at from gone`.execute(db);
};
