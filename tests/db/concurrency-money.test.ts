import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approveAllocation, releaseAllocation } from '@/lib/allocations/allocation.commands';
import { clearDonation } from '@/lib/donations/donation.commands';
import { approveRefund, proposeRefund } from '@/lib/donations/refund.commands';
import { foldSummaries } from '@/lib/ledger/summary.store';
import { allProofsHold } from '../support/act';
import { Random } from '../model/random';
import { drainFund, freeIn } from './drain-kit';
import { CAMPAIGN, clearInput, doneOf, ON, refusalsOf, RoadsKit, type Seen } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open();
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const FUND = `unallocated:${CAMPAIGN}`;
const ROUNDS = 8;
const BUDGET = 10_000_000n;

test('fifty approvals at once never overdraw the fund, and the refused ones did not fit', () =>
  drainFund(kit, new Random(19), ROUNDS));

test('money coming in while money goes out: every fen is counted once', async () => {
  const road = await kit.road(BUDGET);
  for (let round = 1; round <= 4; round += 1) {
    const before = await kit.balance(FUND);
    const gifts = await Promise.all(Array.from({ length: 25 }, () => kit.verified(200n)));
    const proposals: Seen[] = [];
    for (let n = 0; n < 25; n += 1) proposals.push(await kit.proposal(road, 190n));
    const acts = await Promise.all([
      ...gifts.map((gift) => kit.decided(clearDonation, clearInput(gift.code), kit.staff.lin)),
      ...proposals.map((one) => kit.decided(approveAllocation, kit.approval(one), kit.staff.zhou)),
    ]);
    const [received, allocated] = [acts.slice(0, 25), acts.slice(25)];
    expect(refusalsOf(received)).toEqual({});
    expect(Object.keys(refusalsOf(allocated)).filter((name) => name !== 'exceeds_unallocated')).toEqual([]);
    expect(await kit.balance(FUND)).toBe(before + 25n * 200n - BigInt(doneOf(allocated).length) * 190n);
    // Those who came too early find the money there now.
    for (const [index, proposal] of proposals.entries())
      if (!allocated[index]?.ok)
        expect((await kit.decided(approveAllocation, kit.approval(proposal), kit.staff.zhou)).ok).toBe(true);
  }
});

test('a refund and an allocation that want the same gift: one has it, the other finds the rest or a named hole', async () => {
  const free = await freeIn(kit, FUND);
  if (free > 0n) await kit.allocate(await kit.road(BUDGET), free);
  for (let round = 1; round <= 12; round += 1) {
    const road = await kit.road(BUDGET);
    const gift = await kit.gift(1_000n, { designation: road });
    const refund = await kit.act(
      proposeRefund,
      { donation: gift.code, amountMinor: 700n, reason: '给错了', on: ON },
      kit.staff.lin,
    );
    const proposal = await kit.proposal(road, 800n);
    const [returned, assigned] = await Promise.all([
      kit.decided(
        approveRefund,
        { refund: refund.code, seenHash: refund.contentHash, on: ON },
        kit.staff.zhou,
      ),
      kit.decided(approveAllocation, kit.approval(proposal), kit.staff.zhou),
    ]);
    // The refund is never turned away; what was assigned before it leaves a hole with a name.
    expect(refusalsOf([returned])).toEqual({});
    if (assigned.ok && returned.ok) expect(returned.value.shortfalls).toHaveLength(1);
    else expect(refusalsOf([assigned])).toEqual({ exceeds_unallocated: 1 });
  }
});

test('folding the balances while entries are written changes none of them', async () => {
  const road = await kit.road(BUDGET);
  await kit.gift(100_000n, { designation: road });
  await kit.allocate(road, 60_000n);
  let writing = true;
  const looks: Promise<void>[] = [];
  const fold = async (): Promise<number> => {
    let folds = 0;
    while (writing) if ((await foldSummaries(kit.db)) !== null) folds += 1;
    return folds;
  };
  const look = async (): Promise<void> => {
    while (writing) {
      // One statement, one snapshot: both books add up to nothing, and summary plus tail is what the postings say.
      const { rows } = await sql<{ sum: bigint; differ: bigint }>`
        select coalesce(sum(b.balance_minor), 0)::bigint as sum,
          count(*) filter (where b.in_minor <> coalesce(i.s, 0) or b.out_minor <> coalesce(o.s, 0)) as differ
        from account_balance b
        left join lateral (select sum(amount_minor) as s from posting where debit_account_id = b.account_id) i on true
        left join lateral (select sum(amount_minor) as s from posting where credit_account_id = b.account_id) o on true`.execute(
        kit.world.reader,
      );
      expect(rows).toEqual([{ sum: 0n, differ: 0n }]);
    }
  };
  const folders = [fold(), fold()];
  looks.push(look());
  const gifts = await Promise.all(Array.from({ length: 40 }, () => kit.verified(100n)));
  for (let round = 0; round < 6; round += 1) {
    const results = await Promise.all([
      ...gifts
        .slice(round * 6, round * 6 + 6)
        .map((gift) => kit.decided(clearDonation, clearInput(gift.code), kit.staff.lin)),
      ...Array.from({ length: 6 }, () =>
        kit.decided(
          releaseAllocation,
          { segment: road, amountMinor: 5n, reason: '结余', on: ON },
          kit.staff.zhou,
        ),
      ),
    ]);
    expect(refusalsOf(results)).toEqual({});
  }
  writing = false;
  const folded = await Promise.all(folders);
  await Promise.all(looks);
  expect(folded[0]! + folded[1]!).toBeGreaterThan(0);
  expect(await kit.balance(`allocated:${road}`)).toBe(60_000n - 36n * 5n);
  await allProofsHold(kit.world.reader);
});

test('an entry that is still being written is not folded before it is there', async () => {
  const road = await kit.road(BUDGET);
  await kit.gift(1_000n, { designation: road });
  const proposal = await kit.proposal(road, 400n);
  const holder = kit.world.owner;
  // Someone's transaction stays open meanwhile: nothing younger than it may be folded.
  await holder.transaction().execute(async (trx) => {
    await sql`select pg_current_xact_id()`.execute(trx);
    await kit.act(approveAllocation, kit.approval(proposal), kit.staff.zhou);
    await foldSummaries(kit.db);
    expect(await kit.balance(`allocated:${road}`)).toBe(400n);
    const { rows } = await sql<{ n: bigint }>`
      select count(*) as n from account_summary s join account a on a.id = s.account_id
      where a.code = ${`allocated:${road}`}`.execute(kit.db);
    expect(rows[0]?.n).toBe(0n);
  });
  await foldSummaries(kit.db);
  expect(await kit.balance(`allocated:${road}`)).toBe(400n);
});
