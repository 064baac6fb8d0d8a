import { toSimplified } from '@/lib/reconciliation/chinese';
import {
  certainMatches,
  findCandidates,
  type ExpectedMoney,
  type LineToMatch,
} from '@/lib/reconciliation/match.rules';
import { makeReference } from '@/lib/shared/reference.rules';

/** A small repeatable generator, so a failure can be looked at again. */
const generator = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    state = (state ^ (state >>> 13)) >>> 0;
    return state % below;
  };
};

const SURNAMES = ['陈', '黄', '李', '王', '张', '吴', '刘', '蔡', '欧阳', '司徒'];
const GIVEN = ['大文', '小明', '美玲', '志强', '建国', '秀英', '家豪', '嘉欣', '伟', '思敏'];
const AMOUNTS = [10_000n, 20_000n, 50_000n, 100_000n, 200_000n, 66_600n, 88_800n];

export type GeneratedYear = {
  readonly lines: readonly LineToMatch[];
  readonly expected: readonly ExpectedMoney[];
  /** What each line really was; a line that is not here was nobody's. */
  readonly truth: ReadonlyMap<string, string>;
  /** Lines with their own reference, the full amount and no rival: those a person would accept without thinking. */
  readonly plain: ReadonlySet<string>;
};

/**
 * A year at the bank: promises paid with reference and full amount, and beside them misspelt and traditional names,
 * missing and damaged references, another giver's reference, amounts short by a charge or plainly wrong, double
 * payments, and strangers who give the same amount on the same day.
 */
export const generatedYear = (lineCount: number, seed = 20_260_410): GeneratedYear => {
  const next = generator(seed);
  const lines: LineToMatch[] = [];
  const expected: ExpectedMoney[] = [];
  const truth = new Map<string, string>();
  const plain = new Set<string>();
  const dayOf = (n: number, offset: number): string =>
    new Date(Date.UTC(2026, 0, 1 + (n % 355) + offset)).toISOString().slice(0, 10);
  const put = (
    id: string,
    over: Omit<LineToMatch, 'id' | 'currency' | 'reference' | 'counterpartyAccount'>,
  ): void => void lines.push({ id, currency: 'CNY', reference: null, counterpartyAccount: null, ...over });
  for (let n = 0; lines.length < lineCount; n += 1) {
    const reference = makeReference(BigInt(n + 1));
    const name = `${SURNAMES[next(10)] ?? ''}${GIVEN[next(10)] ?? ''}`;
    const amountMinor = AMOUNTS[next(7)] ?? 0n;
    expected.push({
      id: `e${n}`,
      kind: 'pledge',
      reference,
      numbers: [],
      amountMinor,
      currency: 'CNY',
      on: dayOf(n, 0),
      names: [name],
      accounts: [],
    });
    // Some promises are never kept.
    if (next(100) < 6) continue;
    const fate = next(100);
    const misspelt = next(100) < 10 ? `${name.slice(0, -1)}雯` : name;
    const damaged = `${reference.slice(0, 4)}${reference[4] === 'A' ? 'C' : 'A'}${reference.slice(5)}`;
    const memo = fate < 84 ? `捐款 ${reference}` : fate < 91 ? '' : fate < 95 ? damaged : `捐款 ${reference}`;
    const paid = fate < 95 ? amountMinor : fate < 98 ? amountMinor - 1_500n : amountMinor + 12_345n;
    const id = `l${n}`;
    put(id, { memo, counterparty: misspelt, amountMinor: paid, bookedOn: dayOf(n, next(6)) });
    truth.set(id, `e${n}`);
    const double = next(100) < 2;
    if (double) put(`${id}again`, { memo, counterparty: misspelt, amountMinor: paid, bookedOn: dayOf(n, 6) });
    if (fate < 84 && !double) plain.add(id);
    if (next(100) < 3)
      put(`${id}stranger`, { memo: '', counterparty: '游客', amountMinor, bookedOn: dayOf(n, 1) });
  }
  return { lines, expected, truth, plain };
};

/** How the certain matches of a generated year fare, in exact parts per hundred thousand. */
export const judgeYear = (year: GeneratedYear) => {
  const began = performance.now();
  const certain = certainMatches(findCandidates(year.lines, year.expected, { toSimplified }));
  const seconds = Math.round((performance.now() - began) / 10) / 100;
  const wrong = certain.filter((one) => year.truth.get(one.lineId) !== one.expectedIds[0]);
  const found = certain.filter((one) => year.plain.has(one.lineId)).length;
  const share = (part: number, whole: number): number => Math.round((part / whole) * 100_000) / 1_000;
  return {
    lines: year.lines.length,
    expected: year.expected.length,
    certain: certain.length,
    wrong: wrong.length,
    precisionPercent: share(certain.length - wrong.length, certain.length),
    recallPercent: share(found, year.plain.size),
    leftToAPersonPercent: share(year.lines.length - certain.length, year.lines.length),
    seconds,
  };
};
