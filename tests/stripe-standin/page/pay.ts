import { decodeForm, type FormObject } from '../form';
import { attempt, failAuthentication } from '../objects/payments';
import { behaviourOf, makeMethod, mannerFor } from '../objects/methods';
import { completeSession, intentOf, offered } from '../objects/sessions';
import type { Behaviour, Session } from '../store';
import type { World } from '../world';
import { endPage, payPage, securePage, STYLE } from './html';
import { pageLang, type PageLang } from './words';

export type PageAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const html = (body: string, status = 200): PageAnswer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // No scripts at all. form-action stays open: the answer to the form leads back to the product's own site.
    'content-security-policy':
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  },
  body,
});
/** 303, so that going back and reloading never posts again. */
const go = (to: string): PageAnswer => ({
  status: 303,
  headers: { location: to, 'cache-control': 'no-store' },
  body: '',
});

const successUrl = (session: Session): string =>
  (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id);

const field = (form: FormObject, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value.slice(0, 200) : '';
};

const purposeOf = (world: World, session: Session): string =>
  (world.store.get('lines', session.id)?.items ?? []).map((item) => item.description ?? '').join(', ');

/** Shows the page, or what became of it. */
export const showPage = (world: World, id: string, accepted: string): PageAnswer => {
  if (id === 'style.css')
    return { status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: STYLE };
  const session = world.store.get('session', id);
  const lang = pageLang(session?.locale ?? null, accepted);
  if (!session) return html(endPage(lang, 'unknown', null), 404);
  if (session.status === 'expired') return html(endPage(lang, 'expired', session.cancel_url), 410);
  if (session.status === 'complete') return html(endPage(lang, 'paid', successUrl(session)));
  const intent = world.store.get('intent', session.payment_intent ?? '');
  if (intent?.status === 'requires_action') return html(securePage(session, lang));
  return html(payPage({ session, purpose: purposeOf(world, session), lang }));
};

/** What the pressed button stands for. */
const OUTCOMES: Readonly<Record<string, { outcome: Behaviour['outcome']; code?: string }>> = {
  pay: { outcome: 'succeed' },
  decline: { outcome: 'decline', code: 'generic_decline' },
  insufficient: { outcome: 'decline', code: 'insufficient_funds' },
  secure: { outcome: 'authenticate' },
  delayed: { outcome: 'by_control' },
};

/**
 * A press of a button. Each press is one moment, and a session that is no longer open is never charged: the
 * second press of a double click finds it complete and is sent on to the same address.
 */
export const pressPage = (world: World, id: string, body: string, accepted: string): PageAnswer => {
  const session = world.store.get('session', id);
  if (!session || session.status === 'expired') return showPage(world, id, accepted);
  if (session.status === 'complete') return go(successUrl(session));
  const form = decodeForm(body);
  const act = field(form, 'act');
  const lang = pageLang(session.locale, accepted);
  if (act === 'abandon')
    return session.cancel_url === null ? showPage(world, id, accepted) : go(session.cancel_url);
  if (act === 'secure_yes' || act === 'secure_no')
    return endSecure(world, session, act === 'secure_yes', lang, accepted);

  const pressed = OUTCOMES[act];
  const type = offered(session).find((one) => one === field(form, 'method'));
  const email = field(form, 'email') || session.customer_email || '';
  if (!pressed || !type || email === '')
    return html(
      payPage({ session, purpose: purposeOf(world, session), lang, email, name: field(form, 'name') }),
      400,
    );
  const method = makeMethod(world, mannerFor(type, pressed.outcome, pressed.code), {
    email,
    name: field(form, 'name') || null,
  });
  const intent = intentOf(world, session);
  const { outcome, declineCode } = attempt(world, intent, method);
  if (outcome === 'requires_action') return go(`/pay/${session.id}`);
  if (outcome === 'declined')
    return html(
      payPage({
        session,
        purpose: purposeOf(world, session),
        lang,
        declined: declineCode ?? 'generic_decline',
        email,
        name: field(form, 'name'),
        method: type,
      }),
      // The form comes again with the reason; a reload asks the browser before it posts.
      402,
    );
  completeSession(world, session, intent, method);
  return go(successUrl(session));
};

const endSecure = (
  world: World,
  session: Session,
  passed: boolean,
  lang: PageLang,
  accepted: string,
): PageAnswer => {
  const intent = world.store.get('intent', session.payment_intent ?? '');
  const method = world.store.get('method', intent?.payment_method ?? '');
  if (intent?.status !== 'requires_action' || !method) return showPage(world, session.id, accepted);
  if (!passed) {
    failAuthentication(world, intent);
    return html(
      payPage({
        session,
        purpose: purposeOf(world, session),
        lang,
        declined: 'authentication',
        email: method.billing_details.email ?? '',
        name: method.billing_details.name ?? '',
        method: behaviourOf(world, method.id).type,
      }),
      402,
    );
  }
  attempt(world, intent, method, true);
  completeSession(world, session, intent, method);
  return go(successUrl(session));
};
