import { staffIdOf } from '../auth/roles.rules';
import type { CampaignRow } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { donationIncome, exchangeDifference, refundsPayable } from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import type { PostingPlan } from '../ledger/posting.rules';
import { applyGift } from '../pledges/fulfilment.commands';
import { ok, refuse, type Result } from '../shared/result';
import { decideMove, isOnline, type DonationEvent } from './donation.rules';
import { moveDonationRow, type DonationRow } from './donation.store';
import { assetOf } from './receive.commands';
import { lockRefund } from './refund.commands';
import { completeRefundForm } from './refund.form';
import { decideRefundMove } from './refund.rules';
import { goneOf, moveRefund, refundsOf, type RefundRow } from './refund.store';
import { giveBack } from './return.commands';

type Closing = {
  readonly refund: RefundRow;
  readonly donation: DonationRow;
  readonly campaign: CampaignRow;
  readonly on: string;
  /** What really left (or came back to) the balance, where the rate has moved since it was reserved. */
  readonly settledMinor?: bigint | null | undefined;
};

/** What an exchange rate that moved adds to a refund, from the account it leaves; negative gains go the other way. */
const exchange = ({ refund, donation, campaign, settledMinor }: Closing, sign: 1n | -1n): PostingPlan[] => {
  const asset = assetOf(donation.channel, campaign.slug);
  const beyond = ((settledMinor ?? refund.amountMinor) - refund.amountMinor) * sign;
  if (beyond === 0n) return [];
  const [from, to] =
    beyond > 0n ? [asset, exchangeDifference(campaign.slug)] : [exchangeDifference(campaign.slug), asset];
  return [{ from, to, amountMinor: beyond > 0n ? beyond : -beyond }];
};

/** The money has gone back for good: what was reserved leaves the account it lay in. */
export const succeedRefund = async (
  ctx: CommandContext,
  closing: Closing,
  bankReference: string | null,
): Promise<Result<null>> => {
  const { refund, donation, campaign, on, settledMinor } = closing;
  const to = decideRefundMove(refund.status, 'succeed');
  if (!to.ok) return to;
  const entry = await post(ctx, {
    kind: 'refund_sent',
    campaign,
    subjectKind: 'refund',
    subject: refund.code,
    date: on,
    postings: [
      {
        from: assetOf(donation.channel, campaign.slug),
        to: refundsPayable(campaign.slug),
        amountMinor: refund.amountMinor,
      },
      ...exchange(closing, 1n),
    ],
  });
  if (!entry.ok) return entry;
  const moved = await moveRefund(
    ctx.trx,
    refund.id,
    { event: 'succeed', from: refund.status, to: to.value },
    {
      closedOn: on,
      closingEntryId: entry.value.id,
      ...(bankReference !== null && { bankReference }),
      ...(settledMinor != null && { settledMinor }),
    },
  );
  if (!moved) return refuse('changed_since_seen');
  const done = (await refundsOf(ctx.trx, donation.id))
    .filter((one) => one.status === 'succeeded')
    .reduce((sum, one) => sum + one.amountMinor, 0n);
  const event = done === donation.settledMinor ? 'refund_rest' : 'refund_part';
  const status = await moveGift(ctx, donation, event, refund.code);
  if (!status.ok) return status;
  ctx.enqueue({
    task: 'receipt_issue',
    payload: { donation: donation.code, cause: refund.code },
    key: `receipt_issue:${donation.code}`,
  });
  ctx.record({
    event: 'refund_succeeded',
    subjectKind: 'refund',
    subjectId: refund.code,
    details: { gift: donation.code, entry: entry.value.number },
  });
  return ok(null);
};

