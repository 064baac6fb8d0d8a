import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PayoutLine } from '@/lib/payments/stripe-view.rules';
import { must, openKit, paidCheckout, type Kit } from '../stripe-standin/testing';

let kit: Kit;
beforeAll(async () => {
  kit = await openKit({ seed: 'money' });
});
afterAll(async () => {
  await kit.stop();
});

const chargeOf = async (intentId: string, more: Parameters<typeof paidCheckout>[2] = {}, method = 'card') =>
  must(await kit.gateway.getCheckout(await paidCheckout(kit, intentId, more, method))).chargeId ?? '';

const linesOf = async (from: Kit, payoutId: string): Promise<PayoutLine[]> => {
  const lines: PayoutLine[] = [];
  for await (const line of from.gateway.listPayoutTransactions(payoutId)) lines.push(must(line));
  return lines;
};
const net = (lines: readonly PayoutLine[]) => lines.reduce((sum, line) => sum + line.netMinor, 0n);
const typesSince = (before: number) =>
  kit.control
    .events()
    .slice(before)
    .map((event) => event.type);

describe('refunds', () => {
  it('in parts, then no more than is left, and each with its own line', async () => {
    const chargeId = await chargeOf('refund-parts');
    const before = kit.control.events().length;
    const first = must(
      await kit.gateway.refund({
        chargeId,
        amountMinor: 200_00n,
        currency: 'CNY',
        idempotencyKey: 'refund-1',
        metadata: { refund: 'R-1' },
      }),
    );
    expect(first).toMatchObject({
      status: 'succeeded',
      amountMinor: 200_00n,
      chargeId,
      metadata: { refund: 'R-1' },
      settlement: { grossMinor: -200_00n, feeMinor: 0n, netMinor: -200_00n, currency: 'CNY' },
      returned: null,
    });
    expect(typesSince(before)).toEqual(['refund.created', 'charge.refunded']);
    const input = { chargeId, currency: 'CNY' as const, metadata: {} };
    expect(
      await kit.gateway.refund({ ...input, amountMinor: 300_01n, idempotencyKey: 'refund-2' }),
    ).toMatchObject({ ok: false, retryable: false, refusal: { name: 'invalid_input', field: 'amount' } });
    must(await kit.gateway.refund({ ...input, amountMinor: 300_00n, idempotencyKey: 'refund-3' }));
    // The same key is the same refund.
    must(await kit.gateway.refund({ ...input, amountMinor: 300_00n, idempotencyKey: 'refund-3' }));
    expect(await kit.gateway.refund({ ...input, amountMinor: 1n, idempotencyKey: 'refund-4' })).toMatchObject(
      {
        ok: false,
        code: 'charge_already_refunded',
        refusal: { name: 'invalid_input', details: { reason: 'charge_already_refunded' } },
      },
    );
    expect(must(await kit.gateway.getCharge(chargeId)).refundedMinor).toBe(500_00n);
    const all: bigint[] = [];
    for await (const refund of kit.gateway.listRefunds(chargeId)) all.push(must(refund).amountMinor);
    expect(all).toEqual([300_00n, 200_00n]);
  });

  it('one made in the dashboard is found on the charge', async () => {
    const chargeId = await chargeOf('refund-dashboard');
    const made = kit.control.refundInDashboard(chargeId, 50_00);
    const found: string[] = [];
    for await (const refund of kit.gateway.listRefunds(chargeId)) found.push(must(refund).id);
    expect(found).toEqual([made.id]);
  });

  it('pending, then done; pending, then failed: the money comes back to the balance and the charge', async () => {
    kit.control.refundsWait(true);
    const chargeId = await chargeOf('refund-fails', {}, 'alipay');
    const ask = (amountMinor: bigint, idempotencyKey: string) =>
      kit.gateway.refund({ chargeId, amountMinor, currency: 'CNY', idempotencyKey, metadata: {} });
    const done = must(await ask(100_00n, 'refund-5'));
    expect(done.status).toBe('pending');
    kit.control.finishRefund(done.id);
    expect(must(await kit.gateway.getRefund(done.id)).status).toBe('succeeded');

    const lost = must(await ask(150_00n, 'refund-6'));
    const before = kit.control.events().length;
    kit.control.failRefund(lost.id, 'expired_or_canceled_card');
    kit.control.refundsWait(false);
    expect(must(await kit.gateway.getRefund(lost.id))).toMatchObject({
      status: 'failed',
      failureReason: 'expired_or_canceled_card',
      settlement: { netMinor: -150_00n },
      returned: { netMinor: 150_00n },
    });
    expect(must(await kit.gateway.getCharge(chargeId)).refundedMinor).toBe(100_00n);
    expect(typesSince(before)).toEqual(['charge.updated', 'refund.failed', 'charge.refund.updated']);
  });

  it('a refund after the rate has moved costs another sum than the charge brought', async () => {
    const chargeId = await chargeOf('refund-fx', { currency: 'HKD', amountMinor: 1_000_00n });
    kit.control.setRate('hkd', '0.9275');
    const refund = must(
      await kit.gateway.refund({
        chargeId,
        amountMinor: 1_000_00n,
        currency: 'HKD',
        idempotencyKey: 'refund-7',
        metadata: {},
      }),
    );
    expect(must(await kit.gateway.getCharge(chargeId)).settlement?.grossMinor).toBe(917_50n);
    expect(refund.settlement).toMatchObject({ grossMinor: -927_50n, exchangeRate: '0.9275' });
    kit.control.setRate('hkd', '0.9175');
  });

  it('Stripe’s test cards for refunds behave as documented', async () => {
    const pay = (card: string) =>
      kit.stripe.paymentIntents.create({
        amount: 5000,
        currency: 'cny',
        confirm: true,
        payment_method: card,
      });
    const pending = await kit.stripe.refunds.create({
      payment_intent: (await pay('pm_card_pendingRefund')).id,
    });
    expect(pending).toMatchObject({ status: 'pending', pending_reason: 'processing' });
    const failing = await kit.stripe.refunds.create({ payment_intent: (await pay('pm_card_refundFail')).id });
    expect(failing.status).toBe('succeeded');
    kit.control.advance(2);
    expect((await kit.stripe.refunds.retrieve(pending.id)).status).toBe('succeeded');
    expect((await kit.stripe.refunds.retrieve(failing.id)).status).toBe('failed');
  });
});

