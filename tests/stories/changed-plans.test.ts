import '../support/settings';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { approvePlan, proposePlan, returnPlan, withdrawPlan } from '@/lib/allocations/plan.commands';
import { approveContract } from '@/lib/contracts/contract.commands';
import { endContract } from '@/lib/contracts/contract-end.commands';
import { approveVariation, proposeVariation } from '@/lib/contracts/variation.commands';
import { bounceDisbursement } from '@/lib/disbursements/disbursement.commands';
import { approveRefund, proposeRefund } from '@/lib/donations/refund.commands';
import { assignShortfall, resolveShortfall } from '@/lib/donations/shortfall.commands';
import { env } from '@/lib/env';
import {
  answerOwn,
  askGivers,
  openChange,
  passDeadline,
  recordAnswer,
  withdrawChange,
} from '@/lib/plan-changes/change.commands';
import { consentToken } from '@/lib/plan-changes/consent-token';
import {
  decideChange,
  proposeSettlement,
  returnGifts,
  returnSettlement,
} from '@/lib/plan-changes/settle.commands';
import { approveBudget, proposeBudget } from '@/lib/segments/segment.commands';
import { allProofsHold } from '../support/act';
import { budgetInput, CAMPAIGN, ON, RoadsKit, words } from '../db/roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(20);
});
afterAll(() => kit.close());
afterEach(() => allProofsHold(kit.world.reader));

const donor = (n: number, lang: string) => ({
  name: `王${n}`,
  email: `giver${n}@example.invalid`,
  phone: null,
  country: null,
  lang,
});

const held = async (account: string): Promise<bigint> => kit.balance(account);
const placesOf = async (gift: string): Promise<Record<string, bigint>> =>
  Object.fromEntries(
    (
      await kit.db
        .selectFrom('lot_position as p')
        .innerJoin('lot as l', 'l.id', 'p.lot_id')
        .innerJoin('account as a', 'a.id', 'p.account_id')
        .select(['a.code', 'p.held_minor'])
        .where('l.subject', '=', gift)
        .where('p.held_minor', '>', 0n)
        .execute()
    ).map((row) => [row.code, row.held_minor]),
  );

const openInput = (segment: string, over: Record<string, unknown> = {}) => ({
  segment,
  kind: 'cancelled',
  reason: words('这条路改由市政修建。'),
  basis: 'consent',
  basisReference: null,
  toSegment: null,
  deadline: '2024-04-30',
  on: '2024-04-01',
  ...over,
});
const settle = async (change: string, over: Record<string, unknown> = {}) => {
  const seen = await kit.act(
    proposeSettlement,
    {
      change,
      decision: 'move',
      keepUntil: null,
      outcome: words('已逐笔征询并处理。'),
      on: '2024-05-02',
      ...over,
    },
    kit.staff.lin,
  );
  await kit.act(decideChange, { change, seenHash: seen.contentHash, on: '2024-05-03' }, kit.staff.zhou);
};

