import { SIGN_IN } from '@/lib/auth/adapter';
import { BUDGETS, takeFromBudget } from '@/lib/auth/rate-limit';
import { codeToken, newSecret, SECRET_SHAPE } from '@/lib/auth/secrets';
import { askedBrowser, completeWithNextAuth, refuseForeignRequest, requestNetwork } from '@/lib/auth/session';
import { readCode, CODE_LENGTH } from '@/lib/auth/code.rules';
import { trySignInCode } from '@/lib/auth/sign-in.commands';
import { requestOfBrowser, requestOfLink } from '@/lib/auth/sign-in.queries';
import { runCommand } from '@/lib/command';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { negotiateLang } from '@/lib/i18n/request';
import { noteRefusal } from '@/lib/server/refusal-log';
import { readSmallForm } from '@/lib/server/small-form';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * next-auth's addresses, of which only one does something: the callback, and only by POST. Its own would consume the
 * token of a link on GET, where mail scanners burn it, and its sign-in, sign-out and error pages are ours elsewhere.
 */
export const GET = async (request: Request, context: Context): Promise<Response> => {
  const [action] = (await context.params).nextauth;
  const lang = negotiateLang(null, request.headers.get('accept-language'));
  const known = ['signin', 'signout', 'error', 'verify-request', 'callback'];
  return known.includes(action ?? '') ? see(`/${lang}/sign-in`) : new Response('Not found', { status: 404 });
};

/** Completes a sign-in with the token of a link, or with a code typed in the browser that asked for it. */
export const POST = async (request: Request, context: Context): Promise<Response> => {
  const foreign = refuseForeignRequest(request);
  if (foreign) return foreign;
  if ((await context.params).nextauth.join('/') !== 'callback/email')
    return new Response('Not found', { status: 404 });
  const form = await readSmallForm(request);
  if (form === null) return new Response('Bad request', { status: 400 });
  const lang = readLang(form.get('lang'), request);
  const taken = await takeFromBudget(
    'sign_in_try_per_network',
    await requestNetwork(),
    BUDGETS.sign_in_try_per_network,
  );
  const token = form.get('token');
  if (token === null)
    return taken.ok ? byCode(form.get('code') ?? '', lang) : problem(lang, 'too_many_requests');
  // A link cannot be guessed, so a full budget of its network does not stop it.
  return byLink(token, lang);
};

const byLink = async (token: string, lang: Lang): Promise<Response> => {
  const again = `/${lang}/sign-in/confirm?over=1`;
  const asked = SECRET_SHAPE.test(token) ? await requestOfLink(token) : null;
  if (!asked?.usable) {
    // Mail scanners and people open a used link again; of what we never sent there is no request.
    noteRefusal({ code: asked ? 'code_used' : 'not_theirs', field: 'token' });
    return see(again);
  }
  return (await completeWithNextAuth(token, asked.next ?? `/${lang}/sign-in`)) ?? see(again);
};

const byCode = async (typed: string, lang: Lang): Promise<Response> => {
  const browser = await askedBrowser();
  if (browser === null) return problem(lang, 'code_expired');
  const tried = await runCommand(
    trySignInCode,
    { requestSecret: browser.secret, code: typed.slice(0, 60) },
    SIGN_IN,
    { key: newSecret() },
  );
  if (!tried.ok)
    return problem(lang, tried.refusal.name === 'busy_try_again' ? 'too_many_requests' : 'code_expired');
  if (tried.value.verdict !== 'right') return problem(lang, PROBLEM[tried.value.verdict]);
  const asked = await requestOfBrowser(browser.secret);
  const token = codeToken(browser.secret, readCode(typed, CODE_LENGTH) ?? '');
  const done = await completeWithNextAuth(token, asked?.next ?? `/${lang}/sign-in`);
  return done ?? problem(lang, 'code_used');
};

const PROBLEM = {
  wrong: 'code_wrong',
  expired: 'code_expired',
  used: 'code_used',
  tries_used_up: 'code_tries_used_up',
} as const;

const problem = (
  lang: Lang,
  name: (typeof PROBLEM)[keyof typeof PROBLEM] | 'too_many_requests',
): Response => {
  if (name !== 'too_many_requests') noteRefusal({ code: name, field: 'code' });
  return see(`/${lang}/sign-in/code?problem=${name}`);
};

const see = (path: string): Response =>
  new Response(null, { status: 303, headers: { Location: path, 'Cache-Control': 'no-store' } });

const readLang = (typed: string | null, request: Request): Lang =>
  typed !== null && isLang(typed) ? typed : negotiateLang(null, request.headers.get('accept-language'));
