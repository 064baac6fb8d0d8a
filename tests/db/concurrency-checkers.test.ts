import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  approveAllocation,
  returnAllocation,
  withdrawAllocation,
} from '@/lib/allocations/allocation.commands';
import type { AnyCommand } from '@/lib/context';
import { approveContract, returnContract } from '@/lib/contracts/contract.commands';
import { approveVariation, proposeVariation } from '@/lib/contracts/variation.commands';
import {
  approveDisbursement,
  payDisbursement,
  requestDisbursement,
  returnDisbursement,
} from '@/lib/disbursements/disbursement.commands';
import { verifyDonation } from '@/lib/donations/donation.commands';
import { approveRefund, proposeRefund } from '@/lib/donations/refund.commands';
import { signAcceptance } from '@/lib/evidence/evidence.commands';
import { approveBudget, proposeBudget } from '@/lib/segments/segment.commands';
import type { Result } from '@/lib/shared/result';
import { allProofsHold } from '../support/act';
import type { Person } from '../support/people';
import { budgetInput, doneOf, ON, refusalsOf, RoadsKit, shaOf } from './roads-kit';

let kit: RoadsKit;
let checkers: readonly Person[];

beforeAll(async () => {
  kit = await RoadsKit.open();
  const { zhou, he, ming } = kit.staff;
  // The same hat on three heads.
  checkers = [zhou, { ...he, roles: ['approver'] }, { ...ming, roles: ['approver'] }];
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const ROUNDS = 12;

/** Every checker decides at once; exactly one may have decided. */
const all = async (command: AnyCommand<unknown>, input: unknown): Promise<Result<unknown>[]> =>
  Promise.all(checkers.map((checker) => kit.decided(command, input, checker)));

const onceOnly = (results: readonly Result<unknown>[], names: readonly string[]): void => {
  expect(doneOf(results)).toHaveLength(1);
  expect(Object.keys(refusalsOf(results)).filter((name) => !names.includes(name))).toEqual([]);
};

const entriesAbout = async (subject: string): Promise<number> =>
  (await kit.db.selectFrom('entry').select('id').where('subject', '=', subject).execute()).length;

describe('of several checkers who approve the same thing at once, one has approved it', () => {
  test('an allocation', async () => {
    const road = await kit.road(1_000_000n);
    await kit.gift(100_000n);
    for (let round = 0; round < ROUNDS; round += 1) {
      const proposal = await kit.proposal(road, 100n);
      onceOnly(await all(approveAllocation, kit.approval(proposal)), ['illegal_state_change']);
      expect(await entriesAbout(proposal.code)).toBe(1);
    }
    expect(await kit.balance(`allocated:${road}`)).toBe(BigInt(ROUNDS) * 100n);
  });

  test('a budget', async () => {
    const road = await kit.road(1_000n);
    for (let round = 0; round < ROUNDS; round += 1) {
      const budget = await kit.act(
        proposeBudget,
        budgetInput(road, 2_000n + BigInt(round), '材料涨价'),
        kit.staff.lin,
      );
      const input = { segment: road, version: budget.version, seenHash: budget.contentHash, on: ON };
      onceOnly(await all(approveBudget, input), ['changed_since_seen']);
    }
  });

  test('a contract, which commits the road’s money once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const road = await kit.fundedRoad(5_000n);
      const { code, contentHash } = await kit.proposedContract(road, 5_000n);
      onceOnly(await all(approveContract, { contract: code, seenHash: contentHash, on: ON }), [
        'illegal_state_change',
      ]);
      expect(await kit.balance(`committed:${code}`)).toBe(5_000n);
      expect(await kit.status(road)).toBe('contracted');
    }
  });

  test('a request for payment, and its payment', async () => {
    const { road, contract } = await kit.contractedRoad(50_000n);
    for (let round = 0; round < ROUNDS; round += 1) {
      const certificate = await kit.certify(contract, 100n);
      const { code, contentHash } = await kit.request(road, certificate, 100n);
      onceOnly(await all(approveDisbursement, { disbursement: code, seenHash: contentHash, on: ON }), [
        'illegal_state_change',
      ]);
      onceOnly(await all(payDisbursement, kit.payInput(code)), ['illegal_state_change']);
      expect(await entriesAbout(code)).toBe(1);
    }
    expect(await kit.balance(`paid:${contract}`)).toBe(BigInt(ROUNDS) * 100n);
  });

  test('a gift recorded by hand, and a refund', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const gift = await kit.gift(1_000n);
      const refund = await kit.act(
        proposeRefund,
        { donation: gift.code, amountMinor: 300n, reason: '给错了', on: ON },
        kit.staff.lin,
      );
      onceOnly(await all(approveRefund, { refund: refund.code, seenHash: refund.contentHash, on: ON }), [
        'illegal_state_change',
      ]);
      onceOnly(
        [
          ...(await all(verifyDonation, { donation: gift.code, seenHash: gift.contentHash, on: ON })),
          { ok: true, value: null },
        ],
        ['illegal_state_change'],
      );
    }
  });

  test('an acceptance sheet', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { road } = await kit.contractedRoad(5_000n, { retentionMinor: 150n });
      await kit.move(road, 'start');
      await kit.move(road, 'ask_inspection');
      await kit.photo(road, 'after');
      const sheet = await kit.paper(road, 'acceptance_sheet');
      const input = {
        segment: road,
        sheet,
        lengthMm: 48_000,
        widthMm: 3_000,
        thicknessMm: 180,
        result: 'accepted',
        remark: null,
        on: ON,
      };
      onceOnly(await all(signAcceptance, input), ['illegal_state_change']);
      // The retention is owed once.
      expect(await entriesAbout(`C-${road}-1`)).toBe(2);
    }
  });
});

