import { minMinor } from '@/lib/shared/money';

/**
 * How much of each gift is kept back until the warranty ends, in minor units. Money of a road is used in the order of its
 * gifts and retention is paid last, so it lies in the last of what is not paid yet.
 */
export const keptBack = (unpaidMinor: readonly bigint[], retentionMinor: bigint): bigint[] => {
  let left = retentionMinor;
  return unpaidMinor
    .toReversed()
    .map((unpaid) => {
      const kept = minMinor(unpaid, left);
      left -= kept;
      return kept;
    })
    .toReversed();
};
