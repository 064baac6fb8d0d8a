import { findCampaign, type CampaignRow } from '../campaigns/campaign.store';
import type { CommandContext } from '../context';
import { clearingEvent, decideMove, decideSettlement } from '../donations/donation.rules';
import {
  insertDonation,
  lockDonation,
  moveDonationRow,
  nextDonationNumbers,
  openDay,
  type DonationRow,
} from '../donations/donation.store';
import { receiveGift } from '../donations/receive.commands';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate } from '../shared/time';
import { decidePayment, type SeenPayment } from './checkout.rules';
import { changeCheckout, checkoutsOf, donationOfCheckout, moveCheckout, PAYABLE } from './checkout.store';

export type PaymentOutcome = {
  /** Public number of the gift. */
  readonly code: string;
  readonly outcome:
    | 'cleared'
    | 'second_payment_taken'
    | 'still_open'
    | 'already_done'
    | 'processing'
    | 'waiting_for_settlement'
    | 'expired'
    | 'failed'
    | 'amount_differs'
    | 'currency_differs'
    | 'settled_elsewhere';
};

/** Whether asking again later can change anything: money is on its way, but not everything about it is known yet. */
export const isWaiting = (outcome: PaymentOutcome['outcome']): boolean =>
  outcome === 'processing' || outcome === 'waiting_for_settlement' || outcome === 'still_open';

/**
 * The one function through which a payment becomes a gift. Webhook, return page and sweep all call it, in any order
 * and as often as they like: the gift is locked, the try to pay remembers whether it was taken in, and the charge's
 * id is unique.
 */
export const takePayment = async (
  ctx: CommandContext,
  checkoutId: string,
  seen: SeenPayment,
): Promise<Result<PaymentOutcome>> => {
  const donationId = await donationOfCheckout(ctx.trx, checkoutId);
  const donation = donationId === null ? null : await lockDonation(ctx.trx, { id: donationId });
  if (!donation) return refuse('not_found', {}, 'checkoutId');
  const campaign = await findCampaign(ctx.trx, { id: donation.campaignId });
  if (!campaign) return refuse('not_found');
  const tries = await checkoutsOf(ctx.trx, donation.id);
  const own = tries.find((one) => one.id === checkoutId);
  // Between reading and locking, the same payment was taken in as a second gift by someone else.
  if (!own) return refuse('changed_since_seen');
  const decision = decidePayment(seen, {
    status: donation.status,
    currency: donation.currency,
    amountMinor: donation.amountMinor,
    bookCurrency: campaign.currency,
    thisTryDone: own.state === 'complete' && own.chargeId !== null,
    otherTryOpen: tries.some((one) => one.id !== checkoutId && PAYABLE.includes(one.state)),
  });
  const answer = (outcome: PaymentOutcome['outcome']) => ok({ code: donation.code, outcome });
  switch (decision.do) {
    case 'nothing':
      // A declined card leaves the page open; why it was declined is what the giver asks first.
      // What was read before the payment and comes after it never takes a try back that was taken in: it would be
      // taken in again.
      if (
        own.state !== 'complete' &&
        (seen.state === 'expired' ||
          seen.state === 'failed' ||
          (seen.state === 'open' && seen.failure !== null))
      )
        await changeCheckout(ctx.trx, checkoutId, { state: seen.state, failure: seen.failure }, ctx.now);
      return answer(decision.why);
    case 'wait':
      await wait(ctx, donation, checkoutId, seen);
      return answer(decision.why);
    case 'end': {
      const ended = await end(ctx, donation, checkoutId, seen, decision.event);
      return ended.ok ? answer(decision.event === 'expire' ? 'expired' : 'failed') : ended;
    }
    case 'flag':
      ctx.record({
        event: 'payment_flagged',
        subjectKind: 'donation',
        subjectId: donation.code,
        details: { why: decision.why, charge: seen.chargeId, paidMinor: seen.amountMinor },
      });
      return answer(decision.why);
    case 'clear': {
      const cleared = await clear(ctx, campaign, donation, checkoutId, seen);
      return cleared.ok ? answer('cleared') : cleared;
    }
    case 'take_second_payment': {
      const sibling = await takeSecondPayment(ctx, campaign, donation, checkoutId, seen);
      return sibling.ok ? ok({ code: sibling.value, outcome: 'second_payment_taken' }) : sibling;
    }
  }
};

