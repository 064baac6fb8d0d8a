import { staffIdOf } from '../auth/roles.rules';
import { findCampaign, type CampaignRow } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { donationIncome, refundsPayable } from '../ledger/accounts.rules';
import { contentHash } from '../shared/canonical';
import { ok, refuse, type Result } from '../shared/result';
import { unapplyGift } from '../pledges/fulfilment.commands';
import { isOnline } from './donation.rules';
import { lockDonation, type DonationRow } from './donation.store';
import { approveRefundForm, declineRefundForm, proposeRefundForm, sendRefundForm } from './refund.form';
import { decideRefund, decideRefundMove, ownShare } from './refund.rules';
import {
  donationOfRefund,
  goneOf,
  insertRefund,
  moveRefund,
  nextRefundCode,
  refundsOf,
  type RefundRow,
} from './refund.store';
import { takeBack } from './return.commands';

/** Asks for part or all of a gift to go back. Nothing moves until a second person approves. */
export const proposeRefund = defineCommand({
  name: 'refund.propose',
  permission: 'refund:propose',
  events: ['refund_proposed'],
  input: proposeRefundForm,
  run: async (ctx, input) => {
    const donation = await lockDonation(ctx.trx, { code: input.donation });
    if (!donation) return refuse('not_found', {}, 'donation');
    const gone = await goneOf(ctx.trx, donation.id);
    const settledMinor = donation.settledMinor ?? 0n;
    const allowed = decideRefund(
      { status: donation.status, settledMinor },
      gone.refundedMinor + gone.disputedMinor,
      input.amountMinor,
    );
    if (!allowed.ok) return allowed;
    const code = await nextRefundCode(ctx.trx);
    const ownMinor = ownShare(
      { amountMinor: donation.amountMinor, settledMinor },
      { goneMinor: gone.refundedMinor, goneOwnMinor: gone.refundedOwnMinor },
      input.amountMinor,
    );
    if (ownMinor === 0n) return refuse('amount_must_be_positive', {}, 'amountMinor');
    const hash = contentHash({
      code,
      donation: donation.code,
      amountMinor: input.amountMinor,
      ownMinor,
      reason: input.reason,
    });
    const id = ctx.newId();
    await insertRefund(ctx.trx, {
      id,
      code,
      donationId: donation.id,
      amountMinor: input.amountMinor,
      ownMinor,
      reason: input.reason,
      contentHash: hash,
      proposedBy: staffIdOf(ctx.actor),
      proposedOn: input.on,
    });
    ctx.record({
      event: 'refund_proposed',
      subjectKind: 'refund',
      subjectId: code,
      details: { gift: donation.code, amountMinor: input.amountMinor },
    });
    return ok({ refundId: id, code, ownMinor, contentHash: hash });
  },
});

/** Approves a refund as it was seen: from now on this money serves no road, and holes it leaves are named. */
export const approveRefund = defineCommand({
  name: 'refund.approve',
  permission: 'refund:approve',
  events: ['refund_approved', 'shortfall_opened', 'pledge_applied'],
  input: approveRefundForm,
  run: async (ctx, input) => {
    const found = await lockRefund(ctx, { code: input.refund });
    if (!found.ok) return found;
    const { refund, donation, campaign } = found.value;
    if (refund.contentHash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    if (person === refund.proposedBy) return refuse('maker_is_checker');
    const to = decideRefundMove(refund.status, 'approve');
    if (!to.ok) return to;
    const gone = await goneOf(ctx.trx, donation.id);
    // Two refunds may have been proposed for the same money: the one approved first has it.
    const allowed = decideRefund(
      { status: donation.status, settledMinor: donation.settledMinor ?? 0n },
      gone.refundedMinor + gone.disputedMinor,
      refund.amountMinor,
    );
    if (!allowed.ok) return allowed;
    const reserved = await reserveRefund(ctx, campaign, donation, refund, input.on);
    if (!reserved.ok) return reserved;
    const moved = await moveRefund(
      ctx.trx,
      refund.id,
      { event: 'approve', from: refund.status, to: to.value },
      { decidedBy: person, decidedOn: input.on, entryId: reserved.value.entryId },
    );
    if (!moved) return refuse('changed_since_seen');
    ctx.record({
      event: 'refund_approved',
      subjectKind: 'refund',
      subjectId: refund.code,
      details: { gift: donation.code, amountMinor: refund.amountMinor },
    });
    return ok({
      refundId: refund.id,
      code: refund.code,
      shortfalls: [...reserved.value.shortfalls],
      online: isOnline(donation.channel),
    });
  },
});

/** Reserves the money of a refund in both books and takes back what the gift had fulfilled of its promise. */
export const reserveRefund = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  donation: DonationRow,
  refund: Pick<RefundRow, 'id' | 'code' | 'amountMinor'>,
  on: string,
): Promise<Result<{ readonly entryId: bigint; readonly shortfalls: readonly string[] }>> => {
  const taken = await takeBack(ctx, campaign, donation, {
    kind: 'refund_reserved',
    subjectKind: 'refund',
    subject: refund.code,
    way: 'returned',
    cause: 'refund',
    amountMinor: refund.amountMinor,
    feeMinor: 0n,
    on,
    financial: [
      {
        from: refundsPayable(campaign.slug),
        to: donationIncome(campaign.slug),
        amountMinor: refund.amountMinor,
      },
    ],
  });
  if (!taken.ok) return taken;
  if (donation.pledgeId !== null) {
    const gone = await goneOf(ctx.trx, donation.id);
    await unapplyGift(ctx, campaign, {
      pledgeId: donation.pledgeId,
      donationId: donation.id,
      code: donation.code,
      on,
      giftLeftMinor:
        (donation.settledMinor ?? 0n) - gone.refundedMinor - gone.disputedMinor - refund.amountMinor,
    });
  }
  return taken;
};

