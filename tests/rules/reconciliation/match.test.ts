import { describe, expect, it } from 'vitest';
import { toSimplified } from '@/lib/reconciliation/chinese';
import {
  certainMatches,
  findCandidates,
  type ExpectedMoney,
  type LineToMatch,
} from '@/lib/reconciliation/match.rules';
import { makeReference } from '@/lib/shared/reference.rules';
import { expected, GOLDEN, line, REF } from './golden-matches';

const best = (lines: readonly LineToMatch[], money: readonly ExpectedMoney[]): Record<string, unknown> =>
  Object.fromEntries(
    [...findCandidates(lines, money, { toSimplified })].map(([id, list]) => [
      id,
      [list[0]?.expectedIds[0], list[0]?.class],
    ]),
  );

describe('the golden set', () => {
  it.each(GOLDEN)('$title', ({ lines, expected: money, right }) => {
    expect(best(lines, money)).toEqual(right);
  });
});

describe('reasons', () => {
  it('says in words why a pair is offered', () => {
    const list = findCandidates(
      [line('l', { memo: REF.chan, counterparty: '陳大文', amountMinor: 97_500n, bookedOn: '2026-04-13' })],
      [expected('chan', { reference: REF.chan, names: ['陈大文'] })],
      { toSimplified },
    ).get('l');
    expect(list?.[0]?.reasons).toEqual([
      { name: 'reference_found', text: REF.chan },
      { name: 'amount_short_by_charge', byMinor: 2_500n },
      { name: 'name_agrees', how: 'same', as: '陈大文' },
      { name: 'days_apart', days: 3 },
    ]);
  });

  it('says that others fit as well when that is why a pair is not certain', () => {
    const list = findCandidates(
      [line('a', { memo: REF.ada }), line('b', { memo: REF.ada })],
      [expected('x', { reference: REF.ada })],
    ).get('a');
    expect(list?.[0]?.reasons.at(-1)).toEqual({ name: 'others_fit_as_well', count: 1 });
  });

  it('offers one transfer for several promises when the sum fits', () => {
    const money = [
      expected('ada', { reference: REF.ada, amountMinor: 30_000n }),
      expected('bayo', { reference: REF.bayo, amountMinor: 70_000n }),
    ];
    const list = findCandidates([line('l', { memo: `${REF.ada} ${REF.bayo}` })], money).get('l');
    expect(list?.[0]).toMatchObject({ expectedIds: ['ada', 'bayo'], class: 'likely' });
    expect(list?.[0]?.reasons.at(-1)).toEqual({ name: 'sum_of_several', count: 2 });
  });
});

/** A small repeatable generator, so a failure can be looked at again. */
const generator = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    state = (state ^ (state >>> 13)) >>> 0;
    return state % below;
  };
};

const SURNAMES = ['陈', '黄', '李', '王', '张', '吴', '刘', '蔡'];
const GIVEN = ['大文', '小明', '美玲', '志强', '建国', '秀英', '家豪', '嘉欣'];
const AMOUNTS = [10_000n, 20_000n, 50_000n, 100_000n, 200_000n];

describe('a generated season', () => {
  it('accepts nothing wrong by itself, and nearly everything that carries its reference', () => {
    const next = generator(20260410);
    const money: ExpectedMoney[] = [];
    const lines: LineToMatch[] = [];
    const truth = new Map<string, string>();
    let ought = 0;
    for (let n = 0; n < 4_000; n += 1) {
      const reference = makeReference(BigInt(n));
      const name = `${SURNAMES[next(8)] ?? ''}${GIVEN[next(8)] ?? ''}`;
      const amountMinor = AMOUNTS[next(5)] ?? 0n;
      const dayOf = (offset: number): string =>
        new Date(Date.UTC(2026, 0, 1 + ((n * 7) % 300) + offset)).toISOString().slice(0, 10);
      money.push(expected(`e${n}`, { reference, names: [name], amountMinor, on: dayOf(0) }));
      if (next(100) < 6) continue;
      const fate = next(100);
      const misspelt = next(100) < 10 ? `${name.slice(0, 2)}雯` : name;
      const damaged = `${reference.slice(0, 4)}${reference[4] === 'A' ? 'C' : 'A'}${reference.slice(5)}`;
      const memo =
        fate < 80 ? `捐款 ${reference}` : fate < 90 ? '' : fate < 95 ? damaged : `捐款 ${reference}`;
      const paid = fate >= 95 ? amountMinor - 1_500n : amountMinor;
      const id = `l${n}`;
      lines.push(line(id, { memo, counterparty: misspelt, amountMinor: paid, bookedOn: dayOf(next(6)) }));
      truth.set(id, `e${n}`);
      if (fate < 80) ought += 1;
      // A double payment by mistake, and a stranger with the same amount.
      if (next(100) < 2) {
        lines.push(
          line(`${id}again`, { memo, counterparty: misspelt, amountMinor: paid, bookedOn: dayOf(6) }),
        );
        truth.set(`${id}again`, `e${n}`);
        if (fate < 80) ought -= 1;
      }
      if (next(100) < 3)
        lines.push(line(`${id}stranger`, { counterparty: '游客', amountMinor, bookedOn: dayOf(1) }));
    }
    const certain = certainMatches(findCandidates(lines, money));
    const wrong = certain.filter((one) => truth.get(one.lineId) !== one.expectedIds[0]);
    expect(wrong).toEqual([]);
    expect(new Set(certain.map((one) => one.expectedIds[0])).size).toBe(certain.length);
    expect(certain.length * 100).toBeGreaterThanOrEqual(ought * 95);
    expect(certain.length).toBeGreaterThan(2_500);
  });
});
