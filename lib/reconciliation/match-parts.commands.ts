import { staffIdOf } from '../auth/roles.rules';
import type { CampaignRow } from '../campaigns/campaign.store';
import type { CommandContext } from '../context';
import { bounceDisbursement, payDisbursement } from '../disbursements/disbursement.commands';
import { lockDisbursement } from '../disbursements/disbursement.store';
import { enterGift } from '../donations/gift.commands';
import { lockDonation, moveDonationRow, openDay, type DonationRow } from '../donations/donation.store';
import { decideMove, isOnline, type DonationEvent } from '../donations/donation.rules';
import { receiveGift } from '../donations/receive.commands';
import {
  bank,
  bankCharges,
  cash,
  interestIncome,
  transferInTransit,
  unidentified,
  type AccountSpec,
} from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import type { EntryKind } from '../ledger/posting.rules';
import { settlePayout } from '../payouts/settle.commands';
import { lockPledge } from '../pledges/pledge.store';
import { ok, refuse, type Result } from '../shared/result';
import type { MatchPart } from './bank.form';
import { hasStandingPart, type BankAccountRow, type DonePart } from './match.store';

/** What every part of a match is done with. */
export type MatchFrame = {
  readonly campaign: CampaignRow;
  readonly account: BankAccountRow;
  readonly code: string;
  /** The day the bank booked the (first) line. */
  readonly bookedOn: string;
  /** The day entries are dated: the same, or today when that month is closed. */
  readonly on: string;
  readonly bankReference: string;
  /** What the exchange rate made of the payout among the parts. */
  readonly exchangeMinor: bigint;
};

type Part<Kind extends MatchPart['kind']> = Extract<MatchPart, { readonly kind: Kind }>;

/** The account of the books a bank account stands for. */
export const ledgerAccount = (
  campaign: { readonly slug: string },
  account: { readonly code: string; readonly main: boolean },
): AccountSpec => (account.main ? bank(campaign.slug) : bank(campaign.slug, account.code));

const doneWith = (
  part: MatchPart,
  subject: string | null,
  entryId: bigint | null = null,
  donationId: string | null = null,
): Result<DonePart> => ok({ part, subject, donationId, entryId });

/** The entry a step that answers only its public number has made. */
const entryIdOf = (number: string): bigint => BigInt(number.slice(2));

/** Does one part of a match and answers the entry it made, if it made one. */
export const doPart = async (
  ctx: CommandContext,
  frame: MatchFrame,
  part: MatchPart,
): Promise<Result<DonePart>> => {
  switch (part.kind) {
    case 'gift':
      return matchGift(ctx, frame, part);
    case 'pledge':
    case 'new_gift':
      return takeInGift(ctx, frame, part);
    case 'payout': {
      if (!frame.account.main) return refuse('accounts_must_differ', {}, 'account');
      const settled = await settlePayout(ctx, {
        payout: part.subject,
        line: frame.code,
        amountMinor: part.amountMinor + frame.exchangeMinor,
        on: frame.on,
        difference: frame.exchangeMinor === 0n ? 'none' : 'exchange',
      });
      return settled.ok ? doneWith(part, part.subject) : settled;
    }
    case 'exchange':
      // Booked together with its payout, and undone with it.
      return doneWith(part, null);
    case 'payment':
      return matchPayment(ctx, frame, part);
    case 'payment_returned': {
      const row = await lockDisbursement(ctx.trx, part.subject);
      if (!row || row.campaign_id !== frame.campaign.id) return refuse('not_found', {}, 'payment');
      if (row.amount_minor !== part.amountMinor)
        return refuse('amounts_differ', { paidMinor: row.amount_minor, backMinor: part.amountMinor });
      const bounced = await bounceDisbursement.run(ctx, {
        disbursement: part.subject,
        reason: frame.bankReference,
        on: frame.on,
      });
      return bounced.ok ? doneWith(part, part.subject, await bounceEntry(ctx, row.entry_id)) : bounced;
    }
    case 'refund': {
      const refund = await ctx.trx
        .selectFrom('refund as r')
        .innerJoin('donation as d', 'd.id', 'r.donation_id')
        .select(['r.status', 'r.amount_minor', 'd.channel', 'd.campaign_id'])
        .where('r.code', '=', part.subject)
        .forUpdate('r')
        .executeTakeFirst();
      if (!refund || isOnline(refund.channel) || refund.campaign_id !== frame.campaign.id)
        return refuse('not_found', {}, 'refund');
      if (refund.status !== 'succeeded' || (await hasStandingPart(ctx.trx, 'refund', part.subject)))
        return refuse('illegal_state_change', { from: refund.status, event: 'match' });
      if (refund.amount_minor !== -part.amountMinor)
        return refuse('amounts_differ', { refundMinor: refund.amount_minor });
      return doneWith(part, part.subject);
    }
    default:
      return postOwn(ctx, frame, part);
  }
};

