import { change, emit } from '../events';
import { notPossible } from '../errors';
import type { Charge, Intent, Method, Session } from '../store';
import { now, plan, type World } from '../world';
import { makeCharge, settle } from './charges';
import { openDispute } from './disputes';
import { behaviourOf, DECLINES, declineError } from './methods';

/** The session whose payment this is, if it came from a checkout page. */
const sessionOf = (world: World, intent: Intent): Session | undefined =>
  world.store.all('session').findLast((session) => session.payment_intent === intent.id);

const fail = (world: World, intent: Intent, method: Method, declineCode: string): void => {
  const behaviour = behaviourOf(world, method.id);
  const charge = makeCharge(world, intent, method, behaviour, 'failed', declineCode);
  emit(world, 'charge.failed', charge);
  refuse(world, intent, method, declineCode, charge.id);
};

/** The intent goes back to needing a payment method, with the reason on it. */
const refuse = (
  world: World,
  intent: Intent,
  method: Method,
  declineCode: string,
  chargeId: string | null,
): void => {
  const decline = DECLINES[declineCode] ?? { code: 'card_declined', message: 'Your card was declined.' };
  change(world, 'intent', intent, {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    processing: null,
    latest_charge: chargeId ?? intent.latest_charge,
    last_payment_error: {
      ...(chargeId !== null && { charge: chargeId }),
      code: decline.code,
      ...(decline.code === 'card_declined' && { decline_code: declineCode }),
      doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll('_', '-')}`,
      message: decline.message,
      payment_method: structuredClone(method) as never,
      type: behaviourOf(world, method.id).type === 'card' ? 'card_error' : 'invalid_request_error',
    },
  });
  emit(world, 'payment_intent.payment_failed', intent);
};

/** Money captured: charge, balance, intent and whatever the method brings after it (a dispute, a late booking). */
const succeed = (world: World, intent: Intent, charge: Charge): void => {
  const behaviour = behaviourOf(world, charge.payment_method ?? '');
  const async = intent.capture_method === 'automatic_async' && behaviour.available !== 'now';
  change(world, 'charge', charge, {
    status: 'succeeded',
    paid: true,
    captured: true,
    amount_captured: charge.amount,
  });
  if (async) plan(world, 'settle', charge.id, world.settings.laterSeconds);
  else settle(world, charge);
  const booked = async ? undefined : world.store.get('transaction', charge.balance_transaction ?? '');
  emit(world, 'charge.succeeded', charge);
  if (booked?.status === 'available') plan(world, 'tell_balance', 'balance', 0);
  change(world, 'intent', intent, {
    status: 'succeeded',
    amount_received: charge.amount,
    amount_capturable: 0,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
    processing: null,
  });
  emit(world, 'payment_intent.succeeded', intent);
  if (behaviour.dispute) openDispute(world, charge, { inquiry: behaviour.dispute === 'inquiry' });
};

export type Outcome = 'succeeded' | 'requires_capture' | 'requires_action' | 'processing' | 'declined';

/** Tries to pay an intent with a method, and says how it went. */
export const attempt = (
  world: World,
  intent: Intent,
  method: Method,
  authenticated = false,
): { readonly outcome: Outcome; readonly declineCode: string | null } => {
  const behaviour = behaviourOf(world, method.id);
  change(world, 'intent', intent, { payment_method: method.id });
  const outcome = behaviour.outcome === 'authenticate' && authenticated ? 'succeed' : behaviour.outcome;
  switch (outcome) {
    case 'decline': {
      const declineCode = behaviour.declineCode ?? 'generic_decline';
      fail(world, intent, method, declineCode);
      return { outcome: 'declined', declineCode };
    }
    case 'authenticate':
      change(world, 'intent', intent, {
        status: 'requires_action',
        next_action: {
          type: 'use_stripe_sdk',
          use_stripe_sdk: {},
        },
      });
      emit(world, 'payment_intent.requires_action', intent);
      return { outcome: 'requires_action', declineCode: null };
    case 'later_succeed':
    case 'later_fail':
    case 'by_control': {
      const charge = makeCharge(world, intent, method, behaviour, 'pending');
      emit(world, 'charge.pending', charge);
      change(world, 'intent', intent, { status: 'processing', latest_charge: charge.id });
      emit(world, 'payment_intent.processing', intent);
      if (outcome !== 'by_control') plan(world, outcome, intent.id, world.settings.laterSeconds);
      return { outcome: 'processing', declineCode: null };
    }
    case 'succeed': {
      const charge = makeCharge(world, intent, method, behaviour, 'succeeded');
      if (intent.capture_method === 'manual') {
        emit(world, 'charge.succeeded', charge);
        change(world, 'intent', intent, {
          status: 'requires_capture',
          amount_capturable: intent.amount,
          latest_charge: charge.id,
        });
        emit(world, 'payment_intent.amount_capturable_updated', intent);
        return { outcome: 'requires_capture', declineCode: null };
      }
      succeed(world, intent, charge);
      return { outcome: 'succeeded', declineCode: null };
    }
  }
};

/** The bank refuses the 3-D Secure step. */
export const failAuthentication = (world: World, intent: Intent): void => {
  const method = world.store.get('method', intent.payment_method ?? '');
  if (method) refuse(world, intent, method, 'authentication', null);
};

/** A delayed payment comes to its end; a checkout session hears of it too. */
export const endDelayed = (world: World, intent: Intent, paid: boolean): void => {
  if (intent.status !== 'processing')
    throw notPossible(
      `This PaymentIntent is ${intent.status}, not processing.`,
      'payment_intent_unexpected_state',
    );
  const charge = world.store.get('charge', intent.latest_charge ?? '');
  const method = world.store.get('method', intent.payment_method ?? '');
  if (!charge || !method) throw notPossible('Nothing is processing.');
  const session = sessionOf(world, intent);
  if (paid) succeed(world, intent, charge);
  else {
    const decline = DECLINES['bank'];
    change(world, 'charge', charge, {
      status: 'failed',
      paid: false,
      failure_code: decline?.code ?? null,
      failure_message: decline?.message ?? null,
    });
    emit(world, 'charge.failed', charge);
    refuse(world, intent, method, 'bank', charge.id);
  }
  if (session?.status !== 'complete') return;
  if (paid) {
    const previous = change(world, 'session', session, { payment_status: 'paid' });
    emit(world, 'checkout.session.async_payment_succeeded', session, previous);
  } else emit(world, 'checkout.session.async_payment_failed', session);
};

export const capture = (world: World, intent: Intent): void => {
  const charge = world.store.get('charge', intent.latest_charge ?? '');
  if (intent.status !== 'requires_capture' || !charge)
    throw notPossible(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
      'payment_intent_unexpected_state',
    );
  const previous = change(world, 'charge', charge, { captured: true, amount_captured: charge.amount });
  settle(world, charge);
  emit(world, 'charge.captured', charge, previous);
  change(world, 'intent', intent, {
    status: 'succeeded',
    amount_received: charge.amount,
    amount_capturable: 0,
  });
  emit(world, 'payment_intent.succeeded', intent);
};

export const cancelIntent = (
  world: World,
  intent: Intent,
  reason: Intent['cancellation_reason'] = null,
): void => {
  change(world, 'intent', intent, {
    status: 'canceled',
    canceled_at: now(world),
    cancellation_reason: reason,
    next_action: null,
    processing: null,
  });
  emit(world, 'payment_intent.canceled', intent);
};

/** The 402 that Stripe answers a declined confirmation with: error and intent together. */
export const declined = (intent: Intent, declineCode: string) =>
  declineError(declineCode, {
    ...(intent.latest_charge !== null && { charge: intent.latest_charge }),
    payment_intent: structuredClone(intent),
    payment_method_type: 'card',
  });
