import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approveAllocation,
  proposeAllocation,
  withdrawAllocation,
} from '@/lib/allocations/allocation.commands';
import { allProofsHold } from '../support/act';
import { ON, RoadsKit } from '../db/roads-kit';

// Two checkers press at the same moment while the maker takes the proposal back and makes another of it, 500 times.

const TRIES = 500;
const SEEN = 100n;
const EDITED = 999n;

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(16);
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

test(`two checkers and an editing maker, ${TRIES} times: what is approved is what was seen, once`, async () => {
  const road = await kit.road(900_000_000n);
  await kit.gift(900_000_000n);
  const checkers = [kit.staff.zhou, { ...kit.staff.he, roles: ['approver' as const] }];
  const won = { checker: 0, maker: 0 };
  for (let round = 0; round < TRIES; round += 1) {
    const seen = await kit.proposal(road, SEEN);
    const before = await kit.balance(`allocated:${road}`);
    const maker = async () => {
      if (round % 2 === 1) await new Promise((resolve) => setTimeout(resolve, round % 9));
      const gone = await kit.decided(
        withdrawAllocation,
        { allocation: seen.code, reason: '改数', on: ON },
        kit.staff.lin,
      );
      const other = await kit.decided(
        proposeAllocation,
        { segment: road, amountMinor: EDITED, note: null, on: ON },
        kit.staff.lin,
      );
      return { gone, other };
    };
    const [first, second, edit] = await Promise.all([
      kit.decided(approveAllocation, kit.approval(seen), checkers[0]!),
      kit.decided(approveAllocation, kit.approval(seen), checkers[1]!),
      maker(),
    ]);
    // The button still carries the hash of what was seen: it never approves what the maker made of it.
    const wrong = edit.other.ok
      ? await kit.decided(
          approveAllocation,
          { ...kit.approval(seen), allocation: edit.other.value.code },
          checkers[0]!,
        )
      : null;
    expect(wrong?.ok === false && wrong.refusal.name).toBe('changed_since_seen');
    expect([first, second, edit.gone].filter((one) => one.ok)).toHaveLength(1);
    expect(await kit.balance(`allocated:${road}`)).toBe(before + (edit.gone.ok ? 0n : SEEN));
    won[edit.gone.ok ? 'maker' : 'checker'] += 1;
    if (edit.other.ok)
      await kit.act(
        withdrawAllocation,
        { allocation: edit.other.value.code, reason: '下一次', on: ON },
        kit.staff.lin,
      );
  }
  // Both sides must have won some, or nothing raced.
  expect(Math.min(won.checker, won.maker), JSON.stringify(won)).toBeGreaterThan(TRIES / 20);
});
