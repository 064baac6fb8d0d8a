import { staffIdOf } from '../auth/roles.rules';
import type { CommandContext } from '../context';
import type { CampaignBooks } from '../ledger/ledger.commands';
import { actLeaf } from '../proof/leaf';
import { decideApplication, decideReturn, type Application, type PledgeMove } from './pledge.rules';
import { appliedMinor, insertApplication, lockPledge, movePledgeRow, type PledgeRow } from './pledge.store';

type Gift = {
  readonly pledgeId: string;
  readonly donationId: string;
  /** Public number of the gift, for the audit trail. */
  readonly code: string;
  readonly on: string;
};

/**
 * Applies a gift that has come in (or whose refund failed) to its pledge, within the gift's own transaction:
 * `leftMinor` is what of the gift is here. Answers how much more it fulfils; the rest of the gift stays unapplied.
 * Never refuses: money that arrived is never turned away by a promise.
 */
export const applyGift = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  gift: Gift & { readonly leftMinor: bigint },
): Promise<bigint> => {
  const pledge = await lockPledge(ctx.trx, { id: gift.pledgeId });
  if (!pledge) throw new Error(`gift ${gift.code} names a pledge that is not there`);
  const applied = await appliedMinor(ctx.trx, pledge.id);
  const ofGift = await appliedMinor(ctx.trx, pledge.id, gift.donationId);
  const decided = decideApplication(pledge.status, pledge.amountMinor, applied, gift.leftMinor - ofGift);
  await carryOut(ctx, campaign, pledge, gift, decided, pledge.amountMinor - applied);
  return decided.applyMinor;
};

/** Takes back what a returned gift had fulfilled; the promise may be open again. Answers how much (0 or more). */
export const unapplyGift = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  gift: Gift & { readonly giftLeftMinor: bigint },
): Promise<bigint> => {
  const pledge = await lockPledge(ctx.trx, { id: gift.pledgeId });
  if (!pledge) throw new Error(`gift ${gift.code} names a pledge that is not there`);
  const applied = await appliedMinor(ctx.trx, pledge.id);
  const ofGift = await appliedMinor(ctx.trx, pledge.id, gift.donationId);
  const decided = decideReturn(pledge.status, applied, ofGift, gift.giftLeftMinor);
  await carryOut(ctx, campaign, pledge, gift, decided, 0n);
  return -decided.applyMinor;
};

const carryOut = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  pledge: PledgeRow,
  gift: Gift,
  { applyMinor, moves }: Application,
  restoredMinor: bigint,
): Promise<void> => {
  if (applyMinor === 0n) return;
  await insertApplication(ctx.trx, pledge.id, gift.donationId, applyMinor);
  for (const move of moves) {
    const reopened = move.event === 'reopen';
    const moved = await movePledgeRow(ctx.trx, pledge.id, move, {
      on: gift.on,
      byPerson: staffIdOf(ctx.actor),
      reason: null,
      amountMinor: reopened ? -restoredMinor : applyMinor,
    });
    if (!moved) throw new Error(`pledge ${pledge.code} moved while it was locked`);
    if (reopened) publishReopened(ctx, campaign, pledge, gift.on, restoredMinor);
  }
  ctx.record({
    event: 'pledge_applied',
    subjectKind: 'pledge',
    subjectId: pledge.code,
    details: { gift: gift.code, applyMinor, status: lastState(pledge, moves) },
  });
};

const lastState = (pledge: PledgeRow, moves: readonly PledgeMove[]): string =>
  moves.at(-1)?.to ?? pledge.status;

const publishReopened = (
  ctx: CommandContext,
  campaign: CampaignBooks,
  pledge: PledgeRow,
  on: string,
  restoredMinor: bigint,
): void =>
  ctx.publish(
    actLeaf({
      event: 'pledge_reopened',
      subject: pledge.code,
      date: on,
      recorded: ctx.now.toISOString().slice(0, 10),
      campaign: campaign.slug,
      facts: { amount: restoredMinor, currency: pledge.currency },
    }),
  );
