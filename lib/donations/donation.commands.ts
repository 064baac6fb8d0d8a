import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { lockPledge } from '../pledges/pledge.store';
import { ok, refuse } from '../shared/result';
import { accountingDate } from '../shared/time';
import {
  cancelDonationForm,
  clearDonationForm,
  recordDonationForm,
  verifyDonationForm,
} from './donation.form';
import { decideMove, decideSettlement, isOnline } from './donation.rules';
import { lockDonation, moveDonationRow } from './donation.store';
import { enterGift, toldOf } from './gift.commands';
import { receiveGift } from './receive.commands';

/**
 * Records a gift that came by hand: cash at the concert, a cheque, a transfer. It counts nowhere until a second
 * person has verified it and the money is found. Answers the hash of what was recorded, for the verifier.
 */
export const recordDonation = defineCommand({
  name: 'donation.record',
  permission: 'donation:record',
  events: ['donation_recorded'],
  input: recordDonationForm,
  run: async (ctx, input) => {
    const pledge = input.pledge === null ? null : await lockPledge(ctx.trx, { code: input.pledge });
    if (input.pledge !== null && !pledge) return refuse('reference_unknown', {}, 'pledge');
    const entered = await enterGift(ctx, { ...input, pledge, feeCoveredMinor: 0n, status: 'recorded' });
    if (!entered.ok) return entered;
    const gift = toldOf(entered.value.row);
    ctx.record({
      event: 'donation_recorded',
      subjectKind: 'donation',
      subjectId: gift.code,
      details: { amountMinor: input.amountMinor, currency: input.currency, channel: input.channel },
    });
    return ok(gift);
  },
});

/** The second person confirms what the first recorded, by the hash of what they saw. */
export const verifyDonation = defineCommand({
  name: 'donation.verify',
  permission: 'donation:verify',
  events: ['donation_verified'],
  input: verifyDonationForm,
  run: async (ctx, input) => {
    if (ctx.actor.kind !== 'person') return refuse('not_permitted');
    const donation = await lockDonation(ctx.trx, { code: input.donation });
    if (!donation) return refuse('not_found', {}, 'donation');
    if (donation.contentHash !== input.seenHash) return refuse('changed_since_seen');
    if (donation.recordedBy === ctx.actor.personId) return refuse('maker_is_checker');
    const to = decideMove(donation.status, 'verify');
    if (!to.ok) return to;
    const moved = await moveDonationRow(
      ctx.trx,
      donation.id,
      { event: 'verify', from: donation.status, to: to.value, byPerson: ctx.actor.personId },
      { verifiedBy: ctx.actor.personId },
    );
    if (!moved) return refuse('changed_since_seen');
    ctx.record({ event: 'donation_verified', subjectKind: 'donation', subjectId: donation.code });
    return ok({ donationId: donation.id, code: donation.code });
  },
});

/**
 * The money of a verified gift is here: on the bank line or in the cash box. Freezes what it is worth in the book
 * currency and books it. Refuses `date_in_future`, `period_closed`, `amounts_differ` and an unverified gift.
 */
export const clearDonation = defineCommand({
  name: 'donation.clear',
  permission: 'donation:clear',
  events: ['donation_cleared', 'pledge_applied', 'pledge_raised'],
  input: clearDonationForm,
  run: async (ctx, input) => {
    const donation = await lockDonation(ctx.trx, { code: input.donation });
    if (!donation) return refuse('not_found', {}, 'donation');
    const campaign = await findCampaign(ctx.trx, { id: donation.campaignId });
    if (!campaign) return refuse('not_found');
    if (input.receivedOn > accountingDate(ctx.now, campaign.timeZone))
      return refuse('date_in_future', { on: input.receivedOn }, 'receivedOn');
    // A payment through the provider clears by what the provider says, never by hand.
    if (isOnline(donation.channel) || donation.status !== 'verified')
      return refuse('illegal_state_change', { from: donation.status, event: 'clear' });
    const settlement = decideSettlement(donation, campaign.currency, input);
    if (!settlement.ok) return settlement;
    return receiveGift(ctx, campaign, donation, {
      ...settlement.value,
      event: 'clear',
      receivedOn: input.receivedOn,
      bookedOn: input.receivedOn,
      bankReference: input.bankReference,
    });
  },
});

/** Takes back a gift that was recorded by mistake, before its money was booked. It stays visible as cancelled. */
export const cancelDonation = defineCommand({
  name: 'donation.cancel',
  permission: 'donation:record',
  events: ['donation_cancelled'],
  input: cancelDonationForm,
  run: async (ctx, input) => {
    const donation = await lockDonation(ctx.trx, { code: input.donation });
    if (!donation) return refuse('not_found', {}, 'donation');
    // An open payment page may still be paid: only the provider's answer ends it.
    if (isOnline(donation.channel))
      return refuse('illegal_state_change', { from: donation.status, event: 'cancel' });
    const to = decideMove(donation.status, 'cancel');
    if (!to.ok) return to;
    const moved = await moveDonationRow(ctx.trx, donation.id, {
      event: 'cancel',
      from: donation.status,
      to: to.value,
      byPerson: staffIdOf(ctx.actor),
      reason: input.reason,
    });
    if (!moved) return refuse('changed_since_seen');
    ctx.record({ event: 'donation_cancelled', subjectKind: 'donation', subjectId: donation.code });
    return ok({ donationId: donation.id, code: donation.code });
  },
});
