import 'server-only';
import NextAuth, { getServerSession } from 'next-auth';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { NextRequest } from 'next/server';
import { cache } from 'react';
import { runCommand } from '../command';
import { env } from '../env';
import { askedNow, roleOf } from '../server/asked';
import type { Lang } from '../i18n/languages';
import { seal, unseal } from '../shared/seal';
import { SIGN_IN } from './adapter';
import { PEER_HEADER, clientNetwork } from './client-address.rules';
import { deviceName } from './device.rules';
import { PATH_HEADER, readNextPath } from './next-path.rules';
import { authOptions, LEFT_COOKIE, REQUEST_COOKIE, SESSION_COOKIE, type OurSession } from './options';
import { comesFromUs, mayChangeState } from './origin.rules';
import { primary } from './primary';
import { noteRefusedRight } from './refused-rights';
import { mayDo, type Actor, type Permission } from './roles.rules';
import { newSecret, SECRET_SHAPE, sessionTokenHash } from './secrets';
import { endSession } from './session.commands';
import { SIGN_IN_SECONDS } from './session-limits.rules';
import { findRest, type LiveSession, type SessionRest } from './session.store';

export type StaffActor = Extract<Actor, { kind: 'person' }>;

/** The browser and system of this request in words. */
export const requestDevice = async (): Promise<string> => deviceName((await headers()).get('user-agent'));

/** The network this request comes from, for rate limits. */
export const requestNetwork = async (): Promise<string> => {
  const head = await headers();
  return clientNetwork(head.get(PEER_HEADER), head.get('x-forwarded-for'), env.TRUSTED_PROXIES);
};

/**
 * The inner wall against forged requests. proxy.ts refuses them with 403 before; this holds even for a request that
 * found a way around it, because every page and action asks who acts. A body or an action number is what makes a
 * request change something; reading a page has neither. Actions that ask for nobody (asking for a code) call it
 * themselves.
 */
export const refuseForeignAction = async (): Promise<void> => {
  const head = await headers();
  if (!head.has('content-type') && !head.has('next-action')) return;
  const source = {
    origin: head.get('origin'),
    fetchSite: head.get('sec-fetch-site'),
    host: head.get('host'),
  };
  if (!comesFromUs(source, env.PUBLIC_URL)) throw new Error('A request from another site was refused.');
};

/** First line of a route handler that changes something: 403 for a request that none of our pages sent. */
export const refuseForeignRequest = (request: Request): Response | null => {
  const source = {
    method: request.method,
    path: new URL(request.url).pathname,
    origin: request.headers.get('origin'),
    fetchSite: request.headers.get('sec-fetch-site'),
    host: request.headers.get('host'),
  };
  return mayChangeState(source, env.PUBLIC_URL) ? null : new Response('Forbidden', { status: 403 });
};

/** The session of this request, looked up once per request, with the person's roles of this very moment. */
const liveSession = cache(async (): Promise<LiveSession | null> => {
  await refuseForeignAction();
  const session = await getServerSession(authOptions(requestDevice));
  const live = await unlessLeft((session as OurSession | null)?.live ?? null);
  const asked = askedNow();
  if (asked) asked.who = roleOf(actorOf(live));
  return live;
});

/** A session that was left while there was no network to say so ends here, before anything is shown. */
const unlessLeft = async (live: LiveSession | null): Promise<LiveSession | null> => {
  if (live === null || (await cookies()).get(LEFT_COOKIE.name)?.value !== live.sessionId) return live;
  await signOutOf(live);
  return null;
};

const signOutOf = async ({ personId, sessionId }: LiveSession): Promise<void> => {
  await runCommand(endSession, { personId, sessionId, because: 'signed_out' }, SIGN_IN, { key: newSecret() });
};

/** Ends the session of this request and takes it out of the browser. */
export const endThisSession = async (live: LiveSession): Promise<void> => {
  await signOutOf(live);
  await clearSessionCookie();
};

/** The session of this browser and how long it lasts from now on, without noting that it was seen. */
export const restOfSession = async (): Promise<SessionRest | null> => {
  const token = (await cookies()).get(SESSION_COOKIE.name)?.value ?? '';
  return SECRET_SHAPE.test(token) ? findRest(primary(), sessionTokenHash(token)) : null;
};

/** Who is signed in, with their session; null for a visitor. */
export const currentPerson = (): Promise<LiveSession | null> => liveSession();

/** Who acts: staff with their roles, a donor, or a visitor. Give it to `runCommand` and to queries. */
export const currentActor = async (): Promise<Actor> => actorOf(await liveSession());

const actorOf = (live: LiveSession | null): Actor => {
  if (live === null) return { kind: 'visitor' };
  if (live.roles.length === 0) return { kind: 'donor', personId: live.personId };
  return {
    kind: 'person',
    personId: live.personId,
    roles: live.roles,
    secondFactor: live.secondFactorSecondsAgo !== null,
  };
};

