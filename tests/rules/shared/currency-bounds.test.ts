import { expect, test } from 'vitest';
import {
  chargeStepMinor,
  STRIPE_ALWAYS_00,
  STRIPE_CURRENCIES,
  STRIPE_THOUSANDTHS,
  stripeMaximum,
  toStripeUnits,
} from '@/lib/payments/stripe-amount.rules';
import { CURRENCIES, type CurrencyCode } from '@/lib/shared/currencies';
import { MINOR_MAX, parseAmount } from '@/lib/shared/money';
import { cases } from '../../support/bad-input';

// Five amounts at the edges of each currency: below the least, the least, the most a row holds, one more, and one digit
// more than the currency has. The texts are built digit by digit from the table, not by the code under test.

const CODES = Object.keys(CURRENCIES) as CurrencyCode[];

const pointed = (minor: bigint, digits: number): string => {
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

const edges = CODES.flatMap((code) => {
  const digits = CURRENCIES[code];
  const no = (name: string, reason?: string) => ({ name, reason });
  return [
    { code, typed: pointed(0n, digits), expected: no('amount_must_be_positive') },
    { code, typed: pointed(1n, digits), expected: 1n },
    { code, typed: pointed(MINOR_MAX, digits), expected: MINOR_MAX },
    { code, typed: pointed(MINOR_MAX + 1n, digits), expected: no('invalid_input', 'amount_too_large') },
    { code, typed: pointed(11n, digits + 1), expected: no('invalid_input', 'too_many_decimals') },
  ];
});

test('what a person types is read to the last digit a currency has, and not beyond', () => {
  for (const { code, typed, expected } of cases('currency-text', edges)) {
    const read = parseAmount(typed, code);
    if (typeof expected === 'bigint') expect(read, `${code} ${typed}`).toEqual({ ok: true, value: expected });
    else
      expect(
        read.ok ? read.value : [read.refusal.name, read.refusal.details?.['reason']],
        `${code} ${typed}`,
      ).toEqual([expected.name, expected.reason]);
  }
});

/** What the provider's documentation says a whole unit is, and the step it must be a multiple of. */
const WHOLE = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const documented = (code: CurrencyCode): { units: bigint; step: bigint } => {
  if (STRIPE_ALWAYS_00.has(code)) return { units: 100n, step: 100n };
  if (STRIPE_THOUSANDTHS.has(code)) return { units: 1000n, step: 10n };
  return { units: WHOLE.includes(code) ? 1n : 100n, step: 1n };
};

test('what the provider is asked for is exact, a multiple of its step, and at most what it can write', () => {
  const charged = CODES.filter((code) => STRIPE_CURRENCIES.has(code)).flatMap((code) =>
    (['below', 'least', 'most', 'more', 'odd'] as const).map((edge) => ({ code, edge })),
  );
  for (const { code, edge } of cases('currency-charge', charged)) {
    const { units, step } = documented(code);
    const ours = 10n ** BigInt(CURRENCIES[code]);
    const most = stripeMaximum(code) - (stripeMaximum(code) % step);
    const minorOf = (provided: bigint): bigint => (provided * ours) / units;
    const least = minorOf(step) > 0n ? minorOf(step) : 1n;
    const minor = { below: 0n, least, most: minorOf(most), more: minorOf(most) + least, odd: least + 1n }[
      edge
    ];
    const sent = toStripeUnits(minor, code);
    const said = sent.ok ? sent.value : [sent.refusal.name, sent.refusal.details?.['reason']];
    if (edge === 'below') expect(said, code).toEqual(['amount_must_be_positive', undefined]);
    else if (edge === 'more') expect(said, code).toEqual(['invalid_input', 'amount_too_large']);
    else if ((minor * units) % ours === 0n && ((minor * units) / ours) % step === 0n)
      expect(said, `${code} ${edge}`).toBe((minor * units) / ours);
    else {
      expect(said, `${code} ${edge}`).toEqual(['invalid_input', 'amount_not_chargeable']);
      expect(sent.ok ? 0n : sent.refusal.details?.['stepMinor'], code).toBe(chargeStepMinor(code));
    }
  }
});
