import { ok, refuse, type Result } from '../shared/result';
import { sumMinor } from '../shared/money';
import type { MatchPart } from './bank.form';

/** The most a bank may have kept back from a transfer, in minor units; more is for a person to split by hand. */
export const CHARGE_MAX_MINOR = 5_000n;

/** Which way the money of each kind of part goes on a bank line; `both` for what may go either way. */
const WAYS: Readonly<Record<MatchPart['kind'], 'in' | 'out' | 'both'>> = {
  gift: 'in',
  pledge: 'in',
  new_gift: 'in',
  payout: 'both',
  payment: 'out',
  payment_returned: 'in',
  refund: 'out',
  fee: 'both',
  interest: 'both',
  unidentified: 'in',
  own_transfer: 'both',
  cash_banked: 'in',
  exchange: 'both',
};

const isCharge = (part: MatchPart): boolean => part.kind === 'fee';

/** What the exchange rate added to the payout of a match, or took from it. */
export const exchangeOf = (parts: readonly MatchPart[]): bigint =>
  sumMinor(parts.filter((part) => part.kind === 'exchange').map((part) => part.amountMinor));

/**
 * May these lines be these things? Lines and parts must come to the same sum, each part must go the way its kind can,
 * and a charge taken off other money stays within what banks take.
 */
export const decideMatch = (
  lines: readonly { readonly amountMinor: bigint }[],
  parts: readonly MatchPart[],
): Result<null> => {
  const [linesMinor, partsMinor] = [
    sumMinor(lines.map((line) => line.amountMinor)),
    sumMinor(parts.map((part) => part.amountMinor)),
  ];
  if (linesMinor !== partsMinor)
    return refuse('amounts_differ', { linesMinor, partsMinor, differenceMinor: linesMinor - partsMinor });
  for (const part of parts) {
    const way = WAYS[part.kind];
    if ((way === 'in' && part.amountMinor < 0n) || (way === 'out' && part.amountMinor > 0n))
      return refuse('amounts_differ', { reason: 'direction', kind: part.kind });
  }
  const named = parts.flatMap((part) => ('subject' in part ? [`${part.kind} ${part.subject}`] : []));
  if (new Set(named).size < named.length) return refuse('already_matched', {}, 'parts');
  // What an exchange rate made of a payout is booked with it: it cannot stand alone, nor say which payout it is of.
  const payouts = parts.filter((part) => part.kind === 'payout').length;
  if (exchangeOf(parts) !== 0n && payouts !== 1)
    return refuse('amounts_differ', { reason: 'exchange_without_payout' });
  const charge = sumMinor(parts.filter(isCharge).map((part) => part.amountMinor));
  if (parts.some((part) => !isCharge(part)) && (charge > 0n || -charge > CHARGE_MAX_MINOR))
    return refuse('amounts_differ', { chargeMinor: charge, mostMinor: CHARGE_MAX_MINOR });
  return ok(null);
};

/** The wording of a line without what changes from month to month: the same rule for every interest line. */
export const wordingKey = (text: string | null): string =>
  (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, '')
    .slice(0, 120);

/** Kinds that are learned from: what the bank itself does, never whose gift a line is. */
export const LEARNED = ['fee', 'interest', 'own_transfer', 'cash_banked'] as const;
export type LearnedKind = (typeof LEARNED)[number];
export const isLearned = (kind: string): kind is LearnedKind => LEARNED.some((one) => one === kind);

/** From the third time on a rule's line may be accepted together with the other certain ones. */
export const CERTAIN_AFTER = 3;
