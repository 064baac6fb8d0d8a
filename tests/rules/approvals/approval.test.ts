import { describe, expect, test } from 'vitest';
import {
  checksOf,
  roadAfter,
  wholeOf,
  type RoadMoney,
  type Surroundings,
} from '@/lib/approvals/approval.rules';
import type { Waiting } from '@/lib/approvals/approvals.queries';

const road: RoadMoney = {
  budgetMinor: 1_400_000n,
  freeMinor: 65_000n,
  committedMinor: 889_000n,
  certifiedMinor: 0n,
  paidMinor: 381_000n,
};
const around: Surroundings = {
  road,
  unallocatedMinor: 300_000n,
  unclaimedMinor: 500_000n,
  quotes: { received: 2, required: 3 },
};
const item = (change: Partial<Waiting>): Waiting => ({
  kind: 'variation',
  code: 'C-ML-17-1/V1',
  segment: 'ML-17',
  amountMinor: 1_325_000n,
  beforeMinor: 1_270_000n,
  currency: 'CNY',
  makerId: 'lin',
  makerName: '林',
  on: '2024-06-28',
  contentHash: 'c41a3fa3',
  note: null,
  document: 'F-0137',
  version: null,
  ...change,
});
const verdicts = (of: Waiting, reader = 'zhou', where = around): Record<string, boolean> =>
  Object.fromEntries(checksOf(of, reader, where).map(({ name, holds }) => [name, holds]));

describe('what a decision does to a road', () => {
  test('a variation ties free money to the contract and leaves the whole as it was', () => {
    const after = roadAfter(item({}), road);
    expect(after).toEqual({ ...road, freeMinor: 10_000n, committedMinor: 944_000n });
    expect(wholeOf(after)).toBe(wholeOf(road));
  });
  test('only an allocation makes the road richer', () => {
    expect(wholeOf(roadAfter(item({ kind: 'allocation', amountMinor: 5n, beforeMinor: null }), road))).toBe(
      wholeOf(road) + 5n,
    );
  });
  test('a payment turns certified work into road', () => {
    const after = roadAfter(item({ kind: 'disbursement', amountMinor: 7n, beforeMinor: null }), {
      ...road,
      certifiedMinor: 7n,
    });
    expect([after.certifiedMinor, after.paidMinor]).toEqual([0n, 381_007n]);
  });
});

describe('what was checked', () => {
  test('nobody decides on their own', () => {
    expect(verdicts(item({}), 'lin')).toMatchObject({ two_people: false });
    expect(verdicts(item({}), 'zhou')).toMatchObject({ two_people: true });
  });
  test('a variation must fit the road’s money and says whether it reaches a tenth', () => {
    expect(verdicts(item({}))).toMatchObject({ fits_road: true, under_tenth: true });
    expect(verdicts(item({ amountMinor: 1_335_001n }))).toMatchObject({ fits_road: false });
    expect(verdicts(item({ amountMinor: 1_397_000n }))).toMatchObject({ under_tenth: false });
  });
  test('an allocation must fit what no road has yet', () => {
    const of = (amountMinor: bigint) =>
      item({ kind: 'allocation', amountMinor, beforeMinor: null, document: null });
    expect(verdicts(of(300_000n))).toEqual({ two_people: true, fits_unallocated: true, unchanged: true });
    expect(verdicts(of(300_001n))).toMatchObject({ fits_unallocated: false });
  });
  test('a contract needs its quotes and its money', () => {
    expect(verdicts(item({ kind: 'contract', amountMinor: 65_001n, beforeMinor: null }))).toMatchObject({
      fits_road: false,
      enough_quotes: false,
      has_evidence: true,
    });
  });
  test('a request for payment must fit its certificate and carry its invoice', () => {
    const of = (amountMinor: bigint, document: string | null) =>
      item({ kind: 'disbursement', amountMinor, beforeMinor: null, document });
    expect(verdicts(of(500_000n, 'F-1'))).toMatchObject({ fits_certified: true, has_evidence: true });
    expect(verdicts(of(500_001n, null))).toMatchObject({ fits_certified: false, has_evidence: false });
  });
});
