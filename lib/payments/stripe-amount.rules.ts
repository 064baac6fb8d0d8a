import { isCurrency, minorDigits, type Money } from '@/lib/shared/money';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { ok, refuse, type Result } from '@/lib/shared/result';

/*
 * What one unit of Stripe's `amount` is worth, by currency. Stripe does not follow ISO 4217 everywhere, and a
 * wrong factor charges a donor a hundred times too much while a round trip still looks right, so the tables
 * are written out and tested code by code. Source: docs.stripe.com/currencies, sections "Zero-decimal
 * currencies", "Three-decimal currencies" and "Special cases".
 */

/** The amount is already in whole units: 500 means JPY 500. */
export const STRIPE_WHOLE_UNITS = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
);

/** Thousandths, of which the last digit must be 0: KWD 5.12 is 5120, and KWD 5.124 cannot be charged. */
export const STRIPE_THOUSANDTHS = new Set('BHD JOD KWD OMR TND'.split(' '));

/**
 * Whole currencies that Stripe still writes with two decimals, always 00: ISK 5 is 500. UGX also stands in
 * Stripe's zero-decimal list; the special case is the one its API enforces
 * (`invalid_charge_amount_no_decimal_compatible`).
 */
export const STRIPE_ALWAYS_00 = new Set('ISK UGX'.split(' '));

/** Charged with two decimals, but a manual payout must be a whole number of units. */
export const STRIPE_WHOLE_PAYOUTS = new Set('HUF TWD'.split(' '));

/** The codes Stripe names as supported that ISO 4217 (our table) knows; which of them an account has depends on its country. */
export const STRIPE_CURRENCIES = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF ' +
    'CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG ' +
    'HUF IDR ILS INR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT ' +
    'MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR ' +
    'SBD SCR SEK SGD SHP SLL SOS SRD STD SVC SZL THB TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST ' +
    'XAF XCD XOF XPF YER ZAR ZMW'
  ).split(' '),
);

/** How many decimals Stripe's `amount` carries for this currency; null when Stripe does not take it. */
export const stripeDigits = (currency: CurrencyCode): 0 | 2 | 3 | null => {
  if (!STRIPE_CURRENCIES.has(currency)) return null;
  if (STRIPE_WHOLE_UNITS.has(currency)) return 0;
  return STRIPE_THOUSANDTHS.has(currency) ? 3 : 2;
};

/** The smallest step, in Stripe units, in which Stripe lets this currency be charged. */
export const stripeStep = (currency: CurrencyCode): bigint => {
  if (STRIPE_ALWAYS_00.has(currency)) return 100n;
  return STRIPE_THOUSANDTHS.has(currency) ? 10n : 1n;
};

const power = (digits: number): bigint => 10n ** BigInt(digits);

/**
 * The largest charge Stripe takes, in its units: 8 digits, more for the currencies Stripe lists. ("In
 * general, the number of allowed digits limits the maximum amount"; card limits of banks come on top.)
 */
export const stripeMaximum = (currency: CurrencyCode): bigint => {
  const digits = { IDR: 12, INR: 9, LBP: 14, COP: 13, HUF: 13, JPY: 13 }[currency as string] ?? 8;
  return power(digits) - 1n;
};

/**
 * Our minor units (ISO 4217) → Stripe's units, exactly or not at all.
 *
 * Refuses `currency_unknown` when Stripe does not take the currency, `amount_must_be_positive` for nothing or
 * less, and `invalid_input` with `reason` `amount_not_chargeable` (Stripe has no unit so small; `stepMinor` is
 * the step a person may use) or `amount_too_large`.
 */
export const toStripeUnits = (minor: bigint, currency: CurrencyCode): Result<bigint> => {
  const digits = stripeDigits(currency);
  if (digits === null) return refuse('currency_unknown', { currency });
  if (minor <= 0n) return refuse('amount_must_be_positive');
  const scaled = minor * power(digits);
  const ours = power(minorDigits(currency));
  const units = scaled / ours;
  if (scaled % ours !== 0n || units % stripeStep(currency) !== 0n)
    return refuse('invalid_input', { reason: 'amount_not_chargeable', stepMinor: chargeStepMinor(currency) });
  if (units > stripeMaximum(currency)) return refuse('invalid_input', { reason: 'amount_too_large' });
  return ok(units);
};

/** The smallest step in our minor units that Stripe can charge: 1 fen, 1 yen, 10 fils, 100 of an ariary's hundredths. */
export const chargeStepMinor = (currency: CurrencyCode): bigint => {
  const numerator = stripeStep(currency) * power(minorDigits(currency));
  const denominator = power(stripeDigits(currency) ?? 2);
  return numerator > denominator ? numerator / denominator : 1n;
};

/**
 * Stripe's units and lower-case code → our money. Any sign: balance transactions of refunds are negative.
 * Refuses rather than rounds: a currency we have no table for, or a fraction that our minor unit cannot hold.
 */
export const fromStripeUnits = (units: bigint, stripeCode: string): Result<Money> => {
  const currency = stripeCode.toUpperCase();
  if (!isCurrency(currency)) return refuse('currency_unknown', { currency: stripeCode });
  const digits = stripeDigits(currency);
  if (digits === null) return refuse('currency_unknown', { currency });
  const scaled = units * power(minorDigits(currency));
  const theirs = power(digits);
  if (scaled % theirs !== 0n) return refuse('invalid_input', { reason: 'amount_not_exact', currency });
  return ok({ currency, minor: scaled / theirs });
};

/** Whether a payout of this many Stripe units can be made by hand (HUF and TWD only in whole units). */
export const isPayableOut = (units: bigint, currency: CurrencyCode): boolean =>
  units > 0n && (!STRIPE_WHOLE_PAYOUTS.has(currency) || units % 100n === 0n);

/** Payment methods of Checkout that Shanlu offers. */
export type PaymentMethod = 'card' | 'alipay' | 'wechat_pay';

/**
 * The currencies in which a donor may be shown each wallet (docs.stripe.com/payments/alipay and /wechat-pay,
 * "presentment currencies"); CNY only where the account's country settles it. Cards take every currency.
 */
const WALLET_CURRENCIES: Readonly<Record<Exclude<PaymentMethod, 'card'>, ReadonlySet<string>>> = {
  alipay: new Set('AUD CAD CNY EUR GBP HKD JPY MYR NZD SGD USD'.split(' ')),
  wechat_pay: new Set('AUD CAD CHF CNY DKK EUR GBP HKD JPY NOK SEK SGD USD'.split(' ')),
};

/** Of the methods a campaign allows, those that Stripe offers in this currency, in the campaign's order. */
export const methodsFor = (
  currency: CurrencyCode,
  allowed: readonly PaymentMethod[],
): readonly PaymentMethod[] =>
  allowed.filter((method) => method === 'card' || WALLET_CURRENCIES[method].has(currency));
