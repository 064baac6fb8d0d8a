import type { NextAuthOptions, Session } from 'next-auth';
import { env } from '../env';
import { ownCookie } from '../own-cookie';
import { adapter, type AdapterParts, type SignedInUser } from './adapter';
import { newSecret, verificationSecret } from './secrets';
import { SESSION_SECONDS } from './session-limits.rules';
import type { LiveSession } from './session.store';

// next-auth takes its own address from here and nowhere else; without it, links would follow the Host header.
// eslint-disable-next-line no-restricted-syntax -- written for next-auth, not read by us
process.env['NEXTAUTH_URL'] = env.PUBLIC_URL;

/** The session as our code reads it. */
export type OurSession = Session & { readonly live: LiveSession };

export const SESSION_COOKIE = ownCookie('shanlu-session');
/**
 * Notes which session was left while the server could not be told: its id, which opens nothing. Set by the page
 * (app/_ui/session/keeper.tsx); whoever comes with that session and this note is signed out first.
 */
export const LEFT_COOKIE = ownCookie('shanlu-left');
/** Holds the secret of the browser that asked for a code, for ten minutes. */
export const REQUEST_COOKIE = ownCookie('shanlu-sign-in');

/**
 * next-auth as we use it: one provider, links and codes by mail; sessions in our database; no credentials, no
 * password, no account linking. The provider is written out by hand: mail leaves through the outbox, so nothing of
 * next-auth ever speaks to a mail server.
 */
export const authOptions = (device: AdapterParts['device']): NextAuthOptions => ({
  secret: env.AUTH_SECRET,
  adapter: adapter({ device }),
  useSecureCookies: SESSION_COOKIE.options.secure,
  providers: [
    {
      id: 'email',
      type: 'email',
      name: 'Email',
      from: env.MAIL_FROM,
      server: '',
      maxAge: 600,
      secret: verificationSecret(),
      sendVerificationRequest: () => {
        throw new Error('mail is queued by askToSignIn');
      },
      options: {},
    },
  ],
  session: {
    strategy: 'database',
    maxAge: SESSION_SECONDS.donor,
    // Equal to maxAge: next-auth never moves the limits of a session.
    updateAge: SESSION_SECONDS.donor,
    generateSessionToken: newSecret,
  },
  cookies: {
    sessionToken: SESSION_COOKIE,
    callbackUrl: ownCookie('shanlu-after-sign-in'),
    csrfToken: ownCookie('shanlu-csrf'),
  },
  pages: { signIn: '/zh-Hans/sign-in', error: '/zh-Hans/sign-in', verifyRequest: '/zh-Hans/sign-in/code' },
  callbacks: {
    redirect: ({ url, baseUrl }) =>
      url.startsWith('/') && !url.startsWith('//') ? `${baseUrl}${url}` : baseUrl,
    session: ({ session, user }) => {
      const live = (user as SignedInUser).live;
      return live === null ? session : { ...session, live };
    },
  },
  logger: {
    // A database that is away must not look like "nobody is signed in".
    error: (code, details) => {
      const error = details instanceof Error ? details : details.error;
      throw error instanceof Error ? error : new Error(code);
    },
    warn: () => undefined,
    debug: () => undefined,
  },
});
