import { startDonationForm } from '../donations/donation.form';
import { decideMove } from '../donations/donation.rules';
import { lockDonation, moveDonationRow } from '../donations/donation.store';
import { enterGift } from '../donations/gift.commands';
import { defineCommand } from '../context';
import { insertSurplusChoice } from '../pledges/surplus.store';
import { lockPledge } from '../pledges/pledge.store';
import { readReference } from '../shared/reference.rules';
import { ok, refuse, type Result } from '../shared/result';
import { isCurrency } from '../shared/money';
import { openedCheckoutForm, observeCheckoutForm, tryAgainForm } from './checkout.form';
import {
  changeCheckout,
  checkoutsOf,
  donationOfCheckout,
  insertCheckout,
  PAYABLE,
  paysElsewhere,
} from './checkout.store';
import { takePayment } from './fulfil.commands';
import { toStripeUnits } from './stripe-amount.rules';

/**
 * First half of paying online: keeps the gift as an intent and one try to pay, before the provider is asked. The try's
 * id is the provider's idempotency key, so that whatever is lost afterwards cannot charge twice.
 *
 * Refuses `pay_elsewhere` when the campaign takes gifts only on its designated platform, `reference_unknown`,
 * `pledge_settled`, what `enterGift` refuses, and an amount the provider cannot charge.
 */
export const startDonation = defineCommand({
  name: 'donation.start',
  permission: 'donation:start',
  events: ['donation_started'],
  input: startDonationForm,
  run: async (ctx, input) => {
    if (!isCurrency(input.currency))
      return refuse('currency_unknown', { currency: input.currency }, 'currency');
    const chargeable = toStripeUnits(input.amountMinor, input.currency);
    if (!chargeable.ok) return chargeable;
    if (input.feeCoveredMinor >= input.amountMinor)
      return refuse('invalid_input', { reason: 'amount' }, 'feeCoveredMinor');
    const pledge = await pledgeOfReference(ctx.trx, input.pledgeReference);
    if (!pledge.ok) return pledge;
    const entered = await enterGift(ctx, {
      ...input,
      pledge: pledge.value,
      bankReference: null,
      status: 'intent',
    });
    if (!entered.ok) return entered;
    const { campaign, row: gift } = entered.value;
    if (await paysElsewhere(ctx.trx, campaign.id)) return refuse('pay_elsewhere');
    if (pledge.value && input.surplus !== null)
      await insertSurplusChoice(ctx.trx, {
        id: ctx.newId(),
        donationId: gift.id,
        choice: input.surplus,
        amountMinor: input.amountMinor,
        pledgeId: input.surplus === 'raise_pledge' ? pledge.value.id : null,
        chosenBy: null,
        chosenOn: input.givenOn,
      });
    const checkoutId = ctx.newId();
    await insertCheckout(ctx.trx, checkoutId, gift.id);
    ctx.record({
      event: 'donation_started',
      subjectKind: 'donation',
      subjectId: gift.code,
      details: { amountMinor: input.amountMinor, currency: input.currency, channel: input.channel },
    });
    return ok({ donationId: gift.id, code: gift.code, reference: gift.reference, checkoutId });
  },
});

const pledgeOfReference = async (
  trx: Parameters<typeof lockPledge>[0],
  typed: string | null,
): Promise<Result<Awaited<ReturnType<typeof lockPledge>>>> => {
  if (typed === null) return ok(null);
  const read = readReference(typed);
  if (!read.ok) return refuse(read.refusal.name, read.refusal.details, 'pledgeReference');
  const pledge = await lockPledge(trx, { reference: read.value });
  if (!pledge) return refuse('reference_unknown', {}, 'pledgeReference');
  return pledge.status === 'open' || pledge.status === 'partly_fulfilled' || pledge.status === 'written_off'
    ? ok(pledge)
    : refuse('pledge_settled', {}, 'pledgeReference');
};

/** Second half: the provider answered with its page, or could not be asked and nobody knows. */
export const noteCheckoutOpened = defineCommand({
  name: 'checkout.opened',
  permission: 'donation:settle',
  events: ['checkout_opened', 'checkout_unknown'],
  input: openedCheckoutForm,
  run: async (ctx, input) => {
    const donationId = await donationOfCheckout(ctx.trx, input.checkoutId);
    if (donationId === null) return refuse('not_found');
    const donation = await lockDonation(ctx.trx, { id: donationId });
    const row = (await checkoutsOf(ctx.trx, donationId)).find((one) => one.id === input.checkoutId);
    if (!donation || !row) return refuse('not_found');
    // An event may have told us more already; an answer that comes late never takes a try back.
    if (row.state === 'asked' || row.state === 'unknown' || row.sessionId === null)
      await changeCheckout(
        ctx.trx,
        row.id,
        {
          state:
            row.state === 'asked' || row.state === 'unknown'
              ? input.session
                ? 'open'
                : 'unknown'
              : row.state,
          sessionId: input.session?.id,
          sessionUrl: input.session?.url,
          failure: input.failure,
        },
        ctx.now,
      );
    ctx.record({
      event: input.session ? 'checkout_opened' : 'checkout_unknown',
      subjectKind: 'donation',
      subjectId: donation.code,
      details: { checkout: row.id },
    });
    return ok({ donation: donation.code });
  },
});

/**
 * Another try for a gift whose earlier tries have ended without money. While one can still be paid there is no
 * second: the giver is sent back to the same page, so that trying again cannot charge twice.
 */
export const tryAgain = defineCommand({
  name: 'donation.try_again',
  permission: 'donation:start',
  events: ['donation_tried_again'],
  input: tryAgainForm,
  run: async (ctx, input) => {
    const donationId = await donationOfCheckout(ctx.trx, input.checkoutId);
    const donation = donationId === null ? null : await lockDonation(ctx.trx, { id: donationId });
    if (!donation) return refuse('not_found');
    const tries = await checkoutsOf(ctx.trx, donation.id);
    if (tries.some((one) => PAYABLE.includes(one.state)))
      return refuse('illegal_state_change', { from: donation.status, event: 'try_again' });
    const to = decideMove(donation.status, 'try_again');
    if (!to.ok) return to;
    const moved = await moveDonationRow(ctx.trx, donation.id, {
      event: 'try_again',
      from: donation.status,
      to: to.value,
      byPerson: null,
    });
    if (!moved) return refuse('changed_since_seen');
    const checkoutId = ctx.newId();
    await insertCheckout(ctx.trx, checkoutId, donation.id);
    ctx.record({ event: 'donation_tried_again', subjectKind: 'donation', subjectId: donation.code });
    return ok({ donationId: donation.id, code: donation.code, reference: donation.reference, checkoutId });
  },
});

/** Acts on what the provider says about a try to pay. The return page and the sweep come in here. */
export const observeCheckout = defineCommand({
  name: 'checkout.observe',
  permission: 'donation:settle',
  events: [
    'checkout_observed',
    'donation_cleared',
    'pledge_applied',
    'pledge_raised',
    'donation_waiting',
    'donation_ended',
    'donation_paid_twice',
    'payment_flagged',
  ],
  input: observeCheckoutForm,
  run: async (ctx, input) => {
    const outcome = await takePayment(ctx, input.checkoutId, input.seen);
    if (!outcome.ok) return outcome;
    ctx.record({
      event: 'checkout_observed',
      subjectKind: 'donation',
      subjectId: outcome.value.code,
      details: { outcome: outcome.value.outcome },
    });
    return outcome;
  },
});