const bounceEntry = async (ctx: CommandContext, entryId: bigint | null): Promise<bigint | null> =>
  entryId === null
    ? null
    : ((await ctx.trx.selectFrom('entry').select('id').where('reverses_id', '=', entryId).executeTakeFirst())
        ?.id ?? null);

/** Moves a gift's state within a match. */
export const moveGift = async (
  ctx: CommandContext,
  gift: Pick<DonationRow, 'id' | 'status'>,
  event: DonationEvent,
  reason: string,
): Promise<Result<DonationRow['status']>> => {
  const to = decideMove(gift.status, event);
  if (!to.ok) return to;
  const moved = await moveDonationRow(ctx.trx, gift.id, {
    event,
    from: gift.status,
    to: to.value,
    byPerson: staffIdOf(ctx.actor),
    reason,
  });
  return moved ? to : refuse('changed_since_seen');
};

/** A gift that was recorded before its money came: it is cleared by this line, or only settled when it was cleared. */
const matchGift = async (
  ctx: CommandContext,
  frame: MatchFrame,
  part: Part<'gift'>,
): Promise<Result<DonePart>> => {
  const gift = await lockDonation(ctx.trx, { code: part.subject });
  if (!gift || isOnline(gift.channel) || gift.campaignId !== frame.campaign.id)
    return refuse('not_found', {}, 'gift');
  if (gift.status === 'cleared') {
    const banked = gift.channel === 'cash' ? null : (gift.settledMinor ?? 0n) - (gift.feeMinor ?? 0n);
    if (banked !== part.amountMinor)
      return refuse('amounts_differ', { giftMinor: banked, lineMinor: part.amountMinor });
    const settled = await moveGift(ctx, gift, 'settle', frame.code);
    return settled.ok ? doneWith(part, gift.code, null, gift.id) : settled;
  }
  if (gift.status !== 'verified' || gift.channel === 'cash')
    return refuse('illegal_state_change', { from: gift.status, event: 'match' });
  if (gift.currency !== frame.campaign.currency) return refuse('currency_differs');
  if (gift.amountMinor !== part.amountMinor)
    return refuse('amounts_differ', { giftMinor: gift.amountMinor, lineMinor: part.amountMinor });
  return clear(ctx, frame, part, gift);
};

/** Takes in money of which only the bank line tells: for a promise it names, or for someone just found out. */
const takeInGift = async (
  ctx: CommandContext,
  frame: MatchFrame,
  part: Part<'pledge' | 'new_gift'>,
): Promise<Result<DonePart>> => {
  const pledge = part.kind === 'pledge' ? await lockPledge(ctx.trx, { code: part.subject }) : null;
  if (part.kind === 'pledge' && !pledge) return refuse('reference_unknown', {}, 'pledge');
  const entered = await enterGift(ctx, {
    campaign: frame.campaign.slug,
    pledge,
    donor:
      part.kind === 'new_gift' && part.donorName !== null
        ? {
            name: part.donorName,
            email: null,
            phone: null,
            country: null,
            kind: 'person',
            contact: null,
            lang: 'zh-Hans',
          }
        : null,
    currency: frame.campaign.currency,
    amountMinor: part.amountMinor,
    feeCoveredMinor: 0n,
    designation: part.kind === 'new_gift' ? part.designation : null,
    recognition: null,
    ifNotBuilt: 'ask',
    sharers: [],
    event: null,
    givenOn: frame.bookedOn,
    channel: 'bank',
    bankReference: frame.bankReference,
    status: 'intent',
  });
  if (!entered.ok) return entered;
  return clear(ctx, frame, part, entered.value.row);
};

