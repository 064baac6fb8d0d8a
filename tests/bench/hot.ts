import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { newBenchWorld } from './log-world';
import { newGiver, openBenchCampaign, option, paceOf } from './post';
import { median } from './public-load';

const CLIENTS = 50;
/** A server's own pool: fifty people wait for ten connections. */
const POOL = 10;
const ON = '2024-06-07';
const GIFT = 12_345n;

type Proposal = { readonly code: string; readonly contentHash: string };

/**
 * `npm run bench -- hot`: fifty people approve allocations out of one fund at once, each another's proposal, through one
 * server's pool; in turns with fifty givers through the same pool. The last tenth asks for more than the fund holds.
 * `--seconds 3` (of giving), `--rounds 3`, `--proposals 300`.
 */
export const benchHot = async (args: readonly string[]): Promise<Record<string, unknown>> => {
  const seconds = option(args, 'seconds', 3);
  const rounds = option(args, 'rounds', 3);
  const each = option(args, 'proposals', 300);
  const world = await newBenchWorld({ durable: true });
  const { connect } = await import('@/db/connect');
  const db = connect(world.appUrl, { max: POOL, prepare: true });
  try {
    await openBenchCampaign(db);
    const giveOne = await newGiver();
    const { person } = await import('../db/donations-kit');
    const clerk = await person(db, 'Lin', ['clerk']);
    const approver = await person(db, 'Zhou', ['approver']);
    const act = await allocationActs(db);
    const road = await act.road(clerk, approver, 'ML-07');
    const posts: number[] = [];
    const hots: number[] = [];
    const p95s: number[] = [];
    const refused: Record<string, number> = {};
    const run = Date.now();
    for (let round = 0; round < rounds; round += 1) {
      posts.push(
        (await paceOf(CLIENTS, seconds, (hand, n) => giveOne(db, `hot:${run}:${round}:${hand}:${n}`)))
          .perSecond,
      );
      // What the fund holds is asked for by nine of ten; the rest must be told that it is not there.
      const held = await fund(db);
      const amountMinor = held / BigInt(Math.floor(each * 0.9));
      const proposals: Proposal[] = [];
      await many(each, 8, async () => void proposals.push(await act.propose(clerk, road, amountMinor)));
      const took: number[] = [];
      let allocated = 0n;
      const began = performance.now();
      await many(each, CLIENTS, async (n) => {
        const start = performance.now();
        const name = await act.approve(approver, proposals[n]!);
        took.push(performance.now() - start);
        if (name === 'ok') allocated += amountMinor;
        else refused[name] = (refused[name] ?? 0) + 1;
      });
      hots.push(each / ((performance.now() - began) / 1000));
      p95s.push(took.toSorted((a, b) => a - b)[Math.floor(each * 0.95)] ?? 0);
      const left = await fund(db);
      if (left !== held - allocated || left < 0n)
        throw new Error(`the fund holds ${left}, not ${held - allocated}`);
    }
    const { prove } = await import('@/lib/proofs/proofs.queries');
    const broken = (await prove(world.db)).filter(({ offenders }) => Number(offenders) > 0);
    if (broken.length > 0) throw new Error(`not proved: ${broken.map(({ name }) => name).join(', ')}`);
    return {
      clients: CLIENTS,
      approvedPerSecond: Math.round(median(hots)),
      givenPerSecond: Math.round(median(posts)),
      ratio: Math.round((median(hots) / median(posts)) * 100) / 100,
      approveP95Ms: Math.round(median(p95s)),
      gifts: `of ${GIFT} minor units`,
      refused,
    };
  } finally {
    await db.destroy();
    await world.close();
  }
};

/** Does something so many times, so many at once. */
const many = async (times: number, hands: number, act: (n: number) => Promise<void>): Promise<void> => {
  let next = 0;
  await Promise.all(
    Array.from({ length: hands }, async () => {
      for (let n = next++; n < times; n = next++) await act(n);
    }),
  );
};

const fund = async (db: Kysely<Database>): Promise<bigint> => {
  const { balanceOf } = await import('../db/donations-kit');
  return balanceOf(db, 'unallocated:gen-hun-meng');
};

/** What assigning money to a road takes, done by two people. */
export const allocationActs = async (db: Kysely<Database>) => {
  const { runCommand } = await import('@/lib/command');
  const { newId } = await import('@/lib/shared/id');
  const { must } = await import('../db/donations-kit');
  const { budgetInput, roadInput } = await import('../db/roads-kit');
  const { approveAllocation, proposeAllocation } = await import('@/lib/allocations/allocation.commands');
  const { approveBudget, proposeBudget, proposeSegment } = await import('@/lib/segments/segment.commands');
  type Who = Parameters<typeof runCommand>[2];
  return {
    road: async (clerk: Who, approver: Who, code: string): Promise<string> => {
      const todo = (key: string) => ({ key: `hot-road:${key}`, db });
      must(await runCommand(proposeSegment, roadInput(code), clerk, todo('road')));
      const budget = must(
        await runCommand(proposeBudget, budgetInput(code, 900_000_000_000n), clerk, todo('budget')),
      );
      const seen = { segment: code, version: budget.version, seenHash: budget.contentHash, on: ON };
      must(await runCommand(approveBudget, seen, approver, todo('approved')));
      return code;
    },
    propose: async (clerk: Who, segment: string, amountMinor: bigint): Promise<Proposal> =>
      must(
        await runCommand(proposeAllocation, { segment, amountMinor, note: null, on: ON }, clerk, {
          key: newId(),
          db,
        }),
      ),
    /** The name of the refusal, or `ok`. */
    approve: async (approver: Who, { code, contentHash }: Proposal): Promise<string> => {
      const seen = { allocation: code, seenHash: contentHash, on: ON, note: null };
      const answer = await runCommand(approveAllocation, seen, approver, { key: newId(), db });
      return answer.ok ? 'ok' : answer.refusal.name;
    },
  };
};
