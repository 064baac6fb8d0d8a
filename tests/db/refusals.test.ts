import '../support/settings';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { SIGN_IN } from '@/lib/auth/adapter';
import type { Actor } from '@/lib/auth/roles.rules';
import { newSecret, verificationHash } from '@/lib/auth/secrets';
import { completeSignIn, trySignInCode } from '@/lib/auth/sign-in.commands';
import { createCampaign, openCampaign } from '@/lib/campaigns/campaign.commands';
import { endContract } from '@/lib/contracts/contract-end.commands';
import { approveContract, proposeContract } from '@/lib/contracts/contract.commands';
import {
  approveDisbursement,
  requestDisbursement,
  returnDisbursement,
} from '@/lib/disbursements/disbursement.commands';
import { approveRefund, proposeRefund } from '@/lib/donations/refund.commands';
import { askGiftMove } from '@/lib/donors/move.commands';
import { signAcceptance } from '@/lib/evidence/evidence.commands';
import { startDonation } from '@/lib/payments/checkout.commands';
import { openChange } from '@/lib/plan-changes/change.commands';
import { changeSegment } from '@/lib/segments/segment.commands';
import { newId } from '@/lib/shared/id';
import { allProofsHold } from '../support/act';
import { campaignInput, ON, RoadsKit, words } from './roads-kit';

// Reasons for saying no that no story of the other files comes upon: each provoked by the act that says it, with
// nothing written. That every reason of the list is provoked somewhere is held by tests/architecture/refusals.test.ts.

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const moved = (segment: string, event: string, over: Record<string, unknown> = {}) => ({
  segment,
  event,
  on: ON,
  reason: null,
  warrantyUntil: null,
  ...over,
});

const also = (who: keyof RoadsKit['staff'], role: 'clerk' | 'approver' | 'inspector'): Actor => ({
  ...kit.staff[who],
  roles: [...kit.staff[who].roles, role],
});

const acceptance = (segment: string, sheet: string) => ({
  segment,
  sheet,
  lengthMm: 48_000,
  widthMm: 3000,
  thicknessMm: 180,
  result: 'accepted',
  remark: null,
  on: ON,
});

describe('a road', () => {
  test('is accepted on a sheet of its own, signed by another, with pictures of what was built', async () => {
    const { he } = kit.staff;
    const { road } = await kit.contractedRoad(100_000n, { retentionMinor: 5_000n });
    const elsewhere = await kit.road(1_000n);
    await kit.move(road, 'start');
    await kit.move(road, 'ask_inspection');
    await kit.refused(
      signAcceptance,
      acceptance(road, await kit.paper(road, 'invoice')),
      he,
      'acceptance_sheet_missing',
    );
    await kit.refused(
      signAcceptance,
      acceptance(road, await kit.paper(elsewhere, 'acceptance_sheet')),
      he,
      'acceptance_sheet_missing',
    );
    const sheet = await kit.paper(road, 'acceptance_sheet');
    await kit.refused(
      signAcceptance,
      acceptance(road, sheet),
      also('lin', 'inspector'),
      'uploader_is_signer',
    );
    await kit.refused(signAcceptance, acceptance(road, sheet), he, 'after_photographs_missing');
    await kit.photo(road, 'after');
    await kit.act(signAcceptance, acceptance(road, sheet), he);
    await kit.move(road, 'begin_warranty', { warrantyUntil: '2024-06-30' });
    const late = moved(road, 'close', { on: '2024-07-01' });
    await kit.refused(changeSegment, late, he, 'retention_not_paid');
  });

  test('is closed only when what is left over has somewhere to go', async () => {
    const road = await kit.road(100_000n);
    await kit.gift(100_000n);
    await kit.allocate(road, 100_000n);
    const { code, contentHash } = await kit.proposedContract(road, 90_000n);
    await kit.act(approveContract, { contract: code, seenHash: contentHash, on: ON }, kit.staff.zhou);
    await kit.move(road, 'start');
    await kit.pay(road, code, 90_000n);
    await kit.move(road, 'ask_inspection');
    await kit.photo(road, 'after');
    await kit.act(signAcceptance, acceptance(road, await kit.paper(road, 'acceptance_sheet')), kit.staff.he);
    await kit.move(road, 'begin_warranty', { warrantyUntil: '2024-06-30' });
    await kit.refused(
      changeSegment,
      moved(road, 'close', { on: '2024-07-01' }),
      kit.staff.he,
      'surplus_undecided',
    );
  });

  test('whose money has a hole keeps its plan until the hole is filled', async () => {
    const road = await kit.road(100_000n);
    const { code: donation } = await kit.gift(100_000n, { designation: road });
    await kit.allocate(road, 100_000n);
    const proposal = await kit.proposedContract(road, 100_000n);
    await kit.act(
      approveContract,
      { contract: proposal.code, seenHash: proposal.contentHash, on: ON },
      kit.staff.zhou,
    );
    await kit.move(road, 'start');
    const refund = await kit.act(
      proposeRefund,
      { donation, amountMinor: 100_000n, reason: '误捐', on: ON },
      kit.staff.lin,
    );
    await kit.act(
      approveRefund,
      { refund: refund.code, seenHash: refund.contentHash, on: ON },
      kit.staff.zhou,
    );
    await kit.move(road, 'suspend', { reason: '停工' });
    await kit.act(endContract, { contract: proposal.code, reason: '施工方退场', on: ON }, kit.staff.zhou);
    await kit.refused(
      openChange,
      {
        segment: road,
        kind: 'cancelled',
        reason: words('不修了'),
        basis: 'consent',
        basisReference: null,
        toSegment: null,
        deadline: '2099-12-31',
        on: ON,
      },
      kit.staff.lin,
      'shortfall_open',
    );
  });
});

