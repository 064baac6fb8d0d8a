import { badParameter } from './errors';

/*
 * Stripe's currencies, kept apart from the gateway's table on purpose: if both sides read one table, one slip
 * in it would charge a hundred times too much and every test would still pass.
 * Source: docs.stripe.com/currencies and the list in Stripe's own "Invalid currency" refusal.
 */

const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf'].map((c) => [c, 0] as const),
  ...['vnd', 'vuv', 'xaf', 'xof', 'xpf'].map((c) => [c, 0] as const),
  ...['bhd', 'jod', 'kwd', 'omr', 'tnd'].map((c) => [c, 3] as const),
  ...(
    'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny ' +
    'cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd ' +
    'kes kgs khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr ' +
    'nzd pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd ' +
    'twd tzs uah ugx uyu uzs wst xcd yer zar zmw btn ghs svc sll'
  )
    .split(' ')
    .map((c) => [c, 2] as const),
]);

/** Smallest charge by settlement currency, in Stripe units. */
const LEAST: Readonly<Record<string, number>> = {
  usd: 50,
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  // Stripe lists no minimum for CNY; the equivalent of half a dollar is what its conversion rule gives.
  cny: 360,
};

const MOST_DIGITS: Readonly<Record<string, number>> = { idr: 12, inr: 9, lbp: 14, cop: 13, huf: 13, jpy: 13 };

/** In Stripe's own order: the dollar first, then by the alphabet. */
export const SUPPORTED: readonly string[] = [
  'usd',
  ...[...DECIMALS.keys()].filter((code) => code !== 'usd').sort(),
];

export const decimalsOf = (currency: string): number => DECIMALS.get(currency) ?? 2;

/** Whole and decimals for people: 1234 usd → "12.34". */
export const inUnits = (amount: number, currency: string): string => {
  const digits = decimalsOf(currency);
  const sign = amount < 0 ? '-' : '';
  const plain = String(Math.abs(amount)).padStart(digits + 1, '0');
  return digits === 0 ? sign + plain : `${sign}${plain.slice(0, -digits)}.${plain.slice(-digits)}`;
};

/** Lower-cases and checks a currency as Stripe does. */
export const readCurrency = (given: string, param: string): string => {
  const currency = given.toLowerCase();
  if (DECIMALS.has(currency)) return currency;
  throw badParameter(
    `Invalid currency: ${given}. Stripe currently supports these currencies: ${SUPPORTED.join(', ')}`,
    param,
  );
};

/** Refuses an amount that Stripe would not charge: too small, too large, or in no unit of the currency. */
export const checkAmount = (amount: number, currency: string, param = 'amount'): void => {
  const units = (n: number) => `${inUnits(n, currency)} ${currency}`;
  if ((currency === 'isk' || currency === 'ugx') && amount % 100 !== 0)
    throw badParameter(
      `Invalid amount. Currency ${currency.toUpperCase()} has become effectively zero-decimal and charged amounts must be evenly divisible by 100. See https://stripe.com/docs/currencies#special-cases for more information.`,
      param,
      'invalid_charge_amount_no_decimal_compatible',
    );
  if (decimalsOf(currency) === 3 && amount % 10 !== 0)
    throw badParameter(
      `Invalid amount: must be divisible by 10 for ${currency}.`,
      param,
      'parameter_invalid_integer',
    );
  const least = LEAST[currency] ?? 1;
  if (amount < least)
    throw badParameter(`Amount must be at least ${units(least)}`, param, 'amount_too_small');
  const most = 10 ** (MOST_DIGITS[currency] ?? 8) - 1;
  if (amount > most)
    throw badParameter(`Amount must be no more than ${units(most)}`, param, 'amount_too_large');
};
