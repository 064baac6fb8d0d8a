import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { approvePlan, proposePlan, returnPlan, withdrawPlan } from '@/lib/allocations/plan.commands';
import { allProofsHold } from '../support/act';
import { CAMPAIGN, ON, RoadsKit } from '../db/roads-kit';
import { placesOf } from '../db/donations-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(20);
});
afterAll(() => kit.close());
afterEach(() => allProofsHold(kit.world.reader));

describe('one plan over several roads', () => {
  const planInput = (segments: string[], amountMinor: bigint, over: Record<string, unknown> = {}) => ({
    campaign: CAMPAIGN,
    method: 'even',
    amountMinor,
    segments,
    note: null,
    seenLines: null,
    on: ON,
    ...over,
  });

  test('is split to the fen, uses each road’s own gifts first, and is approved whole', async () => {
    const roads = [await kit.road(500_000n), await kit.road(500_000n), await kit.road(500_000n)];
    const own = (await kit.gift(50_000n, { designation: roads[2] })).code;
    await kit.gift(400_000n);
    const plan = await kit.act(proposePlan, planInput(roads, 100_000n), kit.staff.lin);
    await kit.refused(
      approvePlan,
      { plan: plan.code, seenHash: '0'.repeat(64), on: ON },
      kit.staff.zhou,
      'changed_since_seen',
    );
    await kit.act(approvePlan, { plan: plan.code, seenHash: plan.contentHash, on: ON }, kit.staff.zhou);
    expect(await Promise.all(roads.map((road) => kit.balance(`allocated:${road}`)))).toEqual([
      33_334n,
      33_333n,
      33_333n,
    ]);
    expect(await placesOf(kit.db, own)).toEqual({
      [`allocated:${roads[2]}`]: 33_333n,
      [`unallocated:${CAMPAIGN}`]: 16_667n,
    });
  });

  test('makes a road funded whose budget it covers, and no other', async () => {
    const roads = [await kit.road(100_000n), await kit.road(200_000n)];
    await kit.gift(200_000n);
    const plan = await kit.act(proposePlan, planInput(roads, 200_000n), kit.staff.lin);
    await kit.act(approvePlan, { plan: plan.code, seenHash: plan.contentHash, on: ON }, kit.staff.zhou);
    const rows = await kit.db
      .selectFrom('segment')
      .select(['code', 'status'])
      .where('code', 'in', roads)
      .execute();
    expect(Object.fromEntries(rows.map(({ code, status }) => [code, status]))).toEqual({
      [roads[0] ?? '']: 'funded',
      [roads[1] ?? '']: 'approved',
    });
  });

  test('gives nothing to anyone when one road can no longer take its part', async () => {
    const roads = [await kit.road(200_000n), await kit.road(200_000n)];
    await kit.gift(500_000n);
    const plan = await kit.act(proposePlan, planInput(roads, 300_000n), kit.staff.lin);
    await kit.allocate(roads[1] ?? '', 100_000n);
    await kit.refused(
      approvePlan,
      { plan: plan.code, seenHash: plan.contentHash, on: ON },
      kit.staff.zhou,
      'exceeds_budget',
    );
    expect(await kit.balance(`allocated:${roads[0]}`)).toBe(0n);
    await kit.refused(
      withdrawPlan,
      { plan: plan.code, reason: '算错', on: ON },
      { ...kit.staff.zhou, roles: ['clerk'] },
      'not_permitted',
    );
    await kit.act(returnPlan, { plan: plan.code, reason: '请重做', on: ON }, kit.staff.zhou);
    await kit.refused(
      proposePlan,
      planInput(roads, 100_000n, { seenLines: [{ segment: roads[0], amountMinor: 100_000n }] }),
      kit.staff.lin,
      'changed_since_seen',
    );
  });

  test('two checkers race while the maker withdraws, 60 times: it is approved whole, once, or not at all', async () => {
    const roads = [await kit.road(9_000_000n), await kit.road(9_000_000n)];
    await kit.gift(1_000_000n);
    const he = { ...kit.staff.he, roles: ['approver' as const] };
    for (let round = 0; round < 60; round += 1) {
      const before = await kit.balance(`allocated:${roads[0]}`);
      const plan = await kit.act(proposePlan, planInput(roads, 101n), kit.staff.lin);
      const decision = { plan: plan.code, seenHash: plan.contentHash, on: ON };
      const results = await Promise.all([
        kit.decided(approvePlan, decision, kit.staff.zhou),
        kit.decided(approvePlan, decision, he),
        kit.decided(withdrawPlan, { plan: plan.code, reason: '改一下', on: ON }, kit.staff.lin),
      ]);
      expect(results.filter((result) => result.ok)).toHaveLength(1);
      const withdrawn = results[2]?.ok === true;
      expect(await kit.balance(`allocated:${roads[0]}`)).toBe(withdrawn ? before : before + 51n);
    }
  });
});
