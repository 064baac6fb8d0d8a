import { notPossible, badParameter } from '../errors';
import { ignored, integer, need, shape, text } from '../params';
import type { Route } from '../router';
import { find } from '../world';
import { methodNamed } from './methods';
import { attempt, declined } from './payments';
import { completeSession, intentOf } from './sessions';

/*
 * What the hosted page itself calls at Stripe. Not part of the public API; Stripe's own command line tool uses
 * it to play a donor (`stripe trigger checkout.session.completed`), and so do the trigger tests.
 */
export const pageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/payment_pages/:session',
    run: (world, { session }, form) => {
      shape({})(form, '');
      const found = find(world, 'session', session ?? '');
      return {
        id: found.id,
        object: 'checkout.session',
        session_id: found.id,
        amount_total: found.amount_total,
      };
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_pages/:session/confirm',
    run: (world, { session }, form) => {
      const asked = shape({
        payment_method: need(text()),
        expected_amount: need(integer()),
        return_url: ignored,
      })(form, '');
      const found = find(world, 'session', session ?? '');
      if (found.status !== 'open') throw notPossible(`This Checkout Session is ${String(found.status)}.`);
      if (asked.expected_amount !== found.amount_total)
        throw badParameter('The amount of the session differs from the expected amount.', 'expected_amount');
      const method = methodNamed(world, asked.payment_method, 'payment_method');
      const intent = intentOf(world, found);
      const { outcome, declineCode } = attempt(world, intent, method);
      if (outcome === 'declined') throw declined(intent, declineCode ?? 'generic_decline');
      if (outcome !== 'requires_action') completeSession(world, found, intent, method);
      return found;
    },
  },
];