describe('who changes something between the view and the approval wins, or the approval does: never both', () => {
  test('the maker takes an allocation back while it is approved, and another sends it back', async () => {
    const road = await kit.road(1_000_000n);
    await kit.gift(100_000n);
    let approved = 0n;
    for (let round = 0; round < 40; round += 1) {
      const proposal = await kit.proposal(road, 100n);
      const reason = { allocation: proposal.code, reason: '改路', on: ON };
      const [first, second, third] = await Promise.all([
        kit.decided(approveAllocation, kit.approval(proposal), checkers[0]!),
        kit.decided(withdrawAllocation, reason, kit.staff.lin),
        kit.decided(returnAllocation, reason, checkers[1]!),
      ]);
      onceOnly([first, second, third], ['illegal_state_change']);
      if (first.ok) approved += 100n;
    }
    expect(await kit.balance(`allocated:${road}`)).toBe(approved);
  });

  test('a contract is sent back while it is signed', async () => {
    for (let round = 0; round < 6; round += 1) {
      const road = await kit.fundedRoad(3_000n);
      const { code, contentHash } = await kit.proposedContract(road, 3_000n);
      const [signed, returned] = await Promise.all([
        kit.decided(approveContract, { contract: code, seenHash: contentHash, on: ON }, checkers[0]!),
        kit.decided(returnContract, { contract: code, reason: '价格', on: ON }, checkers[1]!),
      ]);
      onceOnly([signed, returned], ['illegal_state_change']);
      expect(await kit.balance(`committed:${code}`)).toBe(signed.ok ? 3_000n : 0n);
      expect(await kit.status(road)).toBe(signed.ok ? 'contracted' : 'funded');
    }
  });

  test('what another person made of it meanwhile is not what was seen', async () => {
    const road = await kit.road(1_000_000n);
    await kit.gift(10_000n);
    const [seen, other] = [await kit.proposal(road, 100n), await kit.proposal(road, 999n)];
    // The page showed 100; the number typed into it is that of 999.
    await kit.refused(
      approveAllocation,
      { ...kit.approval(other), seenHash: seen.contentHash },
      kit.staff.zhou,
      'changed_since_seen',
    );
    const gift = await kit.verified(700n);
    await kit.refused(
      verifyDonation,
      { donation: gift.code, seenHash: shaOf('an older page'), on: ON },
      kit.staff.zhou,
      'changed_since_seen',
    );
  });

  test('of two variations of the same contract the second finds it changed', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { contract } = await kit.contractedRoad(10_000n);
      const variations = [];
      for (const afterMinor of [9_000n, 8_000n])
        variations.push(
          await kit.act(
            proposeVariation,
            { contract, afterMinor, rationale: '缩短', document: null, on: ON },
            kit.staff.lin,
          ),
        );
      const results = await Promise.all(
        variations.map((one) =>
          kit.decided(
            approveVariation,
            { variation: one.code, seenHash: one.contentHash, on: ON },
            kit.staff.zhou,
          ),
        ),
      );
      onceOnly(results, ['changed_since_seen']);
      expect(await kit.balance(`committed:${contract}`)).toBe(results[0]?.ok ? 9_000n : 8_000n);
    }
  });
});

describe('an invoice is paid once', () => {
  test('also when it is handed in twenty times at once', async () => {
    const { road, contract } = await kit.contractedRoad(50_000n);
    for (let round = 0; round < 4; round += 1) {
      const certificate = await kit.certify(contract, 10_000n);
      const invoice = await kit.paper(road, 'invoice');
      const results = await Promise.all(
        Array.from({ length: 20 }, () =>
          kit.decided(
            requestDisbursement,
            { certificate, invoice, amountMinor: 500n, on: ON },
            kit.staff.lin,
          ),
        ),
      );
      onceOnly(results, ['invoice_already_used']);
    }
  });

  test('also when its bytes are filed again for another road of the same contractor', async () => {
    for (let round = 0; round < 6; round += 1) {
      const sha256 = shaOf(`the same invoice ${round}`);
      const asked = [];
      for (let n = 0; n < 2; n += 1) {
        const { road, contract } = await kit.contractedRoad(2_000n);
        const certificate = await kit.certify(contract, 2_000n);
        const invoice = await kit.paper(road, 'invoice', { sha256 });
        asked.push({ certificate, invoice, amountMinor: 2_000n, on: ON });
      }
      const results = await Promise.all(
        asked.map((input) => kit.decided(requestDisbursement, input, kit.staff.lin)),
      );
      onceOnly(results, ['invoice_already_used']);
    }
  });

  test('and is free again once its request was sent back', async () => {
    const { road, contract } = await kit.contractedRoad(2_000n);
    const certificate = await kit.certify(contract, 2_000n);
    const invoice = await kit.paper(road, 'invoice');
    const input = { certificate, invoice, amountMinor: 2_000n, on: ON };
    const { code } = await kit.act(requestDisbursement, input, kit.staff.lin);
    await kit.refused(requestDisbursement, { ...input, amountMinor: 1n }, kit.staff.lin, 'exceeds_certified');
    await kit.act(returnDisbursement, { disbursement: code, reason: '抬头有误', on: ON }, kit.staff.zhou);
    await kit.act(requestDisbursement, input, kit.staff.lin);
  });
});
