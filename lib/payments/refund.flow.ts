import 'server-only';
import { runCommand } from '../command';
import { contentHash } from '../shared/canonical';
import { isCurrency } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { lookAtRefund } from './look';
import { refundToSend, type RefundFacts } from './payment.queries';
import { REFUND_KEY, seenRefund } from './seen.rules';
import { observeProvider } from './stripe-event.commands';
import { STRIPE, type Around } from './stripe-event.flow';
import type { Observation } from './stripe-event.form';

/**
 * Asks the provider to give money back, for a refund that is already marked as sent; its own id is the idempotency
 * key, so asking twice gives back once. What the provider answers is taken in by the same function as its events.
 */
export const sendRefundToProvider = async (
  code: string,
  around: Around,
): Promise<Result<{ readonly outcome: string }>> => {
  const refund = await refundToSend(code, around.db);
  if (!refund) return refuse('not_found');
  if (refund.status !== 'sent') return ok({ outcome: 'already_done' });
  if (refund.providerRefundId !== null) return lookAgain(refund, around);
  if (refund.chargeId === null || refund.ownMinor === null || !isCurrency(refund.currency))
    return refuse('invalid_input', { reason: 'no_charge' });
  const sent = await around.gateway.refund({
    chargeId: refund.chargeId,
    amountMinor: refund.ownMinor,
    currency: refund.currency,
    idempotencyKey: refund.refundId,
    metadata: { [REFUND_KEY]: refund.refundId },
  });
  if (sent.ok)
    return observe(
      { kind: 'refund', donationId: refund.donationId, seen: seenRefund(sent.value, refund.timeZone) },
      around,
    );
  if (sent.retryable) return { ok: false, refusal: sent.refusal };
  // Refused for good (already refunded, no balance): the money stays, and serves its purpose again.
  return observe(
    {
      kind: 'refund',
      donationId: refund.donationId,
      seen: {
        providerId: `none_${refund.refundId.replaceAll('-', '')}`,
        refundId: refund.refundId,
        chargeId: refund.chargeId,
        state: 'failed',
        currency: refund.currency,
        ownMinor: refund.ownMinor,
        settledMinor: null,
        failure: sent.code ?? sent.trouble,
        madeOn: new Date().toISOString().slice(0, 10),
      },
    },
    around,
  );
};

const lookAgain = async (
  { providerRefundId }: RefundFacts,
  around: Around,
): Promise<Result<{ readonly outcome: string }>> => {
  const looked = await lookAtRefund(around.gateway, providerRefundId ?? '', around.db);
  if (!looked.ok) return { ok: false, refusal: looked.refusal };
  return looked.value.kind === 'unknown' ? refuse('not_found') : observe(looked.value, around);
};

const observe = (observation: Observation, { db }: Around): Promise<Result<{ readonly outcome: string }>> =>
  runCommand(observeProvider, { observation }, STRIPE, {
    key: `provider:${contentHash(observation).slice(0, 60)}`,
    db,
  });
