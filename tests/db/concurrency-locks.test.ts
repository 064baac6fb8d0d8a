import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { approveAllocation } from '@/lib/allocations/allocation.commands';
import { defineCommand } from '@/lib/context';
import { ok } from '@/lib/shared/result';
import { allProofsHold } from '../support/act';
import { begun, noticeDeadlocksSoon, releaseInOrder } from './opposite-orders';
import { CAMPAIGN, doneOf, refusalsOf, RoadsKit } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open();
  await noticeDeadlocksSoon(kit.world.database.adminUrl);
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

test('acts in opposite orders lock each other, and are run again until both are done', async () => {
  const roads = [await kit.fundedRoad(10_000n), await kit.fundedRoad(10_000n)];
  const before = begun.times;
  for (let round = 0; round < 6; round += 1) {
    const results = await Promise.all([
      kit.try(releaseInOrder, { roads, amountMinor: 10n, waitMs: 40 }, kit.staff.zhou),
      kit.try(releaseInOrder, { roads: roads.toReversed(), amountMinor: 10n, waitMs: 40 }, kit.staff.zhou),
    ]);
    expect(refusalsOf(results)).toEqual({});
  }
  // At least one of them was thrown back in most rounds, else this proves nothing.
  expect(begun.times - before).toBeGreaterThan(12 + 3);
  for (const road of roads) expect(await kit.balance(`allocated:${road}`)).toBe(10_000n - 12n * 10n);
});

test('eight acts over four roads in eight orders all come through', async () => {
  const roads = await Promise.all(Array.from({ length: 4 }, () => kit.fundedRoad(10_000n)));
  const orders = Array.from({ length: 8 }, (_, n) =>
    n < 4
      ? [...roads.slice(n), ...roads.slice(0, n)]
      : [...roads.slice(n - 4), ...roads.slice(0, n - 4)].toReversed(),
  );
  const results = await Promise.all(
    orders.map((order) =>
      kit.decided(releaseInOrder, { roads: order, amountMinor: 7n, waitMs: 1 }, kit.staff.zhou),
    ),
  );
  expect(refusalsOf(results)).toEqual({});
  for (const road of roads) expect(await kit.balance(`allocated:${road}`)).toBe(10_000n - 56n);
});

/** An act that the database throws back every time it is tried. */
const neverThrough = defineCommand({
  name: 'test.never_through',
  permission: 'allocation:approve',
  events: ['nothing'],
  input: z.object({ state: z.string() }),
  run: async (ctx, { state }) => {
    begun.times += 1;
    await sql.raw(`do $$ begin raise exception 'no' using errcode = '${state}'; end $$`).execute(ctx.trx);
    return ok(null);
  },
});

test('an act that is thrown back again and again ends in “try again” after four times, with nothing written', async () => {
  for (const [state, times] of [
    ['40P01', 4],
    ['40001', 4],
    ['55P03', 1],
    ['57014', 1],
    ['53300', 1],
  ] as const) {
    const before = begun.times;
    await kit.refused(neverThrough, { state }, kit.staff.zhou, 'busy_try_again');
    expect(begun.times - before, state).toBe(times);
  }
});

test('what is no known refusal is a bug and is thrown, and leaves nothing', async () => {
  const count = async () => kit.db.selectFrom('command_key').select('key').execute();
  const before = (await count()).length;
  await expect(kit.try(neverThrough, { state: '23514' }, kit.staff.zhou)).rejects.toThrow('no');
  expect((await count()).length).toBe(before);
});

test('an act that would have to wait too long is asked to come again, with nothing written', async () => {
  const road = await kit.road(10_000n);
  await kit.gift(1_000n);
  const proposal = await kit.proposal(road, 500n);
  await kit.world.owner.transaction().execute(async (trx) => {
    await sql`select 1 from guard g join account a on a.id = g.account_id where a.code = ${`unallocated:${CAMPAIGN}`} for update of g`.execute(
      trx,
    );
    const started = performance.now();
    await kit.refused(approveAllocation, kit.approval(proposal), kit.staff.zhou, 'busy_try_again');
    // The lock is given up after two seconds; a person must not wait for much longer than that.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
  const results = [await kit.try(approveAllocation, kit.approval(proposal), kit.staff.zhou)];
  expect(doneOf(results)).toHaveLength(1);
});
