/** A repeatable source of variety: the same word always gives the same numbers, on every machine. */
export type Chance = {
  /** From `from` up to `to`. */
  readonly between: (from: number, to: number) => number;
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
};

export const chanceOf = (word: string): Chance => {
  let state = 0x811c9dc5;
  for (const unit of word) state = Math.imul(state ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + (to - from) * next();
  return {
    between,
    pick: (from) => from[Math.min(from.length - 1, Math.floor(between(0, from.length)))] ?? from[0],
  };
};
