import { ApiError, badParameter, notPossible } from '../errors';
import { checkAmount, readCurrency } from '../currencies';
import { change, emit } from '../events';
import { page, pageFields } from '../lists';
import {
  choice,
  flag,
  ignored,
  inRange,
  integer,
  list,
  mergeMetadata,
  metadata,
  need,
  range,
  shape,
  text,
  unimitatedFields,
  url,
} from '../params';
import type { Call, Route } from '../router';
import type { Intent } from '../store';
import { find, newId, now, type World } from '../world';
import { methodNamed } from './methods';
import { attempt, cancelIntent, capture, declined } from './payments';
import { idAt } from '../ids';

/** From this version on Stripe refuses `payment_method_types` (changelog, endive 2026-09-30). */
const TYPES_REMOVED = '2026-09-30';
/** From this version on capture is asynchronous unless asked otherwise (changelog, 2024-04-10). */
const ASYNC_BY_DEFAULT = '2024-04-10';

export const METHOD_TYPES = ['card', 'alipay', 'wechat_pay', 'sepa_debit'] as const;

export const refuseRemovedTypes = (call: Call, given: unknown): void => {
  if (given !== undefined && call.version >= TYPES_REMOVED)
    throw new ApiError(400, {
      type: 'invalid_request_error',
      code: 'payment_method_types_no_longer_supported',
      message:
        'The `payment_method_types` parameter is no longer supported in this API version. Use dynamic payment methods, `allowed_payment_method_types` or `excluded_payment_method_types`.',
      param: 'payment_method_types',
    });
};

export const defaultCapture = (call: Call): 'automatic' | 'automatic_async' =>
  call.version >= ASYNC_BY_DEFAULT ? 'automatic_async' : 'automatic';

export type NewIntent = {
  readonly amount: number;
  readonly currency: string;
  readonly types: readonly string[];
  readonly captureMethod: Intent['capture_method'];
  readonly allowed?: readonly string[] | null;
  readonly description?: string | null;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly customer?: string | null;
  readonly receiptEmail?: string | null;
  readonly shipping?: unknown;
  readonly confirmationMethod?: 'automatic' | 'manual';
};

export const makeIntent = (world: World, asked: NewIntent): Intent => {
  const id = newId(world, 'pi');
  const intent: Intent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: asked.allowed ? [...asked.allowed] : null,
    amount: asked.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { allow_redirects: 'always', enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: asked.captureMethod,
    client_secret: `${id}_secret_${idAt(id, 's', 1).slice(2)}`,
    confirmation_method: asked.confirmationMethod ?? 'automatic',
    created: now(world),
    currency: asked.currency,
    customer: asked.customer ?? null,
    customer_account: null,
    description: asked.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: world.settings.livemode,
    managed_payments: { enabled: false },
    metadata: { ...asked.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: [...asked.types],
    payment_record: null,
    processing: null,
    receipt_email: asked.receiptEmail ?? null,
    review: null,
    setup_future_usage: null,
    shipping: (asked.shipping ?? null) as Intent['shipping'],
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
  world.store.put('intent', intent);
  emit(world, 'payment_intent.created', intent);
  return intent;
};

const confirmFields = {
  payment_method: text(),
  return_url: url,
  off_session: ignored,
  mandate_data: ignored,
  payment_method_types: list(choice(...METHOD_TYPES)),
};
const createShape = shape({
  ...confirmFields,
  amount: need(integer(1)),
  currency: need(text(3)),
  confirm: flag,
  capture_method: choice('automatic', 'automatic_async', 'manual'),
  confirmation_method: choice('automatic', 'manual'),
  automatic_payment_methods: shape({ enabled: need(flag), allow_redirects: choice('always', 'never') }),
  allowed_payment_method_types: list(choice(...METHOD_TYPES)),
  excluded_payment_method_types: list(choice(...METHOD_TYPES)),
  customer: text(),
  description: text(1000),
  metadata,
  receipt_email: text(),
  shipping: ignored,
  statement_descriptor_suffix: text(22),
  ...unimitatedFields([
    'application_fee_amount',
    'payment_method_data',
    'payment_method_options',
    'setup_future_usage',
    'transfer_data',
    'on_behalf_of',
    'statement_descriptor',
  ]),
});

const confirm = (world: World, intent: Intent, methodId: string | undefined): Intent => {
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status))
    throw notPossible(
      `This PaymentIntent's status is ${intent.status}, so it cannot be confirmed.`,
      'payment_intent_unexpected_state',
      { payment_intent: structuredClone(intent) },
    );
  const named = methodId ?? intent.payment_method;
  if (named === null)
    throw badParameter(
      'You cannot confirm this PaymentIntent because it is missing a payment method.',
      'payment_method',
      'payment_intent_unexpected_state',
    );
  const { outcome, declineCode } = attempt(world, intent, methodNamed(world, named, 'payment_method'));
  if (outcome === 'declined') throw declined(intent, declineCode ?? 'generic_decline');
  return intent;
};

