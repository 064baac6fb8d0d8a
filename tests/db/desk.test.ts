import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvalsInbox, paymentsToMake } from '@/lib/approvals/approvals.queries';
import { latestProofs } from '@/lib/proofs/latest.queries';
import { proveAndRecord } from '@/lib/proofs/prove';
import { contractorsOnDesk, roadOnDesk, roadsOnDesk } from '@/lib/segments/segment.queries';
import type { World } from '../support/people';
import { storyWorld } from '../support/story-world';

let world: World;
beforeAll(async () => {
  world = await storyWorld();
}, 240_000);
afterAll(() => world.close());

test('the inbox holds what one person made and another must look at, with what it was before', async () => {
  const inbox = await approvalsInbox(world.reader);
  expect(inbox.map((item) => [item.kind, item.code, item.amountMinor, item.beforeMinor])).toEqual([
    ['variation', 'C-ML-17-1/V1', 1_325_000n, 1_270_000n],
    ['disbursement', 'D-0046', 356_400n, null],
    ['disbursement', 'D-0047', 508_000n, null],
    ['allocation', 'A-ML-22-2', 380_000n, null],
  ]);
  expect(inbox.filter((item) => item.makerId === world.staff.zhou.personId).map((item) => item.code)).toEqual(
    ['A-ML-22-2'],
  );
  expect(inbox.every((item) => /^[0-9a-f]{64}$/.test(item.contentHash))).toBe(true);
  expect(await paymentsToMake(world.reader)).toEqual([]);
});

test('the desk of a road knows its money, certificates and pictures', async () => {
  const road = await roadOnDesk('ML-17', world.reader);
  expect(road).toMatchObject({ status: 'in_progress', budgetMinor: 1_335_000n, freeMinor: 65_000n });
  expect(road?.contract).toMatchObject({
    code: 'C-ML-17-1',
    committedMinor: 381_000n,
    certifiedMinor: 508_000n,
    paidMinor: 381_000n,
  });
  expect(road?.certificates.map((one) => one.unclaimedMinor)).toEqual([0n, 0n]);
  expect(road?.quotes).toHaveLength(3);
  expect(await roadOnDesk('ML-99', world.reader)).toBeNull();
  expect(await roadsOnDesk(world.reader)).toHaveLength(24);
  expect(await contractorsOnDesk(world.reader)).toHaveLength(3);
});

test('the newest outcome of each proof is kept and said in words', async () => {
  await proveAndRecord(world.db);
  const proofs = await latestProofs(world.reader);
  expect(proofs.length).toBeGreaterThan(15);
  expect(proofs.every((proof) => proof.offenders === 0n)).toBe(true);
});
