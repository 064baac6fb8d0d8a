import { findCampaign } from '../campaigns/campaign.store';
import type { CommandContext } from '../context';
import { lockDonation } from '../donations/donation.store';
import { failRefund, succeedRefund } from '../donations/refund-close.commands';
import { reserveRefund } from '../donations/refund.commands';
import {
  insertRefund,
  moveRefund,
  nextRefundCode,
  noteRefundProvider,
  refundsOf,
  type RefundRow,
} from '../donations/refund.store';
import { contentHash } from '../shared/canonical';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate } from '../shared/time';
import type { SeenRefund } from './seen.rules';

export type RefundOutcome = 'refund_pending' | 'refund_succeeded' | 'refund_failed' | 'already_done';

/**
 * Acts on a refund as the provider shows it now. One we asked for moves on; one that someone made in the provider's
 * own dashboard is entered as found, because the money is leaving whether we like it or not.
 */
export const takeRefund = async (
  ctx: CommandContext,
  donationId: string,
  seen: SeenRefund,
): Promise<Result<RefundOutcome>> => {
  const donation = await lockDonation(ctx.trx, { id: donationId });
  const campaign = donation && (await findCampaign(ctx.trx, { id: donation.campaignId }));
  if (!donation || !campaign) return refuse('not_found');
  const all = await refundsOf(ctx.trx, donation.id);
  const own = all.find((one) => one.providerRefundId === seen.providerId || one.id === seen.refundId);
  // A refund that failed before we ever heard of it has moved no money of ours.
  if (!own && seen.state === 'failed') return ok('already_done');
  if (seen.settledMinor === null && seen.state === 'succeeded') return ok('refund_pending');
  // Events come in any order: a refund may be told of before the payment it gives back. Refused, not noted as
  // waiting: the same sight of it must be acted on once the payment is here.
  if (!own && donation.receivedOn === null) return refuse('busy_try_again');
  const today = accountingDate(ctx.now, campaign.timeZone);
  const refund = own ?? (await enterFound(ctx, donation, campaign, seen, today));
  if ('ok' in refund) return refund;
  if (own && own.providerRefundId === null) await noteRefundProvider(ctx.trx, own.id, seen.providerId);
  // A foreign gift goes back at today's rate: the difference is an exchange difference. In the book currency none may be.
  if (
    seen.settledMinor !== null &&
    seen.settledMinor !== refund.amountMinor &&
    donation.currency === campaign.currency
  )
    return refuse('amounts_differ', { reservedMinor: refund.amountMinor, settledMinor: seen.settledMinor });
  const closing = { refund, donation, campaign, on: today, settledMinor: seen.settledMinor };
  if (seen.state === 'pending') return ok('refund_pending');
  if (seen.state === 'succeeded') {
    if (refund.status === 'succeeded') return ok('already_done');
    const done = await succeedRefund(ctx, closing, null);
    return done.ok ? ok('refund_succeeded') : done;
  }
  if (refund.status === 'failed') return ok('already_done');
  const failed = await failRefund(ctx, closing, seen.failure);
  return failed.ok ? ok('refund_failed') : failed;
};

const enterFound = async (
  ctx: CommandContext,
  donation: NonNullable<Awaited<ReturnType<typeof lockDonation>>>,
  campaign: NonNullable<Awaited<ReturnType<typeof findCampaign>>>,
  seen: SeenRefund,
  today: string,
): Promise<RefundRow | Result<never>> => {
  if (seen.settledMinor === null) return refuse('busy_try_again');
  const id = ctx.newId();
  const code = await nextRefundCode(ctx.trx);
  const amountMinor = seen.settledMinor;
  const reserved = await reserveRefund(ctx, campaign, donation, { id, code, amountMinor }, today);
  if (!reserved.ok) return reserved;
  const hash = contentHash({ code, donation: donation.code, amountMinor, provider: seen.providerId });
  await insertRefund(ctx.trx, {
    id,
    code,
    donationId: donation.id,
    amountMinor,
    ownMinor: seen.ownMinor,
    reason: 'made at the payment provider',
    contentHash: hash,
    proposedBy: null,
    proposedOn: seen.madeOn,
    status: 'approved',
    providerRefundId: seen.providerId,
  });
  await moveRefund(
    ctx.trx,
    id,
    { event: 'send', from: 'approved', to: 'sent' },
    { entryId: reserved.value.entryId, sentOn: seen.madeOn },
  );
  ctx.record({
    event: 'refund_found',
    subjectKind: 'refund',
    subjectId: code,
    details: { gift: donation.code, amountMinor },
  });
  return {
    id,
    code,
    donationId: donation.id,
    amountMinor,
    ownMinor: seen.ownMinor,
    status: 'sent',
    providerRefundId: seen.providerId,
    contentHash: hash,
    proposedBy: null,
    entryId: reserved.value.entryId,
  };
};
