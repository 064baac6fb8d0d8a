import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lotsOf, paidUpToMm } from '@/app/_ui/lots/lots.rules';

test('a gift that is paid in part is two pieces, of which the first keeps its number; one’s own stays whole', () => {
  const pieces = [
    { fromMm: 0, toMm: 20, label: '1' },
    { fromMm: 20, toMm: 40, label: '2' },
    { fromMm: 40, toMm: 50, mine: true, label: '3' },
  ];
  expect(lotsOf(pieces, 30)).toEqual([
    { fromMm: 0, toMm: 20, kind: 'paid', label: '1' },
    { fromMm: 20, toMm: 30, kind: 'paid', label: '2' },
    { fromMm: 30, toMm: 40, kind: 'due' },
    { fromMm: 40, toMm: 50, kind: 'mine', label: '3' },
  ]);
});

test('whatever is paid, the pieces cover the road as the gifts do', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { maxLength: 20 }), fc.nat(60_000), (lengths, paidToMm) => {
      let at = 0;
      const pieces = lengths.map((length) => ({ fromMm: at, toMm: (at += length) }));
      const lots = lotsOf(pieces, paidToMm);
      let reached = 0;
      for (const lot of lots) {
        expect(lot.fromMm).toBe(reached);
        reached = lot.toMm;
        if (lot.kind === 'paid') expect(lot.toMm).toBeLessThanOrEqual(paidToMm);
        else expect(lot.fromMm).toBeGreaterThanOrEqual(paidToMm);
      }
      expect(reached).toBe(at);
    }),
  );
});

test('a road is paid for in proportion to its contracts, and not at all before the first', () => {
  expect(paidUpToMm(48_000, 1_455_000n, 1_500_000n)).toBe(46_560);
  expect(paidUpToMm(48_000, 0n, 0n)).toBe(0);
});