describe('a cancelled road with forty gifts for it', () => {
  test('25 agree, 10 refuse, 5 do not answer: each gift is where its giver or the law says, to the fen', async () => {
    const road = await kit.road(4_000_000n);
    const other = await kit.road(9_000_000n);
    const langs = ['zh-Hans', 'zh-Hant', 'en'];
    const gifts: string[] = [];
    for (let n = 0; n < 40; n += 1)
      gifts.push(
        (
          await kit.gift(50_000n + BigInt(n), {
            designation: road,
            donor: donor(n, langs[n % 3] ?? 'en'),
          })
        ).code,
      );
    const free = (await kit.gift(1_000_000n)).code;
    // Some of it lies with the road, some still waits in the fund for this road only.
    await kit.allocate(road, 1_500_000n);
    await kit.move(road, 'suspend', { reason: '改由市政修建' });
    const { code: change, gifts: touched } = await kit.act(openChange, openInput(road), kit.staff.lin);
    expect(touched).toBe(40);
    await kit.refused(openChange, openInput(road), kit.staff.lin, 'plan_change_exists');

    expect(
      (await kit.act(askGivers, { change, gift: null, means: 'mail', on: '2024-04-02' }, kit.staff.lin))
        .asked,
    ).toBe(40);
    const letters = await kit.db
      .selectFrom('outbox')
      .select(['lang', (eb) => eb.fn.countAll<bigint>().as('n')])
      .where('template', '=', 'use_change')
      .groupBy('lang')
      .orderBy('lang')
      .execute();
    expect(letters.map((row) => [row.lang, row.n])).toEqual([
      ['en', 13n],
      ['zh-Hans', 14n],
      ['zh-Hant', 13n],
    ]);

    for (const [n, gift] of gifts.slice(0, 25).entries())
      if (n % 2 === 0)
        await kit.act(
          answerOwn,
          { token: consentToken(env.AUTH_SECRET, change, gift), answer: 'given', on: '2024-04-10' },
          { kind: 'visitor' },
        );
      else
        await kit.act(
          recordAnswer,
          {
            change,
            gift,
            answer: 'given',
            evidence: '电话记录 4 月 10 日',
            document: null,
            on: '2024-04-10',
          },
          kit.staff.lin,
        );
    for (const gift of gifts.slice(25, 35))
      await kit.act(
        recordAnswer,
        { change, gift, answer: 'refused', evidence: '回信', document: null, on: '2024-04-12' },
        kit.staff.lin,
      );
    await kit.refused(
      answerOwn,
      { token: `${change}.${gifts[0]}.forged`, answer: 'refused', on: '2024-04-12' },
      { kind: 'visitor' },
      'not_found',
    );
    // Silence is not consent, and not before the day.
    const settlement = {
      change,
      decision: 'move',
      keepUntil: null,
      outcome: words('已处理'),
      on: '2024-04-20',
    };
    await kit.refused(proposeSettlement, settlement, kit.staff.lin, 'answers_missing');
    await kit.refused(passDeadline, { change, on: '2024-04-30' }, kit.staff.lin, 'deadline_not_reached');
    expect((await kit.act(passDeadline, { change, on: '2024-05-01' }, kit.staff.lin)).silent).toBe(5);

    await settle(change);
    expect(await held(`allocated:${road}`)).toBe(0n);
    await kit.move(road, 'cancel', { on: '2024-05-04', reason: '改由市政修建' });

    const { refunds } = await kit.act(returnGifts, { change, on: '2024-05-05' }, kit.staff.lin);
    expect(refunds).toHaveLength(15);
    await kit.refused(returnGifts, { change, on: '2024-05-05' }, kit.staff.lin, 'not_found');
    for (const refund of refunds) {
      const row = await kit.db
        .selectFrom('refund')
        .select('content_hash')
        .where('code', '=', refund)
        .executeTakeFirstOrThrow();
      await kit.act(approveRefund, { refund, seenHash: row.content_hash, on: '2024-05-06' }, kit.staff.zhou);
    }
    expect(await kit.db.selectFrom('shortfall').select('id').execute()).toEqual([]);
    for (const [n, gift] of gifts.entries())
      expect(await placesOf(gift)).toEqual({
        [n < 25 ? `unallocated:${CAMPAIGN}` : `returned:${CAMPAIGN}`]: 50_000n + BigInt(n),
      });
    // What was agreed may now pave another road, and does, oldest first; the named choice on the gift stays.
    await kit.allocate(other, 1_250_000n);
    expect(await placesOf(gifts[0] ?? '')).toEqual({ [`allocated:${other}`]: 50_000n });
    expect(await placesOf(free)).toEqual({ [`unallocated:${CAMPAIGN}`]: 1_000_000n });
    const [publicRow] = await kit.world.reader
      .selectFrom('disclosure.plan_change')
      .selectAll()
      .where('code', '=', change)
      .execute();
    expect(publicRow).toMatchObject({
      given_count: 25,
      refused_count: 10,
      no_reply_count: 5,
      gift_count: 40,
    });
    expect((publicRow?.moved_minor ?? 0n) + (publicRow?.return_minor ?? 0n)).toBe(publicRow?.amount_minor);
    const trail = await kit.db
      .selectFrom('audit_event')
      .select(['event', (eb) => eb.fn.countAll<bigint>().as('n')])
      .where('event', 'like', 'consent_%')
      .groupBy('event')
      .orderBy('event')
      .execute();
    expect(trail.map((row) => [row.event, row.n])).toEqual([
      ['consent_asked', 40n],
      ['consent_given', 25n],
      ['consent_no_reply', 5n],
      ['consent_refused', 10n],
    ]);
  });

  test('what givers chose beforehand is their answer; a filing moves those who stay silent; refusals still go back', async () => {
    const road = await kit.road(400_000n);
    const target = await kit.road(400_000n);
    const code = async (over: Record<string, unknown>) =>
      (await kit.gift(100_000n, { designation: road, ...over })).code;
    const agreed = await code({ ifNotBuilt: 'where_needed' });
    const back = await code({ ifNotBuilt: 'return' });
    const silent = await code({});
    await kit.allocate(road, 200_000n);
    const { code: change } = await kit.act(
      openChange,
      openInput(road, { basis: 'filing', basisReference: '备案号 2024-17', toSegment: target }),
      kit.staff.lin,
    );
    // No address: a letter on paper.
    await kit.refused(
      askGivers,
      { change, gift: silent, means: 'mail', on: '2024-04-02' },
      kit.staff.lin,
      'not_found',
    );
    await kit.act(askGivers, { change, gift: silent, means: 'letter', on: '2024-04-02' }, kit.staff.lin);
    await kit.act(passDeadline, { change, on: '2024-05-01' }, kit.staff.lin);
    await settle(change);
    await kit.allocate(target, 200_000n);
    expect(await placesOf(agreed)).toEqual({ [`allocated:${target}`]: 100_000n });
    expect(await placesOf(silent)).toEqual({ [`allocated:${target}`]: 100_000n });
    // Bound to the road that will not come until the refund takes it: no allocation may touch it.
    expect(await placesOf(back)).toEqual({ [`unallocated:${CAMPAIGN}`]: 100_000n });
    const { refunds } = await kit.act(returnGifts, { change, on: '2024-05-05' }, kit.staff.lin);
    expect(refunds).toHaveLength(1);
    await kit.move(road, 'cancel', { on: '2024-05-06', reason: '不修了' });
  });

  test('a settlement is decided as it was seen, by another person, and not after money has moved', async () => {
    const road = await kit.road(300_000n);
    const gift = (await kit.gift(100_000n, { designation: road })).code;
    await kit.allocate(road, 100_000n);
    const { code: change } = await kit.act(openChange, openInput(road), kit.staff.lin);
    await kit.act(
      recordAnswer,
      { change, gift, answer: 'given', evidence: '当面', document: null, on: '2024-04-05' },
      kit.staff.lin,
    );
    const propose = () =>
      kit.act(
        proposeSettlement,
        { change, decision: 'move', keepUntil: null, outcome: words('处理'), on: '2024-04-06' },
        kit.staff.lin,
      );
    const seen = await propose();
    const decide = { change, seenHash: seen.contentHash, on: '2024-04-07' };
    const linAsChecker = { ...kit.staff.lin, roles: ['approver' as const] };
    await kit.refused(decideChange, decide, linAsChecker, 'maker_is_checker');
    await kit.act(returnSettlement, { change, reason: '再问一次', on: '2024-04-07' }, kit.staff.zhou);
    await kit.refused(decideChange, decide, kit.staff.zhou, 'illegal_state_change');
    await kit.act(
      recordAnswer,
      { change, gift, answer: 'refused', evidence: '改主意', document: null, on: '2024-04-08' },
      kit.staff.lin,
    );
    const again = await propose();
    await kit.refused(decideChange, decide, kit.staff.zhou, 'changed_since_seen');
    await kit.gift(70_000n, { designation: road });
    await kit.refused(
      decideChange,
      { ...decide, seenHash: again.contentHash },
      kit.staff.zhou,
      'changed_since_seen',
    );
    await kit.act(returnSettlement, { change, reason: '又来一笔', on: '2024-04-09' }, kit.staff.zhou);
    await kit.act(withdrawChange, { change, reason: '重新列清单', on: '2024-04-09' }, kit.staff.lin);
    await kit.act(openChange, openInput(road, { kind: 'suspended', deadline: '2099-12-31' }), kit.staff.lin);
  });
});

