import type { CurrencyCode } from '@/lib/shared/currencies';
import { findReferences, nearReferences } from '@/lib/shared/reference.rules';
import {
  bestName,
  foldName,
  remarkNames,
  type FoldedName,
  type NameAgreement,
  type ToSimplified,
} from './names.rules';
import { dayNumber } from './statement/date-text.rules';

export type LineToMatch = {
  readonly id: string;
  readonly bookedOn: string;
  /** Signed; what is still unmatched of the line. */
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly reference: string | null;
  readonly memo: string;
};

export type ExpectedMoney = {
  readonly id: string;
  readonly kind: 'pledge' | 'gift' | 'payout' | 'disbursement' | 'refund' | 'transfer';
  /** The payment reference printed for it, canonical. */
  readonly reference: string | null;
  /** Other numbers that name it beyond doubt: payout id, invoice number, end-to-end id. */
  readonly numbers: readonly string[];
  /** Signed as the bank will show it; for a payout its net; what is still open. */
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
  /** The day it is due or expected. */
  readonly on: string;
  readonly names: readonly string[];
  /** Accounts it came from, or goes to, before. */
  readonly accounts: readonly string[];
};

export type MatchReason =
  | { readonly name: 'reference_found' | 'reference_one_slip' | 'number_found'; readonly text: string }
  | { readonly name: 'amount_exact' | 'payout_net' | 'account_known' }
  | { readonly name: 'amount_short_by_charge' | 'amount_short' | 'amount_over'; readonly byMinor: bigint }
  | { readonly name: 'currency_differs'; readonly currency: CurrencyCode }
  | { readonly name: 'name_agrees'; readonly how: NameAgreement; readonly as: string }
  | { readonly name: 'name_in_remark'; readonly as: string }
  | { readonly name: 'days_apart'; readonly days: number }
  | { readonly name: 'sum_of_several'; readonly count: number }
  | { readonly name: 'others_fit_as_well'; readonly count: number };

export type MatchClass = 'certain' | 'likely' | 'possible';

export type MatchOptions = {
  /** Traditional to simplified, for names (lib/reconciliation/chinese.ts). */
  readonly toSimplified?: ToSimplified;
  /** How much a bank may have kept back from a transfer, in minor units. */
  readonly chargeMinor?: bigint;
};

export const NEAR_DAYS = 10;
/** Beyond this only a reference or number speaks for a pair. */
export const FAR_DAYS = 45;
const DEFAULT_CHARGE_MINOR = 5_000n;

export const plainNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Shorter numbers stand in remarks by chance. */
const NUMBER_LENGTH = 6;

/** Ten characters with a letter, or fourteen digits: longer than dates, amounts and most account numbers. */
const isLong = (number: string): boolean =>
  number.length >= 14 || (number.length >= 10 && /\p{L}/u.test(number) && /\d/u.test(number));

/** A line made ready once for being compared many times. */
export type ReadyLine = {
  readonly line: LineToMatch;
  readonly day: number;
  readonly references: readonly string[];
  /** References one slip away from something that looks like one. */
  readonly slips: ReadonlySet<string>;
  /** Everything the bank wrote, as bare letters and digits. */
  readonly text: string;
  readonly payer: FoldedName | null;
  readonly remark: FoldedName;
  readonly account: string | null;
};

export type ReadyMoney = {
  readonly money: ExpectedMoney;
  readonly day: number;
  readonly names: readonly FoldedName[];
  readonly accounts: ReadonlySet<string>;
  readonly numbers: readonly string[];
};

const LOOKS_LIKE_REFERENCE = /[S5]\s?R[0-9A-Z\s-]{5,12}/gu;
const unchanged: ToSimplified = (text) => text;

export const readyLine = (line: LineToMatch, { toSimplified = unchanged }: MatchOptions): ReadyLine => {
  const text = [line.reference, line.memo, line.counterparty].filter((one) => one !== null).join('\n');
  const references = findReferences(text);
  const typed =
    references.length > 0 ? [] : (text.normalize('NFKC').toUpperCase().match(LOOKS_LIKE_REFERENCE) ?? []);
  return {
    line,
    day: dayNumber(line.bookedOn),
    references,
    slips: new Set(typed.flatMap((one) => nearReferences(one.replace(/[^0-9A-Z]/gu, '').slice(0, 9)))),
    text: plainNumber(text),
    payer: line.counterparty === null ? null : foldName(line.counterparty, toSimplified),
    remark: foldName(line.memo, toSimplified),
    account: line.counterpartyAccount === null ? null : plainNumber(line.counterpartyAccount),
  };
};

export const readyMoney = (money: ExpectedMoney, { toSimplified = unchanged }: MatchOptions): ReadyMoney => ({
  money,
  day: dayNumber(money.on),
  names: money.names.map((name) => foldName(name, toSimplified)),
  accounts: new Set(money.accounts.map(plainNumber)),
  numbers: money.numbers.map(plainNumber).filter((number) => number.length >= NUMBER_LENGTH),
});

export const numberIn = (line: ReadyLine, money: ReadyMoney): string | undefined =>
  money.numbers.find((number) => line.text.includes(number));

