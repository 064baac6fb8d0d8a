import { describe, expect, it } from 'vitest';
import {
  chargeStepMinor,
  fromStripeUnits,
  isPayableOut,
  methodsFor,
  STRIPE_CURRENCIES,
  stripeDigits,
  stripeMaximum,
  stripeStep,
  toStripeUnits,
} from '@/lib/payments/stripe-amount.rules';
import { CURRENCIES, type CurrencyCode } from '@/lib/shared/currencies';
import { minorDigits, toDecimal } from '@/lib/shared/money';

const codes = Object.keys(CURRENCIES) as CurrencyCode[];
const units = (minor: bigint, code: CurrencyCode): bigint => {
  const result = toStripeUnits(minor, code);
  if (!result.ok) throw new Error(`${code} ${minor}: ${result.refusal.name}`);
  return result.value;
};

describe('Stripe units, from the documentation and not from a round trip', () => {
  // [what a person types, our minor units, what Stripe must be sent]
  const written: readonly (readonly [CurrencyCode, bigint, bigint])[] = [
    ['USD', 1000n, 1000n], // "1000 to charge 10 USD"
    ['CNY', 30_000_00n, 3_000_000n],
    ['HKD', 88_88n, 8888n],
    ['JPY', 500n, 500n], // "to charge 500 JPY, provide 500"
    ['KRW', 10_000n, 10_000n],
    ['VND', 25_000n, 25_000n],
    ['CLP', 1n, 1n],
    ['KWD', 5_120n, 5120n], // last digit 0
    ['BHD', 10n, 10n],
    ['TND', 1_000n, 1000n],
    ['ISK', 5n, 500n], // "to charge 5 ISK, provide 500"
    ['UGX', 5n, 500n], // "to charge 5 UGX, provide 500"
    ['HUF', 10n, 1000n], // two-decimal charges
    ['TWD', 800_00n, 80_000n],
    ['MGA', 100n, 1n], // zero-decimal at Stripe, two digits in our table
  ];
  it.each(written)('%s %i minor is sent as %i', (code, minor, expected) => {
    expect(units(minor, code)).toBe(expected);
    const back = fromStripeUnits(expected, code.toLowerCase());
    expect(back).toEqual({ ok: true, value: { currency: code, minor } });
  });

  it('covers every code: one whole unit of money costs the documented number of Stripe units', () => {
    const whole = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
    const thousandths = 'BHD JOD KWD OMR TND'.split(' ');
    let taken = 0;
    for (const code of codes) {
      const oneUnit = 10n ** BigInt(minorDigits(code));
      const expected = whole.includes(code) ? 1n : thousandths.includes(code) ? 1000n : 100n;
      const result = toStripeUnits(oneUnit, code);
      if (STRIPE_CURRENCIES.has(code)) {
        taken += 1;
        expect(result, code).toEqual({ ok: true, value: expected });
        expect(stripeDigits(code), code).toBe(expected === 1n ? 0 : expected === 1000n ? 3 : 2);
      } else {
        expect(result, code).toMatchObject({ ok: false, refusal: { name: 'currency_unknown' } });
      }
    }
    expect(taken).toBe(STRIPE_CURRENCIES.size);
    expect(taken).toBeGreaterThanOrEqual(135);
  });

  it('ten thousand yen is never a million', () => {
    expect(units(10_000n, 'JPY')).toBe(10_000n);
    expect(toDecimal(10_000n, 'JPY')).toBe('10000');
  });
});

describe('refusals', () => {
  it.each([
    ['KWD', 5_124n, 10n],
    ['OMR', 1n, 10n],
    ['MGA', 123n, 100n],
  ] as const)('%s %i has no Stripe amount; the step is %i', (code, minor, stepMinor) => {
    expect(toStripeUnits(minor, code)).toMatchObject({
      ok: false,
      refusal: { name: 'invalid_input', details: { reason: 'amount_not_chargeable', stepMinor } },
    });
    expect(chargeStepMinor(code)).toBe(stepMinor);
  });

  it('knows Stripe’s own steps: ISK and UGX end in 00, three-decimal currencies in 0', () => {
    expect(
      ['ISK', 'UGX', 'KWD', 'TND', 'JPY', 'CNY'].map((code) => stripeStep(code as CurrencyCode)),
    ).toEqual([100n, 100n, 10n, 10n, 1n, 1n]);
  });

  it('every step a person is told is itself chargeable', () => {
    for (const code of codes.filter((c) => STRIPE_CURRENCIES.has(c)))
      expect(toStripeUnits(chargeStepMinor(code) * 1_000n, code).ok, code).toBe(true);
  });

  it('refuses nothing, less than nothing, and more than Stripe can write', () => {
    expect(toStripeUnits(0n, 'CNY')).toMatchObject({ refusal: { name: 'amount_must_be_positive' } });
    expect(toStripeUnits(-5n, 'CNY')).toMatchObject({ refusal: { name: 'amount_must_be_positive' } });
    expect(units(99_999_999n, 'CNY')).toBe(stripeMaximum('CNY'));
    expect(toStripeUnits(100_000_000n, 'CNY')).toMatchObject({
      refusal: { details: { reason: 'amount_too_large' } },
    });
    expect(units(999_999_999_999n, 'IDR')).toBe(999_999_999_999n);
    expect(units(100_000_000n, 'JPY')).toBe(100_000_000n);
  });

  it('refuses rather than rounds what comes back', () => {
    expect(fromStripeUnits(1045n, 'huf')).toMatchObject({
      refusal: { details: { reason: 'amount_not_exact' } },
    });
    expect(fromStripeUnits(150n, 'isk')).toMatchObject({ ok: false });
    expect(fromStripeUnits(1n, 'usdc')).toMatchObject({ refusal: { name: 'currency_unknown' } });
    expect(fromStripeUnits(1n, 'xau')).toMatchObject({ refusal: { name: 'currency_unknown' } });
    expect(fromStripeUnits(-26_500n, 'usd')).toEqual({
      ok: true,
      value: { currency: 'USD', minor: -26_500n },
    });
  });
});

describe('what Stripe offers where', () => {
  it('pays HUF and TWD out in whole units only', () => {
    expect(isPayableOut(1000n, 'HUF')).toBe(true);
    expect(isPayableOut(1045n, 'HUF')).toBe(false);
    expect(isPayableOut(80_045n, 'TWD')).toBe(false);
    expect(isPayableOut(1045n, 'CNY')).toBe(true);
    expect(isPayableOut(0n, 'CNY')).toBe(false);
  });

  it('offers wallets only in their presentment currencies', () => {
    const all = ['card', 'alipay', 'wechat_pay'] as const;
    expect(methodsFor('CNY', all)).toEqual(all);
    expect(methodsFor('HKD', all)).toEqual(all);
    expect(methodsFor('MYR', all)).toEqual(['card', 'alipay']);
    expect(methodsFor('CHF', all)).toEqual(['card', 'wechat_pay']);
    expect(methodsFor('THB', all)).toEqual(['card']);
    expect(methodsFor('CNY', ['alipay'])).toEqual(['alipay']);
  });
});
