/** RFC 6238 as every authenticator app knows it: thirty seconds. */
export const STEP_SECONDS = 30;
/** How far the clock of an authenticator may be off and still be found out: five minutes either way. */
export const DRIFT_STEPS = 10;

/** What is known of an authenticator. Its step is our step plus its drift. */
export type Authenticator = {
  readonly drift: number;
  /** The newest of its steps whose code was taken or named; no code up to it counts again. */
  readonly lastStep: number;
};

/** The code typed last in this session, when it was not of the current step; null after anything else. */
export type Seen = { readonly step: number; readonly drift: number } | null;

export type Judgement =
  | { readonly verdict: 'passed'; readonly step: number; readonly drift: number }
  | { readonly verdict: 'run_out'; readonly seen: { readonly step: number; readonly drift: number } }
  | { readonly verdict: 'wrong'; readonly seen: Seen };

/**
 * Judges a typed code.
 *
 * Only the code of the authenticator's current step passes, once. Two codes in a row that are off by the same number of
 * steps, the second later than the first, prove that its clock is off by so much: the second is then that of its current
 * step, and passes (RFC 6238, section 6).
 *
 * A code one step off is named as run out. Whoever guesses learns nothing of use from that: the step before is over, and a
 * code of the step after is void from then on (`lastStep`), or they would only have to wait. What is farther off is
 * remembered but looks like any wrong code. So one guess passes at most with two of the million codes.
 *
 * @param isCodeOf whether what was typed is the code of a step
 * @param now our own step
 */
export const judgeCode = (
  isCodeOf: (step: number) => boolean,
  now: number,
  { drift, lastStep }: Authenticator,
  seen: Seen,
): Judgement => {
  const fitting = DRIFTS.map((one) => ({ step: now + one, drift: one })).filter(
    ({ step }) => step > lastStep && isCodeOf(step),
  );
  const current = fitting.find((one) => one.drift === drift);
  if (current) return { verdict: 'passed', ...current };
  const proved = fitting.find((one) => seen !== null && follows(one, seen));
  if (proved) return { verdict: 'passed', ...proved };
  const beside = fitting.find((one) => Math.abs(one.drift - drift) === 1);
  if (beside) return { verdict: 'run_out', seen: beside };
  return { verdict: 'wrong', seen: fitting[0] ?? null };
};

/** The nearest first: when two steps happen to have the same code, the likelier one counts. */
const DRIFTS: readonly number[] = Array.from({ length: 2 * DRIFT_STEPS + 1 }, (_, n) => n - DRIFT_STEPS).sort(
  (a, b) => Math.abs(a) - Math.abs(b),
);

const follows = (one: NonNullable<Seen>, seen: NonNullable<Seen>): boolean =>
  one.drift === seen.drift && one.step > seen.step && one.step - seen.step <= DRIFT_STEPS;
