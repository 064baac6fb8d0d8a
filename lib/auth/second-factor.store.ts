import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { env } from '../env';
import { seal, unseal } from '../shared/seal';
import { SECOND_FACTOR_TRIES } from './session-limits.rules';

type Trx = Transaction<Database>;

export type Factor = { readonly secret: string; readonly confirmed: boolean; readonly lastStep: bigint };

const open = (personId: string, sealed: Buffer): string => {
  const secret = unseal(env.AUTH_SECRET, 'second-factor', personId, sealed);
  if (secret === null) throw new Error('a second factor was sealed under another AUTH_SECRET');
  return secret;
};

/** Starts setting up: a new secret that counts for nothing until it is confirmed. False when one is in force. */
export const putPendingFactor = async (trx: Trx, personId: string, secret: string): Promise<boolean> => {
  const sealed = seal(env.AUTH_SECRET, 'second-factor', personId, secret);
  const row = await trx
    .insertInto('second_factor')
    .values({ person_id: personId, secret_sealed: sealed })
    .onConflict((conflict) =>
      conflict
        .column('person_id')
        .doUpdateSet({ secret_sealed: sealed, set_up_at: sql`now()`, last_step: 0n })
        .where('second_factor.confirmed_at', 'is', null),
    )
    .returning('person_id')
    .executeTakeFirst();
  return row !== undefined;
};

/** Puts a confirmed factor in place, for people entered together with their authenticator (demonstration). */
export const putConfirmedFactor = async (
  trx: Trx,
  personId: string,
  secret: string,
  now: Date,
): Promise<void> => {
  await trx
    .insertInto('second_factor')
    .values({
      person_id: personId,
      secret_sealed: seal(env.AUTH_SECRET, 'second-factor', personId, secret),
      confirmed_at: now,
    })
    .execute();
};

/** The factor, locked so that two simultaneous posts of one code cannot both be the first. */
export const lockFactor = async (trx: Trx, personId: string): Promise<Factor | null> => {
  const row = await trx
    .selectFrom('second_factor')
    .select(['secret_sealed', 'confirmed_at', 'last_step'])
    .where('person_id', '=', personId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  return {
    secret: open(personId, row.secret_sealed),
    confirmed: row.confirmed_at !== null,
    lastStep: row.last_step,
  };
};

export const noteStep = async (
  trx: Trx,
  personId: string,
  step: bigint,
  confirmedAt: Date | null,
): Promise<void> => {
  await trx
    .updateTable('second_factor')
    .set({ last_step: step, ...(confirmedAt && { confirmed_at: confirmedAt }) })
    .where('person_id', '=', personId)
    .execute();
};

export const removeFactor = async (trx: Trx, personId: string): Promise<boolean> => {
  await trx.deleteFrom('recovery_code').where('person_id', '=', personId).execute();
  const gone = await trx
    .deleteFrom('second_factor')
    .where('person_id', '=', personId)
    .returning('person_id')
    .executeTakeFirst();
  return gone !== undefined;
};

export type SessionTries = { readonly failures: number };

/** The session being raised, locked; null when it has ended or is not this person's. */
export const lockSession = async (
  trx: Trx,
  personId: string,
  sessionId: string,
): Promise<SessionTries | null> => {
  const row = await trx
    .selectFrom('sign_in_session')
    .select('second_factor_failures as failures')
    .where('id', '=', sessionId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
};

export const noteFailure = async (trx: Trx, sessionId: string): Promise<void> => {
  await trx
    .updateTable('sign_in_session')
    .set({ second_factor_failures: sql<number>`least(second_factor_failures + 1, ${SECOND_FACTOR_TRIES})` })
    .where('id', '=', sessionId)
    .execute();
};

/** Raises the session and gives it a new token: the one a mail link opened does not gain staff rights. */
export const raiseSession = async (
  trx: Trx,
  sessionId: string,
  nextTokenHash: string,
  now: Date,
): Promise<void> => {
  await trx
    .updateTable('sign_in_session')
    .set({
      second_factor_at: now,
      second_factor_failures: 0,
      token_hash: Buffer.from(nextTokenHash, 'hex'),
    })
    .where('id', '=', sessionId)
    .execute();
};
