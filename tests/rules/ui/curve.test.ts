import { expect, test } from 'vitest';
import { areaPath, runningTotals, withQuietMonths, yOf } from '@/app/_ui/curve/curve.rules';

const move = (month: string, receivedMinor: bigint) => ({
  month,
  receivedMinor,
  allocatedMinor: 0n,
  committedMinor: 0n,
  paidMinor: 0n,
});

test('totals run on, and quiet months stand with the total before them', () => {
  const points = withQuietMonths(runningTotals([move('2023-11', 5n), move('2024-02', 7n)]));
  expect(points.map((point) => [point.month, point.receivedMinor])).toEqual([
    ['2023-11', 5n],
    ['2023-12', 5n],
    ['2024-01', 5n],
    ['2024-02', 12n],
  ]);
});

test('the largest amount touches the top and nothing the floor; amounts beyond 2^53 do not bend the curve', () => {
  expect([yOf(0n, 10n), yOf(10n, 10n), yOf(5n, 10n)]).toEqual(['286', '18', '152']);
  expect(yOf(9_007_199_254_740_993n, 9_007_199_254_740_993n)).toBe('18');
  expect(areaPath([{ ...move('2023-11', 5n) }], 'receivedMinor', 5n)).toBe('M12 286H12V18H948V286Z');
});
