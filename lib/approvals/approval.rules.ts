import type { Waiting } from './approvals.queries';

/** The money of the road an item touches, before it is decided. All in minor units of the campaign's currency. */
export type RoadMoney = {
  readonly budgetMinor: bigint;
  /** Assigned to the road and not yet tied to a contract. */
  readonly freeMinor: bigint;
  /** Tied to contracts and not yet certified. */
  readonly committedMinor: bigint;
  readonly certifiedMinor: bigint;
  readonly paidMinor: bigint;
};

/** What else the rules compare with. */
export type Surroundings = {
  readonly road: RoadMoney | null;
  /** The campaign's money that no road has yet. */
  readonly unallocatedMinor: bigint;
  /** Certified and not yet asked for, on the certificate a request for payment rests on. */
  readonly unclaimedMinor: bigint | null;
  readonly quotes: { readonly received: number; readonly required: number } | null;
};

/** The road after approval: the same whole, other parts; only an allocation makes the whole larger. */
export const roadAfter = (
  item: Pick<Waiting, 'kind' | 'amountMinor' | 'beforeMinor'>,
  road: RoadMoney,
): RoadMoney => {
  switch (item.kind) {
    case 'budget':
      return { ...road, budgetMinor: item.amountMinor };
    case 'allocation':
      return { ...road, freeMinor: road.freeMinor + item.amountMinor };
    case 'contract':
    case 'variation': {
      const more = item.amountMinor - (item.beforeMinor ?? 0n);
      return { ...road, freeMinor: road.freeMinor - more, committedMinor: road.committedMinor + more };
    }
    case 'disbursement':
      // The request only promises the money; the bank moves it. Shown is what the road looks like then.
      return {
        ...road,
        certifiedMinor: road.certifiedMinor - item.amountMinor,
        paidMinor: road.paidMinor + item.amountMinor,
      };
    default:
      return road;
  }
};

/** Everything that belongs to the road, in whatever state. */
export const wholeOf = (road: RoadMoney): bigint =>
  road.freeMinor + road.committedMinor + road.certifiedMinor + road.paidMinor;

export type Check =
  | { readonly name: 'two_people'; readonly holds: boolean }
  | {
      readonly name: 'fits_unallocated' | 'fits_road' | 'fits_certified' | 'covers_budget';
      readonly holds: boolean;
      readonly leftMinor: bigint;
      readonly rightMinor: bigint;
    }
  | {
      readonly name: 'under_tenth';
      readonly holds: boolean;
      readonly partMinor: bigint;
      readonly wholeMinor: bigint;
    }
  | {
      readonly name: 'enough_quotes';
      readonly holds: boolean;
      readonly received: number;
      readonly required: number;
    }
  | { readonly name: 'has_evidence'; readonly holds: boolean }
  | { readonly name: 'unchanged'; readonly holds: true };

/**
 * What the system has compared by itself, with the figures, for the person who must decide. The commands check the same
 * again under their locks; this list explains, it does not permit.
 */
export const checksOf = (item: Waiting, readerId: string, around: Surroundings): Check[] => {
  const checks: Check[] = [{ name: 'two_people', holds: item.makerId !== readerId }];
  const { road, unallocatedMinor, unclaimedMinor, quotes } = around;
  const { amountMinor, beforeMinor } = item;
  const fits = (
    name: 'fits_unallocated' | 'fits_road' | 'fits_certified',
    left: bigint,
    right: bigint,
  ): void => {
    checks.push({ name, holds: left <= right, leftMinor: left, rightMinor: right });
  };
  switch (item.kind) {
    case 'budget':
      if (road)
        checks.push({
          name: 'covers_budget',
          holds: wholeOf(road) >= amountMinor,
          leftMinor: wholeOf(road),
          rightMinor: amountMinor,
        });
      break;
    case 'allocation':
    case 'allocation-plan':
      fits('fits_unallocated', amountMinor, unallocatedMinor);
      break;
    case 'contract':
      if (road) fits('fits_road', amountMinor, road.freeMinor);
      if (quotes)
        checks.push({ name: 'enough_quotes', holds: quotes.received >= quotes.required, ...quotes });
      break;
    case 'variation':
      if (road) fits('fits_road', amountMinor, wholeOf(road));
      if (beforeMinor !== null && beforeMinor > 0n) {
        const part = amountMinor - beforeMinor;
        checks.push({
          name: 'under_tenth',
          holds: part * 10n < beforeMinor,
          partMinor: part,
          wholeMinor: beforeMinor,
        });
      }
      break;
    case 'disbursement':
      if (unclaimedMinor !== null) fits('fits_certified', amountMinor, unclaimedMinor);
      break;
    default:
      break;
  }
  if (item.kind === 'contract' || item.kind === 'variation' || item.kind === 'disbursement')
    checks.push({ name: 'has_evidence', holds: item.document !== null });
  return [...checks, { name: 'unchanged', holds: true }];
};
