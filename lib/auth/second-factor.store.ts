import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { env } from '../env';
import { seal, unseal } from '../shared/seal';
import { SECOND_FACTOR_TRIES } from './session-limits.rules';
import type { Authenticator, Seen } from './totp.rules';

type Trx = Transaction<Database>;

export type Factor = Authenticator & { readonly secret: string; readonly confirmed: boolean };

const open = (personId: string, sealed: Buffer): string => {
  const secret = unseal(env.AUTH_SECRET, 'second-factor', personId, sealed);
  if (secret === null) throw new Error('a second factor was sealed under another AUTH_SECRET');
  return secret;
};

/** Starts setting up: a new secret that counts for nothing until it is confirmed. False when one is in force. */
export const putPendingFactor = async (trx: Trx, personId: string, secret: string): Promise<boolean> => {
  const sealed = seal(env.AUTH_SECRET, 'second-factor', personId, secret);
  // A code of the secret of before says nothing about the clock of this one.
  await trx
    .updateTable('sign_in_session')
    .set({ seen_step: null, seen_drift: null })
    .where('person_id', '=', personId)
    .where('seen_step', 'is not', null)
    .execute();
  const row = await trx
    .insertInto('second_factor')
    .values({ person_id: personId, secret_sealed: sealed })
    .onConflict((conflict) =>
      conflict
        .column('person_id')
        .doUpdateSet({ secret_sealed: sealed, set_up_at: sql`now()`, last_step: 0n, drift: 0 })
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
    .select(['secret_sealed', 'confirmed_at', 'last_step', 'drift'])
    .where('person_id', '=', personId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  return {
    secret: open(personId, row.secret_sealed),
    confirmed: row.confirmed_at !== null,
    lastStep: Number(row.last_step),
    drift: row.drift,
  };
};

/** No code up to this step of the authenticator counts again; its drift when it has been found out anew. */
export const noteStep = async (
  trx: Trx,
  personId: string,
  { step, drift }: { readonly step: number; readonly drift?: number },
): Promise<void> => {
  await trx
    .updateTable('second_factor')
    .set({ last_step: BigInt(step), ...(drift !== undefined && { drift }) })
    .where('person_id', '=', personId)
    .execute();
};

export const putInForce = async (trx: Trx, personId: string, now: Date): Promise<void> => {
  await trx
    .updateTable('second_factor')
    .set({ confirmed_at: now })
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

export type SessionTries = { readonly failures: number; readonly seen: Seen };

/** The session being raised, locked; null when it has ended or is not this person's. */
export const lockSession = async (
  trx: Trx,
  personId: string,
  sessionId: string,
): Promise<SessionTries | null> => {
  const row = await trx
    .selectFrom('sign_in_session')
    .select(['second_factor_failures as failures', 'seen_step', 'seen_drift'])
    .where('id', '=', sessionId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return null;
  const seen =
    row.seen_step === null || row.seen_drift === null
      ? null
      : { step: Number(row.seen_step), drift: row.seen_drift };
  return { failures: row.failures, seen };
};

/** Spends a try. `seen`: the code that was typed, when it may be the first of two that prove the drift. */
export const noteFailure = async (trx: Trx, sessionId: string, seen: Seen): Promise<void> => {
  await trx
    .updateTable('sign_in_session')
    .set({
      second_factor_failures: sql<number>`least(second_factor_failures + 1, ${SECOND_FACTOR_TRIES})`,
      seen_step: seen && BigInt(seen.step),
      seen_drift: seen && seen.drift,
    })
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
      seen_step: null,
      seen_drift: null,
      token_hash: Buffer.from(nextTokenHash, 'hex'),
    })
    .where('id', '=', sessionId)
    .execute();
};