/** Where the person was going, so that signing in can bring them there. */
const goingTo = async (): Promise<string> => {
  const path = readNextPath((await headers()).get(PATH_HEADER));
  return path === null ? '' : `?next=${encodeURIComponent(path)}`;
};

/**
 * First line of every staff page and action. Sends a visitor to sign in and staff without their second factor to
 * give it; for everyone else who may not, the page does not exist.
 */
export const requireStaff = async (permission: Permission, lang: Lang): Promise<StaffActor> => {
  const actor = await currentActor();
  if (actor.kind === 'visitor') redirect(`/${lang}/sign-in${await goingTo()}`);
  const answer = mayDo(actor, permission);
  if (answer !== 'allowed') noteRefusedRight(actor, permission, 'page', answer);
  if (actor.kind !== 'person') notFound();
  switch (answer) {
    case 'allowed':
      return actor;
    case 'second_factor_required':
      return redirect(`/${lang}/sign-in/second-factor${await goingTo()}`);
    case 'not_signed_in':
    case 'not_permitted':
      return notFound();
  }
};

/** Was the second factor given within so many minutes? By the database's clock: this machine's may be days behind. */
export const recentSecondFactor = async (minutes: number): Promise<boolean> => {
  const secondsAgo = (await liveSession())?.secondFactorSecondsAgo ?? null;
  return secondsAgo !== null && secondsAgo < minutes * 60;
};

/** Asks for the second factor again before a weighty act (step-up), and then comes back. */
export const requireRecentSecondFactor = async (minutes: number, lang: Lang): Promise<void> => {
  if (!(await recentSecondFactor(minutes))) redirect(`/${lang}/sign-in/second-factor${await goingTo()}`);
};

/** Puts a session's new token into the browser: after the second factor, when the token changes. */
export const setSessionCookie = async (token: string, seconds: number): Promise<void> => {
  (await cookies()).set(SESSION_COOKIE.name, token, { ...SESSION_COOKIE.options, maxAge: seconds });
};

export const clearSessionCookie = async (): Promise<void> => {
  (await cookies()).set(SESSION_COOKIE.name, '', { ...SESSION_COOKIE.options, maxAge: 0 });
};

/** What the browser that asked for a code keeps: its secret, and the address as typed, to show it; sealed, for us alone. */
export type AskedBrowser = { readonly secret: string; readonly email: string };

export const rememberAsking = async ({ secret, email }: AskedBrowser): Promise<void> => {
  const sealed = seal(env.AUTH_SECRET, 'asked-address', secret, email).toString('base64url');
  // The empty part stands where versions before had the address in clear: they show none, and read on.
  const value = `${secret}..${sealed}`;
  (await cookies()).set(REQUEST_COOKIE.name, value, { ...REQUEST_COOKIE.options, maxAge: SIGN_IN_SECONDS });
};

export const askedBrowser = async (): Promise<AskedBrowser | null> => {
  const [secret = '', , sealed = ''] = ((await cookies()).get(REQUEST_COOKIE.name)?.value ?? '').split('.');
  if (!SECRET_SHAPE.test(secret)) return null;
  const email = unseal(env.AUTH_SECRET, 'asked-address', secret, Buffer.from(sealed, 'base64url'));
  return { secret, email: email ?? '' };
};

/**
 * Lets next-auth complete a sign-in with a token that has been posted to us. Its own callback address would consume
 * the token on GET, where mail scanners burn it; ours only ever calls it from a POST.
 *
 * @returns next-auth's answer with its cookies, or null when the token did not count
 */
export const completeWithNextAuth = async (token: string, next: string): Promise<Response | null> => {
  const url = new URL('/api/auth/callback/email', env.PUBLIC_URL);
  url.search = new URLSearchParams({ token, callbackUrl: next }).toString();
  const handle = NextAuth(authOptions(requestDevice)) as (
    request: NextRequest,
    context: { params: { nextauth: string[] } },
  ) => Promise<Response>;
  const answer = await handle(new NextRequest(url), { params: { nextauth: ['callback', 'email'] } });
  const signedIn = answer.headers
    .getSetCookie()
    .some(
      (cookie) =>
        cookie.startsWith(`${SESSION_COOKIE.name}=`) && !cookie.startsWith(`${SESSION_COOKIE.name}=;`),
    );
  if (!signedIn) return null;
  const location = new URL(answer.headers.get('location') ?? next, env.PUBLIC_URL);
  const out = new Headers({ Location: location.pathname + location.search, 'Cache-Control': 'no-store' });
  for (const cookie of answer.headers.getSetCookie()) {
    // Only the session; next-auth's helpers for its own pages are not used here.
    if (cookie.startsWith(`${SESSION_COOKIE.name}=`)) out.append('Set-Cookie', cookie);
  }
  out.append(
    'Set-Cookie',
    `${REQUEST_COOKIE.name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${REQUEST_COOKIE.options.secure ? '; Secure' : ''}`,
  );
  return new Response(null, { status: 303, headers: out });
};