test('an over-budget road: the budget is amended with a reason, more is assigned, the contract varied; money stays', async () => {
  const { road, contract } = await kit.contractedRoad(1_000_000n);
  await kit.move(road, 'start');
  const { code: change } = await kit.act(
    openChange,
    openInput(road, { kind: 'over_budget', basis: 'plan', basisReference: '募捐方案第 9 条' }),
    kit.staff.lin,
  );
  const budget = await kit.act(proposeBudget, budgetInput(road, 1_200_000n, '软土换填'), kit.staff.lin);
  await kit.act(
    approveBudget,
    { segment: road, version: budget.version, seenHash: budget.contentHash, on: ON },
    kit.staff.zhou,
  );
  await kit.gift(200_000n);
  await kit.allocate(road, 200_000n);
  const variation = await kit.act(
    proposeVariation,
    {
      contract,
      afterMinor: 1_200_000n,
      rationale: '软土换填 120 m³',
      document: await kit.paper(road, 'variation'),
      on: ON,
    },
    kit.staff.lin,
  );
  await kit.act(
    approveVariation,
    { variation: variation.code, seenHash: variation.contentHash, on: ON },
    kit.staff.zhou,
  );
  expect(await held(`committed:${contract}`)).toBe(1_200_000n);
  await settle(change, { decision: 'keep', keepUntil: '2099-12-31' });
});

