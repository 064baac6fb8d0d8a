import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import {
  approveAllocation,
  proposeAllocation,
  withdrawAllocation,
} from '@/lib/allocations/allocation.commands';
import { prove } from '@/lib/proofs/proofs.queries';
import { ON, RoadsKit } from '../db/roads-kit';
import { trial } from './trial';

const SEEN = 100n;
const EDITED = 999n;

trial(
  {
    row: 21,
    name: 'checkers',
    runs: 500,
    few: 3,
    fault:
      'Two checkers press at the same moment while the maker takes the proposal back and makes another of it',
    invariants:
      'what is approved is what was seen, once, and by another than its maker; a hash of what was changed is refused; all proofs',
  },
  async ({ runs, random }) => {
    const kit = await RoadsKit.open(16);
    try {
      const road = await kit.road(900_000_000n);
      await kit.gift(900_000_000n);
      const checkers = [kit.staff.zhou, { ...kit.staff.he, roles: ['approver' as const] }];
      const won = { checker: 0, maker: 0 };
      let wrongApprovals = 0;
      for (let round = 0; round < runs; round += 1) {
        const seen = await kit.proposal(road, SEEN);
        const before = await kit.balance(`allocated:${road}`);
        // Whoever asks first mostly wins: by turns at random it is either side, within the time an act takes.
        const [makerLateMs, checkersLateMs] = [random.below(4), random.below(4)];
        const checker = async (who: (typeof checkers)[number]) => {
          await sleep(checkersLateMs);
          return kit.decided(approveAllocation, kit.approval(seen), who);
        };
        const maker = async () => {
          await sleep(makerLateMs);
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
          checker(checkers[0]!),
          checker(checkers[1]!),
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
        if (wrong?.ok === true) wrongApprovals += 1;
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
      const broken = (await prove(kit.world.reader)).filter(({ offenders }) => offenders > 0n);
      return {
        figure: { wrongApprovals, wonByChecker: won.checker, wonByMaker: won.maker },
        check: () => {
          expect(broken).toEqual([]);
          // Both sides must have won some, or nothing raced.
          if (runs > 50) expect(Math.min(won.checker, won.maker)).toBeGreaterThan(runs / 20);
        },
      };
    } finally {
      await kit.close();
    }
  },
);
