import { findCampaign } from '../campaigns/campaign.store';
import type { CommandContext } from '../context';
import { openDay } from '../donations/donation.store';
import { payoutInTransit, stripeBalance } from '../ledger/accounts.rules';
import { post, reverse, type CampaignBooks } from '../ledger/ledger.commands';
import type { PostingPlan } from '../ledger/posting.rules';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate } from '../shared/time';
import { manualShares, move, sentPostings, sharesOf, type BookableLine } from './booking.rules';
import type { LineHome } from './payout.rules';
import { changePayout, insertPayoutEntry, standingEntries, type PayoutRow } from './payout.store';
import { bookableRows, payoutTie, providerBalances } from './tie.store';

/**
 * Books what a payout takes from the balance at the provider: one entry per campaign, from the provider's account to
 * what is in transit. Refuses `currency_differs` when no campaign keeps its books in the payout's currency, and
 * `account_overdrawn` for a manual payout larger than what our books have at the provider.
 */
export const bookSent = async (ctx: CommandContext, payout: PayoutRow): Promise<Result<null>> => {
  const balances = await providerBalances(ctx.trx, payout.currency);
  const main = balances[0];
  if (!main) return refuse('currency_differs', { currency: payout.currency });
  const plans = payout.automatic
    ? await automaticPlans(ctx, payout, main.campaignId)
    : manualPlans(payout, balances);
  if (plans === null) return refuse('account_overdrawn', { askedMinor: payout.amountMinor });
  let bookedOn = payout.madeOn;
  for (const { campaignId, postings } of plans) {
    const campaign = await findCampaign(ctx.trx, { id: campaignId });
    if (!campaign) return refuse('not_found');
    const lines = postings(campaign.slug);
    if (lines.length === 0) continue;
    const today = accountingDate(ctx.now, campaign.timeZone);
    bookedOn = await openDay(ctx.trx, campaign.id, payout.madeOn, today);
    const entry = await postFor(ctx, campaign, payout, 'payout_sent', bookedOn, lines);
    if (!entry.ok) return entry;
    await insertPayoutEntry(ctx.trx, payout.id, entry.value, 'sent');
  }
  await changePayout(ctx.trx, payout.id, { bookedOn });
  ctx.record({
    event: 'payout_booked',
    subjectKind: 'payout',
    subjectId: payout.code,
    details: { amountMinor: payout.amountMinor },
  });
  return ok(null);
};

type Plan = { readonly campaignId: string; readonly postings: (slug: string) => PostingPlan[] };

const automaticPlans = async (ctx: CommandContext, payout: PayoutRow, main: string): Promise<Plan[]> => {
  const lines: BookableLine[] = [];
  for (const row of await bookableRows(ctx.trx, payout)) {
    const shares =
      row.home === 'payout' && row.sourceId !== null
        ? ((await payoutTie(ctx.trx, row.sourceId, row.netMinor < 0n))?.shares ?? [])
        : row.campaignId === null
          ? []
          : [{ campaignId: row.campaignId, netMinor: row.expectedMinor ?? 0n }];
    lines.push({ ...row, home: row.home as LineHome, shares });
  }
  return sharesOf(payout, lines, main).map((share) => ({
    campaignId: share.campaignId,
    postings: (slug) => sentPostings(slug, share),
  }));
};

const manualPlans = (
  payout: PayoutRow,
  balances: readonly { readonly campaignId: string; readonly heldMinor: bigint }[],
): Plan[] | null =>
  manualShares(payout.amountMinor, balances)?.map(({ campaignId, sentMinor }) => ({
    campaignId,
    postings: (slug) => move(stripeBalance(slug), payoutInTransit(slug), sentMinor),
  })) ?? null;

/** The bank sent a payout back: what was in transit is in the provider's balance again. */
export const bookFailed = async (ctx: CommandContext, payout: PayoutRow): Promise<Result<null>> => {
  for (const sent of await standingEntries(ctx.trx, payout.id, 'sent')) {
    const campaign = await findCampaign(ctx.trx, { id: sent.campaignId });
    if (!campaign) return refuse('not_found');
    const today = accountingDate(ctx.now, campaign.timeZone);
    const shares = await transitOf(ctx, sent.entryId);
    const lines = move(payoutInTransit(campaign.slug), stripeBalance(campaign.slug), shares);
    if (lines.length === 0) continue;
    const entry = await postFor(ctx, campaign, payout, 'payout_failed', today, lines);
    if (!entry.ok) return entry;
    await insertPayoutEntry(ctx.trx, payout.id, entry.value, 'failed');
  }
  return ok(null);
};

/** What one entry brought into transit, signed. */
export const transitOf = async (ctx: CommandContext, entryId: bigint): Promise<bigint> => {
  const rows = await ctx.trx
    .selectFrom('posting as p')
    .innerJoin('account as d', 'd.id', 'p.debit_account_id')
    .innerJoin('account as k', 'k.id', 'p.credit_account_id')
    .select(['p.amount_minor as minor', 'd.code as debit', 'k.code as credit'])
    .where('p.entry_id', '=', entryId)
    .execute();
  const prefix = 'assets:payout-in-transit:';
  return rows.reduce(
    (sum, row) =>
      sum +
      (row.debit.startsWith(prefix) ? row.minor : 0n) -
      (row.credit.startsWith(prefix) ? row.minor : 0n),
    0n,
  );
};

export const postFor = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  payout: Pick<PayoutRow, 'code'>,
  kind: 'payout_sent' | 'payout_failed' | 'payout_received',
  date: string,
  postings: readonly PostingPlan[],
): Promise<Result<bigint>> => {
  const entry = await post(ctx, {
    kind,
    campaign,
    subjectKind: 'payout',
    subject: payout.code,
    date,
    postings,
  });
  return entry.ok ? ok(entry.value.id) : entry;
};

/** Undoes the entries of one act by their mirrors. */
export const undoEntries = async (
  ctx: CommandContext,
  payout: PayoutRow,
  act: 'arrived',
  on: string,
  reason: string,
): Promise<Result<null>> => {
  for (const one of await standingEntries(ctx.trx, payout.id, act)) {
    const campaign = await findCampaign(ctx.trx, { id: one.campaignId });
    if (!campaign) return refuse('not_found');
    const mirror = await reverse(ctx, campaign, one.entryId, on, reason);
    if (!mirror.ok) return mirror;
    await insertPayoutEntry(ctx.trx, payout.id, mirror.value.id, 'unmatched');
  }
  return ok(null);
};
