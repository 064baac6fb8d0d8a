import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { adapter, SIGN_IN } from '@/lib/auth/adapter';
import { newSecret, newSignInCode, sessionTokenHash, verificationHash, codeToken } from '@/lib/auth/secrets';
import { findSession } from '@/lib/auth/session.store';
import { askToSignIn } from '@/lib/auth/sign-in.commands';
import { done } from './act';

export { STAFF_SECRET } from './totp';

export type Asked = { readonly request: string; readonly link: string; readonly code: string };

/** Asks for a link and code as the sign-in page does, and answers what only the mail and the cookie know. */
export const ask = async (
  db: Kysely<Database>,
  email: string,
  next: string | null = null,
): Promise<Asked> => {
  const asked: Asked = { request: newSecret(), link: newSecret(), code: newSignInCode() };
  await done(
    db,
    askToSignIn,
    {
      email,
      lang: 'en',
      next,
      requestSecret: asked.request,
      linkSecret: asked.link,
      code: asked.code,
      device: 'Chrome · Linux',
    },
    SIGN_IN,
  );
  return asked;
};

/** What next-auth does with a token that was posted: consume it, then open a session. Null when it did not count. */
export const consume = async (db: Kysely<Database>, token: string): Promise<string | null> => {
  const storage = adapter({ db, device: () => Promise.resolve('Chrome · Linux') });
  const used = await storage.useVerificationToken?.({ identifier: '', token: verificationHash(token) });
  if (!used) return null;
  const user = await storage.getUserByEmail?.(used.identifier);
  if (!user) throw new Error('a token was used but its person is unknown');
  const sessionToken = newSecret();
  await storage.createSession?.({ sessionToken, userId: user.id, expires: new Date() });
  return sessionToken;
};

export const consumeLink = (db: Kysely<Database>, asked: Asked): Promise<string | null> =>
  consume(db, asked.link);
export const consumeCode = (db: Kysely<Database>, asked: Asked): Promise<string | null> =>
  consume(db, codeToken(asked.request, asked.code));

/** Signs in by link and answers the session's token. */
export const signIn = async (db: Kysely<Database>, email: string): Promise<string> => {
  const token = await consumeLink(db, await ask(db, email));
  if (token === null) throw new Error(`${email} could not sign in`);
  return token;
};

export const live = (db: Kysely<Database>, token: string) => findSession(db, sessionTokenHash(token));
