import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findCampaign } from '@/lib/campaigns/campaign.store';
import { defineCommand } from '@/lib/context';
import { allocated, unallocated } from '@/lib/ledger/accounts.rules';
import { post } from '@/lib/ledger/ledger.commands';
import type { LotChoice } from '@/lib/ledger/posting.rules';
import { ok, refuse } from '@/lib/shared/result';
import { allProofsHold } from '../support/act';
import { CAMPAIGN, ON, RoadsKit } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open();
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const gifts = z.array(z.object({ lotId: z.bigint(), amountMinor: z.bigint() }));
const move = z.object({ inward: z.boolean(), kind: z.enum(['named', 'named_or_stand_ins']), gifts });

/** One entry between the fund and a road, by lines that each say which gifts. The road is left empty, as it was. */
const moveGifts = defineCommand({
  name: 'test.move',
  permission: 'allocation:approve',
  events: ['moved'],
  input: z.object({ road: z.string(), moves: z.array(move) }),
  run: async (ctx, { road, moves }) => {
    const campaign = await findCampaign(ctx.trx, { slug: CAMPAIGN });
    if (!campaign) return refuse('not_found');
    const [fund, place] = [unallocated(CAMPAIGN), allocated(road)];
    const entry = await post(ctx, {
      kind: 'allocation_released',
      campaign,
      subjectKind: 'segment',
      subject: road,
      date: ON,
      postings: moves.map(({ inward, kind, gifts: shares }) => ({
        from: inward ? fund : place,
        to: inward ? place : fund,
        amountMinor: shares.reduce((sum, share) => sum + share.amountMinor, 0n),
        lots: { kind, shares } satisfies LotChoice,
      })),
    });
    if (!entry.ok) return entry;
    ctx.record({ event: 'moved', subjectKind: 'entry', subjectId: entry.value.number });
    return ok({ lots: entry.value.lots.map((shares) => [...shares]) });
  },
});

const lotOf = async (gift: { readonly code: string }): Promise<bigint> =>
  (await kit.db.selectFrom('lot').select('id').where('subject', '=', gift.code).executeTakeFirstOrThrow()).id;

type Move = z.infer<typeof move>;
const moved = (road: string, ...moves: Move[]) => kit.act(moveGifts, { road, moves }, kit.staff.zhou);
const named = (inward: boolean, lotId: bigint, amountMinor: bigint): Move => ({
  inward,
  kind: 'named',
  gifts: [{ lotId, amountMinor }],
});
const inPlaceOf = (lotId: bigint, amountMinor: bigint): Move => ({
  inward: false,
  kind: 'named_or_stand_ins',
  gifts: [{ lotId, amountMinor }],
});

/** A road in which one gift lies, and in which two others, of the same size, have lain or will lie. */
const scene = async () => {
  const road = await kit.road(5_000n);
  const lots: bigint[] = [];
  for (let n = 0; n < 3; n += 1) lots.push(await lotOf(await kit.gift(300n, { designation: road })));
  const [gone = 0n, staying = 0n, coming = 0n] = lots;
  return { road, gone, staying, coming };
};

describe('what stands in for a gift that is no longer there', () => {
  test('is what earlier lines of the same entry brought, never what they have taken', async () => {
    const { road, gone, staying, coming } = await scene();
    await moved(road, named(true, staying, 300n), named(true, gone, 300n));
    await moved(road, named(false, gone, 300n));
    const entry = await moved(
      road,
      named(true, coming, 300n),
      named(false, staying, 300n),
      inPlaceOf(gone, 300n),
    );
    expect(entry.lots[2]).toEqual([{ lotId: coming, amountMinor: 300n }]);
    expect(await kit.balance(`allocated:${road}`)).toBe(0n);
  });

  test('is what this very entry puts in its place, before what came first', async () => {
    const { road, gone, staying, coming } = await scene();
    await moved(road, named(true, staying, 300n), named(true, gone, 300n));
    const entry = await moved(
      road,
      named(false, gone, 300n),
      named(true, coming, 300n),
      inPlaceOf(gone, 300n),
    );
    expect(entry.lots[2]).toEqual([{ lotId: coming, amountMinor: 300n }]);
    await moved(road, named(false, staying, 300n));
  });

  test('counts a gift whole that lies there in part and of which an earlier line brings the rest', async () => {
    const { road, gone, staying, coming } = await scene();
    await moved(road, named(true, gone, 300n), named(true, coming, 100n));
    await moved(road, named(false, gone, 300n));
    const entry = await moved(
      road,
      named(true, coming, 200n),
      named(true, staying, 100n),
      inPlaceOf(gone, 300n),
    );
    expect(entry.lots[2]).toEqual([{ lotId: coming, amountMinor: 300n }]);
    expect(await kit.balance(`allocated:${road}`)).toBe(100n);
    await moved(road, named(false, staying, 100n));
  });

  test('is nothing when earlier lines leave the road without it: refused, and nothing is written', async () => {
    const { road, gone, staying } = await scene();
    await moved(road, named(true, staying, 300n), named(true, gone, 300n));
    await moved(road, named(false, gone, 300n));
    const moves = [named(false, staying, 300n), inPlaceOf(gone, 300n)];
    await kit.refused(moveGifts, { road, moves }, kit.staff.zhou, 'exceeds_allocated');
    expect(await kit.balance(`allocated:${road}`)).toBe(300n);
    await moved(road, named(false, staying, 300n));
  });
});
