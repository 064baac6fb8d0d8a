import { sql } from 'kysely';
import { expect } from 'vitest';
import { approveAllocation } from '@/lib/allocations/allocation.commands';
import type { Random } from '../model/random';
import { CAMPAIGN, doneOf, refusalsOf, type RoadsKit, type Seen } from './roads-kit';

const FUND = `unallocated:${CAMPAIGN}`;
const BUDGET = 10_000_000n;

/**
 * Fifty people approve allocations that together ask for far more than the fund holds, in each of so many rounds: it is
 * never overdrawn, and whoever was refused asked for more than is left. Answers how long each waited, in milliseconds.
 */
export const drainFund = async (kit: RoadsKit, random: Random, rounds: number): Promise<number[]> => {
  const waits: number[] = [];
  const roads = await Promise.all(Array.from({ length: 5 }, () => kit.road(BUDGET)));
  for (let round = 1; round <= rounds; round += 1) {
    const before = await kit.balance(FUND);
    const given = 1_000n + random.upTo(9_000n);
    // Some of it may go to one road only, so that the fund's total is not all that counts.
    await kit.gift(given / 2n, { designation: roads[0] });
    await kit.gift(given - given / 2n);
    const asked: { proposal: Seen; amountMinor: bigint }[] = [];
    for (let n = 0; n < 50; n += 1) {
      const amountMinor = 1n + random.upTo(given / 6n);
      asked.push({ proposal: await kit.proposal(random.pick(roads), amountMinor), amountMinor });
    }
    const results = await Promise.all(
      asked.map(async ({ proposal }) => {
        const began = performance.now();
        const result = await kit.decided(approveAllocation, kit.approval(proposal), kit.staff.zhou);
        waits.push(performance.now() - began);
        return result;
      }),
    );
    const taken = asked
      .filter((_, index) => results[index]?.ok)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const left = await kit.balance(FUND);
    expect(left).toBe(before + given - taken);
    expect(left).toBeGreaterThanOrEqual(0n);
    expect(Object.keys(refusalsOf(results)).filter((name) => name !== 'exceeds_unallocated')).toEqual([]);
    const free = await freeIn(kit, FUND);
    for (const [index, { amountMinor }] of asked.entries())
      if (!results[index]?.ok) expect(amountMinor).toBeGreaterThan(free);
    const entries = await kit.db
      .selectFrom('entry')
      .select('subject')
      .where('kind', '=', 'allocation_approved')
      .where(
        'subject',
        'in',
        asked.map(({ proposal }) => proposal.code),
      )
      .execute();
    expect(entries.length).toBe(doneOf(results).length);
  }
  return waits;
};

/** What any road could still be given. */
export const freeIn = async (kit: RoadsKit, account: string): Promise<bigint> => {
  const { rows } = await sql<{ sum: bigint }>`
    select coalesce(sum(p.held_minor), 0)::bigint as sum from lot_position p join account a on a.id = p.account_id
    where a.code = ${account} and p.designation is null`.execute(kit.db);
  return rows[0]?.sum ?? 0n;
};