/** The money did not go back after all: before it had left (fail) or after (bounce). It serves its purpose again. */
export const failRefund = async (
  ctx: CommandContext,
  closing: Closing,
  failure: string | null,
): Promise<Result<null>> => {
  const { refund, donation, campaign, on } = closing;
  const event = refund.status === 'succeeded' ? 'bounce' : 'fail';
  const to = decideRefundMove(refund.status, event);
  if (!to.ok) return to;
  if (refund.entryId === null) throw new Error(`refund ${refund.code} was never reserved`);
  const { slug } = campaign;
  const payable = refundsPayable(slug);
  const back = await giveBack(ctx, campaign, donation, {
    kind: 'refund_failed',
    subjectKind: 'refund',
    subject: refund.code,
    way: 'returned',
    amountMinor: refund.amountMinor,
    on,
    takenEntryId: refund.entryId,
    feeMinor: 0n,
    feeBackMinor: 0n,
    financial: [
      ...(event === 'bounce'
        ? [
            { from: payable, to: assetOf(donation.channel, slug), amountMinor: refund.amountMinor },
            ...exchange(closing, -1n),
          ]
        : []),
      { from: donationIncome(slug), to: payable, amountMinor: refund.amountMinor },
    ],
  });
  if (!back.ok) return back;
  const moved = await moveRefund(
    ctx.trx,
    refund.id,
    { event, from: refund.status, to: to.value },
    { closedOn: on, closingEntryId: back.value.entryId, failure },
  );
  if (!moved) return refuse('changed_since_seen');
  if (event === 'bounce') {
    const others = (await refundsOf(ctx.trx, donation.id)).some(
      (one) => one.id !== refund.id && one.status === 'succeeded',
    );
    const status = await moveGift(
      ctx,
      donation,
      others ? 'refund_bounced_part' : 'refund_bounced',
      refund.code,
    );
    if (!status.ok) return status;
  }
  if (donation.pledgeId !== null) await applyAgain(ctx, campaign, donation, on);
  ctx.enqueue({
    task: 'receipt_issue',
    payload: { donation: donation.code, cause: `${refund.code} ${event}` },
    key: `receipt_issue:${donation.code}`,
  });
  ctx.record({
    event: 'refund_failed',
    subjectKind: 'refund',
    subjectId: refund.code,
    details: { gift: donation.code, failure },
  });
  return ok(null);
};

/** What of a gift is here again and not applied fulfils its promise again. */
export const applyAgain = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  donation: DonationRow,
  on: string,
): Promise<void> => {
  if (donation.pledgeId === null) return;
  const gone = await goneOf(ctx.trx, donation.id);
  await applyGift(ctx, campaign, {
    pledgeId: donation.pledgeId,
    donationId: donation.id,
    code: donation.code,
    on,
    leftMinor: (donation.settledMinor ?? 0n) - gone.refundedMinor - gone.disputedMinor,
  });
};

/** Moves a gift by an event of its refund or dispute. */
export const moveGift = async (
  ctx: CommandContext,
  donation: DonationRow,
  event: DonationEvent,
  reason: string,
): Promise<Result<null>> => {
  const to = decideMove(donation.status, event);
  if (!to.ok) return to;
  const moved = await moveDonationRow(ctx.trx, donation.id, {
    event,
    from: donation.status,
    to: to.value,
    byPerson: staffIdOf(ctx.actor),
    reason,
  });
  return moved ? ok(null) : refuse('changed_since_seen');
};

/** A refund by bank or in cash is final: the bank line or the signed slip shows it. */
export const completeRefund = defineCommand({
  name: 'refund.complete',
  permission: 'refund:propose',
  events: ['refund_succeeded'],
  input: completeRefundForm,
  run: async (ctx, input) => {
    const found = await lockRefund(ctx, { code: input.refund });
    if (!found.ok) return found;
    // What goes back through the provider is final when the provider says so.
    if (isOnline(found.value.donation.channel))
      return refuse('illegal_state_change', { from: found.value.refund.status, event: 'complete' });
    const done = await succeedRefund(ctx, { ...found.value, on: input.on }, input.bankReference);
    return done.ok ? ok({ code: found.value.refund.code }) : done;
  },
});
