import type { AccountSpec } from '../ledger/accounts.rules';
import { minMinor, sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { nextState, stateTable } from '../shared/state-table';
import type { DonationStatus } from './donation.rules';

/** A reason that the product itself gives, as a name: pages say it in the reader's language. */
export const MORE_THAN_PROMISED = 'more_than_promised';

/**
 * The life of a refund, in two phases: approving it reserves the money (it can no longer be used for a road), the
 * provider's or the bank's word then makes it final or gives it back.
 */
export const REFUND_STATES = stateTable(
  'refund',
  ['proposed', 'approved', 'sent', 'succeeded', 'failed', 'returned'],
  ['proposed'],
  [
    ['proposed', 'approve', 'approved'],
    ['proposed', 'decline', 'returned'],
    ['approved', 'send', 'sent'],
    ['sent', 'succeed', 'succeeded'],
    ['sent', 'fail', 'failed'],
    ['succeeded', 'bounce', 'failed'],
  ],
);
export type RefundStatus = (typeof REFUND_STATES.states)[number];
export type RefundEvent = (typeof REFUND_STATES.edges)[number]['event'];

export const decideRefundMove = (status: RefundStatus, event: RefundEvent): Result<RefundStatus> => {
  const to = nextState(REFUND_STATES, status, event);
  return to === null ? refuse('illegal_state_change', { from: status, event }) : ok(to);
};

const REFUNDABLE: readonly DonationStatus[] = ['cleared', 'settled', 'partly_refunded', 'won'];

/** May this much of a gift go back? Refunds that are under way count as gone. */
export const decideRefund = (
  gift: { readonly status: DonationStatus; readonly settledMinor: bigint },
  goneMinor: bigint,
  amountMinor: bigint,
): Result<null> => {
  if (!REFUNDABLE.includes(gift.status))
    return refuse('illegal_state_change', { from: gift.status, event: 'refund' });
  const availableMinor = gift.settledMinor - goneMinor;
  return amountMinor <= availableMinor
    ? ok(null)
    : refuse('exceeds_donation', { availableMinor, askedMinor: amountMinor }, 'amountMinor');
};

/**
 * What the giver gets back in their own currency: the same share of what they gave, rounded down, and exactly the
 * rest with the last refund, so that no part of a gift is ever paid back twice or left over.
 */
export const ownShare = (
  gift: { readonly amountMinor: bigint; readonly settledMinor: bigint },
  before: { readonly goneMinor: bigint; readonly goneOwnMinor: bigint },
  amountMinor: bigint,
): bigint => {
  if (before.goneMinor + amountMinor === gift.settledMinor) return gift.amountMinor - before.goneOwnMinor;
  return (gift.amountMinor * amountMinor) / gift.settledMinor;
};

/** A place where part of a gift lies in the purpose book. */
export type Place = { readonly account: AccountSpec; readonly heldMinor: bigint };

/** From where money goes back: what no road has been promised first, what is already asphalt and fee last. */
const ORDER = ['unallocated', 'allocated', 'committed', 'certified', 'paid', 'fees'] as const;

const rank = (place: Place): number => ORDER.findIndex((one) => one === place.account.class);

export type Taken = { readonly account: AccountSpec; readonly amountMinor: bigint };

/**
 * Splits an amount that goes back over the places where the gift lies. `free` is the part no road was promised;
 * `assigned` leaves holes that a named shortfall must fill. Null when the gift does not hold that much.
 */
export const takeBackFrom = (
  places: readonly Place[],
  amountMinor: bigint,
): { readonly free: readonly Taken[]; readonly assigned: readonly Taken[] } | null => {
  const taken: Taken[] = [];
  let left = amountMinor;
  const inOrder = places.filter((place) => rank(place) >= 0).sort((a, b) => rank(a) - rank(b));
  for (const { account, heldMinor } of inOrder) {
    const part = minMinor(heldMinor, left);
    if (part === 0n) continue;
    taken.push({ account, amountMinor: part });
    left -= part;
  }
  if (left > 0n) return null;
  return {
    free: taken.filter((one) => one.account.class === 'unallocated'),
    assigned: taken.filter((one) => one.account.class !== 'unallocated'),
  };
};

export const sumTaken = (taken: readonly Taken[]): bigint => sumMinor(taken.map((one) => one.amountMinor));

/** The public numbers of a refund, a dispute and a shortfall. */
export const refundCode = (serial: bigint): string => `RF-${serial.toString().padStart(4, '0')}`;
export const disputeCode = (serial: bigint): string => `DP-${serial.toString().padStart(4, '0')}`;
export const shortfallCode = (serial: bigint): string => `SF-${serial.toString().padStart(4, '0')}`;
