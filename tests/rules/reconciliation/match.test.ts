import { describe, expect, it } from 'vitest';
import { toSimplified } from '@/lib/reconciliation/chinese';
import { findCandidates, type ExpectedMoney, type LineToMatch } from '@/lib/reconciliation/match.rules';
import { generatedYear, judgeYear } from '../../support/generated-year';
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

describe('a generated year', () => {
  it('accepts nothing wrong by itself and nearly everything that is plain; the rest is left to a person', () => {
    const judged = judgeYear(generatedYear(4_000));
    expect(judged.wrong).toBe(0);
    expect(judged.precisionPercent).toBeGreaterThanOrEqual(99.9);
    expect(judged.recallPercent).toBeGreaterThanOrEqual(95);
    // A rule that calls everything certain, or nothing, is caught here.
    expect(judged.leftToAPersonPercent).toBeGreaterThan(10);
    expect(judged.leftToAPersonPercent).toBeLessThan(35);
  });
});
