import {
  payoutInTransit,
  providerFees,
  stripeBalance,
  stripeReserve,
  unidentified,
  type AccountSpec,
} from '../ledger/accounts.rules';
import type { PostingPlan } from '../ledger/posting.rules';
import { minMinor, sumMinor } from '../shared/money';
import type { AssessedLine } from './assess.rules';

/** Moves a signed amount: a negative one goes the other way, nothing is no posting. */
export const move = (from: AccountSpec, to: AccountSpec, amountMinor: bigint): PostingPlan[] =>
  amountMinor === 0n
    ? []
    : amountMinor > 0n
      ? [{ from, to, amountMinor }]
      : [{ from: to, to: from, amountMinor: -amountMinor }];

export type CampaignShare = {
  readonly campaignId: string;
  /** What of the payout is this campaign's, signed. */
  readonly sentMinor: bigint;
  /** Fees no gift bears, signed: what the provider took is positive. */
  readonly feesMinor: bigint;
  readonly reserveMinor: bigint;
  /** What nobody has explained, signed: what came in is positive. */
  readonly unidentifiedMinor: bigint;
};

/** A line as it lies in the books: its net, whose it is, and what the books had expected of it. */
export type BookableLine = Pick<AssessedLine, 'home' | 'currency' | 'netMinor' | 'expectedMinor'> & {
  readonly shares: readonly { readonly campaignId: string; readonly netMinor: bigint }[];
  /** The line is one that our books do not know, or know already from another line. */
  readonly stranger: boolean;
};

/**
 * What a payout moves for each campaign. Lines that are nobody's (fees of the account, what is unexplained) fall to the
 * `main` campaign. The sums over all campaigns are the payout to the fen, whatever its list says.
 */
export const sharesOf = (
  payout: { readonly currency: string; readonly amountMinor: bigint },
  lines: readonly BookableLine[],
  main: string,
): CampaignShare[] => {
  const shares = new Map<string, { -readonly [K in keyof CampaignShare]: CampaignShare[K] }>();
  const of = (campaignId: string) => {
    const known = shares.get(campaignId);
    if (known) return known;
    const fresh = { campaignId, sentMinor: 0n, feesMinor: 0n, reserveMinor: 0n, unidentifiedMinor: 0n };
    shares.set(campaignId, fresh);
    return fresh;
  };
  const own = lines.filter((line) => line.currency === payout.currency);
  for (const line of own) {
    if (line.stranger || line.expectedMinor === null) {
      const share = of(line.shares[0]?.campaignId ?? main);
      share.sentMinor += line.netMinor;
      if (line.home === 'fee') share.feesMinor -= line.netMinor;
      else if (line.home === 'reserve') share.reserveMinor -= line.netMinor;
      else share.unidentifiedMinor += line.netMinor;
      continue;
    }
    for (const part of line.shares) of(part.campaignId).sentMinor += part.netMinor;
    // A fee other than the one we booked is the account's own cost: the gift was taken in as the giver was told.
    const beyond = line.netMinor - sumMinor(line.shares.map((part) => part.netMinor));
    const first = of(line.shares[0]?.campaignId ?? main);
    first.sentMinor += beyond;
    first.feesMinor -= beyond;
  }
  const rest = payout.amountMinor - sumMinor(own.map((line) => line.netMinor));
  if (rest !== 0n || shares.size === 0) {
    const share = of(main);
    share.sentMinor += rest;
    share.unidentifiedMinor += rest;
  }
  return [...shares.values()];
};

/** The postings of one campaign when a payout leaves the provider. */
export const sentPostings = (slug: string, share: CampaignShare): PostingPlan[] => [
  ...move(stripeBalance(slug), providerFees(slug), share.feesMinor),
  ...move(stripeBalance(slug), stripeReserve(slug), share.reserveMinor),
  ...move(unidentified(slug), stripeBalance(slug), share.unidentifiedMinor),
  ...move(stripeBalance(slug), payoutInTransit(slug), share.sentMinor),
];

/**
 * A manual payout has no list: it takes from the campaigns' balances at the provider in their order. Null when they
 * hold less than the payout, which a person must look at.
 */
export const manualShares = (
  amountMinor: bigint,
  balances: readonly { readonly campaignId: string; readonly heldMinor: bigint }[],
): { readonly campaignId: string; readonly sentMinor: bigint }[] | null => {
  let left = amountMinor;
  const shares = balances.flatMap(({ campaignId, heldMinor }) => {
    const sentMinor = heldMinor > 0n ? minMinor(heldMinor, left) : 0n;
    left -= sentMinor;
    return sentMinor > 0n ? [{ campaignId, sentMinor }] : [];
  });
  return left === 0n ? shares : null;
};
