import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findCampaign } from '@/lib/campaigns/campaign.store';
import { changePeriod } from '../support/period';
import { defineCommand } from '@/lib/context';
import { approveContract } from '@/lib/contracts/contract.commands';
import {
  approveDisbursement,
  bounceDisbursement,
  payDisbursement,
} from '@/lib/disbursements/disbursement.commands';
import { approveRefund, proposeRefund } from '@/lib/donations/refund.commands';
import { resolveShortfall } from '@/lib/donations/shortfall.commands';
import { reverse } from '@/lib/ledger/ledger.commands';
import { ok, refuse } from '@/lib/shared/result';
import { allProofsHold } from '../support/act';
import { CAMPAIGN, doneOf, ON, refusalsOf, RoadsKit } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open();
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

/** Undoes any entry, as acts of the product do with theirs. */
const undo = defineCommand({
  name: 'test.undo',
  permission: 'allocation:approve',
  events: ['undone'],
  input: z.object({ entryId: z.bigint(), on: z.string(), reason: z.string() }),
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: CAMPAIGN });
    if (!campaign) return refuse('not_found');
    const entry = await reverse(ctx, campaign, input.entryId, input.on, input.reason);
    if (!entry.ok) return entry;
    ctx.record({ event: 'undone', subjectKind: 'entry', subjectId: entry.value.number });
    return ok({ id: entry.value.id });
  },
});

const entryOf = async (subject: string): Promise<bigint> =>
  (
    await kit.db
      .selectFrom('entry')
      .select('id')
      .where('subject', '=', subject)
      .orderBy('id')
      .executeTakeFirstOrThrow()
  ).id;

/** What a payment's gifts are, and where, as people would read it. */
const giftsIn = async (account: string): Promise<Record<string, string>> => {
  const rows = await kit.db
    .selectFrom('lot_position as p')
    .innerJoin('account as a', 'a.id', 'p.account_id')
    .innerJoin('lot as l', 'l.id', 'p.lot_id')
    .select(['l.subject', 'p.held_minor'])
    .where('a.code', '=', account)
    .where('p.held_minor', '>', 0n)
    .orderBy('l.id')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.subject, String(row.held_minor)]));
};

describe('an entry is undone by its mirror', () => {
  test('which names it, says why, and puts every gift back where it was', async () => {
    const road = await kit.road(5_000n);
    const gift = await kit.gift(5_000n, { designation: road });
    const { code } = await kit.allocate(road, 4_000n);
    const entryId = await entryOf(code);
    const { id } = await kit.act(undo, { entryId, on: ON, reason: '记错了路' }, kit.staff.zhou);
    const entry = await kit.db.selectFrom('entry').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ kind: 'reversal', reverses_id: entryId, reason: '记错了路' });
    expect(await kit.balance(`allocated:${road}`)).toBe(0n);
    expect((await giftsIn(`unallocated:${CAMPAIGN}`))[gift.code]).toBe('5000');
    const again = { entryId, on: ON, reason: '再来一次' };
    await kit.refused(undo, again, kit.staff.zhou, 'already_reversed');
    await kit.refused(undo, { ...again, reason: ' ' }, kit.staff.zhou, 'reason_required');
    await kit.refused(undo, { ...again, entryId: 999_999n }, kit.staff.zhou, 'not_found');
  });

  test('dated in an open month when its own is closed', async () => {
    const road = await kit.road(5_000n);
    await kit.gift(5_000n, { designation: road });
    const { code } = await kit.allocate(road, 4_000n);
    const period = { campaign: CAMPAIGN, month: `${ON.slice(0, 7)}-01`, reason: '月结' };
    await kit.act(changePeriod, { ...period, to: 'closed' }, kit.staff.zhou);
    const entryId = await entryOf(code);
    await kit.refused(undo, { entryId, on: ON, reason: '记错' }, kit.staff.zhou, 'period_closed');
    await kit.act(undo, { entryId, on: '2024-04-01', reason: '记错' }, kit.staff.zhou);
    await kit.act(changePeriod, { ...period, to: 'open' }, kit.staff.zhou);
  });

  test('not when the money has moved on', async () => {
    const road = await kit.fundedRoad(3_000n);
    const entryId = await entryOf(`A-${road}-1`);
    const { code, contentHash } = await kit.proposedContract(road, 3_000n);
    await kit.act(approveContract, { contract: code, seenHash: contentHash, on: ON }, kit.staff.zhou);
    await kit.refused(undo, { entryId, on: ON, reason: '记错' }, kit.staff.zhou, 'exceeds_allocated');
  });

  test('once, however many undo it at the same time', async () => {
    const road = await kit.road(1_000_000n);
    await kit.gift(100_000n, { designation: road });
    const entries: bigint[] = [];
    for (let n = 0; n < 40; n += 1) entries.push(await entryOf((await kit.allocate(road, 100n)).code));
    const results = await Promise.all(
      entries.flatMap((entryId) =>
        [1, 2].map(() => kit.decided(undo, { entryId, on: ON, reason: '记错' }, kit.staff.zhou)),
      ),
    );
    expect(doneOf(results)).toHaveLength(40);
    expect(
      Object.keys(refusalsOf(results)).filter(
        (name) => name !== 'already_reversed' && name !== 'exceeds_allocated',
      ),
    ).toEqual([]);
    expect(await kit.balance(`allocated:${road}`)).toBe(0n);
  });
});

