import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptBack } from '@/app/[lang]/(public)/roads/[code]/segment-gifts.rules';
import { sumMinor } from '@/lib/shared/money';

test('retention lies in the last money of a road, not in all that is unpaid', () => {
  // ML-18 before its inspection: 4,350.00 of the contract is unpaid, of which 435.00 is retention.
  expect(keptBack([0n, 73_800n, 100_000n, 35_112n, 226_088n], 43_500n)).toEqual([0n, 0n, 0n, 0n, 43_500n]);
  expect(keptBack([0n, 20_000n, 25_000n], 45_000n)).toEqual([0n, 20_000n, 25_000n]);
  expect(keptBack([30_000n, 20_000n, 25_000n], 40_000n)).toEqual([0n, 15_000n, 25_000n]);
});

test('before a contract nothing is kept back, and never more than is unpaid', () => {
  expect(keptBack([10n, 20n], 0n)).toEqual([0n, 0n]);
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 1000n)), fc.bigInt(0n, 5000n), (unpaid, retention) => {
      const kept = keptBack(unpaid, retention);
      expect(kept.every((one, index) => one >= 0n && one <= (unpaid[index] ?? 0n))).toBe(true);
      const all = sumMinor(unpaid);
      expect(sumMinor(kept)).toBe(retention < all ? retention : all);
    }),
  );
});