/** Sends a proposed refund back to who proposed it. */
export const declineRefund = defineCommand({
  name: 'refund.decline',
  permission: 'refund:approve',
  events: ['refund_declined'],
  input: declineRefundForm,
  run: async (ctx, input) => {
    const found = await lockRefund(ctx, { code: input.refund });
    if (!found.ok) return found;
    const { refund } = found.value;
    const to = decideRefundMove(refund.status, 'decline');
    if (!to.ok) return to;
    const moved = await moveRefund(
      ctx.trx,
      refund.id,
      { event: 'decline', from: refund.status, to: to.value },
      { failure: input.reason, closedOn: input.on },
    );
    if (!moved) return refuse('changed_since_seen');
    ctx.record({ event: 'refund_declined', subjectKind: 'refund', subjectId: refund.code });
    return ok({ refundId: refund.id, code: refund.code });
  },
});

/** Marks an approved refund as sent, before the provider is asked: its id is the idempotency key there. */
export const sendRefund = defineCommand({
  name: 'refund.send',
  permission: 'refund:propose',
  events: ['refund_sent'],
  input: sendRefundForm,
  run: async (ctx, input) => {
    const found = await lockRefund(ctx, { code: input.refund });
    if (!found.ok) return found;
    const { refund, donation } = found.value;
    const to = decideRefundMove(refund.status, 'send');
    if (!to.ok) return to;
    const moved = await moveRefund(
      ctx.trx,
      refund.id,
      { event: 'send', from: refund.status, to: to.value },
      { sentBy: staffIdOf(ctx.actor), sentOn: input.on },
    );
    if (!moved) return refuse('changed_since_seen');
    ctx.record({ event: 'refund_sent', subjectKind: 'refund', subjectId: refund.code });
    const online = isOnline(donation.channel);
    if (online)
      ctx.enqueue({
        task: 'refund_send',
        payload: { refund: refund.code },
        key: `refund_send:${refund.code}`,
      });
    return ok({ refundId: refund.id, code: refund.code, online });
  },
});

export type FoundRefund = {
  readonly refund: RefundRow;
  readonly donation: DonationRow;
  readonly campaign: CampaignRow;
};

/** A refund with its gift, which is locked: everything about one gift happens one after the other. */
export const lockRefund = async (
  ctx: CommandContext,
  by: { readonly code: string } | { readonly id: string },
): Promise<Result<FoundRefund>> => {
  const donationId = await donationOfRefund(ctx.trx, by);
  const donation = donationId === null ? null : await lockDonation(ctx.trx, { id: donationId });
  if (!donation) return refuse('not_found', {}, 'refund');
  const refund = (await refundsOf(ctx.trx, donation.id)).find((one) =>
    'code' in by ? one.code === by.code : one.id === by.id,
  );
  const campaign = await findCampaign(ctx.trx, { id: donation.campaignId });
  if (!refund || !campaign) return refuse('not_found', {}, 'refund');
  return ok({ refund, donation, campaign });
};
