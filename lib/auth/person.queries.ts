import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { reader } from '@/db/reader';
import type { Reader } from '@/db/connect';
import { env } from '../env';
import { unseal } from '../shared/seal';
import { passkeysOf, type Passkey } from './passkey.store';
import { primary } from './primary';
import type { Role } from './roles.rules';
import { sessionsOf, type SessionLine } from './session.store';

export type StaffLine = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly hasSecondFactor: boolean;
  readonly disabled: boolean;
  readonly lastSeenAt: Date | null;
};

/** Everyone who holds or ever held a role, for the administration page. Donor accounts are not listed. */
export const staffList = async (
  db: Reader = reader(env.readDatabaseUrl, env.DATABASE_POOL_MAX),
): Promise<StaffLine[]> => {
  const { rows } = await sql<StaffLine>`
    select p.id as "personId", p.name, p.email, p.disabled_at is not null as disabled,
      coalesce((select array_agg(r.role order by r.role) from person_role r
                where r.person_id = p.id and r.revoked_at is null), '{}') as roles,
      exists (select from second_factor f where f.person_id = p.id and f.confirmed_at is not null) as "hasSecondFactor",
      (select max(s.last_seen_at) from sign_in_session s where s.person_id = p.id) as "lastSeenAt"
    from person p where exists (select from person_role r where r.person_id = p.id)
    order by p.disabled_at is not null, p.name`.execute(db);
  return rows;
};

/** What a member of staff is called on the desk; empty for an id nobody has. */
export const staffName = async (
  personId: string,
  db: Reader = reader(env.readDatabaseUrl, env.DATABASE_POOL_MAX),
): Promise<string> =>
  (await db.selectFrom('person').select('name').where('id', '=', personId).executeTakeFirst())?.name ?? '';

export type Account = {
  readonly sessions: readonly SessionLine[];
  readonly recoveryCodesLeft: number;
  readonly passkeys: readonly Passkey[];
};

/** What a person sees of their own account. From the main database: a session ended a moment ago must be gone. */
export const accountOf = async (personId: string, db: Kysely<Database> = primary()): Promise<Account> => {
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from recovery_code where person_id = ${personId}::uuid and used_at is null`.execute(
    db,
  );
  return {
    sessions: await sessionsOf(db, personId),
    recoveryCodesLeft: rows[0]?.left ?? 0,
    passkeys: await passkeysOf(db, personId),
  };
};

/** The numbers of the passkeys a person has, for a browser that is to use one or not to make another. */
export const credentialsOf = async (personId: string, db: Kysely<Database> = primary()): Promise<string[]> =>
  (await passkeysOf(db, personId)).map(({ credentialId }) => credentialId);

/** The secret of an authenticator app that is being set up, for its QR code; null when none is or it is in force. */
export const pendingSecret = async (
  personId: string,
  db: Kysely<Database> = primary(),
): Promise<string | null> => {
  const row = await db
    .selectFrom('second_factor')
    .select('secret_sealed')
    .where('person_id', '=', personId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst();
  return row ? unseal(env.AUTH_SECRET, 'second-factor', personId, row.secret_sealed) : null;
};
