import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  approveAllocation,
  proposeAllocation,
  releaseAllocation,
} from '@/lib/allocations/allocation.commands';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { completeRefund } from '@/lib/donations/refund-close.commands';
import { approveRefund, declineRefund, proposeRefund, sendRefund } from '@/lib/donations/refund.commands';
import { resolveShortfall } from '@/lib/donations/shortfall.commands';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { sendRefundToProvider } from '@/lib/payments/refund.flow';
import {
  issueReceipt,
  registerFiscalNumber,
  reissueReceipt,
  voidReceipt,
} from '@/lib/receipts/receipt.commands';
import { receiptsOfGift } from '@/lib/receipts/receipt.queries';
import { approveBudget, proposeBudget } from '@/lib/segments/segment.commands';
import { allProofsHold } from '../support/act';
import {
  balanceOf,
  giftInput,
  must,
  placesOf as placesInBooks,
  pledgeInput,
  refusalOf,
  same,
  tieOut,
} from './donations-kit';
import { openPaymentKit, type PaymentKit } from './payments-kit';

let kit: PaymentKit;
const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

beforeAll(async () => {
  kit = await openPaymentKit();
  const line = { item: same('路面'), unit: 'm', quantityMilli: 48_000n, amountMinor: 5_000_000n };
  for (const segment of ['ML-07', 'ML-12']) {
    const budget = must(
      await kit.run(proposeBudget, { segment, lines: [line], reason: null, on: '2023-10-01' }, kit.lin),
    );
    must(
      await kit.run(
        approveBudget,
        { segment, version: budget.version, seenHash: budget.contentHash, on: '2023-10-02' },
        kit.zhou,
      ),
    );
  }
});
afterAll(async () => {
  await kit.close();
});

const receive = async (over: Record<string, unknown> = {}, fee = 0n) => {
  const gift = must(await kit.run(recordDonation, giftInput(over), kit.lin));
  must(
    await kit.run(
      verifyDonation,
      { donation: gift.code, seenHash: gift.contentHash, on: '2023-10-09' },
      kit.zhou,
    ),
  );
  must(
    await kit.run(
      clearDonation,
      {
        donation: gift.code,
        receivedOn: '2023-10-09',
        settledMinor: null,
        feeMinor: fee,
        rate: null,
        rateOn: null,
        bankReference: 'BOC 1',
      },
      kit.lin,
    ),
  );
  return gift.code;
};
const allocate = async (segment: string, amountMinor: bigint) => {
  const proposed = must(
    await kit.run(proposeAllocation, { segment, amountMinor, note: null, on: '2023-11-01' }, kit.lin),
  );
  must(
    await kit.run(
      approveAllocation,
      { allocation: proposed.code, seenHash: proposed.contentHash, on: '2023-11-02', note: null },
      kit.zhou,
    ),
  );
};
const propose = async (donation: string, amountMinor: bigint) =>
  must(
    await kit.run(
      proposeRefund,
      { donation, amountMinor, reason: 'asked by giver', on: '2023-12-01' },
      kit.lin,
    ),
  );
const approve = async (refund: { code: string; contentHash: string }) =>
  must(
    await kit.run(
      approveRefund,
      { refund: refund.code, seenHash: refund.contentHash, on: '2023-12-02' },
      kit.zhou,
    ),
  );
const statusOf = async (code: string): Promise<string> =>
  (await kit.db.selectFrom('donation').select('status').where('code', '=', code).executeTakeFirstOrThrow())
    .status;
const placesOf = async (subject: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(await placesInBooks(kit.db, subject)).map(([account, minor]) => [account, String(minor)]),
  );
const sound = async () => {
  expect(await tieOut(kit.db)).toBe(0n);
  await allProofsHold(kit.reader);
};

