/** One proof of a row: the file that tries the cases, under the key it names them by (tests/support/bad-input.ts). */
export type Proof = {
  readonly key: string;
  readonly file: string;
  readonly cases: number;
  readonly about: string;
};

export type Row = {
  readonly bad: string;
  readonly expected: string;
  readonly proofs: readonly Proof[];
  /** What turns with the day or is counted elsewhere, in words. */
  readonly also?: string;
};
