import type { CampaignRow } from '../campaigns/campaign.store';
import type { CommandContext } from '../context';
import { lockDisbursement } from '../disbursements/disbursement.store';
import { lockDonation } from '../donations/donation.store';
import { lotOfGift } from '../donations/refund.store';
import { placesHeldStill } from '../donations/return.commands';
import { reverse } from '../ledger/ledger.commands';
import { unsettlePayout } from '../payouts/settle.commands';
import { unapplyGift } from '../pledges/fulfilment.commands';
import { sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { moveGift } from './match-parts.commands';

export type StandingPart = {
  readonly kind: string;
  readonly subject: string | null;
  readonly donation_id: string | null;
  readonly entry_id: bigint | null;
};

type Undo = {
  readonly campaign: CampaignRow;
  readonly on: string;
  readonly reason: string;
  readonly code: string;
};

/** Takes back what one part of a match did. Answers the reversing entry when there was one to reverse. */
export const undoPart = async (
  ctx: CommandContext,
  undo: Undo,
  part: StandingPart,
): Promise<Result<bigint | null>> => {
  switch (part.kind) {
    case 'gift':
    case 'pledge':
    case 'new_gift':
      return undoGift(ctx, undo, part);
    case 'payout': {
      const undone = await unsettlePayout(ctx, {
        payout: part.subject ?? '',
        on: undo.on,
        reason: undo.reason,
      });
      return undone.ok ? ok(null) : undone;
    }
    case 'payment':
      return undoPayment(ctx, undo, part);
    case 'payment_returned': {
      const row = await lockDisbursement(ctx.trx, part.subject ?? '');
      if (row?.status !== 'bounced')
        return refuse('illegal_state_change', { from: row?.status ?? '', event: 'unbounce' });
      const mirror = await mirrorOf(ctx, undo, part.entry_id);
      if (!mirror.ok) return mirror;
      await ctx.trx
        .updateTable('disbursement')
        .set({ status: 'paid', entry_id: mirror.value })
        .where('id', '=', row.id)
        .execute();
      return mirror;
    }
    default:
      return mirrorOf(ctx, undo, part.entry_id);
  }
};

const mirrorOf = async (
  ctx: CommandContext,
  { campaign, on, reason }: Undo,
  entryId: bigint | null,
): Promise<Result<bigint | null>> => {
  if (entryId === null) return ok(null);
  const mirror = await reverse(ctx, campaign, entryId, on, reason);
  return mirror.ok ? ok(mirror.value.id) : mirror;
};

/** A gift goes back to where the match found it; one that the match itself took in was none. */
const undoGift = async (
  ctx: CommandContext,
  undo: Undo,
  part: StandingPart,
): Promise<Result<bigint | null>> => {
  const gift = part.donation_id === null ? null : await lockDonation(ctx.trx, { id: part.donation_id });
  if (!gift) return refuse('not_found');
  const unsettled = await moveGift(ctx, gift, 'unsettle', undo.reason);
  if (!unsettled.ok) return unsettled;
  if (part.entry_id === null) return ok(null);
  // Its own money must still be in the fund: another gift's may not go in its place.
  const places = await placesHeldStill(ctx, await lotOfGift(ctx.trx, gift.code));
  const gone = places.filter(({ account }) => account.class !== 'unallocated');
  if (gone.length > 0)
    return refuse('exceeds_unallocated', { askedMinor: sumMinor(gone.map((place) => place.heldMinor)) });
  const mirror = await mirrorOf(ctx, undo, part.entry_id);
  if (!mirror.ok) return mirror;
  if (gift.pledgeId !== null)
    await unapplyGift(ctx, undo.campaign, {
      pledgeId: gift.pledgeId,
      donationId: gift.id,
      code: gift.code,
      on: undo.on,
      giftLeftMinor: 0n,
    });
  const back = await moveGift(
    ctx,
    { id: gift.id, status: 'cleared' },
    part.kind === 'gift' ? 'unclear' : 'take_back',
    undo.reason,
  );
  if (!back.ok) return back;
  ctx.enqueue({
    task: 'receipt_issue',
    payload: { donation: gift.code },
    key: `receipt_issue:${gift.code}`,
  });
  return mirror;
};

const undoPayment = async (
  ctx: CommandContext,
  undo: Undo,
  part: StandingPart,
): Promise<Result<bigint | null>> => {
  const row = await lockDisbursement(ctx.trx, part.subject ?? '');
  if (row?.status !== 'reconciled')
    return refuse('illegal_state_change', { from: row?.status ?? '', event: 'unreconcile' });
  const mirror = await mirrorOf(ctx, undo, part.entry_id);
  if (!mirror.ok) return mirror;
  await ctx.trx
    .updateTable('disbursement')
    .set(
      part.entry_id === null
        ? { status: 'paid' }
        : { status: 'approved', paid_by: null, paid_on: null, bank_reference: null, entry_id: null },
    )
    .where('id', '=', row.id)
    .execute();
  return mirror;
};