describe('a refund of a gift that no road was promised', () => {
  it('is proposed by one, approved by another, reserved, and final when the bank shows it', async () => {
    const code = await receive();
    const refund = await propose(code, 20_000n);
    expect(
      refusalOf(
        await kit.run(
          approveRefund,
          { refund: refund.code, seenHash: refund.contentHash, on: '2023-12-02' },
          { ...kit.lin, roles: ['approver'] },
        ),
      ).name,
    ).toBe('maker_is_checker');
    // What is approved is what was seen: another hash approves nothing.
    expect(
      refusalOf(
        await kit.run(
          approveRefund,
          { refund: refund.code, seenHash: '0'.repeat(64), on: '2023-12-02' },
          kit.zhou,
        ),
      ).name,
    ).toBe('changed_since_seen');
    const before = await balanceOf(kit.db, 'assets:bank:gen-hun-meng');
    expect(await balanceOf(kit.db, 'liabilities:refunds-payable:gen-hun-meng')).toBe(0n);
    expect(await approve(refund)).toMatchObject({ shortfalls: [], online: false });
    expect(await placesOf(code)).toEqual({
      'returned:gen-hun-meng': '20000',
      'unallocated:gen-hun-meng': '30000',
    });
    expect(await balanceOf(kit.db, 'liabilities:refunds-payable:gen-hun-meng')).toBe(-20_000n);
    expect(await balanceOf(kit.db, 'assets:bank:gen-hun-meng')).toBe(before);
    await sound();
    must(await kit.run(sendRefund, { refund: refund.code, on: '2023-12-03' }, kit.lin));
    must(
      await kit.run(
        completeRefund,
        { refund: refund.code, on: '2023-12-04', bankReference: 'BOC out 1' },
        kit.lin,
      ),
    );
    expect(await balanceOf(kit.db, 'liabilities:refunds-payable:gen-hun-meng')).toBe(0n);
    expect((await balanceOf(kit.db, 'assets:bank:gen-hun-meng')) - before).toBe(-20_000n);
    expect(await statusOf(code)).toBe('partly_refunded');
    await sound();
    const rest = await propose(code, 30_000n);
    await approve(rest);
    must(await kit.run(sendRefund, { refund: rest.code, on: '2023-12-05' }, kit.lin));
    must(
      await kit.run(
        completeRefund,
        { refund: rest.code, on: '2023-12-06', bankReference: 'BOC out 2' },
        kit.lin,
      ),
    );
    expect(await statusOf(code)).toBe('refunded');
    expect(
      refusalOf(
        await kit.run(
          proposeRefund,
          { donation: code, amountMinor: 1n, reason: 'x', on: '2023-12-07' },
          kit.lin,
        ),
      ).name,
    ).toBe('illegal_state_change');
    await sound();
  });

  it('never exceeds the gift, however many are approved at once', async () => {
    const code = await receive({ amountMinor: 10_000n });
    expect(
      refusalOf(
        await kit.run(
          proposeRefund,
          { donation: code, amountMinor: 10_001n, reason: 'x', on: '2023-12-01' },
          kit.lin,
        ),
      ).name,
    ).toBe('exceeds_donation');
    const refunds = [];
    for (let n = 0; n < 6; n += 1) refunds.push(await propose(code, 3_000n));
    const answers = await Promise.all(
      refunds.map((refund) =>
        kit.run(
          approveRefund,
          { refund: refund.code, seenHash: refund.contentHash, on: '2023-12-02' },
          kit.zhou,
        ),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    expect(new Set(answers.filter((answer) => !answer.ok).map((answer) => refusalOf(answer).name))).toEqual(
      new Set(['exceeds_donation']),
    );
    const left = refunds.find((_, n) => !answers[n]?.ok);
    must(
      await kit.run(
        declineRefund,
        { refund: left?.code, reason: 'nothing left', on: '2023-12-02' },
        kit.zhou,
      ),
    );
    await sound();
  });

  it('opens the promise again that the gift had kept', async () => {
    const { code: pledge } = must(await kit.run(makePledge, pledgeInput({ designation: null }), kit.lin));
    const code = await receive({ pledge, donor: null });
    await approve(await propose(code, 10_000n));
    const row = await kit.db
      .selectFrom('pledge')
      .select('status')
      .where('code', '=', pledge)
      .executeTakeFirstOrThrow();
    expect(row.status).toBe('partly_fulfilled');
    await sound();
  });
});

describe('a refund of money a road was already given', () => {
  it('opens a named shortfall in its place; the road’s account stays whole; a person fills the hole', async () => {
    const code = await receive({ designation: 'ML-07', amountMinor: 40_000n }, 500n);
    await allocate('ML-07', 30_000n);
    const before = await balanceOf(kit.db, 'allocated:ML-07');
    const refund = await propose(code, 40_000n);
    const { shortfalls } = await approve(refund);
    expect(shortfalls).toHaveLength(1);
    // 9,500 unallocated, 30,000 on the road and 500 that had gone as a fee.
    expect(await placesOf(code)).toEqual({ 'returned:gen-hun-meng': '40000' });
    expect(await placesOf(shortfalls[0] ?? '')).toEqual({
      'allocated:ML-07': '30000',
      'fees:gen-hun-meng': '500',
    });
    expect(await balanceOf(kit.db, 'allocated:ML-07')).toBe(before);
    expect(await balanceOf(kit.db, 'shortfall:gen-hun-meng')).toBe(-30_500n);
    await sound();
    await receive({ amountMinor: 90_000n });
    const resolve = { shortfall: shortfalls[0], on: '2023-12-10', reason: 'from the general fund' };
    must(await kit.run(resolveShortfall, resolve, kit.zhou));
    expect(await balanceOf(kit.db, 'shortfall:gen-hun-meng')).toBe(0n);
    expect(await balanceOf(kit.db, 'allocated:ML-07')).toBe(before);
    expect(refusalOf(await kit.run(resolveShortfall, resolve, kit.zhou)).name).toBe('illegal_state_change');
    await sound();
  });

  it('leaves a hole that is never filled with itself, when part of it has come back to the fund', async () => {
    const code = await receive({ designation: null, amountMinor: 20_000n }, 700n);
    await allocate('ML-07', await balanceOf(kit.db, 'unallocated:gen-hun-meng'));
    const refund = await propose(code, 20_000n);
    // Dated before every gift that will lie in the fund, so that the hole is the first in its order.
    const early = { refund: refund.code, seenHash: refund.contentHash, on: '2023-09-20' };
    const { shortfalls } = must(await kit.run(approveRefund, early, kit.zhou));
    const released = await balanceOf(kit.db, 'allocated:ML-07');
    const release = { segment: 'ML-07', amountMinor: released, reason: '改期', on: '2023-12-03' };
    must(await kit.run(releaseAllocation, release, kit.zhou));
    expect(await placesOf(shortfalls[0] ?? '')).toEqual({
      'fees:gen-hun-meng': '700',
      'unallocated:gen-hun-meng': '19300',
    });
    await receive({ amountMinor: 1_000n });
    const open = await balanceOf(kit.db, 'shortfall:gen-hun-meng');
    const resolve = { shortfall: shortfalls[0], on: '2023-12-10', reason: 'from the general fund' };
    must(await kit.run(resolveShortfall, resolve, kit.zhou));
    expect(await placesOf(shortfalls[0] ?? '')).toEqual({});
    expect(await balanceOf(kit.db, 'shortfall:gen-hun-meng')).toBe(open + 20_000n);
    await sound();
  });

  it('that fails returns the gift to where its hole is by then', async () => {
    const gift = await kit.open({ designation: 'ML-12', amountMinor: 50_000n });
    await kit.press(gift.url, 'pay');
    await kit.quiet();
    await allocate('ML-12', 20_000n);
    const refund = await propose(gift.code, 48_350n);
    const { shortfalls } = await approve(refund);
    expect(await placesOf(shortfalls[0] ?? '')).toEqual({ 'allocated:ML-12': '20000' });
    // The road gives the money back to the fund while the refund is under way, hole included.
    must(
      await kit.run(
        releaseAllocation,
        { segment: 'ML-12', amountMinor: 5_000n, reason: 'smaller works', on: '2023-12-03' },
        kit.zhou,
      ),
    );
    kit.standin.control.refundsWait(true);
    must(await kit.run(sendRefund, { refund: refund.code, on: '2023-12-03' }, kit.lin));
    must(await sendRefundToProvider(refund.code, kit.around));
    await kit.quiet();
    const row = await kit.db
      .selectFrom('refund')
      .selectAll()
      .where('code', '=', refund.code)
      .executeTakeFirstOrThrow();
    expect(row.status).toBe('sent');
    kit.standin.control.failRefund(row.provider_refund_id ?? '', 'lost_or_stolen_card');
    await kit.quiet();
    kit.standin.control.refundsWait(false);
    const after = await kit.db
      .selectFrom('refund')
      .selectAll()
      .where('code', '=', refund.code)
      .executeTakeFirstOrThrow();
    expect(after).toMatchObject({ status: 'failed', failure: 'lost_or_stolen_card' });
    expect(await placesOf(gift.code)).toEqual({
      'allocated:ML-12': '15000',
      'fees:gen-hun-meng': '1650',
      'unallocated:gen-hun-meng': '33350',
    });
    expect(await statusOf(gift.code)).toBe('cleared');
    await sound();
  });
});

describe('a refund through the provider', () => {
  it('is asked for once under its own id, and final when the provider says so', async () => {
    const gift = await kit.open();
    await kit.press(gift.url, 'pay', 'card');
    await kit.quiet();
    const refund = await propose(gift.code, 12_345n);
    await approve(refund);
    must(await kit.run(sendRefund, { refund: refund.code, on: TODAY }, kit.lin));
    expect(
      refusalOf(
        await kit.run(completeRefund, { refund: refund.code, on: TODAY, bankReference: 'x' }, kit.lin),
      ).name,
    ).toBe('illegal_state_change');
    await Promise.all([
      sendRefundToProvider(refund.code, kit.around),
      sendRefundToProvider(refund.code, kit.around),
    ]);
    await kit.quiet();
    expect(await statusOf(gift.code)).toBe('partly_refunded');
    const charge = await kit.db
      .selectFrom('checkout')
      .innerJoin('donation', 'donation.id', 'checkout.donation_id')
      .select('charge_id')
      .where('donation.code', '=', gift.code)
      .executeTakeFirstOrThrow();
    expect(must(await kit.gateway.getCharge(charge.charge_id ?? '')).refundedMinor).toBe(12_345n);
    await sound();
  });

  it('made in the provider’s own dashboard is found and booked, also beyond what was still free', async () => {
    const gift = await kit.open();
    await kit.press(gift.url, 'pay');
    await kit.quiet();
    kit.standin.control.refundInDashboard(idOf(gift.url));
    await kit.quiet();
    expect(await statusOf(gift.code)).toBe('refunded');
    expect(await placesOf(gift.code)).toEqual({ 'returned:gen-hun-meng': '50000' });
    await sound();
  });
});

describe('a dispute', () => {
  const disputed = async () => {
    const gift = await kit.open();
    await kit.press(gift.url, 'pay');
    await kit.quiet();
    const dispute = kit.standin.control.dispute(idOf(gift.url));
    await kit.quiet();
    return { ...gift, dispute: dispute.id };
  };

  it('takes the money and a fee; won, everything that came back serves its purpose again', async () => {
    const gift = await disputed();
    expect(await statusOf(gift.code)).toBe('disputed');
    expect((await placesOf(gift.code))['lost:gen-hun-meng']).toBe('50000');
    await sound();
    kit.standin.control.closeDispute(gift.dispute, true);
    await kit.quiet();
    expect(await statusOf(gift.code)).toBe('won');
    expect(await placesOf(gift.code)).toEqual({
      'fees:gen-hun-meng': '1650',
      'unallocated:gen-hun-meng': '48350',
    });
    await sound();
  });

  it('lost, stays lost, and the holes have names', async () => {
    const gift = await disputed();
    kit.standin.control.closeDispute(gift.dispute, false);
    await kit.quiet();
    expect(await statusOf(gift.code)).toBe('lost');
    const open = await kit.db
      .selectFrom('shortfall')
      .innerJoin('donation', 'donation.id', 'shortfall.donation_id')
      .select(['shortfall.cause', 'shortfall.amount_minor'])
      .where('donation.code', '=', gift.code)
      .where('resolved_on', 'is', null)
      .orderBy('shortfall.code')
      .execute();
    expect(open[0]).toEqual({ cause: 'dispute', amount_minor: 1_650n });
    await sound();
  });

  it('that only asks moves nothing', async () => {
    const gift = await kit.open();
    await kit.press(gift.url, 'pay');
    await kit.quiet();
    kit.standin.control.dispute(idOf(gift.url), { inquiry: true });
    await kit.quiet();
    expect(await statusOf(gift.code)).toBe('cleared');
    await sound();
  });
});

describe('a receipt', () => {
  const issue = (donation: string) => kit.run(issueReceipt, { donation, on: null }, kit.worker);

  it('is numbered without gaps when a hundred are issued at once, and some refused', async () => {
    const codes = [];
    for (let n = 0; n < 20; n += 1) codes.push(await receive());
    const unpaid = must(await kit.run(recordDonation, giftInput(), kit.lin)).code;
    const answers = await Promise.all([...codes, ...codes, unpaid, ...codes].map(issue));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(20);
    const serials = (await kit.db.selectFrom('receipt').select('serial').orderBy('serial').execute()).map(
      (row) => row.serial,
    );
    expect(serials).toEqual(serials.map((_, index) => BigInt(index + 1)));
    await sound();
  });

  it('after a refund is replaced by one over what is left, and voided when nothing is', async () => {
    const code = await receive();
    const first = must(await issue(code));
    const part = await propose(code, 20_000n);
    await approve(part);
    must(await kit.run(sendRefund, { refund: part.code, on: '2023-12-05' }, kit.lin));
    must(await kit.run(completeRefund, { refund: part.code, on: '2023-12-06', bankReference: 'b' }, kit.lin));
    const second = must(await issue(code));
    expect(await receiptsOfGift(code, kit.reader)).toMatchObject([
      { number: second.number, status: 'issued', amountMinor: 30_000n, issuedTo: '林太太', replacedBy: null },
      { number: first.number, status: 're_issued', amountMinor: 50_000n, replacedBy: second.number },
    ]);
    const rest = await propose(code, 30_000n);
    await approve(rest);
    must(await kit.run(sendRefund, { refund: rest.code, on: '2023-12-05' }, kit.lin));
    must(await kit.run(completeRefund, { refund: rest.code, on: '2023-12-06', bankReference: 'b' }, kit.lin));
    expect(must(await issue(code))).toEqual({ number: null, serial: null });
    expect((await receiptsOfGift(code, kit.reader))[0]?.status).toBe('voided');
  });

  it('with a misspelt name is replaced; its fiscal number is registered; a void one stays void', async () => {
    const code = await receive();
    const { serial } = must(await issue(code));
    const campaign = 'gen-hun-meng';
    const next = must(
      await kit.run(
        reissueReceipt,
        { campaign, serial, reason: '姓名有误', on: TODAY, issuedTo: '林陳秀英' },
        kit.lin,
      ),
    );
    must(
      await kit.run(
        registerFiscalNumber,
        { campaign, serial: next.serial, fiscalNumber: '4400 0023 00000095' },
        kit.lin,
      ),
    );
    must(await kit.run(voidReceipt, { campaign, serial: next.serial, reason: '重复', on: TODAY }, kit.lin));
    expect(
      refusalOf(
        await kit.run(voidReceipt, { campaign, serial: next.serial, reason: 'x', on: TODAY }, kit.lin),
      ).name,
    ).toBe('illegal_state_change');
    expect(await receiptsOfGift(code, kit.reader)).toMatchObject([
      { status: 'voided', issuedTo: '林陳秀英', fiscalNumber: '4400 0023 00000095' },
      { status: 're_issued', issuedTo: '林太太', reason: '姓名有误' },
    ]);
    await sound();
  });
});

const idOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
