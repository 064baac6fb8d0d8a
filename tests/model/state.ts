import type { RefusalName } from '@/lib/shared/refusal';
import { Books, type Lot, type Share } from './books';

export type Campaign = {
  readonly slug: string;
  readonly currency: string;
  readonly opensOn: string;
  readonly endsOn: string;
  readonly quotesRequired: number;
  /** Months that are not open. */
  readonly months: Map<string, 'soft_closed' | 'closed'>;
  lastEntryOn: string | null;
};

export type Proposal = { readonly hash: string; readonly by: string; status: string };

export type Road = {
  readonly code: string;
  readonly campaign: Campaign;
  status: string;
  budgetMinor: bigint;
  readonly budgets: (Proposal & { readonly version: number; readonly totalMinor: bigint })[];
  heldBefore: string | null;
  warrantyUntil: string | null;
};

export type Allocation = Proposal & {
  readonly code: string;
  readonly road: Road;
  readonly amountMinor: bigint;
};

export type Paper = {
  readonly code: string;
  readonly kind: string;
  readonly road: Road;
  readonly sha: string;
  readonly by: string;
};

export type Photo = {
  readonly id: string;
  readonly road: Road;
  readonly stage: string;
  readonly sha: string;
  readonly by: string;
  published: boolean;
};

export type Quote = { readonly road: Road; readonly contractor: string; readonly amountMinor: bigint };

export type Contract = Proposal & {
  readonly code: string;
  readonly road: Road;
  readonly contractor: string;
  amountMinor: bigint;
  readonly retentionMinor: bigint;
  readonly signedOn: string;
};

export type Variation = Proposal & {
  readonly code: string;
  readonly contract: Contract;
  readonly beforeMinor: bigint;
  readonly afterMinor: bigint;
};

export type Certificate = {
  readonly code: string;
  readonly contract: Contract;
  readonly stage: string;
  readonly amountMinor: bigint;
};

export type Payment = Proposal & {
  readonly code: string;
  readonly certificate: Certificate;
  readonly amountMinor: bigint;
  readonly sha: string;
  /** Entry by which it was paid. */
  entry: number | null;
};

export type Pledge = {
  readonly code: string;
  readonly reference: string;
  readonly campaign: Campaign;
  readonly designation: string | null;
  readonly amountMinor: bigint;
  status: string;
  /** How much of which gift fulfils it. */
  readonly applied: Map<Gift, bigint>;
};

export type Refund = Proposal & {
  readonly code: string;
  readonly id: string | null;
  readonly gift: Gift;
  readonly amountMinor: bigint;
  readonly ownMinor: bigint;
  providerId: string | null;
  /** Holes opened when it was approved. */
  holes: Hole[];
};

export type Dispute = {
  readonly providerId: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  status: 'open' | 'won' | 'lost';
  readonly holes: Hole[];
};

export type Hole = {
  readonly code: string;
  readonly lot: Lot;
  readonly campaign: Campaign;
  readonly ofFee: boolean;
  /** Gifts with which a person filled it. */
  readonly filledBy: Share[];
  resolved: boolean;
};

export type Gift = {
  readonly code: string;
  readonly id: string;
  readonly campaign: Campaign;
  readonly pledge: Pledge | null;
  readonly designation: string | null;
  readonly channel: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly hash: string;
  readonly by: string | null;
  /** The try to pay at the provider. */
  readonly checkoutId: string | null;
  status: string;
  taken: boolean;
  settledMinor: bigint;
  /** What the bank or the provider kept of it. */
  feeMinor: bigint;
  lot: Lot | null;
  readonly refunds: Refund[];
  readonly disputes: Dispute[];
};

/** What is the same of every gift before its money is here. */
export const notYetHere = (): Pick<
  Gift,
  'taken' | 'settledMinor' | 'feeMinor' | 'lot' | 'refunds' | 'disputes'
> => ({ taken: false, settledMinor: 0n, feeMinor: 0n, lot: null, refunds: [], disputes: [] });

export type Line = {
  readonly id: bigint;
  readonly campaign: Campaign;
  readonly amountMinor: bigint;
  readonly bookedOn: string;
  version: number;
  match: Match | null;
};

/** Lines and what they were; `entry` is what a part wrote, to be mirrored when the match is undone. */
export type Match = {
  readonly code: string;
  readonly lines: readonly Line[];
  readonly parts: readonly {
    readonly part: { readonly kind: string; readonly subject?: string };
    readonly gift: Gift | null;
    readonly entry: number | null;
  }[];
  undone: boolean;
};

