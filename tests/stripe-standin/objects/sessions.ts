import { missing, notPossible } from '../errors';
import { change, emit } from '../events';
import { page, pageFields } from '../lists';
import { choice, inRange, mergeMetadata, metadata, need, range, shape, text } from '../params';
import type { Route } from '../router';
import type { Behaviour, Intent, Method, Session } from '../store';
import type { World } from '../world';
import { makeIntent, METHOD_TYPES } from './intents';
import { cancelIntent } from './payments';
import { makeSession, personDetails } from './session-create';
import { createShape } from './session-params';

/** The intent behind a session; Stripe makes it when the donor first tries to pay, not before. */
export const intentOf = (world: World, session: Session): Intent => {
  const existing = world.store.get('intent', session.payment_intent ?? '');
  if (existing) return existing;
  const data = JSON.parse(String(world.store.get('fact', `intent-data:${session.id}`)?.value ?? '{}')) as {
    metadata: Record<string, string>;
    description: string | null;
    captureMethod: Intent['capture_method'];
    receiptEmail: string | null;
    shipping: unknown;
  };
  const intent = makeIntent(world, {
    ...data,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    types: session.payment_method_types,
    customer: session.customer,
  });
  change(world, 'session', session, { payment_intent: intent.id });
  return intent;
};

/** The donor is through the page: paid, or promised by a delayed method. */
export const completeSession = (world: World, session: Session, intent: Intent, method: Method): void => {
  const person = method.billing_details;
  change(world, 'session', session, {
    status: 'complete',
    payment_status: intent.status === 'succeeded' ? 'paid' : 'unpaid',
    url: null,
    customer_details: personDetails(person.email ?? session.customer_email, person.name),
  });
  emit(world, 'checkout.session.completed', session);
};

export const expireSession = (world: World, session: Session): void => {
  if (session.status !== 'open')
    throw notPossible(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  change(world, 'session', session, { status: 'expired', url: null });
  const intent = world.store.get('intent', session.payment_intent ?? '');
  if (intent && intent.status.startsWith('requires_')) cancelIntent(world, intent, 'expired');
  emit(world, 'checkout.session.expired', session);
};

/** Line items, when a call expands them. */
export const linesOf = (world: World, session: Session) =>
  page(
    'line item',
    (world.store.get('lines', session.id)?.items ?? []).toReversed(),
    {},
    `/v1/checkout/sessions/${session.id}/line_items`,
  );

const findSession = (world: World, id: string): Session => {
  const session = world.store.get('session', id);
  if (!session) throw missing('checkout.session', id, 'session');
  return session;
};

const listShape = shape({
  ...pageFields,
  created: range,
  customer: text(),
  payment_intent: text(),
  status: choice('open', 'complete', 'expired'),
  customer_details: shape({ email: need(text()) }),
});

export const sessionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/checkout/sessions',
    run: (world, _ids, form, call) => makeSession(world, createShape(form, ''), call),
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions',
    run: (world, _ids, form) => {
      const asked = listShape(form, '');
      const found = world.store
        .all('session')
        .filter(
          (session) =>
            inRange(session.created, asked.created) &&
            (asked.status === undefined || session.status === asked.status) &&
            (asked.customer === undefined || session.customer === asked.customer) &&
            (asked.payment_intent === undefined || session.payment_intent === asked.payment_intent) &&
            (asked.customer_details === undefined ||
              session.customer_details?.email === asked.customer_details.email),
        );
      return page('checkout.session', found, asked, '/v1/checkout/sessions');
    },
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions/:session',
    run: (world, { session }, form) => {
      shape({})(form, '');
      return findSession(world, session ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/checkout/sessions/:session',
    run: (world, ids, form) => {
      const session = findSession(world, ids['session'] ?? '');
      const asked = shape({ metadata })(form, '');
      change(world, 'session', session, { metadata: mergeMetadata(session.metadata, asked.metadata) });
      return session;
    },
  },
  {
    method: 'POST',
    path: '/v1/checkout/sessions/:session/expire',
    run: (world, ids, form) => {
      shape({})(form, '');
      const session = findSession(world, ids['session'] ?? '');
      expireSession(world, session);
      return session;
    },
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions/:session/line_items',
    run: (world, ids, form) => {
      const asked = shape(pageFields)(form, '');
      const session = findSession(world, ids['session'] ?? '');
      const items = world.store.get('lines', session.id)?.items ?? [];
      return page('line item', items.toReversed(), asked, `/v1/checkout/sessions/${session.id}/line_items`);
    },
  },
];

/** What the page offers, in a fixed order. */
export const offered = (session: Session): Behaviour['type'][] =>
  METHOD_TYPES.filter((type) => session.payment_method_types.includes(type));
