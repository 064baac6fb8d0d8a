import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { approveContract } from '@/lib/contracts/contract.commands';
import { approveRefund, proposeRefund } from '@/lib/donations/refund.commands';
import { resolveShortfall } from '@/lib/donations/shortfall.commands';
import { takeException } from '@/lib/exceptions/exception.commands';
import { allProofsHold } from '../support/act';
import { ON, RoadsKit } from '../db/roads-kit';
import { placesOf } from '../db/donations-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(20);
});
afterAll(() => kit.close());
afterEach(() => allProofsHold(kit.world.reader));

describe('a gift goes back after it was spent', () => {
  const spent = async () => {
    const road = await kit.road(300_000n);
    const gift = (await kit.gift(300_000n, { designation: road })).code;
    await kit.allocate(road, 300_000n);
    const proposal = await kit.proposedContract(road, 300_000n);
    await kit.act(
      approveContract,
      { contract: proposal.code, seenHash: proposal.contentHash, on: ON },
      kit.staff.zhou,
    );
    await kit.move(road, 'start');
    await kit.pay(road, proposal.code, 120_000n);
    const refund = await kit.act(
      proposeRefund,
      { donation: gift, amountMinor: 300_000n, reason: '误捐', on: ON },
      kit.staff.lin,
    );
    const approved = await kit.act(
      approveRefund,
      { refund: refund.code, seenHash: refund.contentHash, on: ON },
      kit.staff.zhou,
    );
    return { road, gift, shortfall: approved.shortfalls[0] ?? '' };
  };
  const row = (code: string) =>
    kit.db.selectFrom('shortfall').selectAll().where('code', '=', code).executeTakeFirstOrThrow();

  test('the hole has an owner and is filled by one named gift', async () => {
    const { shortfall } = await spent();
    await kit.act(takeException, { kind: 'shortfall', subject: shortfall, note: null }, kit.staff.lin);
    const small = (await kit.gift(1_000n)).code;
    const source = (gift: string) => ({
      shortfall,
      on: ON,
      reason: '理事补足',
      source: { kind: 'gift', gift },
    });
    await kit.refused(resolveShortfall, source(small), kit.staff.zhou, 'exceeds_unallocated');
    const board = (await kit.gift(300_000n)).code;
    await kit.act(resolveShortfall, source(board), kit.staff.zhou);
    expect(await row(shortfall)).toMatchObject({
      owner_id: kit.staff.lin.personId,
      source_kind: 'gift',
      source_subject: board,
      resolution: '理事补足',
    });
    expect(Object.values(await placesOf(kit.db, board)).reduce((a, b) => a + b, 0n)).toBe(300_000n);
  });

  test('or by the surplus of a named road, which is then no longer funded', async () => {
    const { shortfall } = await spent();
    const rich = await kit.fundedRoad(300_000n);
    expect(await kit.status(rich)).toBe('funded');
    await kit.act(
      resolveShortfall,
      { shortfall, on: ON, reason: '由节余补足', source: { kind: 'road', road: rich } },
      kit.staff.zhou,
    );
    expect(await kit.balance(`allocated:${rich}`)).toBe(0n);
    expect(await kit.status(rich)).toBe('approved');
    expect(await row(shortfall)).toMatchObject({ source_kind: 'road', source_subject: rich });
  });
});
