import { expect, test } from 'vitest';
import fc from 'fast-check';
import { isCodeOfStep, judgeTotp, stepAt } from '@/lib/auth/totp';
import { DRIFT_STEPS, judgeCode, type Judgement, type Seen } from '@/lib/auth/totp.rules';

// The rule by which a code of the authenticator counts. Here the code of a step is its number, so that all of time, drift
// and what came before can be gone through; the codes themselves are those of RFC 6238.

const NOW = 1_000;
const WITHIN = Array.from({ length: 2 * DRIFT_STEPS + 1 }, (_, n) => n - DRIFT_STEPS);
const AROUND = Array.from({ length: 2 * DRIFT_STEPS + 9 }, (_, n) => n - DRIFT_STEPS - 4);

const judge = (typed: number, drift: number, lastStep = 0, seen: Seen = null): Judgement =>
  judgeCode((step) => step === typed, NOW, { drift, lastStep }, seen);

test('the codes are those of RFC 6238, appendix B', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const) {
    const at = new Date(seconds * 1_000);
    const authenticator = { secret, drift: 0, lastStep: 0 };
    expect(judgeTotp(authenticator, code, at, null)).toEqual({
      verdict: 'passed',
      step: stepAt(at),
      drift: 0,
    });
    expect(isCodeOfStep(secret, code, stepAt(at) + 1), `${seconds} s`).toBe(false);
    const first = new Date(stepAt(at) * 30_000);
    for (const [ms, verdict] of [
      [-1, 'run_out'],
      [0, 'passed'],
      [29_999, 'passed'],
      [30_000, 'run_out'],
      [60_000, 'wrong'],
    ] as const)
      expect(judgeTotp(authenticator, code, new Date(first.getTime() + ms), null).verdict, `${ms} ms`).toBe(
        verdict,
      );
  }
});

test('by itself the code of the authenticator’s current step passes and no other, whatever its drift', () => {
  for (const drift of WITHIN)
    for (const off of AROUND) {
      const { verdict } = judge(NOW + off, drift);
      expect(verdict, `drift ${drift}, code ${off} steps away`).toBe(
        off === drift
          ? 'passed'
          : Math.abs(off - drift) === 1 && Math.abs(off) <= DRIFT_STEPS
            ? 'run_out'
            : 'wrong',
      );
    }
});

test('no code up to the last one counts, in no way', () => {
  for (const drift of WITHIN)
    for (const off of AROUND)
      for (const last of AROUND.filter((one) => one >= off))
        for (const seen of [null, { step: NOW + off - 1, drift: off }])
          expect(judge(NOW + off, drift, NOW + last, seen)).toEqual({ verdict: 'wrong', seen: null });
});

test('two in a row, equally far off and the second later, prove the drift; nothing else does', () => {
  for (const drift of WITHIN)
    for (const off of WITHIN)
      for (const seenDrift of WITHIN)
        for (const ago of [-2, -1, 0, 1, 2, DRIFT_STEPS, DRIFT_STEPS + 1]) {
          const judged = judge(NOW + off, drift, 0, { step: NOW + off - ago, drift: seenDrift });
          const proves = seenDrift === off && ago >= 1 && ago <= DRIFT_STEPS;
          expect(judged.verdict === 'passed', `${drift} ${off} ${seenDrift} ${ago}`).toBe(
            off === drift || proves,
          );
          if (judged.verdict === 'passed')
            expect(judged).toEqual({ verdict: 'passed', step: NOW + off, drift: off });
        }
});

test('a guess passes with one code of a million, after a code that was off with two', () => {
  for (const drift of WITHIN)
    for (const seen of [null, ...WITHIN.map((one) => ({ step: NOW + one - 1, drift: one }))]) {
      const passing = AROUND.filter((off) => judge(NOW + off, drift, 0, seen).verdict === 'passed');
      expect(passing.length).toBeLessThanOrEqual(seen === null ? 1 : 2);
    }
});

test('a code that was named is never taken later, also when its step has come', () => {
  for (const drift of WITHIN)
    for (const off of WITHIN) {
      const named = judge(NOW + off, drift);
      if (named.verdict !== 'run_out') continue;
      for (let later = 0; later <= 3; later += 1) {
        const again = judgeCode(
          (step) => step === NOW + off,
          NOW + later,
          { drift, lastStep: named.seen.step },
          named.seen,
        );
        expect(again.verdict).toBe('wrong');
      }
    }
});

/** An authenticator and the server over any tries: what it shows at its own time, what is replayed, and wrong codes. */
const tries = fc.array(
  fc.record({
    waits: fc.integer({ min: 0, max: 3 }),
    shows: fc.integer({ min: -3, max: 3 }),
    guesses: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);

test('over any tries each step passes once at most, steps only grow, and a clock that is off is found with its second code', () => {
  fc.assert(
    fc.property(fc.constantFrom(...WITHIN), tries, (truth, list) => {
      let [now, drift, lastStep, seen] = [NOW, 0, 0, null as Seen];
      const give = (typed: number): Judgement => {
        const judged = judgeCode((step) => step === typed, now, { drift, lastStep }, seen);
        if (judged.verdict === 'passed') {
          expect(judged.step).toBe(typed);
          expect(judged.step).toBeGreaterThan(lastStep);
          [lastStep, drift, seen] = [judged.step, judged.drift, null];
        } else {
          if (judged.verdict === 'run_out') lastStep = judged.seen.step;
          seen = judged.seen;
        }
        return judged;
      };
      for (const { waits, shows, guesses } of list) {
        now += waits;
        give(guesses ? -1 : now + truth + shows);
      }
      // Whatever happened: its owner types what it shows, and what it shows next, once those of before are over.
      now += 2 * DRIFT_STEPS + 4;
      if (give(now + truth).verdict !== 'passed') {
        now += 1;
        expect(give(now + truth)).toMatchObject({ verdict: 'passed', drift: truth });
      }
      expect(drift).toBe(truth);
    }),
    { numRuns: 2_000 },
  );
});
