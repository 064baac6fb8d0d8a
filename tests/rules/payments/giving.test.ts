import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidePayment, type SeenPayment } from '@/lib/payments/checkout.rules';
import { DONATION_STATES, RECEIVED } from '@/lib/donations/donation.rules';
import { amountCoveringFee, expectedFeeMinor } from '@/lib/payments/fee-estimate.rules';
import {
  readAmountStep,
  readMethodStep,
  readNameStep,
  readRoadStep,
  readTimingStep,
} from '@/lib/payments/give-draft.form';
import {
  chargeOf,
  emptyDraft,
  instalmentsOf,
  mayShow,
  millimetresFor,
  nextStep,
  stepsOf,
  type GiveDraft,
} from '@/lib/payments/give-draft.rules';
import { waitSeconds } from '@/lib/payments/stripe-event.rules';
import { sumMinor } from '@/lib/shared/money';

describe('deciding about a payment', () => {
  const seen = (over: Partial<SeenPayment> = {}): SeenPayment => ({
    state: 'paid',
    currency: 'CNY',
    amountMinor: 500n,
    paymentIntentId: 'pi_1',
    chargeId: 'ch_1',
    paidOn: '2024-01-01',
    settled: { currency: 'CNY', grossMinor: 500n, feeMinor: 17n, rate: null },
    failure: null,
    ...over,
  });
  const known = {
    status: 'intent' as const,
    currency: 'CNY',
    amountMinor: 500n,
    bookCurrency: 'CNY',
    thisTryDone: false,
    otherTryOpen: false,
  };

  it('credits only what is paid, settled, and exactly what was asked', () => {
    expect(decidePayment(seen(), known)).toEqual({ do: 'clear' });
    expect(decidePayment(seen({ state: 'processing' }), known)).toEqual({ do: 'wait', why: 'processing' });
    expect(decidePayment(seen({ settled: null }), known)).toEqual({
      do: 'wait',
      why: 'waiting_for_settlement',
    });
    expect(decidePayment(seen({ amountMinor: 50_000n }), known).do).toBe('flag');
    expect(decidePayment(seen({ currency: 'JPY' }), known).do).toBe('flag');
  });

  it('for every state of the gift and of the payment: clears only money, and never what is already here', () => {
    for (const status of DONATION_STATES.states)
      for (const state of ['open', 'processing', 'paid', 'expired', 'failed'] as const)
        for (const thisTryDone of [false, true])
          for (const otherTryOpen of [false, true]) {
            const decision = decidePayment(seen({ state }), { ...known, status, thisTryDone, otherTryOpen });
            if (decision.do === 'clear') {
              expect(state).toBe('paid');
              expect(RECEIVED).not.toContain(status);
              expect(thisTryDone).toBe(false);
            }
            if (decision.do === 'end') expect(RECEIVED).not.toContain(status);
            if (RECEIVED.includes(status)) expect(['nothing', 'take_second_payment']).toContain(decision.do);
          }
  });
});

describe('the fee beside each way to pay', () => {
  it('added, leaves at least the whole gift and not a fen more than needed', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 100_000_000n }),
        fc.constantFrom('card' as const, 'alipay' as const, 'wechat' as const),
        (gift, channel) => {
          const paid = amountCoveringFee(channel, gift);
          expect(paid - expectedFeeMinor(channel, paid)).toBeGreaterThanOrEqual(gift);
          expect(paid - 1n - expectedFeeMinor(channel, paid - 1n)).toBeLessThan(gift);
        },
      ),
    );
    expect(amountCoveringFee('bank', 500n)).toBe(500n);
    expect(expectedFeeMinor('cash', 500n)).toBe(0n);
  });
});