type Facts = {
  readonly byReference: boolean;
  /** The remark names no other promise. */
  readonly onlyReference: boolean;
  readonly bySlip: boolean;
  readonly byNumber: boolean;
  /** Too long to stand in a remark by chance. */
  readonly longNumber: boolean;
  readonly exact: boolean;
  readonly afterCharge: boolean;
  readonly account: boolean;
  readonly name: NameAgreement | 'remark' | null;
  readonly days: number;
  readonly payout: boolean;
};

/** From the facts to a class; read from the surest down. */
const classOf = (facts: Facts): MatchClass | null => {
  const { exact, days, name } = facts;
  const surelyNamed = name === 'same' || name === 'masked' || name === 'cut_off' || name === 'remark';
  if (facts.byReference && exact) return facts.onlyReference ? 'certain' : 'likely';
  if (facts.byNumber && exact && days <= FAR_DAYS) return facts.longNumber ? 'certain' : 'likely';
  if (facts.payout && exact && surelyNamed && days <= NEAR_DAYS) return 'certain';
  if (facts.account && exact && name === 'same' && days <= NEAR_DAYS) return 'certain';
  if (facts.byReference || facts.byNumber) return 'likely';
  if (facts.bySlip && exact) return 'likely';
  if (exact && days <= FAR_DAYS && (surelyNamed || facts.account)) return 'likely';
  if (facts.payout && exact && days <= NEAR_DAYS) return 'likely';
  if (facts.afterCharge && (name === 'same' || facts.account) && days <= NEAR_DAYS) return 'likely';
  if (exact && days <= FAR_DAYS && (name !== null || days <= NEAR_DAYS)) return 'possible';
  if (facts.afterCharge && surelyNamed && days <= FAR_DAYS) return 'possible';
  return (surelyNamed || facts.account) && days <= NEAR_DAYS ? 'possible' : null;
};

const amountReason = (paid: bigint, expected: bigint, charge: bigint): MatchReason => {
  const short = expected < 0n ? paid - expected : expected - paid;
  if (short === 0n) return { name: 'amount_exact' };
  if (short < 0n) return { name: 'amount_over', byMinor: -short };
  return short <= charge
    ? { name: 'amount_short_by_charge', byMinor: short }
    : { name: 'amount_short', byMinor: short };
};

type NameFound = { readonly reason: MatchReason; readonly how: NameAgreement | 'remark' } | null;

const nameReason = (line: ReadyLine, money: ReadyMoney): NameFound => {
  const named = bestName(line.payer, money.names);
  const weak = named === null || named.agreement === 'surname';
  const inRemark = weak ? money.names.find((name) => remarkNames(line.remark, name)) : undefined;
  if (inRemark) return { reason: { name: 'name_in_remark', as: inRemark.name }, how: 'remark' };
  return (
    named && { reason: { name: 'name_agrees', how: named.agreement, as: named.name }, how: named.agreement }
  );
};

export type Weighed = { readonly class: MatchClass; readonly reasons: readonly MatchReason[] };

/** Weighs one pair; null when nothing speaks for it. */
export const weigh = (line: ReadyLine, money: ReadyMoney, options: MatchOptions): Weighed | null => {
  const { line: paid, references } = line;
  const { money: due } = money;
  // Money in is never the answer to money out.
  if (paid.amountMinor < 0n !== due.amountMinor < 0n) return null;
  const byReference = due.reference !== null && references.includes(due.reference);
  const bySlip = !byReference && due.reference !== null && line.slips.has(due.reference);
  const number = numberIn(line, money);
  const reasons: MatchReason[] = [];
  if (due.reference !== null && byReference) reasons.push({ name: 'reference_found', text: due.reference });
  if (due.reference !== null && bySlip) reasons.push({ name: 'reference_one_slip', text: due.reference });
  if (number !== undefined) reasons.push({ name: 'number_found', text: number });
  if (paid.currency !== due.currency) {
    reasons.push({ name: 'currency_differs', currency: due.currency });
    return byReference || number !== undefined ? { class: 'possible', reasons } : null;
  }
  const amount = amountReason(paid.amountMinor, due.amountMinor, options.chargeMinor ?? DEFAULT_CHARGE_MINOR);
  const exact = amount.name === 'amount_exact';
  const account = line.account !== null && money.accounts.has(line.account);
  const name = nameReason(line, money);
  const days = Math.abs(line.day - money.day);
  reasons.push(exact && due.kind === 'payout' ? { name: 'payout_net' } : amount);
  if (account) reasons.push({ name: 'account_known' });
  if (name) reasons.push(name.reason);
  reasons.push({ name: 'days_apart', days });
  const reached = classOf({
    byReference,
    onlyReference: references.length === 1,
    bySlip,
    byNumber: number !== undefined,
    longNumber: number !== undefined && isLong(number),
    exact,
    afterCharge: amount.name === 'amount_short_by_charge',
    account,
    name: name?.how ?? null,
    days,
    payout: due.kind === 'payout',
  });
  return reached && { class: reached, reasons };
};
