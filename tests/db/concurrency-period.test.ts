import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approveAllocation, releaseAllocation } from '@/lib/allocations/allocation.commands';
import { changePeriod } from '../support/period';
import { clearDonation } from '@/lib/donations/donation.commands';
import { allProofsHold } from '../support/act';
import { CAMPAIGN, clearInput, doneOf, refusalsOf, RoadsKit, type Seen } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open();
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const change = (month: string, to: 'open' | 'soft_closed' | 'closed') =>
  kit.decided(changePeriod, { campaign: CAMPAIGN, month: `${month}-01`, to, reason: '月结' }, kit.staff.zhou);

const entriesOf = async (month: string): Promise<number> =>
  (
    await kit.world.reader
      .selectFrom('entry')
      .select('id')
      .where(sql<boolean>`date_trunc('month', accounting_date)::date = ${`${month}-01`}::date`)
      .execute()
  ).length;

test('nothing lands in a month after its close has committed, however many are writing', async () => {
  const road = await kit.road(10_000_000n);
  await kit.gift(200_000n);
  await kit.allocate(road, 100_000n);
  for (const month of ['2023-10', '2023-11', '2023-12', '2024-01', '2024-02']) {
    const gifts = await Promise.all(Array.from({ length: 20 }, () => kit.verified(100n)));
    const proposals: Seen[] = [];
    for (let n = 0; n < 10; n += 1) proposals.push(await kit.proposal(road, 50n));
    const on = `${month}-15`;
    let closedWith = -1;
    const acts = [
      ...gifts.map((gift) =>
        kit.decided(clearDonation, clearInput(gift.code, { receivedOn: on }), kit.staff.lin),
      ),
      ...proposals.map((one) => kit.decided(approveAllocation, { ...kit.approval(one), on }, kit.staff.zhou)),
      ...Array.from({ length: 10 }, () =>
        kit.decided(
          releaseAllocation,
          { segment: road, amountMinor: 3n, reason: '结余', on },
          kit.staff.zhou,
        ),
      ),
    ];
    const closing = change(month, 'closed').then(async (result) => {
      expect(refusalsOf([result])).toEqual({});
      closedWith = await entriesOf(month);
    });
    const results = await Promise.all(acts);
    await closing;
    expect(Object.keys(refusalsOf(results)).filter((name) => name !== 'period_closed')).toEqual([]);
    // Counted right after the close had answered, and again when everyone had finished: the same.
    expect(await entriesOf(month)).toBe(closedWith);
    expect(doneOf(results).length).toBe(closedWith);
  }
});

test('closing waits for the entry that is being written, and holds back those that come after it', async () => {
  const month = '2024-04';
  const on = `${month}-10`;
  const [early, late] = [await kit.verified(100n), await kit.verified(100n)];
  const order: string[] = [];
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  // A hand on the receipts' queue keeps the first gift from committing after its entry has been written.
  const hand = kit.world.owner.transaction().execute(async (trx) => {
    await sql`lock table audit_event in access exclusive mode`.execute(trx);
    await held;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const first = kit
    .try(clearDonation, clearInput(early.code, { receivedOn: on }), kit.staff.lin)
    .then((result) => {
      order.push('written');
      return result;
    });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const close = change(month, 'closed').then((result) => {
    order.push('closed');
    return result;
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const second = kit.try(clearDonation, clearInput(late.code, { receivedOn: on }), kit.staff.lin);
  letGo();
  await hand;
  expect(refusalsOf([await first])).toEqual({});
  expect(refusalsOf([await close])).toEqual({});
  expect(refusalsOf([await second])).toEqual({ period_closed: 1 });
  expect(order).toEqual(['written', 'closed']);
  expect(await entriesOf(month)).toBe(1);
});

test('a month that is opened again takes entries again, and two who close it at once close it once', async () => {
  const month = '2024-05';
  const closing = await Promise.all([change(month, 'closed'), change(month, 'closed')]);
  expect(doneOf(closing)).toHaveLength(1);
  expect(refusalsOf(closing)).toEqual({ illegal_state_change: 1 });
  const gift = await kit.verified(100n);
  const input = clearInput(gift.code, { receivedOn: `${month}-10` });
  await kit.refused(clearDonation, input, kit.staff.lin, 'period_closed');
  expect(refusalsOf([await change(month, 'open')])).toEqual({});
  await kit.act(clearDonation, input, kit.staff.lin);
  // Soft-closed is a notice, not a lock.
  expect(refusalsOf([await change(month, 'soft_closed')])).toEqual({});
  await kit.gift(100n, {}, { receivedOn: `${month}-11` });
});
