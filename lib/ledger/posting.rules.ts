import { sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import type { RefusalName } from '../shared/refusal';
import { hasFloor, type AccountClass, type AccountSpec } from './accounts.rules';
import type { LotShare } from './lots.rules';

/** Every kind of entry, each a past-tense sentence about money. The ledger pages have words for each. */
export const ENTRY_KINDS = [
  'gift_received',
  'gift_settled',
  'allocation_approved',
  'allocation_released',
  'contract_signed',
  'contract_varied',
  'contract_ended',
  'work_certified',
  'retention_recognised',
  'retention_released',
  'retention_used',
  'contractor_paid',
  'payment_bounced',
  'refund_reserved',
  'refund_sent',
  'refund_failed',
  'dispute_opened',
  'dispute_lost',
  'dispute_won',
  'shortfall_opened',
  'shortfall_resolved',
  'payout_sent',
  'payout_failed',
  'payout_received',
  'bank_interest',
  'bank_charge',
  'own_transfer',
  'receipt_unidentified',
  'receipt_identified',
  'cash_banked',
  'reversal',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * Which gifts a purpose posting moves: named ones, what lies there in their place when one has gone back meanwhile,
 * or the next in order (optionally only those a road may use).
 */
export type LotChoice =
  | { readonly kind: 'named'; readonly shares: readonly LotShare[] }
  | { readonly kind: 'named_or_stand_ins'; readonly shares: readonly LotShare[] }
  | { readonly kind: 'in_order'; readonly forSegment?: string | undefined }
  | { readonly kind: 'same_as'; readonly line: number };

/** So much of this one gift, or of this one hole. */
export const ofLot = (lotId: bigint, amountMinor: bigint): LotChoice => ({
  kind: 'named',
  shares: [{ lotId, amountMinor }],
});

export type PostingPlan = {
  readonly from: AccountSpec;
  readonly to: AccountSpec;
  readonly amountMinor: bigint;
  /** Needed in the purpose book, absent in the financial one. */
  readonly lots?: LotChoice | undefined;
};

/** What an account with a floor says when too much is asked of it. */
const OVERDRAWN: Partial<Record<AccountClass, RefusalName>> = {
  unallocated: 'exceeds_unallocated',
  allocated: 'exceeds_allocated',
  committed: 'exceeds_committed',
  certified: 'exceeds_certified',
};

/** May this much leave an account with a floor? Refuses by the account's own name, with what is there. */
export const decideOutflow = (
  accountClass: AccountClass,
  heldMinor: bigint,
  amountMinor: bigint,
): Result<null> =>
  amountMinor <= heldMinor
    ? ok(null)
    : refuse(OVERDRAWN[accountClass] ?? 'account_overdrawn', {
        availableMinor: heldMinor,
        askedMinor: amountMinor,
      });

/** What an entry is found by: the sum it moves for its purpose, or where it only moves money, how much. Minor units. */
export const entryAmount = (
  postings: readonly { readonly book: string; readonly amountMinor: bigint }[],
): bigint => {
  const purposes = postings.filter(({ book }) => book === 'purpose');
  return sumMinor((purposes.length > 0 ? purposes : postings).map(({ amountMinor }) => amountMinor));
};

/** Bugs, not refusals: what no caller may ever ask. Throws RangeError. */
export const assertPlan = (plan: readonly PostingPlan[]): void => {
  if (plan.length === 0) throw new RangeError('an entry has at least one posting');
  for (const { from, to, amountMinor, lots } of plan) {
    if (amountMinor <= 0n) throw new RangeError(`posting ${from.code} → ${to.code} must move more than zero`);
    if (from.code === to.code) throw new RangeError(`posting must have two accounts, not ${from.code} twice`);
    if (from.book !== to.book) throw new RangeError(`${from.code} and ${to.code} are not of the same book`);
    if ((from.book === 'purpose') !== (lots !== undefined))
      throw new RangeError(`${from.code} → ${to.code}: lots belong to the purpose book, and there always`);
  }
};

/** How much each account gives away in a plan, by its code, for accounts with a floor: what the guards must allow. */
export const outflows = (plan: readonly Pick<PostingPlan, 'from' | 'amountMinor'>[]): Map<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const { from, amountMinor } of plan)
    if (hasFloor(from.class)) sums.set(from.code, (sums.get(from.code) ?? 0n) + amountMinor);
  return sums;
};

/** The public number of an entry. */
export const entryNumber = (id: bigint): string => `E-${id.toString().padStart(6, '0')}`;
