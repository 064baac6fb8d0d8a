import { groupBy } from '@/lib/shared/group-by';
import { isCurrency } from '@/lib/shared/money';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { dayNumber } from './date-text.rules';
import type { LineFlag, Statement, StatementLine } from './statement.rules';

/** A line that may be stored and booked: its amount is certain, in the account's currency. */
export type ReadyLine = Omit<StatementLine, 'amountMinor' | 'currency'> & {
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
};

export type HeldReason =
  | Extract<
      LineFlag,
      | 'date_order_ambiguous'
      | 'currency_missing'
      | 'currency_unknown'
      | 'finer_than_currency'
      | 'amount_too_large'
    >
  | 'currency_differs';

export type TakenLines = {
  readonly ready: readonly ReadyLine[];
  /** Kept back until a person has answered the question in `reason`. */
  readonly held: readonly { readonly line: StatementLine; readonly reason: HeldReason }[];
  /** No movement of this account: pending, announced, void, or an opening balance written as a line. */
  readonly passedOver: readonly StatementLine[];
};

const HOLDING: readonly HeldReason[] = [
  'currency_missing',
  'currency_unknown',
  'finer_than_currency',
  'amount_too_large',
  'date_order_ambiguous',
];

const holdingReason = (line: StatementLine, accountCurrency: CurrencyCode): HeldReason | null => {
  const flagged = HOLDING.find((reason) => (line.flags as readonly string[]).includes(reason));
  if (flagged !== undefined) return flagged;
  return line.currency === accountCurrency ? null : 'currency_differs';
};

/** Sorts a statement's lines into what can be imported into an account, what must be asked, and what is no movement. */
export const takeLines = (statement: Statement, accountCurrency: CurrencyCode): TakenLines => {
  const ready: ReadyLine[] = [];
  const held: { line: StatementLine; reason: HeldReason }[] = [];
  const passedOver: StatementLine[] = [];
  for (const line of statement.lines) {
    const reason = holdingReason(line, accountCurrency);
    if (line.status !== 'booked' || line.kind === 'opening_balance') passedOver.push(line);
    else if (reason !== null) held.push({ line, reason });
    else if (line.amountMinor !== null && line.currency !== null && isCurrency(line.currency))
      ready.push({ ...line, amountMinor: line.amountMinor, currency: line.currency });
  }
  return { ready, held, passedOver };
};

/** A line that is in the books of the account already. */
export type KnownLine = {
  readonly id: string;
  readonly fingerprintText: string;
  readonly bookedOn: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The route of the file it came by. */
  readonly route: string;
  readonly bankReference: string | null;
  readonly reference: string | null;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly memo: string;
};

export type ImportPlan = {
  readonly fresh: readonly ReadyLine[];
  readonly known: readonly {
    readonly line: ReadyLine;
    readonly id: string;
    readonly by: 'same_content' | 'other_route';
  }[];
  /** New, but so like a line that came by another route with another date that a person should look. */
  readonly suspects: readonly { readonly line: ReadyLine; readonly id: string }[];
};

const plain = (text: string | null): string =>
  (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const equalAndSaid = (a: string | null, b: string | null): boolean =>
  plain(a) !== '' && plain(a) === plain(b);

/** How surely two lines of different routes are one movement: the banks' own number before any wording. */
const agreement = (line: ReadyLine, known: KnownLine): number => {
  const [words, others] = [
    plain(`${line.counterparty ?? ''}${line.memo}${line.reference ?? ''}`),
    plain(`${known.counterparty ?? ''}${known.memo}${known.reference ?? ''}`),
  ];
  return (
    (equalAndSaid(line.bankReference, known.bankReference) ? 16 : 0) +
    (equalAndSaid(line.reference, known.reference) ? 8 : 0) +
    (equalAndSaid(line.counterpartyAccount, known.counterpartyAccount) ? 4 : 0) +
    (equalAndSaid(line.counterparty, known.counterparty) ? 2 : 0) +
    (words !== '' && others !== '' && (words.includes(others) || others.includes(words)) ? 1 : 0)
  );
};

const SUSPECT_DAYS = 5;

const bucketOf = (line: { bookedOn: string; currency: string; amountMinor: bigint }): string =>
  `${line.bookedOn}|${line.currency}|${line.amountMinor}`;

/** Pairs the lines of one day and amount with what came by another route, surest pairs first. */
const pairAcrossRoutes = (
  lines: readonly ReadyLine[],
  known: readonly KnownLine[],
): Map<ReadyLine, KnownLine> => {
  const pairs = new Map<ReadyLine, KnownLine>();
  const used = new Set<KnownLine>();
  const options = lines
    .flatMap((line, i) =>
      known.map((one, k) => ({ line, one, agreement: agreement(line, one), distance: Math.abs(i - k) })),
    )
    .sort((a, b) => b.agreement - a.agreement || a.distance - b.distance);
  for (const { line, one } of options)
    if (!pairs.has(line) && !used.has(one)) {
      pairs.set(line, one);
      used.add(one);
    }
  return pairs;
};

/**
 * Which lines of a file are new to an account. The same content with the same occurrence number is the same
 * line, so overlapping exports of one format never double and equal genuine lines stay two. A statement of
 * another format words everything differently; but both list every movement of a day, so lines of the same day
 * and amount are paired one to one, and only what is left over is new.
 */
export const planImport = (
  lines: readonly ReadyLine[],
  route: string,
  account: readonly KnownLine[],
): ImportPlan => {
  const byContent = new Map(account.map((one) => [one.fingerprintText, one]));
  const known: ImportPlan['known'][number][] = [];
  const rest: ReadyLine[] = [];
  const claimed = new Set<KnownLine>();
  const seen = new Set<string>();
  for (const line of lines) {
    // A statement that stands in the file twice carries the same texts twice.
    if (seen.has(line.fingerprintText)) continue;
    seen.add(line.fingerprintText);
    const same = byContent.get(line.fingerprintText);
    if (same) {
      known.push({ line, id: same.id, by: 'same_content' });
      claimed.add(same);
    } else rest.push(line);
  }
  const elsewhere = account.filter((one) => one.route !== route && !claimed.has(one));
  const others = groupBy(elsewhere, bucketOf);
  const fresh: ReadyLine[] = [];
  for (const [bucket, group] of groupBy(rest, bucketOf)) {
    const pairs = pairAcrossRoutes(group, others.get(bucket) ?? []);
    for (const line of group) {
      const pair = pairs.get(line);
      if (pair) {
        known.push({ line, id: pair.id, by: 'other_route' });
        claimed.add(pair);
      } else fresh.push(line);
    }
  }
  const byAmount = groupBy(
    elsewhere.filter((one) => !claimed.has(one)),
    (one) => `${one.currency}|${one.amountMinor}`,
  );
  const suspects = fresh.flatMap((line) => {
    const alike = (byAmount.get(`${line.currency}|${line.amountMinor}`) ?? []).find(
      (one) =>
        agreement(line, one) >= 2 &&
        Math.abs(dayNumber(one.bookedOn) - dayNumber(line.bookedOn)) <= SUSPECT_DAYS,
    );
    return alike ? [{ line, id: alike.id }] : [];
  });
  return { fresh: [...fresh].sort((a, b) => a.lineNo - b.lineNo), known, suspects };
};
