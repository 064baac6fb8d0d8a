import type { CampaignRow } from '../campaigns/campaign.store';
import type { CommandContext } from '../context';
import { disputeLosses } from '../ledger/accounts.rules';
import { unapplyGift } from '../pledges/fulfilment.commands';
import { actLeaf } from '../proof/leaf';
import { toSecond } from '../shared/instant';
import { minMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { disputeSteps, type SeenDispute } from './dispute.rules';
import { closeDisputeRow, findDispute, insertDispute, type DisputeRow } from './dispute.store';
import { lockDonation, type DonationRow } from './donation.store';
import { assetOf } from './receive.commands';
import { applyAgain, moveGift } from './refund-close.commands';
import { goneOf, nextDisputeCode } from './refund.store';
import { giveBack, takeBack } from './return.commands';

/**
 * Acts on a dispute as the provider shows it now: the giver's bank takes the money (and a fee), gives it back when we
 * are right, or keeps it. What was already on a road becomes a named shortfall; nothing goes silently negative.
 *
 * The caller holds the gift's lock. Answers the dispute's number and the steps taken, none when nothing is new.
 */
export const takeDispute = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  gift: DonationRow,
  seen: SeenDispute,
  on: string,
): Promise<Result<{ readonly code: string | null; readonly steps: readonly string[] }>> => {
  let known = await findDispute(ctx.trx, seen.providerId);
  let donation = gift;
  const steps = disputeSteps(seen, known);
  for (const step of steps) {
    const done =
      step === 'open'
        ? await openDispute(ctx, campaign, donation, seen, on)
        : known === null
          ? refuse('illegal_state_change', { event: step })
          : step === 'win'
            ? await winDispute(ctx, campaign, donation, known, seen, on)
            : await loseDispute(ctx, campaign, donation, known, on);
    if (!done.ok) return done;
    known = await findDispute(ctx.trx, seen.providerId);
    donation = (await lockDonation(ctx.trx, { id: donation.id })) ?? donation;
  }
  return ok({ code: known?.code ?? null, steps });
};

const openDispute = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  donation: DonationRow,
  seen: SeenDispute,
  on: string,
): Promise<Result<null>> => {
  const { withdrawn } = seen;
  if (withdrawn === null) return refuse('illegal_state_change', { event: 'open' });
  // The bank may take more than is left of the gift (part was refunded, or the rate moved): the excess is borne like
  // the fee, by a shortfall of its own.
  const before = await goneOf(ctx.trx, donation.id);
  const leftMinor = (donation.settledMinor ?? 0n) - before.refundedMinor - before.disputedMinor;
  const amountMinor = minMinor(withdrawn.amountMinor, leftMinor);
  if (amountMinor === 0n) return refuse('exceeds_donation', { askedMinor: withdrawn.amountMinor });
  const feeMinor = withdrawn.feeMinor + withdrawn.amountMinor - amountMinor;
  const code = await nextDisputeCode(ctx.trx);
  const taken = await takeBack(ctx, campaign, donation, {
    kind: 'dispute_opened',
    subjectKind: 'dispute',
    subject: code,
    way: 'lost',
    cause: 'dispute',
    amountMinor,
    feeMinor,
    on,
    financial: [
      {
        from: assetOf(donation.channel, campaign.slug),
        to: disputeLosses(campaign.slug),
        amountMinor: amountMinor + feeMinor,
      },
    ],
  });
  if (!taken.ok) return taken;
  if (donation.pledgeId !== null)
    await unapplyGift(ctx, campaign, {
      pledgeId: donation.pledgeId,
      donationId: donation.id,
      code: donation.code,
      on,
      giftLeftMinor: leftMinor - amountMinor,
    });
  await insertDispute(ctx.trx, {
    id: ctx.newId(),
    code,
    donationId: donation.id,
    providerId: seen.providerId,
    amountMinor,
    feeMinor,
    reason: seen.reason,
    openedOn: seen.openedOn,
    dueOn: seen.dueOn ?? null,
    entryId: taken.value.entryId,
  });
  ctx.record({
    event: 'dispute_opened',
    subjectKind: 'dispute',
    subjectId: code,
    details: { gift: donation.code, amountMinor, feeMinor },
  });
  return moveGift(ctx, donation, 'dispute', code);
};

const winDispute = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  donation: DonationRow,
  row: DisputeRow,
  { reinstated }: SeenDispute,
  on: string,
): Promise<Result<null>> => {
  const cameBackMinor = (reinstated?.amountMinor ?? 0n) + (reinstated?.feeMinor ?? 0n);
  const whole = cameBackMinor === row.amountMinor + row.feeMinor;
  if (!whole && cameBackMinor !== row.amountMinor)
    return refuse('amounts_differ', { takenMinor: row.amountMinor + row.feeMinor, backMinor: cameBackMinor });
  const back = await giveBack(ctx, campaign, donation, {
    kind: 'dispute_won',
    subjectKind: 'dispute',
    subject: row.code,
    way: 'lost',
    amountMinor: row.amountMinor,
    on,
    takenEntryId: row.entryId,
    feeMinor: row.feeMinor,
    feeBackMinor: whole ? row.feeMinor : 0n,
    financial: [
      {
        from: disputeLosses(campaign.slug),
        to: assetOf(donation.channel, campaign.slug),
        amountMinor: cameBackMinor,
      },
    ],
  });
  if (!back.ok) return back;
  if (!(await closeDisputeRow(ctx.trx, row.id, { status: 'won', on, entryId: back.value.entryId })))
    return refuse('changed_since_seen');
  const moved = await moveGift(ctx, donation, 'win', row.code);
  if (!moved.ok) return moved;
  await applyAgain(ctx, campaign, donation, on);
  ctx.record({
    event: 'dispute_won',
    subjectKind: 'dispute',
    subjectId: row.code,
    details: { gift: donation.code },
  });
  return ok(null);
};

const loseDispute = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  donation: DonationRow,
  row: DisputeRow,
  on: string,
): Promise<Result<null>> => {
  if (!(await closeDisputeRow(ctx.trx, row.id, { status: 'lost', on, entryId: null })))
    return refuse('changed_since_seen');
  // The money left when the dispute was opened; losing it moves nothing more, so the log is told by an act.
  ctx.publish(
    actLeaf({
      event: 'dispute_lost',
      subject: row.code,
      date: on,
      recorded: toSecond(ctx.now),
      campaign: campaign.slug,
      facts: { amount: row.amountMinor, fee: row.feeMinor },
    }),
  );
  ctx.record({
    event: 'dispute_lost',
    subjectKind: 'dispute',
    subjectId: row.code,
    details: { gift: donation.code },
  });
  ctx.enqueue({
    task: 'receipt_issue',
    payload: { donation: donation.code, cause: row.code },
    key: `receipt_issue:${donation.code}`,
  });
  return moveGift(ctx, donation, 'lose', row.code);
};
