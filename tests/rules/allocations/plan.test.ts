import { describe, expect, test } from 'vitest';
import { PLAN_METHODS, splitPlan, usableMinor, type PlanRoad } from '@/lib/allocations/plan.rules';
import { sumMinor } from '@/lib/shared/money';

const road = (code: string, lengthMm: number, roomMinor: bigint, designatedMinor = 0n): PlanRoad => ({
  code,
  lengthMm,
  roomMinor,
  designatedMinor,
});
const A = road('ML-01', 10_000, 100n);
const B = road('ML-02', 20_000, 100n);
const C = road('ML-03', 30_000, 10n);
const amounts = (result: ReturnType<typeof splitPlan>) =>
  result.ok
    ? result.value.map((line) => [line.code, line.amountMinor, line.designatedMinor])
    : result.refusal.name;

describe('one amount over several roads', () => {
  test('evenly, with the rest of a full road split again', () => {
    expect(
      amounts(splitPlan({ method: 'even', amountMinor: 100n, roads: [A, B, C], freeMinor: 500n })),
    ).toEqual([
      ['ML-01', 45n, 0n],
      ['ML-02', 45n, 0n],
      ['ML-03', 10n, 0n],
    ]);
  });
  test('by length and by what is needed, to the fen', () => {
    expect(
      amounts(splitPlan({ method: 'by_length', amountMinor: 100n, roads: [A, B], freeMinor: 500n })),
    ).toEqual([
      ['ML-01', 33n, 0n],
      ['ML-02', 67n, 0n],
    ]);
    expect(
      amounts(splitPlan({ method: 'by_cost', amountMinor: 21n, roads: [A, B, C], freeMinor: 21n })),
    ).toEqual([
      ['ML-01', 10n, 0n],
      ['ML-02', 10n, 0n],
      ['ML-03', 1n, 0n],
    ]);
  });
  test('by priority, and roads that get nothing are left out', () => {
    expect(
      amounts(splitPlan({ method: 'by_priority', amountMinor: 105n, roads: [C, A, B], freeMinor: 500n })),
    ).toEqual([
      ['ML-03', 10n, 0n],
      ['ML-01', 95n, 0n],
    ]);
  });
  test('a road’s own gifts come first; gifts for another road make a split impossible, and it says which', () => {
    const own = road('ML-04', 10_000, 100n, 80n);
    expect(
      amounts(splitPlan({ method: 'even', amountMinor: 100n, roads: [A, own], freeMinor: 50n })),
    ).toEqual([
      ['ML-01', 50n, 0n],
      ['ML-04', 50n, 50n],
    ]);
    const result = splitPlan({ method: 'even', amountMinor: 120n, roads: [A, own], freeMinor: 50n });
    expect(result).toMatchObject({
      ok: false,
      refusal: {
        name: 'plan_impossible',
        details: { neededMinor: 60n, freeMinor: 50n, lacking: 'ML-01', boundElsewhere: 'ML-04' },
      },
    });
  });
  test('more than there is room for, or more than the fund may give', () => {
    const plan = { method: 'even' as const, roads: [A, C], freeMinor: 50n };
    expect(amounts(splitPlan({ ...plan, amountMinor: 111n }))).toBe('exceeds_budget');
    expect(amounts(splitPlan({ ...plan, amountMinor: 51n }))).toBe('exceeds_unallocated');
    expect(amounts(splitPlan({ ...plan, amountMinor: 0n }))).toBe('amount_must_be_positive');
    expect(amounts(splitPlan({ ...plan, roads: [], amountMinor: 1n }))).toBe('invalid_input');
  });
  test('always adds up, never above a road’s room: 800 plans', () => {
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let n = 0; n < 800; n += 1) {
      const roads = Array.from({ length: 1 + next(8) }, (_, index) =>
        road(`R-${index}`, 1_000 + next(90_000), BigInt(next(5_000)), BigInt(next(3_000))),
      );
      const freeMinor = BigInt(next(9_000));
      const most = usableMinor(roads, freeMinor);
      if (most === 0n) continue;
      const amountMinor = 1n + BigInt(next(Number(most)));
      const method = PLAN_METHODS[next(5)] ?? 'even';
      const result = splitPlan({ method, amountMinor, roads, freeMinor });
      if (!result.ok) {
        expect(result.refusal.name).toBe('plan_impossible');
        continue;
      }
      expect(sumMinor(result.value.map((line) => line.amountMinor))).toBe(amountMinor);
      for (const line of result.value)
        expect(line.amountMinor).toBeLessThanOrEqual(
          roads.find((one) => one.code === line.code)?.roomMinor ?? 0n,
        );
      expect(
        sumMinor(result.value.map((line) => line.amountMinor - line.designatedMinor)),
      ).toBeLessThanOrEqual(freeMinor);
    }
  });
});
