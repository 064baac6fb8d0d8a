/** A test that proves a control: its file, and words that stand in the title of the test. */
export type Proof = readonly [file: string, title: string];

/**
 * `held`: tests prove it; a reason says what has to be known beside. `built so`: there is nothing in us to test, the reason says why. `partly`: the reason says
 * what is missing. `not held`: the reason says why. `whoever runs it`: decided where Shanlu is installed.
 */
export type Result = 'held' | 'built so' | 'partly' | 'not held' | 'whoever runs it' | 'does not apply';

export type Control = {
  /** Of OWASP ASVS 5.0.0, without the V. */
  readonly id: string;
  readonly level: 1 | 2 | 3;
  /** What it asks, in our words. */
  readonly asks: string;
  readonly result: Result;
  readonly proofs: readonly Proof[];
  readonly reason: string;
};

/** A control that tests prove. */
export const held = (
  id: string,
  level: 1 | 2 | 3,
  asks: string,
  ...proofs: readonly [Proof, ...Proof[]]
): Control => ({ id, level, asks, result: 'held', proofs, reason: '' });

/** The same, with what has to be known to judge it. */
export const heldKnowing = (
  reason: string,
  [id, level, asks]: readonly [id: string, level: 1 | 2 | 3, asks: string],
  ...proofs: readonly [Proof, ...Proof[]]
): Control => ({ id, level, asks, result: 'held', proofs, reason });

/** A control with a reason in place of a test, or beside one that proves a part. */
export const because = (
  result: Exclude<Result, 'held'>,
  [id, level, asks]: readonly [id: string, level: 1 | 2 | 3, asks: string],
  reason: string,
  ...proofs: readonly Proof[]
): Control => ({ id, level, asks, result, proofs, reason });