describe('a payment that bounces', () => {
  test('can be paid again, and bounces once however many say so', async () => {
    const { road, contract } = await kit.contractedRoad(20_000n);
    for (let round = 0; round < 4; round += 1) {
      const code = await kit.pay(road, contract, 1_000n);
      const results = await Promise.all(
        Array.from({ length: 12 }, () =>
          kit.decided(bounceDisbursement, { disbursement: code, reason: '账号有误', on: ON }, kit.staff.lin),
        ),
      );
      expect(doneOf(results)).toHaveLength(1);
      expect(Object.keys(refusalsOf(results))).toEqual(['illegal_state_change']);
    }
    expect(await kit.balance(`paid:${contract}`)).toBe(0n);
    expect(await kit.balance(`certified:${contract}`)).toBe(4_000n);
    expect(await kit.balance(`liabilities:contractor-payable:${CAMPAIGN}`)).toBe(-4_000n);
  });

  test('takes back what stands in the place of a gift that was refunded meanwhile', async () => {
    const road = await kit.road(1_000n);
    const [ada, bayo] = [
      await kit.gift(600n, { designation: road }),
      await kit.gift(400n, { designation: road }),
    ];
    await kit.allocate(road, 1_000n);
    const { code: contract, contentHash } = await kit.proposedContract(road, 1_000n);
    await kit.act(approveContract, { contract, seenHash: contentHash, on: ON }, kit.staff.zhou);
    const payment = await kit.pay(road, contract, 1_000n);
    expect(await giftsIn(`paid:${contract}`)).toEqual({ [ada.code]: '600', [bayo.code]: '400' });
    const refund = await kit.act(
      proposeRefund,
      { donation: ada.code, amountMinor: 500n, reason: '给错了', on: ON },
      kit.staff.lin,
    );
    const { shortfalls } = await kit.act(
      approveRefund,
      { refund: refund.code, seenHash: refund.contentHash, on: ON },
      kit.staff.zhou,
    );
    const [hole] = shortfalls;
    const filler = await kit.gift(300n);
    await kit.gift(200n, { designation: road });
    await kit.act(resolveShortfall, { shortfall: hole, on: ON, reason: '补足' }, kit.staff.zhou);
    await kit.act(bounceDisbursement, { disbursement: payment, reason: '账号有误', on: ON }, kit.staff.lin);
    expect(await giftsIn(`paid:${contract}`)).toEqual({});
    const back = await giftsIn(`certified:${contract}`);
    expect(back).toMatchObject({ [ada.code]: '100', [bayo.code]: '400', [filler.code]: '300' });
    expect(Object.values(back).reduce((sum, held) => sum + Number(held), 0)).toBe(1_000);
  });

  test('and is bounced, refunded and paid at once, loses no fen and no gift', async () => {
    for (let round = 0; round < 6; round += 1) {
      const road = await kit.road(1_000n);
      const gift = await kit.gift(1_000n, { designation: road });
      await kit.allocate(road, 1_000n);
      const { code: contract, contentHash } = await kit.proposedContract(road, 1_000n);
      await kit.act(approveContract, { contract, seenHash: contentHash, on: ON }, kit.staff.zhou);
      const first = await kit.pay(road, contract, 400n);
      const certificate = await kit.certify(contract, 600n);
      const second = await kit.request(road, certificate, 600n);
      await kit.act(
        approveDisbursement,
        { disbursement: second.code, seenHash: second.contentHash, on: ON },
        kit.staff.zhou,
      );
      const refund = await kit.act(
        proposeRefund,
        { donation: gift.code, amountMinor: 700n, reason: '给错了', on: ON },
        kit.staff.lin,
      );
      const results = await Promise.all([
        kit.decided(bounceDisbursement, { disbursement: first, reason: '账号有误', on: ON }, kit.staff.lin),
        kit.decided(payDisbursement, kit.payInput(second.code), kit.staff.lin),
        kit.decided(
          approveRefund,
          { refund: refund.code, seenHash: refund.contentHash, on: ON },
          kit.staff.zhou,
        ),
      ]);
      expect(refusalsOf(results)).toEqual({});
      const { rows } = await sql<{ held: bigint }>`
        select coalesce(sum(p.held_minor), 0)::bigint as held from lot_position p join account a on a.id = p.account_id
        where a.subject = ${contract}`.execute(kit.db);
      expect(rows[0]?.held).toBe(1_000n);
      expect(await kit.balance(`paid:${contract}`)).toBe(600n);
      expect(await kit.balance(`certified:${contract}`)).toBe(400n);
    }
  });
});