const listShape = shape({ ...pageFields, customer: text(), created: range });
const updateShape = shape({
  metadata,
  description: text(1000),
  receipt_email: text(),
  amount: integer(1),
  shipping: ignored,
});
const cancelShape = shape({
  cancellation_reason: choice('duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'),
});

export const intentRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/payment_intents',
    run: (world, _ids, form, call) => {
      const asked = createShape(form, '');
      refuseRemovedTypes(call, asked.payment_method_types);
      const currency = readCurrency(asked.currency, 'currency');
      checkAmount(asked.amount, currency);
      if (asked.customer !== undefined) find(world, 'customer', asked.customer, 'customer');
      const excluded = new Set<string>(asked.excluded_payment_method_types ?? []);
      const offered: readonly string[] = asked.payment_method_types ??
        asked.allowed_payment_method_types ?? ['card'];
      const types = offered.filter((type) => !excluded.has(type));
      const intent = makeIntent(world, {
        amount: asked.amount,
        currency,
        types,
        captureMethod: asked.capture_method ?? defaultCapture(call),
        allowed: asked.allowed_payment_method_types ?? null,
        description: asked.description ?? null,
        metadata: mergeMetadata({}, asked.metadata),
        customer: asked.customer ?? null,
        receiptEmail: asked.receipt_email ?? null,
        shipping: asked.shipping,
        ...(asked.confirmation_method && { confirmationMethod: asked.confirmation_method }),
      });
      if (asked.confirm === true) return confirm(world, intent, asked.payment_method);
      if (asked.payment_method !== undefined) {
        const method = methodNamed(world, asked.payment_method, 'payment_method');
        change(world, 'intent', intent, { payment_method: method.id, status: 'requires_confirmation' });
      }
      return intent;
    },
  },
  {
    method: 'GET',
    path: '/v1/payment_intents',
    run: (world, _ids, form) => {
      const asked = listShape(form, '');
      const found = world.store
        .all('intent')
        .filter(
          (intent) =>
            inRange(intent.created, asked.created) &&
            (asked.customer === undefined || intent.customer === asked.customer),
        );
      return page('payment_intent', found, asked, '/v1/payment_intents');
    },
  },
  {
    method: 'GET',
    path: '/v1/payment_intents/:intent',
    run: (world, { intent }, form) => {
      shape({ client_secret: text() })(form, '');
      return find(world, 'intent', intent ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:intent',
    run: (world, ids, form) => {
      const intent = find(world, 'intent', ids['intent'] ?? '');
      const asked = updateShape(form, '');
      if (asked.amount !== undefined) {
        if (!intent.status.startsWith('requires_'))
          throw notPossible(
            `This PaymentIntent's amount could not be updated because it has a status of ${intent.status}.`,
            'payment_intent_unexpected_state',
          );
        checkAmount(asked.amount, intent.currency);
      }
      change(world, 'intent', intent, {
        metadata: mergeMetadata(intent.metadata, asked.metadata),
        description: asked.description ?? intent.description,
        receipt_email: asked.receipt_email ?? intent.receipt_email,
        amount: asked.amount ?? intent.amount,
      });
      return intent;
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:intent/confirm',
    run: (world, ids, form, call) => {
      const intent = find(world, 'intent', ids['intent'] ?? '');
      const asked = shape(confirmFields)(form, '');
      refuseRemovedTypes(call, asked.payment_method_types);
      return confirm(world, intent, asked.payment_method);
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:intent/capture',
    run: (world, ids, form) => {
      shape(unimitatedFields(['amount_to_capture', 'final_capture']))(form, '');
      const intent = find(world, 'intent', ids['intent'] ?? '');
      capture(world, intent);
      return intent;
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:intent/cancel',
    run: (world, ids, form) => {
      const intent = find(world, 'intent', ids['intent'] ?? '');
      const asked = cancelShape(form, '');
      if (!intent.status.startsWith('requires_'))
        throw notPossible(
          `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
          'payment_intent_unexpected_state',
        );
      cancelIntent(world, intent, asked.cancellation_reason ?? null);
      return intent;
    },
  },
];
