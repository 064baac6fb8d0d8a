import {
  FAR_DAYS,
  numberIn,
  readyLine,
  readyMoney,
  weigh,
  type ExpectedMoney,
  type LineToMatch,
  type MatchClass,
  type MatchOptions,
  type MatchReason,
  type ReadyLine,
  type ReadyMoney,
  type Weighed,
} from './match-reasons.rules';

export type {
  ExpectedMoney,
  LineToMatch,
  MatchClass,
  MatchOptions,
  MatchReason,
} from './match-reasons.rules';

/**
 * Which expected money a bank line may be. Every candidate says why, in reasons a person can check, and no score:
 * `certain` may be accepted in bulk, `likely` is offered first, `possible` is only shown.
 */
export type Candidate = {
  readonly lineId: string;
  /** Usually one; several when the remark names several and their sum is the line. */
  readonly expectedIds: readonly string[];
  readonly class: MatchClass;
  readonly reasons: readonly MatchReason[];
};

/** More than a person will look through. */
const CANDIDATES_PER_LINE = 20;

const collect = <T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> => {
  const found = new Map<string, T[]>();
  for (const item of items)
    for (const key of keysOf(item)) {
      const group = found.get(key);
      if (group) group.push(item);
      else found.set(key, [item]);
    }
  return found;
};

const amountKey = (currency: string, minor: bigint): string => `${currency}|${minor}`;

type Index = {
  readonly byReference: ReadonlyMap<string, readonly ReadyMoney[]>;
  /** Sorted by day. */
  readonly byAmount: ReadonlyMap<string, readonly ReadyMoney[]>;
  readonly byAccount: ReadonlyMap<string, readonly ReadyMoney[]>;
  readonly numbered: readonly ReadyMoney[];
  readonly all: readonly ReadyMoney[];
};

const indexOf = (expected: readonly ReadyMoney[]): Index => {
  const sorted = [...expected].sort((a, b) => a.day - b.day);
  return {
    byReference: collect(sorted, ({ money }) => (money.reference === null ? [] : [money.reference])),
    byAmount: collect(sorted, ({ money }) => [amountKey(money.currency, money.amountMinor)]),
    byAccount: collect(sorted, ({ accounts }) => [...accounts]),
    numbered: sorted.filter(({ numbers }) => numbers.length > 0),
    all: sorted,
  };
};

/** The first place in a list sorted by day that is not before `day`. */
const firstFrom = (list: readonly ReadyMoney[], day: number): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.day ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
};

const withinDays = (list: readonly ReadyMoney[], day: number): readonly ReadyMoney[] =>
  list.slice(firstFrom(list, day - FAR_DAYS), firstFrom(list, day + FAR_DAYS + 1));

/**
 * Of promises of one amount, so many are compared with a line that names none of them: those nearest in time. None of
 * them could be certain, and nobody looks through more. Payouts can be, by name alone, and are all compared.
 */
const CROWD_MAX = 120;

const nearest = (list: readonly ReadyMoney[], day: number): readonly ReadyMoney[] => {
  const near = withinDays(list, day);
  if (near.length <= CROWD_MAX) return near;
  const start = Math.min(Math.max(0, firstFrom(near, day) - CROWD_MAX / 2), near.length - CROWD_MAX);
  return [...near.slice(start, start + CROWD_MAX), ...near.filter(({ money }) => money.kind === 'payout')];
};

/** Few enough that every one may be compared with every line. */
const COMPARED_WHOLE_MAX = 300;

/** What could fit a line at all, so that not every pair must be weighed. */
const shortlist = (line: ReadyLine, index: Index): Set<ReadyMoney> => {
  const found = new Set<ReadyMoney>();
  const take = (list: readonly ReadyMoney[] | undefined): void => list?.forEach((one) => found.add(one));
  for (const reference of [...line.references, ...line.slips]) take(index.byReference.get(reference));
  take(index.numbered.filter((one) => numberIn(line, one) !== undefined));
  // A line that says what it is for needs no guesses by amount.
  if (found.size > 0 && line.references.length > 0) return found;
  take(nearest(index.byAmount.get(amountKey(line.line.currency, line.line.amountMinor)) ?? [], line.day));
  if (line.account !== null) take(index.byAccount.get(line.account));
  if (index.all.length <= COMPARED_WHOLE_MAX) take(index.all);
  return found;
};

type Edge = { readonly line: LineToMatch; readonly expected: ExpectedMoney; readonly weighed: Weighed };

/** Expected money that is one promise in several instalments of one amount: which is paid first is all the same. */
const isOnePromise = (members: readonly ExpectedMoney[]): boolean =>
  members.every(
    (one) =>
      one.reference !== null &&
      one.reference === members[0]?.reference &&
      one.amountMinor === members[0].amountMinor,
  );