describe('the questions of giving', () => {
  const draft = (over: Partial<GiveDraft> = {}): GiveDraft => ({ ...emptyDraft('c', 'CNY'), ...over });
  const name = {
    shownAs: null,
    nameKind: 'name' as const,
    dedication: null,
    dedicationKind: null,
    donorKind: 'person' as const,
    contact: null,
    sharers: [],
    message: null,
    email: null,
    receiptName: null,
  };
  const parts = { kind: 'parts' as const, count: 5, everyMonths: 1, firstDue: '2024-07-15' };

  it('come one after the other, and the last ones cannot be reached past a gap', () => {
    const one = draft();
    expect(nextStep(one)).toBe('amount');
    expect(mayShow(one, 'review')).toBe(false);
    const three = draft({ amountMinor: 500n, road: 'any' });
    expect(nextStep(three)).toBe('timing');
    expect([mayShow(three, 'amount'), mayShow(three, 'timing'), mayShow(three, 'name')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('leave out how to pay for a promise in parts', () => {
    const promise = draft({ amountMinor: 500n, road: 'any', timing: parts, name });
    expect(stepsOf(promise)).not.toContain('method');
    expect(nextStep(promise)).toBe('review');
    expect(mayShow(promise, 'method')).toBe(false);
    expect(sumMinor(instalmentsOf(promise, '2024-06-15').map((one) => one.amountMinor))).toBe(500n);
  });

  it('charge the fee only where it was asked for and can be known', () => {
    const gift = draft({ amountMinor: 50_000n, method: 'card', coverFee: true });
    const charge = chargeOf(gift, 'CNY');
    expect(charge.amountMinor - charge.feeCoveredMinor).toBe(50_000n);
    expect(charge.feeCoveredMinor).toBeGreaterThan(0n);
    for (const over of [{ coverFee: false }, { method: 'bank' as const }, { currency: 'HKD' as const }])
      expect(chargeOf({ ...gift, ...over }, 'CNY')).toEqual({ amountMinor: 50_000n, feeCoveredMinor: 0n });
  });

  it('cut metres, never round them up', () => {
    expect(millimetresFor(50_000n, { budgetMinor: 1_500_000n, lengthMm: 48_000n })).toBe(1_600n);
    expect(millimetresFor(49_999n, { budgetMinor: 1_500_000n, lengthMm: 48_000n })).toBe(1_599n);
    expect(millimetresFor(1n, { budgetMinor: 0n, lengthMm: 0n })).toBe(0n);
  });
});

describe('what a giver types', () => {
  const mistakes = (read: { ok: boolean; mistakes?: readonly { field: string; name: string }[] }) =>
    read.ok ? [] : (read.mistakes ?? []).map((one) => `${one.field}:${one.name}`);

  it('amounts: a tile, or another amount which counts before it; full-width figures and commas are read', () => {
    const value = (typed: Record<string, string>) => {
      const read = readAmountStep(typed, 'CNY');
      return read.ok ? read.value : mistakes(read);
    };
    expect(value({ amount: '500' })).toBe(50_000n);
    expect(value({ amount: '500', other: '312.50' })).toBe(31_250n);
    expect(value({ other: '１，２３４．５' })).toBe(123_450n);
    expect(value({ other: '¥1,000' })).toBe(100_000n);
    for (const [other, name] of [
      ['', 'amount_missing'],
      ['12.345', 'amount_decimals'],
      ['五百', 'amount_shape'],
      ['-5', 'amount_shape'],
      ['1e3', 'amount_shape'],
      ['0', 'amount_small'],
      ['9.99', 'amount_small'],
      ['1000001', 'amount_large'],
      ['99999999999999999999', 'amount_large'],
    ] as const)
      expect(value({ amount: 'other', other }), other).toEqual([`other:${name}`]);
    const yen = readAmountStep({ other: '312.50' }, 'JPY');
    expect(mistakes(yen)).toEqual(['other:amount_decimals']);
  });

  it('roads: only open ones', () => {
    expect(readRoadStep({ road: 'any' }, [])).toEqual({ ok: true, value: 'any' });
    expect(mistakes(readRoadStep({ road: 'ML-01' }, ['ML-22']))).toEqual(['road:road_closed']);
    expect(mistakes(readRoadStep({}, ['ML-22']))).toEqual(['road:road_missing']);
  });

  it('parts: from a real day on, within a year, in yuan', () => {
    const about = { today: '2024-06-15', foreign: false };
    const typed = { timing: 'parts', count: '5', every: '3', first: '2024-07-15' };
    expect(readTimingStep(typed, about)).toEqual({
      ok: true,
      value: { kind: 'parts', count: 5, everyMonths: 3, firstDue: '2024-07-15' },
    });
    for (const [first, name] of [
      ['', 'date_missing'],
      ['2024-02-30', 'date_missing'],
      ['2024-06-14', 'date_early'],
      ['2025-06-16', 'date_late'],
    ] as const)
      expect(mistakes(readTimingStep({ ...typed, first }, about))).toEqual([`first:${name}`]);
    expect(mistakes(readTimingStep(typed, { ...about, foreign: true }))).toEqual(['timing:parts_foreign']);
    expect(mistakes(readTimingStep({}, about))).toEqual(['timing:timing_missing']);
  });

  it('names: kept as typed or refused at their field; anonymous asks for nothing', () => {
    expect(readNameStep({ show: 'no' })).toMatchObject({
      ok: true,
      value: { shownAs: null, receiptName: null, dedication: null, message: null, email: null, sharers: [] },
    });
    const read = readNameStep({ show: 'yes', shownAs: ' 林陳秀英 ', email: ' Lam@Example.COM ' });
    expect(read.ok && [read.value.shownAs, read.value.email]).toEqual(['林陳秀英', 'lam@example.com']);
    // A name typed and then hidden again is not kept.
    const hidden = readNameStep({ show: 'no', shownAs: '林太太' });
    expect(hidden.ok && hidden.value.shownAs).toBeNull();
    expect(
      mistakes(
        readNameStep({
          show: 'yes',
          shownAs: 'A\u202eB',
          email: 'lam@',
          message: '好'.repeat(301),
          dedication: '\u0000',
        }),
      ),
    ).toEqual(['shownAs:name_wrong', 'dedication:text_wrong', 'message:text_long', 'email:email_wrong']);
    for (const [email, right] of [
      ['lam.tai-tai+roads@mail.example.org', true],
      ["s.o'neill@example.ie", true],
      ["s.oneill'@example.ie", false],
      ['lam@localhost', false],
      ['lam..tai@example.org', false],
      ['lam tai@example.org', false],
      ['lam@example.org.', false],
    ] as const)
      expect(readNameStep({ show: 'no', email }).ok, email).toBe(right);
    expect(mistakes(readNameStep({ show: 'yes' }))).toEqual(['shownAs:name_missing']);
    expect(mistakes(readNameStep({}))).toEqual(['show:name_choice_missing']);
  });

  it('ways to pay: the fee is only added to a payment, and a transfer is in yuan', () => {
    expect(readMethodStep({ method: 'bank', cover: 'yes' }, { foreign: false })).toEqual({
      ok: true,
      value: { method: 'bank', coverFee: false },
    });
    expect(mistakes(readMethodStep({ method: 'bank' }, { foreign: true }))).toEqual([
      'method:transfer_foreign',
    ]);
    expect(mistakes(readMethodStep({ method: 'gold' }, { foreign: false }))).toEqual([
      'method:method_missing',
    ]);
  });
});

it('looks again at what is not finished ever more slowly, and at least every hour', () => {
  expect([0, 1, 5, 30].map(waitSeconds)).toEqual([5, 10, 160, 3_600]);
});