describe('disputes', () => {
  it('withdraw the money with a fee; won, the money comes back without the fee', async () => {
    const chargeId = await chargeOf('dispute-won');
    const before = kit.control.events().length;
    const { id } = kit.control.dispute(chargeId);
    expect(typesSince(before)).toEqual([
      'charge.dispute.created',
      'charge.updated',
      'charge.dispute.funds_withdrawn',
    ]);
    const open = must(await kit.gateway.getDispute(id));
    expect(open).toMatchObject({
      status: 'needs_response',
      inquiry: false,
      outcome: 'open',
      amountMinor: 500_00n,
      chargeId,
      hasEvidence: false,
      movements: [{ grossMinor: -500_00n, feeMinor: 85_00n, netMinor: -585_00n }],
    });
    expect(open.dueBy?.getTime()).toBeGreaterThan(Date.now());
    expect(must(await kit.gateway.getCharge(chargeId)).disputed).toBe(true);
    expect(
      await kit.gateway.refund({
        chargeId,
        amountMinor: 1_00n,
        currency: 'CNY',
        idempotencyKey: 'dr',
        metadata: {},
      }),
    ).toMatchObject({ ok: false, code: 'charge_disputed' });
    const answered = must(await kit.gateway.answerDispute(id, '收据与施工照片 …', true, 'answer-1'));
    expect(answered).toMatchObject({ status: 'under_review', hasEvidence: true });
    kit.control.closeDispute(id, true);
    const won = must(await kit.gateway.getDispute(id));
    expect(won.outcome).toBe('won');
    expect(won.movements.map((one) => one.netMinor)).toEqual([-585_00n, 500_00n]);
    expect(typesSince(before).slice(-2)).toEqual([
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
  });

  it('lost: nothing comes back', async () => {
    const { id } = kit.control.dispute(await chargeOf('dispute-lost'));
    kit.control.closeDispute(id, false);
    const lost = must(await kit.gateway.getDispute(id));
    expect(lost).toMatchObject({ outcome: 'lost' });
    expect(lost.movements).toHaveLength(1);
    expect(() => {
      kit.control.closeDispute(id, true);
    }).toThrow(/already closed/);
  });

  it('an inquiry moves no money until it grows into a dispute', async () => {
    const chargeId = await chargeOf('dispute-inquiry');
    const { id } = kit.control.dispute(chargeId, { inquiry: true });
    expect(must(await kit.gateway.getDispute(id))).toMatchObject({
      status: 'warning_needs_response',
      inquiry: true,
      movements: [],
    });
    kit.control.escalateDispute(id);
    expect(must(await kit.gateway.getDispute(id))).toMatchObject({
      inquiry: false,
      status: 'needs_response',
    });
    expect(must(await kit.gateway.getDispute(id)).movements).toHaveLength(1);
    const quiet = kit.control.dispute(await chargeOf('dispute-closed'), { inquiry: true });
    kit.control.closeDispute(quiet.id, true);
    expect(must(await kit.gateway.getDispute(quiet.id))).toMatchObject({
      outcome: 'closed_without_loss',
      movements: [],
    });
  });

  it('states of which we know nothing stay open, and those that cost nothing are closed', async () => {
    const { id } = kit.control.dispute(await chargeOf('dispute-states'));
    for (const [status, outcome] of [
      ['appeal_needs_response', 'open'],
      ['appeal_under_review', 'open'],
      ['something_new', 'open'],
      ['prevented', 'closed_without_loss'],
    ] as const) {
      kit.control.disputeStatus(id, status);
      expect(must(await kit.gateway.getDispute(id))).toMatchObject({ status, outcome });
    }
  });

  it('Stripe’s test texts decide a case', async () => {
    for (const [text, outcome] of [
      ['winning_evidence', 'won'],
      ['losing_evidence', 'lost'],
    ] as const) {
      const { id } = kit.control.dispute(await chargeOf(`dispute-${outcome}-text`));
      expect(must(await kit.gateway.answerDispute(id, text, true, `text-${outcome}`)).outcome).toBe(outcome);
    }
  });
});

describe('payouts', () => {
  it('the lines of a payout sum to it, each with the charge it belongs to', async () => {
    const own = await openKit({ seed: 'payout' });
    try {
      const ids: string[] = [];
      for (const [n, method] of (['card', 'alipay', 'wechat_pay', 'card'] as const).entries())
        ids.push(await paidCheckout(own, `payout-${n}`, { amountMinor: BigInt(100_00 * (n + 1)) }, method));
      const charges = await Promise.all(
        ids.map(async (id) => must(await own.gateway.getCheckout(id)).chargeId ?? ''),
      );
      own.control.refundInDashboard(charges[1] ?? '', 50_00);
      own.control.dispute(charges[3] ?? '');
      own.control.bookLine('stripe_fee', -3_00, 'Radar');
      own.control.bookLine('reserve_hold', -20_00, 'Reserve');
      // 100 + 200 + 300 + 400, less fees 4.90 + 6.40 + 8.60 + 13.60, refund 50, dispute 400 + 85, fee 3, reserve 20
      const { id, amount } = own.control.payout();
      expect(amount).toBe(408_50);
      const lines = await linesOf(own, id);
      expect(net(lines)).toBe(408_50n);
      expect(lines.map((line) => line.category).sort()).toEqual(
        ['charge', 'charge', 'charge', 'charge', 'dispute', 'fee', 'refund', 'risk_reserved_funds'].sort(),
      );
      expect(lines.find((line) => line.category === 'refund')?.chargeId).toBe(charges[1]);
      expect(lines.find((line) => line.category === 'dispute')?.chargeId).toBe(charges[3]);
      expect(
        lines
          .filter((line) => line.category === 'charge')
          .map((line) => line.chargeId)
          .sort(),
      ).toEqual([...charges].sort());
      expect(must(await own.gateway.getPayout(id))).toMatchObject({
        status: 'in_transit',
        automatic: true,
        reconciled: true,
        amountMinor: 408_50n,
        currency: 'CNY',
      });
      own.control.advance(3 * 24 * 3600);
      const paid = must(await own.gateway.getPayout(id));
      expect(paid.status).toBe('paid');
      expect(paid.traceId).not.toBeNull();
      expect(paid.arrivalDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      // What goes out later does not go out twice.
      await paidCheckout(own, 'payout-next');
      const next = own.control.payout();
      expect(net(await linesOf(own, next.id))).toBe(BigInt(next.amount));
      const all: string[] = [];
      for await (const payout of own.gateway.listPayoutsSince(new Date(0))) all.push(must(payout).id);
      expect(all).toEqual([next.id, id]);
      // It fails at the bank: the money is in the balance again, and goes out with the one after.
      own.control.failPayout(next.id);
      expect(must(await own.gateway.getPayout(next.id))).toMatchObject({
        status: 'failed',
        failureCode: 'account_closed',
      });
      const after = own.control.payout();
      expect(after.amount).toBe(next.amount);
      expect((await linesOf(own, after.id)).map((line) => line.type)).toEqual(['payout_failure']);
      expect(() => own.control.payout()).toThrow(/Nothing to pay out/);
    } finally {
      await own.stop();
    }
  });

  it('a payout by hand has no list of lines, as Stripe documents', async () => {
    const own = await openKit({ seed: 'manual' });
    try {
      own.control.seedPayments(2);
      const payout = await own.stripe.payouts.create({ amount: 5_000, currency: 'cny' });
      expect(payout).toMatchObject({ automatic: false, reconciliation_status: 'not_applicable' });
      const results = [];
      for await (const line of own.gateway.listPayoutTransactions(payout.id)) results.push(line);
      expect(results).toMatchObject([{ ok: false, trouble: 'rejected', retryable: false }]);
      await expect(own.stripe.payouts.create({ amount: 99_999_99, currency: 'cny' })).rejects.toMatchObject({
        code: 'balance_insufficient',
      });
      expect((await own.stripe.payouts.cancel(payout.id)).status).toBe('canceled');
      // The automatic payout afterwards takes exactly what is left.
      const rest = own.control.payout();
      expect(net(await linesOf(own, rest.id))).toBe(BigInt(rest.amount));
    } finally {
      await own.stop();
    }
  });

  it('ten thousand lines, page by page, none missing and none twice', async () => {
    const own = await openKit({ seed: 'many' });
    try {
      const seeded = own.control.seedPayments(10_000, 10_000, 'hkd');
      const payout = own.control.payout();
      expect(payout.amount).toBe(seeded.gross - seeded.fees);
      const lines = await linesOf(own, payout.id);
      expect(lines).toHaveLength(10_000);
      expect(new Set(lines.map((line) => line.transactionId)).size).toBe(10_000);
      expect(new Set(lines.map((line) => line.chargeId))).toEqual(new Set(seeded.charges));
      expect(net(lines)).toBe(BigInt(payout.amount));
      let walked = 0;
      for await (const one of own.stripe.balanceTransactions.list({ payout: payout.id, limit: 100 }))
        walked += one.type === 'payout' ? 0 : 1;
      expect(walked).toBe(10_000);
    } finally {
      await own.stop();
    }
  }, 120_000);

  it('planted faults change the list and nothing else: 200 planted, each where it is said to be', async () => {
    const own = await openKit({ seed: 'faults' });
    try {
      own.control.seedPayments(500);
      const payout = own.control.payout();
      const clean = new Map((await linesOf(own, payout.id)).map((line) => [line.transactionId, line]));
      const planted = (['missing', 'extra', 'wrong_fee', 'wrong_currency'] as const).flatMap((kind) =>
        own.control.plantFaults(payout.id, kind, 50),
      );
      expect(planted).toHaveLength(200);
      const spoiled = new Map((await linesOf(own, payout.id)).map((line) => [line.transactionId, line]));
      for (const { kind, hidden, shown } of planted) {
        const was = clean.get(hidden ?? '');
        const is = spoiled.get(shown ?? '');
        if (kind === 'missing') expect([was !== undefined, spoiled.has(hidden ?? '')]).toEqual([true, false]);
        if (kind === 'extra')
          expect([hidden, clean.has(shown ?? ''), is !== undefined]).toEqual([null, false, true]);
        if (kind === 'wrong_fee') expect(is?.feeMinor).toBe((was?.feeMinor ?? 0n) + 1n);
        if (kind === 'wrong_currency') expect([was?.currency, is?.currency]).toEqual(['CNY', 'USD']);
      }
      const touched = new Set(planted.flatMap((one) => [one.hidden, one.shown]));
      for (const [id, line] of clean) if (!touched.has(id)) expect(spoiled.get(id)).toEqual(line);
    } finally {
      await own.stop();
    }
  });
});

describe('the balance', () => {
  it('is pending for two days, then available, and always the sum of its lines', async () => {
    const own = await openKit({ seed: 'balance' });
    try {
      await paidCheckout(own, 'balance-1');
      expect(await own.stripe.balance.retrieve()).toMatchObject({
        available: [{ amount: 0, currency: 'cny' }],
        pending: [{ amount: 483_50, currency: 'cny' }],
      });
      own.control.advance(2 * 24 * 3600 + 1);
      expect(await own.stripe.balance.retrieve()).toMatchObject({
        available: [{ amount: 483_50 }],
        pending: [{ amount: 0 }],
      });
      expect(own.control.events().map((event) => event.type)).toContain('balance.available');
    } finally {
      await own.stop();
    }
  });
});
