import { expect, test } from 'vitest';
import { chosenRoads, roadsAsked } from '@/app/[lang]/(public)/roads/roads-order.rules';

const road = (code: string, name: string, lengthMm: number, budgetMinor: bigint, allocatedMinor: bigint) => ({
  code,
  name,
  state: code === 'ML-03' ? ('approved' as const) : ('in_warranty' as const),
  lengthMm,
  budgetMinor,
  allocatedMinor,
  committedMinor: 0n,
  paidMinor: 0n,
});
const roads = [
  road('ML-01', '村口路', 62_500, 900n, 900n),
  road('ML-02', '榕荫路', 50_000, 900n, 100n),
  road('ML-03', '禾场路', 48_000, 500n, 0n),
];
const codes = (params: Record<string, string>) =>
  chosenRoads(roads, roadsAsked(params)).map((one) => one.code);

test('the list is narrowed by state and by part of a name or code', () => {
  expect(codes({})).toEqual(['ML-01', 'ML-02', 'ML-03']);
  expect(codes({ state: 'approved' })).toEqual(['ML-03']);
  expect(codes({ q: ' 路 ' })).toHaveLength(3);
  expect(codes({ q: 'ml-02' })).toEqual(['ML-02']);
  expect(codes({ state: 'no such state' })).toEqual([]);
});

test('the list is ordered by what is missing, by length or by name; an unknown order is the usual one', () => {
  expect(codes({ sort: 'missing' })).toEqual(['ML-02', 'ML-03', 'ML-01']);
  expect(codes({ sort: 'length' })).toEqual(['ML-01', 'ML-02', 'ML-03']);
  expect(codes({ sort: 'budget' })).toEqual(['ML-01', 'ML-02', 'ML-03']);
  expect(codes({ sort: 'name' })).toEqual(['ML-01', 'ML-03', 'ML-02']);
  expect(codes({ sort: 'toString' })).toEqual(['ML-01', 'ML-02', 'ML-03']);
});
