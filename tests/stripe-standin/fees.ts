import { decimalsOf } from './currencies';
import type { Behaviour } from './store';

/**
 * What the stand-in charges. Stripe's prices depend on country and contract; these are made up, close in size,
 * and stated here so that a test can work out every fen: a share in basis points of the settled amount, half
 * units rounded up (support.stripe.com, "rounding Stripe fees"), plus a fixed sum, both in the settlement currency.
 */
export type FeeSchedule = {
  readonly basisPoints: Readonly<Record<Behaviour['type'], number>>;
  /** Fixed sum per payment, in Stripe units of the settlement currency. */
  readonly fixed: number;
  /** Taken with every dispute in which money is withdrawn, and not given back when it is won. */
  readonly dispute: number;
};

export const FEES: FeeSchedule = {
  basisPoints: { card: 290, alipay: 220, wechat_pay: 220, sepa_debit: 80 },
  fixed: 200,
  dispute: 8500,
};

/**
 * Value of one whole unit in CNY, as decimal text, made up but of the right size. `setRate` changes one, so
 * that a refund can cost more than its charge brought.
 */
export const RATES: Readonly<Record<string, string>> = {
  cny: '1',
  hkd: '0.9175',
  usd: '7.1562',
  cad: '5.2381',
  aud: '4.6893',
  sgd: '5.4427',
  myr: '1.6214',
  eur: '8.2365',
  gbp: '9.4128',
  jpy: '0.047531',
  nzd: '4.2716',
  chf: '8.8149',
  mop: '0.8908',
  twd: '0.2341',
  thb: '0.2078',
  krw: '0.005187',
  kwd: '23.3105',
};

/** Rounded to the nearest, halves away from zero, all in integers. */
export const divideRounded = (numerator: bigint, denominator: bigint): bigint => {
  const sign = numerator < 0n ? -1n : 1n;
  const size = numerator < 0n ? -numerator : numerator;
  return sign * ((2n * size + denominator) / (2n * denominator));
};

const DIGITS = 12;
const scaled = (decimal: string): bigint => {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.slice(0, DIGITS).padEnd(DIGITS, '0'));
};

export type Conversion = { readonly amount: number; readonly rate: number | null };

/**
 * An amount in the settlement currency, with the rate Stripe would show: what one whole unit of the charge's
 * currency is worth (the amount times the rate equals the settled amount; docs.stripe.com/api/balance_transactions).
 */
export const convert = (
  amount: number,
  from: string,
  to: string,
  rates: Readonly<Record<string, string>>,
): Conversion => {
  if (from === to) return { amount, rate: null };
  const source = scaled(rates[from] ?? '1');
  const target = scaled(rates[to] ?? '1');
  // Six digits are kept of the rate, and the amount is worked out from the rate that is shown.
  const rate = divideRounded(source * 1_000_000n, target);
  const numerator = BigInt(amount) * rate * 10n ** BigInt(decimalsOf(to));
  const denominator = 1_000_000n * 10n ** BigInt(decimalsOf(from));
  return { amount: Number(divideRounded(numerator, denominator)), rate: Number(rate) / 1_000_000 };
};

/** The fee on one settled payment. */
export const feeOf = (settled: number, type: Behaviour['type'], schedule: FeeSchedule): number =>
  Number(divideRounded(BigInt(settled) * BigInt(schedule.basisPoints[type]), 10_000n)) + schedule.fixed;
