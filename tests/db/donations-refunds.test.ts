import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { releaseAllocation } from '@/lib/allocations/allocation.commands';
import { completeRefund } from '@/lib/donations/refund-close.commands';
import { approveRefund, declineRefund, proposeRefund, sendRefund } from '@/lib/donations/refund.commands';
import { resolveShortfall } from '@/lib/donations/shortfall.commands';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { sendRefundToProvider } from '@/lib/payments/refund.flow';
import { balanceOf, must, pledgeInput, refusalOf } from './donations-kit';
import type { PaymentKit } from './payments-kit';
import { idOf, RefundKit, TODAY } from './refunds-kit';

let refunds: RefundKit;
let kit: PaymentKit;
beforeAll(async () => {
  refunds = await RefundKit.open();
  kit = refunds.payments;
});
afterAll(() => refunds.close());

describe('a refund of a gift that no road was promised', () => {
  it('is proposed by one, approved by another, reserved, and final when the bank shows it', async () => {
    const code = await refunds.receive();
    const refund = await refunds.propose(code, 20_000n);
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
    expect(await refunds.approve(refund)).toMatchObject({ shortfalls: [], online: false });
    expect(await refunds.placesOf(code)).toEqual({
      'returned:gen-hun-meng': '20000',
      'unallocated:gen-hun-meng': '30000',
    });
    expect(await balanceOf(kit.db, 'liabilities:refunds-payable:gen-hun-meng')).toBe(-20_000n);
    expect(await balanceOf(kit.db, 'assets:bank:gen-hun-meng')).toBe(before);
    await refunds.sound();
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
    expect(await refunds.statusOf(code)).toBe('partly_refunded');
    await refunds.sound();
    const rest = await refunds.propose(code, 30_000n);
    await refunds.approve(rest);
    must(await kit.run(sendRefund, { refund: rest.code, on: '2023-12-05' }, kit.lin));
    must(
      await kit.run(
        completeRefund,
        { refund: rest.code, on: '2023-12-06', bankReference: 'BOC out 2' },
        kit.lin,
      ),
    );
    expect(await refunds.statusOf(code)).toBe('refunded');
    expect(
      refusalOf(
        await kit.run(
          proposeRefund,
          { donation: code, amountMinor: 1n, reason: 'x', on: '2023-12-07' },
          kit.lin,
        ),
      ).name,
    ).toBe('illegal_state_change');
    await refunds.sound();
  });

  it('never exceeds the gift, however many are approved at once', async () => {
    const code = await refunds.receive({ amountMinor: 10_000n });
    expect(
      refusalOf(
        await kit.run(
          proposeRefund,
          { donation: code, amountMinor: 10_001n, reason: 'x', on: '2023-12-01' },
          kit.lin,
        ),
      ).name,
    ).toBe('exceeds_donation');
    const asked = [];
    for (let n = 0; n < 6; n += 1) asked.push(await refunds.propose(code, 3_000n));
    const answers = await Promise.all(
      asked.map((refund) =>
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
    const left = asked.find((_, n) => !answers[n]?.ok);
    must(
      await kit.run(
        declineRefund,
        { refund: left?.code, reason: 'nothing left', on: '2023-12-02' },
        kit.zhou,
      ),
    );
    await refunds.sound();
  });

  it('opens the promise again that the gift had kept', async () => {
    const { code: pledge } = must(await kit.run(makePledge, pledgeInput({ designation: null }), kit.lin));
    const code = await refunds.receive({ pledge, donor: null });
    await refunds.approve(await refunds.propose(code, 10_000n));
    const row = await kit.db
      .selectFrom('pledge')
      .select('status')
      .where('code', '=', pledge)
      .executeTakeFirstOrThrow();
    expect(row.status).toBe('partly_fulfilled');
    await refunds.sound();
  });
});

describe('a refund of money a road was already given', () => {
  it('opens a named shortfall in its place; the road’s account stays whole; a person fills the hole', async () => {
    const code = await refunds.receive({ designation: 'ML-07', amountMinor: 40_000n }, 500n);
    await refunds.allocate('ML-07', 30_000n);
    const before = await balanceOf(kit.db, 'allocated:ML-07');
    const refund = await refunds.propose(code, 40_000n);
    const { shortfalls } = await refunds.approve(refund);
    expect(shortfalls).toHaveLength(1);
    // 9,500 unallocated, 30,000 on the road and 500 that had gone as a fee.
    expect(await refunds.placesOf(code)).toEqual({ 'returned:gen-hun-meng': '40000' });
    expect(await refunds.placesOf(shortfalls[0] ?? '')).toEqual({
      'allocated:ML-07': '30000',
      'fees:gen-hun-meng': '500',
    });
    expect(await balanceOf(kit.db, 'allocated:ML-07')).toBe(before);
    expect(await balanceOf(kit.db, 'shortfall:gen-hun-meng')).toBe(-30_500n);
    await refunds.sound();
    await refunds.receive({ amountMinor: 90_000n });
    const resolve = { shortfall: shortfalls[0], on: '2023-12-10', reason: 'from the general fund' };
    must(await kit.run(resolveShortfall, resolve, kit.zhou));
    expect(await balanceOf(kit.db, 'shortfall:gen-hun-meng')).toBe(0n);
    expect(await balanceOf(kit.db, 'allocated:ML-07')).toBe(before);
    expect(refusalOf(await kit.run(resolveShortfall, resolve, kit.zhou)).name).toBe('illegal_state_change');
    await refunds.sound();
  });

  it('leaves a hole that is never filled with itself, when part of it has come back to the fund', async () => {
    const code = await refunds.receive({ designation: null, amountMinor: 20_000n }, 700n);
    await refunds.allocate('ML-07', await balanceOf(kit.db, 'unallocated:gen-hun-meng'));
    const refund = await refunds.propose(code, 20_000n);
    // Dated before every gift that will lie in the fund, so that the hole is the first in its order.
    const early = { refund: refund.code, seenHash: refund.contentHash, on: '2023-09-20' };
    const { shortfalls } = must(await kit.run(approveRefund, early, kit.zhou));
    const released = await balanceOf(kit.db, 'allocated:ML-07');
    const release = { segment: 'ML-07', amountMinor: released, reason: '改期', on: '2023-12-03' };
    must(await kit.run(releaseAllocation, release, kit.zhou));
    expect(await refunds.placesOf(shortfalls[0] ?? '')).toEqual({
      'fees:gen-hun-meng': '700',
      'unallocated:gen-hun-meng': '19300',
    });
    await refunds.receive({ amountMinor: 1_000n });
    const open = await balanceOf(kit.db, 'shortfall:gen-hun-meng');
    const resolve = { shortfall: shortfalls[0], on: '2023-12-10', reason: 'from the general fund' };
    must(await kit.run(resolveShortfall, resolve, kit.zhou));
    expect(await refunds.placesOf(shortfalls[0] ?? '')).toEqual({});
    expect(await balanceOf(kit.db, 'shortfall:gen-hun-meng')).toBe(open + 20_000n);
    await refunds.sound();
  });

  it('that fails returns the gift to where its hole is by then', async () => {
    const gift = await kit.open({ designation: 'ML-12', amountMinor: 50_000n });
    await kit.press(gift.url, 'pay');
    await kit.quiet();
    await refunds.allocate('ML-12', 20_000n);
    const refund = await refunds.propose(gift.code, 48_350n);
    const { shortfalls } = await refunds.approve(refund);
    expect(await refunds.placesOf(shortfalls[0] ?? '')).toEqual({ 'allocated:ML-12': '20000' });
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
    expect(await refunds.placesOf(gift.code)).toEqual({
      'allocated:ML-12': '15000',
      'fees:gen-hun-meng': '1650',
      'unallocated:gen-hun-meng': '33350',
    });
    expect(await refunds.statusOf(gift.code)).toBe('cleared');
    await refunds.sound();
  });
});

describe('a refund through the provider', () => {
  it('is asked for once under its own id, and final when the provider says so', async () => {
    const gift = await kit.open();
    await kit.press(gift.url, 'pay', 'card');
    await kit.quiet();
    const refund = await refunds.propose(gift.code, 12_345n);
    await refunds.approve(refund);
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
    expect(await refunds.statusOf(gift.code)).toBe('partly_refunded');
    const charge = await kit.db
      .selectFrom('checkout')
      .innerJoin('donation', 'donation.id', 'checkout.donation_id')
      .select('charge_id')
      .where('donation.code', '=', gift.code)
      .executeTakeFirstOrThrow();
    expect(must(await kit.gateway.getCharge(charge.charge_id ?? '')).refundedMinor).toBe(12_345n);
    await refunds.sound();
  });

  it('made in the provider’s own dashboard is found and booked, also beyond what was still free', async () => {
    const gift = await kit.open();
    await kit.press(gift.url, 'pay');
    await kit.quiet();
    kit.standin.control.refundInDashboard(idOf(gift.url));
    await kit.quiet();
    expect(await refunds.statusOf(gift.code)).toBe('refunded');
    expect(await refunds.placesOf(gift.code)).toEqual({ 'returned:gen-hun-meng': '50000' });
    await refunds.sound();
  });
});