/** Everything the model believes about the world. */
export class State {
  readonly books = new Books();
  readonly campaigns: Campaign[] = [];
  readonly roads: Road[] = [];
  readonly allocations: Allocation[] = [];
  readonly contractors: string[] = [];
  readonly papers: Paper[] = [];
  readonly photos: Photo[] = [];
  readonly quotes: Quote[] = [];
  readonly contracts: Contract[] = [];
  readonly variations: Variation[] = [];
  readonly certificates: Certificate[] = [];
  readonly payments: Payment[] = [];
  readonly pledges: Pledge[] = [];
  readonly gifts: Gift[] = [];
  readonly refunds: Refund[] = [];
  readonly holes: Hole[] = [];
  readonly lines: Line[] = [];
  readonly matches: Match[] = [];

  campaign(slug: string): Campaign | undefined {
    return this.campaigns.find((one) => one.slug === slug);
  }
  road(code: string): Road | undefined {
    return this.roads.find((one) => one.code === code);
  }
}

/** What an act answers when it is done; the numbers and hashes in it are the product's own. */
export type Answer = Readonly<Record<string, unknown>>;

/**
 * What the model says about an act: every reason that speaks against it, and what changes when none does. The product
 * must refuse exactly when there is a reason, and must name one that holds.
 */
export class Verdict {
  readonly reasons = new Set<RefusalName>();
  private then: (answer: Answer) => void = () => undefined;
  /** What the answer must say beyond being given. */
  expected: Readonly<Record<string, unknown>> = {};

  /** Notes a reason and answers whether it holds, for guards that make further questions senseless. */
  when(holds: boolean, reason: RefusalName): boolean {
    if (holds) this.reasons.add(reason);
    return holds;
  }

  refused(reason: RefusalName): this {
    this.reasons.add(reason);
    return this;
  }

  otherwise(then: (answer: Answer) => void, expected: Readonly<Record<string, unknown>> = {}): this {
    this.then = then;
    this.expected = expected;
    return this;
  }

  carryOut(answer: Answer): void {
    this.then(answer);
  }
}

export const text = (answer: Answer, key: string): string => {
  const value = answer[key];
  if (typeof value !== 'string') throw new Error(`the answer has no ${key}: ${JSON.stringify(answer)}`);
  return value;
};

/** Account codes, as the chart of accounts names them. */
export const on = {
  given: (c: Campaign) => `given:${c.slug}`,
  fund: (c: Campaign) => `unallocated:${c.slug}`,
  fees: (c: Campaign) => `fees:${c.slug}`,
  returned: (c: Campaign) => `returned:${c.slug}`,
  lost: (c: Campaign) => `lost:${c.slug}`,
  hole: (c: Campaign) => `shortfall:${c.slug}`,
  allocated: (r: Road) => `allocated:${r.code}`,
  committed: (k: Contract) => `committed:${k.code}`,
  certified: (k: Contract) => `certified:${k.code}`,
  paid: (k: Contract) => `paid:${k.code}`,
  cash: (c: Campaign) => `assets:cash:${c.slug}`,
  bank: (c: Campaign) => `assets:bank:${c.slug}`,
  bankOf: (c: Campaign, account: string) =>
    account === 'main' ? `assets:bank:${c.slug}` : `assets:bank:${account}:${c.slug}`,
  stripe: (c: Campaign) => `assets:stripe:${c.slug}`,
  refundsPayable: (c: Campaign) => `liabilities:refunds-payable:${c.slug}`,
  contractors: (c: Campaign) => `liabilities:contractor-payable:${c.slug}`,
  retention: (c: Campaign) => `liabilities:retention-payable:${c.slug}`,
  income: (c: Campaign) => `income:donations:${c.slug}`,
  works: (r: Road) => `expense:road-works:${r.code}:${r.campaign.slug}`,
  processing: (c: Campaign) => `expense:processing-fees:${c.slug}`,
  disputes: (c: Campaign) => `expense:dispute-losses:${c.slug}`,
  exchange: (c: Campaign) => `expense:exchange-differences:${c.slug}`,
  /** What bank lines are that are nobody's gift, by the kind of a match's part. */
  own: (c: Campaign): Readonly<Record<string, string>> => ({
    fee: `expense:bank-charges:${c.slug}`,
    interest: `income:interest:${c.slug}`,
    unidentified: `liabilities:unidentified:${c.slug}`,
    cash_banked: on.cash(c),
  }),
};

/** Where a channel's money lies. */
export const assetOf = (gift: Pick<Gift, 'channel' | 'campaign'>): string =>
  gift.channel === 'cash'
    ? on.cash(gift.campaign)
    : gift.channel === 'bank' || gift.channel === 'cheque'
      ? on.bank(gift.campaign)
      : on.stripe(gift.campaign);

/** Nothing may be dated into a closed month. */
export const isClosed = (campaign: Campaign, day: string): boolean =>
  campaign.months.get(day.slice(0, 7)) === 'closed';

/** Notes the day of an entry, for "last entry on". */
export const dated = (campaign: Campaign, day: string): void => {
  if (campaign.lastEntryOn === null || day > campaign.lastEntryOn) campaign.lastEntryOn = day;
};
