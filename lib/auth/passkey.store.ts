import { sql, type Kysely, type Transaction } from 'kysely';
import { CLOCK_SLACK } from '@/db/clock-slack';
import type { Database } from '@/db/tables';
import type { NewCredential } from './passkeys';
import { CHALLENGE_SECONDS } from './passkeys';

type Trx = Transaction<Database>;
export type ChallengePurpose = 'add' | 'use';

/** Puts what is to be signed next in place of what was asked before. */
export const putChallenge = async (
  trx: Trx,
  row: { readonly sessionId: string; readonly purpose: ChallengePurpose; readonly challenge: string },
): Promise<void> => {
  const expires = sql<Date>`now() + make_interval(secs => ${CHALLENGE_SECONDS})`;
  await trx
    .insertInto('passkey_challenge')
    .values({
      session_id: row.sessionId,
      purpose: row.purpose,
      challenge: row.challenge,
      expires_at: expires,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['session_id', 'purpose'])
        .doUpdateSet({ challenge: row.challenge, expires_at: expires }),
    )
    .execute();
};

/** Takes the challenge away, whatever comes of its answer; null when there is none or it is too old. */
export const takeChallenge = async (
  trx: Trx,
  sessionId: string,
  purpose: ChallengePurpose,
): Promise<string | null> => {
  const row = await trx
    .deleteFrom('passkey_challenge')
    .where('session_id', '=', sessionId)
    .where('purpose', '=', purpose)
    .returning([
      'challenge',
      // None is good for longer than that: what was asked for while the clock was ahead counts as too old.
      sql<boolean>`expires_at between now() and now() + make_interval(secs => ${CHALLENGE_SECONDS}) + ${CLOCK_SLACK}`.as(
        'fresh',
      ),
    ])
    .executeTakeFirst();
  return row?.fresh === true ? row.challenge : null;
};

export const insertPasskey = async (
  trx: Trx,
  row: NewCredential & {
    readonly id: string;
    readonly personId: string;
    readonly name: string;
    readonly now: Date;
  },
): Promise<boolean> => {
  const added = await trx
    .insertInto('passkey')
    .values({
      id: row.id,
      person_id: row.personId,
      credential_id: row.credentialId,
      public_key: row.publicKey,
      counter: row.counter,
      name: row.name,
      added_at: row.now,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
};

/** The passkey of this person that a browser names, locked; null when they have none of that number. */
export const lockPasskey = async (
  trx: Trx,
  personId: string,
  credentialId: Buffer,
): Promise<(NewCredential & { readonly id: string }) | null> => {
  const row = await trx
    .selectFrom('passkey')
    .select(['id', 'credential_id as credentialId', 'public_key as publicKey', 'counter'])
    .where('person_id', '=', personId)
    .where('credential_id', '=', credentialId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
};

export const noteUse = async (trx: Trx, id: string, counter: bigint, now: Date): Promise<void> => {
  await trx.updateTable('passkey').set({ counter, used_at: now }).where('id', '=', id).execute();
};

/** Removes one passkey of a person, or all; answers how many there were. */
export const endPasskeys = async (
  trx: Trx,
  personId: string,
  which: string | 'all',
  because: string,
  now: Date,
): Promise<number> => {
  const gone = await trx
    .updateTable('passkey')
    .set({ removed_at: now, removed_because: because })
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .$if(which !== 'all', (query) => query.where('id', '=', which))
    .returning('id')
    .execute();
  return gone.length;
};

export type Passkey = {
  readonly id: string;
  readonly credentialId: string;
  readonly name: string;
  readonly addedAt: Date;
  readonly usedAt: Date | null;
};

/** The passkeys a person has, oldest first. */
export const passkeysOf = async (db: Kysely<Database>, personId: string): Promise<Passkey[]> => {
  const rows = await db
    .selectFrom('passkey')
    .select(['id', 'credential_id', 'name', 'added_at', 'used_at'])
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .orderBy('added_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    credentialId: row.credential_id.toString('base64url'),
    name: row.name,
    addedAt: row.added_at,
    usedAt: row.used_at,
  }));
};