test('a contract that cannot go on: suspended, ended, its money back with the road, settled and cancelled', async () => {
  const { road, contract } = await kit.contractedRoad(900_000n, { retentionMinor: 45_000n });
  await kit.move(road, 'start');
  await kit.pay(road, contract, 300_000n);
  await kit.refused(
    endContract,
    { contract, reason: '施工方退场', on: ON },
    kit.staff.zhou,
    'illegal_state_change',
  );
  await kit.move(road, 'suspend', { reason: '施工方退场' });
  await kit.act(endContract, { contract, reason: '施工方退场', on: ON }, kit.staff.zhou);
  expect(await held(`allocated:${road}`)).toBe(600_000n);
  expect(await held(`paid:${contract}`)).toBe(300_000n);
  const { code: change } = await kit.act(openChange, openInput(road), kit.staff.lin);
  await settle(change);
  expect(await held(`allocated:${road}`)).toBe(0n);
  await kit.move(road, 'cancel', { reason: '不再修建' });
});

test('a payment the bank sends back is undone and made again; the gifts behind it are the same', async () => {
  const { road, contract } = await kit.contractedRoad(500_000n);
  await kit.move(road, 'start');
  const first = await kit.pay(road, contract, 200_000n);
  await kit.act(bounceDisbursement, { disbursement: first, reason: '账号有误，退汇', on: ON }, kit.staff.lin);
  expect(await held(`certified:${contract}`)).toBe(200_000n);
  await kit.refused(
    bounceDisbursement,
    { disbursement: first, reason: '再退', on: ON },
    kit.staff.lin,
    'illegal_state_change',
  );
  const { code: certificate } = await kit.db
    .selectFrom('certificate as k')
    .innerJoin('contract as c', 'c.id', 'k.contract_id')
    .select('k.code')
    .where('c.code', '=', contract)
    .executeTakeFirstOrThrow();
  const again = await kit.request(road, certificate, 200_000n);
  expect(again.code).not.toBe(first);
});

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
    await kit.act(assignShortfall, { shortfall, owner: kit.staff.lin.personId }, kit.staff.zhou);
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
    expect(Object.values(await placesOf(board)).reduce((a, b) => a + b, 0n)).toBe(300_000n);
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
    expect(await held(`allocated:${rich}`)).toBe(0n);
    expect(await kit.status(rich)).toBe('approved');
    expect(await row(shortfall)).toMatchObject({ source_kind: 'road', source_subject: rich });
  });
});

