/** A small seeded generator (sfc32 after Chris Doty-Humphrey's PractRand): the same seed gives the same story. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: number) {
    this.a = seed >>> 0;
    this.b = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
    this.c = Math.imul(seed ^ 0xc2b2ae35, 0x27d4eb2f) >>> 0;
    for (let n = 0; n < 15; n += 1) this.next();
  }

  private next(): number {
    const t = (((this.a + this.b) >>> 0) + this.d) >>> 0;
    this.d = (this.d + 1) >>> 0;
    this.a = (this.b ^ (this.b >>> 9)) >>> 0;
    this.b = (this.c + (this.c << 3)) >>> 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) >>> 0;
    return t;
  }

  /** A whole number from 0 up to but without `below`. */
  below(below: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * below);
  }

  /** True about `percent` times in a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(of: readonly T[]): T {
    const one = of[this.below(of.length)];
    if (one === undefined) throw new RangeError('nothing to pick from');
    return one;
  }

  /** One of those that fit; now and then any of them, fitting or not. Null when there is none. */
  fitting<T>(all: readonly T[], fits: (one: T) => boolean, misfits = 10): T | null {
    const from = this.chance(misfits) ? all : all.filter(fits);
    return from.length === 0 ? null : this.pick(from);
  }

  /** An amount that tries a limit from both sides: at it, one above, one below, or anywhere under it. */
  near(limit: bigint): bigint {
    if (limit <= 0n) return this.chance(30) ? 0n : BigInt(1 + this.below(500));
    const roll = this.below(100);
    if (roll < 30) return limit;
    if (roll < 40) return limit + 1n;
    if (roll < 45) return limit > 1n ? limit - 1n : limit;
    if (roll < 48) return limit * 100n;
    if (roll < 49) return 0n;
    return this.upTo(limit);
  }

  /** An amount from 1 to `limit`. */
  upTo(limit: bigint): bigint {
    return 1n + (limit * BigInt(this.below(1_000_000))) / 1_000_000n;
  }

  weighted<T extends { readonly weight: number }>(of: readonly T[]): T {
    let left = this.below(of.reduce((sum, one) => sum + one.weight, 0));
    for (const one of of) {
      left -= one.weight;
      if (left < 0) return one;
    }
    throw new RangeError('nothing to pick from');
  }
}
