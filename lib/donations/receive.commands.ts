import { together } from '@/db/dialect';
import { staffIdOf } from '../auth/roles.rules';
import type { CommandContext } from '../context';
import {
  bank,
  cash,
  donationIncome,
  fees,
  given,
  processingFees,
  stripeBalance,
  unallocated,
} from '../ledger/accounts.rules';
import type { AccountSpec } from '../ledger/accounts.rules';
import { lotOpened, lotToOpen, post, type CampaignBooks } from '../ledger/ledger.commands';
import { accountsQuery } from '../ledger/books.store';
import { ofLot, type PostingPlan } from '../ledger/posting.rules';
import { applyGift } from '../pledges/fulfilment.commands';
import { raiseAsWished } from '../pledges/plan.commands';
import { ok, refuse, type Result } from '../shared/result';
import type { Channel, Settlement } from './donation.rules';
import { moveDonationQuery, type DonationRow } from './donation.store';
import { sealGift } from './seal.commands';
import { sealsOf } from './seal.store';

export type ReceivedGift = {
  readonly donationId: string;
  readonly code: string;
  readonly entry: string;
  /** How much of it fulfilled its pledge; the rest is unapplied. */
  readonly appliedMinor: bigint;
};

/**
 * Takes in money that is really here: one conditional move of the gift, a traceable lot, one entry in both books,
 * its pledge, and a receipt to be issued. Both ways of clearing (bank and provider) come through here.
 *
 * Money coming in takes no shared lock, so a concert hall can give at once; a second call for the same gift finds
 * it moved and answers `changed_since_seen`, and the lot's unique number is the last line behind that.
 */
export const receiveGift = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  donation: DonationRow,
  how: Settlement & {
    readonly event: 'clear' | 'clear_late';
    /** The day the money arrived. */
    readonly receivedOn: string;
    /** The day the entry is dated: the same, unless that month is closed already. */
    readonly bookedOn: string;
    readonly bankReference: string | null;
    /** Where the money came to, when it is not the usual account of its channel. */
    readonly asset?: AccountSpec | undefined;
  },
): Promise<Result<ReceivedGift>> => {
  const lot = {
    kind: 'gift',
    subject: donation.code,
    campaign,
    amountMinor: how.settledMinor,
    receivedOn: how.receivedOn,
    designation: donation.designation,
  } as const;
  const asset = how.asset ?? assetOf(donation.channel, campaign.slug);
  const moves = giftMoves(campaign.slug, asset, how);
  const [moved, lots, earlierSeals, accounts] = await together(
    ctx.trx,
    moveDonationQuery(
      ctx.trx,
      donation.id,
      { event: how.event, from: donation.status, to: 'cleared', byPerson: staffIdOf(ctx.actor) },
      { cleared: how },
    ),
    lotToOpen(ctx, lot),
    sealsOf(ctx.trx, donation.id),
    accountsQuery(ctx.trx, moves),
  );
  if (moved.length === 0) return refuse('changed_since_seen');
  const lotId = await lotOpened(ctx, lots, lot);
  const entry = await post(ctx, {
    kind: 'gift_received',
    campaign,
    subjectKind: 'donation',
    subject: donation.code,
    date: how.bookedOn,
    postings: moves.map((move) =>
      move.from.book === 'purpose' ? { ...move, lots: ofLot(lotId, move.amountMinor) } : move,
    ),
    accounts,
    commitments: await sealGift(ctx, donation, earlierSeals),
  });
  if (!entry.ok) return entry;
  const appliedMinor =
    donation.pledgeId === null
      ? 0n
      : await applyGift(ctx, campaign, {
          pledgeId: donation.pledgeId,
          donationId: donation.id,
          code: donation.code,
          on: how.receivedOn,
          leftMinor: how.settledMinor,
        });
  if (donation.pledgeId !== null)
    await raiseAsWished(ctx, campaign, {
      pledgeId: donation.pledgeId,
      donationId: donation.id,
      code: donation.code,
      on: how.receivedOn,
      leftMinor: how.settledMinor - donation.feeCoveredMinor,
      surplusMinor: how.settledMinor - appliedMinor - donation.feeCoveredMinor,
    });
  ctx.record({
    event: 'donation_cleared',
    subjectKind: 'donation',
    subjectId: donation.code,
    details: { entry: entry.value.number, settledMinor: how.settledMinor, feeMinor: how.feeMinor },
  });
  ctx.enqueue({
    task: 'receipt_issue',
    payload: { donation: donation.code },
    key: `receipt_issue:${donation.code}`,
  });
  return ok({ donationId: donation.id, code: donation.code, entry: entry.value.number, appliedMinor });
};

/** The account that holds the money of a channel until it moves on. */
export const assetOf = (channel: Channel, campaign: string): AccountSpec => {
  switch (channel) {
    case 'card':
    case 'alipay':
    case 'wechat':
      return stripeBalance(campaign);
    case 'cash':
      return cash(campaign);
    case 'bank':
    case 'cheque':
      return bank(campaign);
  }
};

/** What a gift moves in both books; in the purpose book its own lot. */
const giftMoves = (
  campaign: string,
  asset: AccountSpec,
  { settledMinor, feeMinor }: Settlement,
): Omit<PostingPlan, 'lots'>[] => {
  const gift = [
    { from: donationIncome(campaign), to: asset, amountMinor: settledMinor },
    { from: given(campaign), to: unallocated(campaign), amountMinor: settledMinor - feeMinor },
  ];
  if (feeMinor === 0n) return gift;
  return [
    ...gift,
    { from: asset, to: processingFees(campaign), amountMinor: feeMinor },
    { from: given(campaign), to: fees(campaign), amountMinor: feeMinor },
  ];
};
