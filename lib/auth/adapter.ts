import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Adapter, AdapterSession, AdapterUser } from 'next-auth/adapters';
import type { Database } from '@/db/tables';
import { runCommand } from '../command';
import type { Actor } from './roles.rules';
import { primary } from './primary';
import { sessionTokenHash } from './secrets';
import { openSession } from './session.commands';
import { findSession, type LiveSession } from './session.store';
import { completeSignIn } from './sign-in.commands';

export const SIGN_IN: Actor = { kind: 'system', name: 'sign-in' };

/** The user next-auth passes around, with what our own callbacks need beside its four fields. */
export type SignedInUser = AdapterUser & { readonly live: LiveSession | null };

export type AdapterParts = {
  /** What the browser that signs in calls itself; asked for when a session is opened. */
  readonly device: () => Promise<string>;
  readonly db?: Kysely<Database> | undefined;
};

/**
 * next-auth's storage on our own tables. Only what signing in by mail with database sessions calls is here; every
 * write is an act with an audit event. Requests for a link are written by `askToSignIn`, in one transaction with
 * their mail, so `createVerificationToken` is never called.
 *
 * next-auth compares expiry times with this process's clock. Ours are decided by the database's clock, so what is
 * handed out here is counted from now on.
 */
export const adapter = ({ device, db }: AdapterParts): Adapter => {
  const database = (): Kysely<Database> => db ?? primary();
  const fromNow = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

  const userBy = async (column: 'id' | 'email', value: string): Promise<SignedInUser | null> => {
    const row = await database()
      .selectFrom('person')
      .select(['id', 'email', 'name'])
      .where(column, '=', value)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    return row ? { id: row.id, email: row.email, name: row.name, emailVerified: null, live: null } : null;
  };

  return {
    useVerificationToken: async ({ token }) => {
      const answer = await runCommand(completeSignIn, { tokenHash: token }, SIGN_IN, {
        key: randomUUID(),
        db,
      });
      if (!answer.ok) return null;
      const user = await userBy('id', answer.value.personId);
      return user && { identifier: user.email, token, expires: fromNow(60) };
    },
    createVerificationToken: () => notOurs('createVerificationToken'),
    getUserByEmail: (email) => userBy('email', email),
    getUser: (id) => userBy('id', id),
    updateUser: async ({ id }) => (await userBy('id', id)) ?? notOurs('updateUser'),
    createUser: () => notOurs('createUser'),
    getUserByAccount: () => notOurs('getUserByAccount'),
    linkAccount: () => notOurs('linkAccount'),

    createSession: async ({ sessionToken, userId }) => {
      const answer = await runCommand(
        openSession,
        {
          tokenHash: sessionTokenHash(sessionToken).toString('hex'),
          personId: userId,
          device: await device(),
        },
        SIGN_IN,
        { key: randomUUID(), db },
      );
      if (!answer.ok) throw new Error(`no session could be opened: ${answer.refusal.name}`);
      return { sessionToken, userId, expires: fromNow(answer.value.seconds) };
    },
    getSessionAndUser: async (sessionToken) => {
      const live = await findSession(database(), sessionTokenHash(sessionToken));
      if (live === null) return null;
      const session: AdapterSession = {
        sessionToken,
        userId: live.personId,
        expires: fromNow(live.secondsLeft),
      };
      const user: SignedInUser = {
        id: live.personId,
        email: live.email,
        name: live.name,
        emailVerified: null,
        live,
      };
      return { session, user };
    },
    // Being seen is noted by `findSession`; the limits are not moved by use.
    updateSession: () => Promise.resolve(null),
    // Ending a session says why and leaves an audit event: `endSession`, called by our own pages.
    deleteSession: () => Promise.resolve(),
  };
};

const notOurs = (method: string): never => {
  throw new Error(`${method} is not part of signing in here`);
};