describe('a contract', () => {
  test('needs its quotes, or the reason for fewer; and goes to one who quoted, at that price', async () => {
    const road = await kit.fundedRoad(100_000n);
    const input = await kit.contractInput(road, 90_000n);
    await kit.refused(proposeContract, input, kit.staff.lin, 'too_few_quotes');
    await kit.quote(road, 90_001n);
    await kit.refused(proposeContract, input, kit.staff.lin, 'quote_not_chosen');
    await kit.quote(road, 90_000n, 'CO-B');
    await kit.refused(proposeContract, input, kit.staff.lin, 'quote_not_chosen');
  });
});

describe('a payment', () => {
  test('needs an invoice, of the same road, and one who did not ask for it', async () => {
    const { lin } = kit.staff;
    const { road, contract } = await kit.contractedRoad(100_000n);
    const elsewhere = await kit.road(1_000n);
    await kit.move(road, 'start');
    const certificate = await kit.certify(contract, 10_000n);
    const ask = (invoice: string) => ({ certificate, invoice, amountMinor: 10_000n, on: ON });
    await kit.refused(requestDisbursement, ask('DOC-9999'), lin, 'invoice_missing');
    await kit.refused(requestDisbursement, ask(await kit.paper(road, 'quote')), lin, 'invoice_missing');
    await kit.refused(
      requestDisbursement,
      ask(await kit.paper(elsewhere, 'invoice')),
      lin,
      'contractor_differs',
    );
    const { code, contentHash } = await kit.request(road, certificate, 10_000n);
    const both = also('lin', 'approver');
    const decision = { disbursement: code, seenHash: contentHash, on: ON };
    await kit.refused(approveDisbursement, decision, both, 'requester_is_approver');
    await kit.refused(
      returnDisbursement,
      { disbursement: code, reason: '再看看', on: ON },
      both,
      'requester_is_approver',
    );
  });
});

describe('a giver', () => {
  test('cannot move a gift that a contract has taken', async () => {
    const email = 'mover@example.org';
    const road = await kit.road(50_000n);
    const other = await kit.road(50_000n);
    const { code: donation } = await kit.gift(50_000n, {
      donor: { kind: 'person', name: '陈', email, phone: null, lang: 'zh-Hans', country: null },
      designation: road,
    });
    const personId = newId();
    await kit.world.owner.insertInto('person').values({ id: personId, email, name: '陈' }).execute();
    await kit.world.owner
      .updateTable('donor')
      .set({ person_id: personId })
      .where('email', '=', email)
      .execute();
    await kit.allocate(road, 50_000n);
    const { code, contentHash } = await kit.proposedContract(road, 50_000n);
    await kit.act(approveContract, { contract: code, seenHash: contentHash, on: ON }, kit.staff.zhou);
    await kit.refused(
      askGiftMove,
      { donation, designation: other },
      { kind: 'donor', personId },
      'gift_already_committed',
    );
  });

  test('of a campaign that is collected for elsewhere is sent there', async () => {
    const setup: Actor = { kind: 'system', name: 'setup' };
    await kit.act(
      createCampaign,
      campaignInput({
        slug: 'elsewhere',
        endsOn: '2099-12-31',
        payElsewhereUrl: 'https://gongyi.example.org/',
      }),
      setup,
    );
    await kit.act(openCampaign, { slug: 'elsewhere', on: '2023-09-01' }, setup);
    await kit.refused(
      startDonation,
      {
        campaign: 'elsewhere',
        donor: null,
        currency: 'CNY',
        amountMinor: 50_000n,
        designation: null,
        recognition: null,
        givenOn: ON,
        channel: 'card',
        feeCoveredMinor: 0n,
        pledgeReference: null,
      },
      { kind: 'visitor' },
      'pay_elsewhere',
    );
  });
});

describe('signing in', () => {
  test('with the secret of no request, or a token of none, is too late or used', async () => {
    await kit.refused(
      trySignInCode,
      { requestSecret: newSecret(), code: 'AAAAAAAA' },
      SIGN_IN,
      'code_expired',
    );
    await kit.refused(completeSignIn, { tokenHash: verificationHash(newSecret()) }, SIGN_IN, 'code_used');
  });
});