describe('one plan over several roads', () => {
  const planInput = (segments: string[], amountMinor: bigint, over: Record<string, unknown> = {}) => ({
    campaign: CAMPAIGN,
    method: 'even',
    amountMinor,
    segments,
    note: null,
    seenLines: null,
    on: ON,
    ...over,
  });

  test('is split to the fen, uses each road’s own gifts first, and is approved whole', async () => {
    const roads = [await kit.road(500_000n), await kit.road(500_000n), await kit.road(500_000n)];
    const own = (await kit.gift(50_000n, { designation: roads[2] })).code;
    await kit.gift(400_000n);
    const plan = await kit.act(proposePlan, planInput(roads, 100_000n), kit.staff.lin);
    await kit.refused(
      approvePlan,
      { plan: plan.code, seenHash: '0'.repeat(64), on: ON },
      kit.staff.zhou,
      'changed_since_seen',
    );
    await kit.act(approvePlan, { plan: plan.code, seenHash: plan.contentHash, on: ON }, kit.staff.zhou);
    expect(await Promise.all(roads.map((road) => held(`allocated:${road}`)))).toEqual([
      33_334n,
      33_333n,
      33_333n,
    ]);
    expect(await placesOf(own)).toEqual({
      [`allocated:${roads[2]}`]: 33_333n,
      [`unallocated:${CAMPAIGN}`]: 16_667n,
    });
  });

  test('gives nothing to anyone when one road can no longer take its part', async () => {
    const roads = [await kit.road(200_000n), await kit.road(200_000n)];
    await kit.gift(500_000n);
    const plan = await kit.act(proposePlan, planInput(roads, 300_000n), kit.staff.lin);
    await kit.allocate(roads[1] ?? '', 100_000n);
    await kit.refused(
      approvePlan,
      { plan: plan.code, seenHash: plan.contentHash, on: ON },
      kit.staff.zhou,
      'exceeds_budget',
    );
    expect(await held(`allocated:${roads[0]}`)).toBe(0n);
    await kit.refused(
      withdrawPlan,
      { plan: plan.code, reason: '算错', on: ON },
      { ...kit.staff.zhou, roles: ['clerk'] },
      'not_permitted',
    );
    await kit.act(returnPlan, { plan: plan.code, reason: '请重做', on: ON }, kit.staff.zhou);
    await kit.refused(
      proposePlan,
      planInput(roads, 100_000n, { seenLines: [{ segment: roads[0], amountMinor: 100_000n }] }),
      kit.staff.lin,
      'changed_since_seen',
    );
  });

  test('two checkers race while the maker withdraws, 60 times: it is approved whole, once, or not at all', async () => {
    const roads = [await kit.road(9_000_000n), await kit.road(9_000_000n)];
    await kit.gift(1_000_000n);
    const he = { ...kit.staff.he, roles: ['approver' as const] };
    for (let round = 0; round < 60; round += 1) {
      const before = await held(`allocated:${roads[0]}`);
      const plan = await kit.act(proposePlan, planInput(roads, 101n), kit.staff.lin);
      const decision = { plan: plan.code, seenHash: plan.contentHash, on: ON };
      const results = await Promise.all([
        kit.decided(approvePlan, decision, kit.staff.zhou),
        kit.decided(approvePlan, decision, he),
        kit.decided(withdrawPlan, { plan: plan.code, reason: '改一下', on: ON }, kit.staff.lin),
      ]);
      expect(results.filter((result) => result.ok)).toHaveLength(1);
      const withdrawn = results[2]?.ok === true;
      expect(await held(`allocated:${roads[0]}`)).toBe(withdrawn ? before : before + 51n);
    }
  });
});
