import { MATRIX } from '../bad-input/matrix';

const COUNTS = new Map(MATRIX.flatMap(({ proofs }) => proofs.map(({ key, cases }) => [key, cases] as const)));

/**
 * The cases of one proof of the matrix of bad input (docs/bad-input.md). Throws when they are not as many as the matrix
 * says, so that what is written there is what is tried.
 */
export const cases = <T>(key: string, list: readonly T[]): readonly T[] => {
  counted(key, list.length);
  return list;
};

/** The same where there is no list to hand out, only so many tries. */
export const counted = (key: string, tries: number): number => {
  const said = COUNTS.get(key);
  if (said !== tries)
    throw new Error(`${key}: ${tries} cases, but tests/bad-input says ${said ?? 'nothing'}`);
  return tries;
};
