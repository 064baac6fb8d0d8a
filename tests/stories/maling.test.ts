import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldSummaries } from '@/lib/ledger/summary.store';
import { INVARIANTS } from '@/lib/proofs/proofs.queries';
import { playStory } from '@/lib/run/story/play';
import { loadMaling } from '@/lib/run/story/maling';
import { allProofsHold } from '../support/act';
import type { World } from '../support/people';
import { recordsOnly } from '../support/story-files';
import { storyWorld } from '../support/story-world';
import { OFFENCES } from './planted-offences';

let world: World;

beforeAll(async () => {
  world = await storyWorld();
}, 240_000);
afterAll(() => world.close());

test('the five numbers close to the fen', async () => {
  const numbers = await world.owner
    .selectFrom('disclosure.campaign_numbers')
    .selectAll()
    .where('campaign', '=', 'gen-hun-meng')
    .executeTakeFirstOrThrow();
  expect(numbers).toMatchObject({
    target_minor: 32_400_000n,
    pledged_minor: 31_240_000n,
    received_minor: 30_000_000n,
    allocated_minor: 28_640_000n,
    committed_minor: 25_540_000n,
    certified_minor: 21_133_000n,
    paid_minor: 20_268_600n,
    fees_minor: 126_313n,
    unallocated_minor: 1_233_687n,
    segment_count: 24,
    gift_count: 171,
    pledge_count: 171,
    payment_count: 45,
    contract_count: 19,
    contractor_count: 3,
  });
});

test('every road stands where the story says, with the money the story says', async () => {
  const maling = await loadMaling();
  const roads = await world.owner.selectFrom('disclosure.segment').selectAll().orderBy('code').execute();
  expect(
    roads.map((road) => [
      road.code,
      road.status,
      road.budget_minor,
      road.allocated_minor,
      road.committed_minor,
      road.certified_minor,
      road.paid_minor,
    ]),
  ).toEqual(
    maling.segments.map((road) => {
      const figures = road as typeof road & { allocated: number; committed: number; paid: number };
      return [
        road.code,
        road.status,
        BigInt(road.budget),
        BigInt(figures.allocated),
        BigInt(figures.committed),
        BigInt(road.certified),
        BigInt(figures.paid),
      ];
    }),
  );
});

test('a gift of 500 yuan for the threshing floor road paved its own 1.6 metres', async () => {
  const lots = await world.owner
    .selectFrom('disclosure.segment_gift')
    .selectAll()
    .where('segment', '=', 'ML-07')
    .orderBy('lot_order')
    .execute();
  expect(lots.reduce((sum, lot) => sum + lot.amount_minor, 0n)).toBe(1_500_000n);
  const before = lots.slice(
    0,
    lots.findIndex((lot) => lot.gift === 'G-0095'),
  );
  const fromMinor = before.reduce((sum, lot) => sum + lot.amount_minor, 0n);
  expect([fromMinor * 48_000n, (fromMinor + 50_000n) * 48_000n].map((x) => x / 1_500_000n)).toEqual([
    32_576n,
    34_176n,
  ]);
});

test('all proofs hold, and playing the story again writes nothing', async () => {
  await allProofsHold(world.reader);
  const count = async () =>
    (
      await world.owner
        .selectFrom('audit_event')
        .select((eb) => eb.fn.countAll<bigint>().as('n'))
        .executeTakeFirstOrThrow()
    ).n;
  const before = await count();
  await playStory(world.db, world.staff, recordsOnly(world.staff), () => undefined);
  expect(await count()).toBe(before);
}, 240_000);

describe('each proof of state finds the offence planted against it', () => {
  // So that there are folded summaries to falsify.
  beforeAll(() => foldSummaries(world.db));

  test.each(INVARIANTS.map(({ name, sql: query }) => [name, query]))('%s', async (name, query) => {
    const offence = OFFENCES[name];
    expect(offence, 'an invariant without a planted offence may be one that never fails').toBeDefined();
    const insider = new pg.Client({ connectionString: world.database.adminUrl });
    await insider.connect();
    try {
      const offenders = async (): Promise<string> =>
        String(Object.values((await insider.query<Record<string, string>>(query)).rows[0] ?? {})[0]);
      expect(await offenders()).toBe('0');
      await insider.query(`begin; set local session_replication_role = replica; ${offence ?? ''}`);
      expect(await offenders()).not.toBe('0');
    } finally {
      await insider.end();
    }
  });
});
