import '../support/settings';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { endContract } from '@/lib/contracts/contract-end.commands';
import { approveVariation, proposeVariation } from '@/lib/contracts/variation.commands';
import { bounceDisbursement } from '@/lib/disbursements/disbursement.commands';
import { openChange } from '@/lib/plan-changes/change.commands';
import { approveBudget, proposeBudget } from '@/lib/segments/segment.commands';
import { allProofsHold } from '../support/act';
import { budgetInput, ON, RoadsKit } from '../db/roads-kit';
import { openInput, settle } from './plan-change-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(20);
});
afterAll(() => kit.close());
afterEach(() => allProofsHold(kit.world.reader));

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
  expect(await kit.balance(`committed:${contract}`)).toBe(1_200_000n);
  await settle(kit, change, { decision: 'keep', keepUntil: '2099-12-31' });
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
  expect(await kit.balance(`allocated:${road}`)).toBe(600_000n);
  expect(await kit.balance(`paid:${contract}`)).toBe(300_000n);
  const { code: change } = await kit.act(openChange, openInput(road), kit.staff.lin);
  await settle(kit, change);
  expect(await kit.balance(`allocated:${road}`)).toBe(0n);
  await kit.move(road, 'cancel', { reason: '不再修建' });
});

test('a payment the bank sends back is undone and made again; the gifts behind it are the same', async () => {
  const { road, contract } = await kit.contractedRoad(500_000n);
  await kit.move(road, 'start');
  const first = await kit.pay(road, contract, 200_000n);
  await kit.act(bounceDisbursement, { disbursement: first, reason: '账号有误，退汇', on: ON }, kit.staff.lin);
  expect(await kit.balance(`certified:${contract}`)).toBe(200_000n);
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
