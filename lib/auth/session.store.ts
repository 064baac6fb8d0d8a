import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { isLang, type Lang } from '../i18n/languages';
import { isMade } from './made';
import { ROLES, type Role } from './roles.rules';
import { SEEN_EVERY_SECONDS, SESSION_SECONDS } from './session-limits.rules';

type Trx = Transaction<Database>;

export type LiveSession = {
  readonly sessionId: string;
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly lang: Lang;
  readonly roles: readonly Role[];
  /** Whether an authenticator app is set up and confirmed. */
  readonly hasSecondFactor: boolean;
  /** Whether a passkey can take the place of its number. */
  readonly hasPasskey: boolean;
  /** Seconds since it was given in this session, by the database's clock; null when it was not. */
  readonly secondFactorSecondsAgo: number | null;
  /** Seconds until the session ends by itself, by the database's clock. */
  readonly secondsLeft: number;
};

/**
 * Alive = begun and not ended, person not disabled, and within the limits of what the person is at this moment: whoever holds
 * a staff role has staff limits, also in a session begun as a donor.
 */
const alive = sql<boolean>`
  s.ended_at is null and s.expires_at > now() and ${isMade('s.created_at')} and (not r.staff or (
    s.created_at > now() - make_interval(secs => ${SESSION_SECONDS.staff}) and
    s.last_seen_at > now() - make_interval(secs => ${SESSION_SECONDS.staffIdle})))`;

const rolesOf = sql`
  join lateral (select coalesce(array_agg(pr.role order by pr.role), '{}') as roles, count(*) > 0 as staff
    from person_role pr where pr.person_id = s.person_id and pr.revoked_at is null) r on true`;

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** The session of a token with its person and their roles of this moment, and notes that it was seen. */
export const findSession = async (db: Kysely<Database>, tokenHash: Buffer): Promise<LiveSession | null> => {
  const { rows } = await sql<{
    id: string;
    person_id: string;
    email: string;
    name: string;
    lang: string;
    roles: string[];
    has_second_factor: boolean;
    has_passkey: boolean;
    second_factor_seconds_ago: number | null;
    seconds_left: number;
    stale: boolean;
  }>`
    select s.id, s.person_id, p.email, p.name, p.lang, r.roles,
      case when ${isMade('s.second_factor_at')} then greatest(0, floor(extract(epoch from now() - s.second_factor_at)))::int
        end as second_factor_seconds_ago,
      exists (select from second_factor f where f.person_id = p.id and f.confirmed_at is not null) as has_second_factor,
      exists (select from passkey k where k.person_id = p.id and k.removed_at is null) as has_passkey,
      floor(extract(epoch from case when r.staff
        then least(s.expires_at, s.created_at + make_interval(secs => ${SESSION_SECONDS.staff}))
        else s.expires_at end - now()))::int as seconds_left,
      s.last_seen_at < now() - make_interval(secs => ${SEEN_EVERY_SECONDS}) as stale
    from sign_in_session s join person p on p.id = s.person_id ${rolesOf}
    where s.token_hash = ${tokenHash} and p.disabled_at is null and ${alive}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  if (row.stale) await sql`update sign_in_session set last_seen_at = now() where id = ${row.id}`.execute(db);
  return {
    sessionId: row.id,
    personId: row.person_id,
    email: row.email,
    name: row.name,
    lang: isLang(row.lang) ? row.lang : 'zh-Hans',
    roles: row.roles.filter(isRole),
    hasSecondFactor: row.has_second_factor,
    hasPasskey: row.has_passkey,
    secondFactorSecondsAgo: row.second_factor_seconds_ago,
    secondsLeft: row.seconds_left,
  };
};

export type SessionRest = { readonly sessionId: string; readonly secondsLeft: number };

/** How long the session of a token lasts if nothing more is done in it. Notes nothing: looking is not doing. */
export const findRest = async (db: Kysely<Database>, tokenHash: Buffer): Promise<SessionRest | null> => {
  const { rows } = await sql<SessionRest>`
    select s.id as "sessionId", floor(extract(epoch from case when r.staff
        then least(s.expires_at, s.created_at + make_interval(secs => ${SESSION_SECONDS.staff}),
          s.last_seen_at + make_interval(secs => ${SESSION_SECONDS.staffIdle}))
        else s.expires_at end - now()))::int as "secondsLeft"
    from sign_in_session s join person p on p.id = s.person_id ${rolesOf}
    where s.token_hash = ${tokenHash} and p.disabled_at is null and ${alive}`.execute(db);
  return rows[0] ?? null;
};

export type NewSession = {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly personId: string;
  readonly device: string;
  readonly now: Date;
};

export const insertSession = async (trx: Trx, row: NewSession): Promise<{ readonly staff: boolean }> => {
  await trx
    .insertInto('sign_in_session')
    .values({
      id: row.id,
      token_hash: row.tokenHash,
      person_id: row.personId,
      device: row.device,
      created_at: row.now,
      last_seen_at: row.now,
      expires_at: new Date(row.now.getTime() + SESSION_SECONDS.donor * 1000),
    })
    .execute();
  const role = await trx
    .selectFrom('person_role')
    .select('role')
    .where('person_id', '=', row.personId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return { staff: role !== undefined };
};

export type EndReason =
  | 'signed_out'
  | 'ended_elsewhere'
  | 'replaced'
  | 'role_changed'
  | 'second_factor_failed'
  | 'second_factor_reset'
  | 'disabled';

/** Ends one session of this person; false when it is not theirs or has ended already. */
export const endSessionRow = async (
  trx: Trx,
  personId: string,
  sessionId: string,
  because: EndReason,
  now: Date,
): Promise<boolean> => {
  const ended = await trx
    .updateTable('sign_in_session')
    .set({ ended_at: now, ended_because: because })
    .where('id', '=', sessionId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
};

/** Ends every session of a person, but the one to keep. Answers how many. */
export const endAllSessions = async (
  trx: Trx,
  personId: string,
  keep: string | null,
  because: EndReason,
  now: Date,
): Promise<number> => {
  const ended = await trx
    .updateTable('sign_in_session')
    .set({ ended_at: now, ended_because: because })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .$if(keep !== null, (query) => query.where('id', '<>', keep ?? ''))
    .returning('id')
    .execute();
  return ended.length;
};

export type SessionLine = {
  readonly sessionId: string;
  readonly device: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
};

/** The browsers a person is signed in with now. */
export const sessionsOf = async (db: Kysely<Database>, personId: string): Promise<SessionLine[]> => {
  const { rows } = await sql<SessionLine>`
    select s.id as "sessionId", s.device, s.created_at as "createdAt", s.last_seen_at as "lastSeenAt"
    from sign_in_session s ${rolesOf} where s.person_id = ${personId}::uuid and ${alive}
    order by s.last_seen_at desc`.execute(db);
  return rows;
};

/** Sessions that ended or ran out more than a month ago; the audit trail keeps what happened. */
export const removeOldSessions = async (trx: Trx): Promise<void> => {
  await sql`delete from sign_in_session
    where coalesce(ended_at, expires_at) < now() - interval '30 days'`.execute(trx);
};