const clear = async (
  ctx: CommandContext,
  frame: MatchFrame,
  part: MatchPart,
  gift: DonationRow,
): Promise<Result<DonePart>> => {
  const received = await receiveGift(ctx, frame.campaign, gift, {
    settledMinor: gift.amountMinor,
    feeMinor: 0n,
    rate: null,
    rateOn: null,
    event: 'clear',
    receivedOn: frame.bookedOn,
    bookedOn: frame.on,
    bankReference: frame.bankReference,
    asset: ledgerAccount(frame.campaign, frame.account),
  });
  if (!received.ok) return received;
  const settled = await moveGift(ctx, { id: gift.id, status: 'cleared' }, 'settle', frame.code);
  if (!settled.ok) return settled;
  return doneWith(
    part,
    part.kind === 'pledge' ? part.subject : gift.code,
    entryIdOf(received.value.entry),
    gift.id,
  );
};

/** A payment to a contractor: booked now when it was only approved, and seen at the bank in either case. */
const matchPayment = async (
  ctx: CommandContext,
  frame: MatchFrame,
  part: Part<'payment'>,
): Promise<Result<DonePart>> => {
  const row = await lockDisbursement(ctx.trx, part.subject);
  if (!row || row.campaign_id !== frame.campaign.id) return refuse('not_found', {}, 'payment');
  if (row.amount_minor !== -part.amountMinor)
    return refuse('amounts_differ', { paymentMinor: row.amount_minor, lineMinor: part.amountMinor });
  if (row.status !== 'approved' && row.status !== 'paid')
    return refuse('illegal_state_change', { from: row.status, event: 'match' });
  let entryId: bigint | null = null;
  if (row.status === 'approved') {
    const payment = await payDisbursement.run(ctx, {
      disbursement: part.subject,
      on: frame.on,
      bankAccount: frame.account.main ? 'main' : frame.account.code,
      bankReference: frame.bankReference,
    });
    if (!payment.ok) return payment;
    entryId = entryIdOf(payment.value.entry);
  }
  await ctx.trx.updateTable('disbursement').set({ status: 'reconciled' }).where('id', '=', row.id).execute();
  return doneWith(part, part.subject, entryId);
};

const OWN: Readonly<
  Record<
    Part<'fee' | 'interest' | 'unidentified' | 'own_transfer' | 'cash_banked'>['kind'],
    { readonly kind: EntryKind; readonly other: (campaign: string) => AccountSpec }
  >
> = {
  fee: { kind: 'bank_charge', other: (campaign) => bankCharges(campaign) },
  interest: { kind: 'bank_interest', other: (campaign) => interestIncome(campaign) },
  unidentified: { kind: 'receipt_unidentified', other: (campaign) => unidentified(campaign) },
  own_transfer: { kind: 'own_transfer', other: (campaign) => transferInTransit(campaign) },
  cash_banked: { kind: 'cash_banked', other: (campaign) => cash(campaign) },
};

/** What concerns no gift: the bank's own lines, our own transfers, and money nobody knows yet. */
const postOwn = async (
  ctx: CommandContext,
  frame: MatchFrame,
  part: Part<'fee' | 'interest' | 'unidentified' | 'own_transfer' | 'cash_banked'>,
): Promise<Result<DonePart>> => {
  const { slug } = frame.campaign;
  if (part.kind === 'own_transfer' && part.subject === frame.account.code)
    return refuse('accounts_must_differ', {}, 'account');
  const [here, other] = [ledgerAccount(frame.campaign, frame.account), OWN[part.kind].other(slug)];
  const inward = part.amountMinor > 0n;
  const entry = await post(ctx, {
    kind: OWN[part.kind].kind,
    campaign: frame.campaign,
    subjectKind: 'bank_match',
    subject: frame.code,
    date: frame.on,
    postings: [
      {
        from: inward ? other : here,
        to: inward ? here : other,
        amountMinor: inward ? part.amountMinor : -part.amountMinor,
      },
    ],
  });
  return entry.ok
    ? doneWith(part, part.kind === 'own_transfer' ? part.subject : null, entry.value.id)
    : entry;
};

/** The day an entry of a match is dated. */
export const dayOfMatch = (ctx: CommandContext, campaign: CampaignRow, bookedOn: string, today: string) =>
  openDay(ctx.trx, campaign.id, bookedOn, today);