const wait = async (
  ctx: CommandContext,
  donation: DonationRow,
  checkoutId: string,
  seen: SeenPayment,
): Promise<void> => {
  await changeCheckout(
    ctx.trx,
    checkoutId,
    { state: 'open', paymentIntentId: seen.paymentIntentId ?? undefined },
    ctx.now,
  );
  if (donation.status !== 'intent') return;
  await moveDonationRow(ctx.trx, donation.id, {
    event: 'await',
    from: 'intent',
    to: 'pending',
    byPerson: null,
  });
  ctx.record({ event: 'donation_waiting', subjectKind: 'donation', subjectId: donation.code });
};

const end = async (
  ctx: CommandContext,
  donation: DonationRow,
  checkoutId: string,
  seen: SeenPayment,
  event: 'expire' | 'fail',
): Promise<Result<null>> => {
  // A payment that was under way and whose page then expired has failed: there is no edge pending → expired.
  const fitting = donation.status === 'pending' ? 'fail' : event;
  const to = decideMove(donation.status, fitting);
  if (!to.ok) return to;
  const moved = await moveDonationRow(ctx.trx, donation.id, {
    event: fitting,
    from: donation.status,
    to: to.value,
    byPerson: null,
    reason: seen.failure,
  });
  if (!moved) return refuse('changed_since_seen');
  await changeCheckout(
    ctx.trx,
    checkoutId,
    { state: event === 'expire' ? 'expired' : 'failed', failure: seen.failure },
    ctx.now,
  );
  ctx.record({
    event: 'donation_ended',
    subjectKind: 'donation',
    subjectId: donation.code,
    details: { as: to.value },
  });
  return ok(null);
};

const clear = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  donation: DonationRow,
  checkoutId: string,
  seen: SeenPayment,
): Promise<Result<null>> => {
  const { settled } = seen;
  const event = clearingEvent(donation.status);
  if (settled === null || event === null)
    return refuse('illegal_state_change', { from: donation.status, event: 'clear' });
  const today = accountingDate(ctx.now, campaign.timeZone);
  const paidOn = seen.paidOn ?? today;
  const foreign = donation.currency !== campaign.currency;
  const settlement = decideSettlement(donation, campaign.currency, {
    settledMinor: settled.grossMinor,
    feeMinor: settled.feeMinor,
    rate: foreign ? settled.rate : null,
    rateOn: foreign ? paidOn : null,
  });
  if (!settlement.ok) return settlement;
  const received = await receiveGift(ctx, campaign, donation, {
    ...settlement.value,
    event,
    receivedOn: paidOn,
    // A message that was late by a month finds the month closed: the gift keeps its day, the entry takes today's.
    bookedOn: await openDay(ctx.trx, campaign.id, paidOn, today),
    bankReference: null,
  });
  if (!received.ok) return received;
  await changeCheckout(
    ctx.trx,
    checkoutId,
    {
      state: 'complete',
      paymentIntentId: seen.paymentIntentId,
      chargeId: seen.chargeId,
      sessionUrl: null,
      failure: null,
    },
    ctx.now,
  );
  return ok(null);
};

/**
 * Two tries for one gift were both paid (two windows, a page that came back from the dead). The second amount is a
 * gift of its own, without a promise and without a name, until its giver says whether to keep it or to have it back.
 */
const takeSecondPayment = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  first: DonationRow,
  checkoutId: string,
  seen: SeenPayment,
): Promise<Result<string>> => {
  const numbers = await nextDonationNumbers(ctx.trx);
  const sibling: DonationRow = {
    ...first,
    ...numbers,
    id: ctx.newId(),
    pledgeId: null,
    recognitionId: null,
    status: 'intent',
    settledMinor: null,
    feeMinor: null,
    receivedOn: null,
  };
  await insertDonation(ctx.trx, { ...sibling, bankReference: null });
  // The try belongs to the gift it paid, so that hearing of it again finds it done.
  await moveCheckout(ctx.trx, checkoutId, sibling.id);
  const cleared = await clear(ctx, campaign, sibling, checkoutId, seen);
  if (!cleared.ok) return cleared;
  ctx.record({
    event: 'donation_paid_twice',
    subjectKind: 'donation',
    subjectId: first.code,
    details: { secondGift: numbers.code, charge: seen.chargeId },
  });
  return ok(numbers.code);
};