/**
 * Which of the certain pairs stay certain: those where nothing else fits either side. Equal instalments of one
 * promise are paired in order of time as long as there are not more payments than instalments; a second payment
 * for the last instalment is for a person to judge.
 */
const undisputed = (
  edges: readonly Edge[],
): { readonly pairs: ReadonlySet<Edge>; readonly rivals: ReadonlyMap<Edge, number> } => {
  const byLine = collect(edges, (edge) => [edge.line.id]);
  const byExpected = collect(edges, (edge) => [edge.expected.id]);
  const pairs = new Set<Edge>();
  const rivals = new Map<Edge, number>();
  for (const edge of edges) {
    const sameLine = byLine.get(edge.line.id) ?? [];
    const sameExpected = byExpected.get(edge.expected.id) ?? [];
    if (sameLine.length === 1 && sameExpected.length === 1) {
      pairs.add(edge);
      continue;
    }
    const members = sameLine
      .map((one) => one.expected)
      .sort((a, b) => a.on.localeCompare(b.on) || a.id.localeCompare(b.id));
    const lines = sameExpected
      .map((one) => one.line)
      .sort((a, b) => a.bookedOn.localeCompare(b.bookedOn) || a.id.localeCompare(b.id));
    if (isOnePromise(members) && lines.length <= members.length) {
      if (members[lines.indexOf(edge.line)] === edge.expected) pairs.add(edge);
      continue;
    }
    rivals.set(edge, sameLine.length + sameExpected.length - 2);
  }
  return { pairs, rivals };
};

/** A remark that names several promises whose sum is the line: one transfer for the family's three pledges. */
const combined = ({ line, references }: ReadyLine, index: Index): Candidate[] => {
  if (references.length < 2) return [];
  const named = references
    .flatMap((reference) => index.byReference.get(reference)?.slice(0, 1) ?? [])
    .map(({ money }) => money);
  const total = named.reduce((sum, one) => sum + one.amountMinor, 0n);
  if (named.length < 2 || total !== line.amountMinor || named.some((one) => one.currency !== line.currency))
    return [];
  const reasons: MatchReason[] = [
    ...named.flatMap((one) =>
      one.reference === null ? [] : [{ name: 'reference_found' as const, text: one.reference }],
    ),
    { name: 'sum_of_several', count: named.length },
  ];
  return [{ lineId: line.id, expectedIds: named.map((one) => one.id), class: 'likely', reasons }];
};

const RANK: Readonly<Record<MatchClass, number>> = { certain: 0, likely: 1, possible: 2 };

const daysOf = (one: Candidate): number =>
  one.reasons.find((reason) => reason.name === 'days_apart')?.days ?? 0;

const bestFirst = (a: Candidate, b: Candidate): number =>
  RANK[a.class] - RANK[b.class] ||
  b.expectedIds.length - a.expectedIds.length ||
  b.reasons.length - a.reasons.length ||
  daysOf(a) - daysOf(b);

/**
 * All candidates of all lines, best first per line. `certain` only where the pair is undisputed from both sides
 * among everything given, so give all open lines and everything still expected.
 */
export const findCandidates = (
  lines: readonly LineToMatch[],
  expected: readonly ExpectedMoney[],
  options: MatchOptions = {},
): ReadonlyMap<string, readonly Candidate[]> => {
  const index = indexOf(expected.map((one) => readyMoney(one, options)));
  const edges: Edge[] = [];
  const sums: Candidate[] = [];
  for (const one of lines) {
    const line = readyLine(one, options);
    for (const money of shortlist(line, index)) {
      const weighed = weigh(line, money, options);
      if (weighed) edges.push({ line: one, expected: money.money, weighed });
    }
    sums.push(...combined(line, index));
  }
  const { pairs, rivals } = undisputed(edges.filter((edge) => edge.weighed.class === 'certain'));
  const candidates = edges.map((edge): Candidate => {
    const { class: reached, reasons } = edge.weighed;
    const count = rivals.get(edge) ?? 0;
    return {
      lineId: edge.line.id,
      expectedIds: [edge.expected.id],
      class: reached === 'certain' && !pairs.has(edge) ? 'likely' : reached,
      reasons: count > 0 ? [...reasons, { name: 'others_fit_as_well', count }] : reasons,
    };
  });
  const found = collect([...sums, ...candidates], (one) => [one.lineId]);
  return new Map([...found].map(([id, list]) => [id, list.sort(bestFirst).slice(0, CANDIDATES_PER_LINE)]));
};

/** The pairs that may be accepted in one go. */
export const certainMatches = (candidates: ReadonlyMap<string, readonly Candidate[]>): Candidate[] =>
  [...candidates.values()].flatMap((list) => list.filter((one) => one.class === 'certain').slice(0, 1));
