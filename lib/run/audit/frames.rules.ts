/**
 * Within how many days a package is replaced, counted from the day its replacement was published. docs/running.md
 * promises them (a test holds the two equal), and `npm run audit` says which package breaks the promise.
 */
export const FRAMES = {
  critical: 2,
  high: 2,
  moderate: 30,
  low: 30,
  /** Its maintainers have withdrawn this very version. */
  withdrawn: 30,
  /** A newer release of the same line, for no known weakness. */
  behind: 90,
} as const;
export type Kind = keyof typeof FRAMES;

export type Finding = {
  readonly package: string;
  readonly version: string;
  readonly kind: Kind;
  /** In the words of whoever found it. */
  readonly what: string;
  /** The first release that is better, and since when it can be had; null when there is none. */
  readonly better: { readonly version: string; readonly since: Date } | null;
};

/** A package that stays for a reason, until a day on which somebody looks again. */
export type Excuse = {
  readonly package: string;
  readonly version: string;
  readonly kind: Kind;
  readonly reason: string;
  /** YYYY-MM-DD */
  readonly until: string;
};

export type Judged = Finding & {
  readonly days: number | null;
  readonly verdict: 'in time' | 'late' | 'excused';
};

/**
 * Whether each finding is still within its frame. What has no replacement is late at once: somebody has to decide, and
 * to write the decision down as an excuse.
 */
export const judge = (findings: readonly Finding[], excuses: readonly Excuse[], now: Date): Judged[] =>
  findings.map((finding) => {
    const days = finding.better && (now.getTime() - finding.better.since.getTime()) / 86_400_000;
    const excused = excuses.some(
      (one) =>
        one.package === finding.package &&
        one.version === finding.version &&
        one.kind === finding.kind &&
        now < new Date(`${one.until}T24:00:00Z`),
    );
    const late = days === null || days > FRAMES[finding.kind];
    return { ...finding, days, verdict: excused ? 'excused' : late ? 'late' : 'in time' };
  });

/** Which of two versions is the newer one (semver 2.0.0, 11): below 0 when the first is older. */
export const compareVersions = (one: string, other: string): number => {
  const [a, b] = [partsOf(one), partsOf(other)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.before.length === 0 || b.before.length === 0) return b.before.length - a.before.length;
  for (let at = 0; at < Math.max(a.before.length, b.before.length); at += 1) {
    const [x, y] = [a.before[at], b.before[at]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    if (x !== y) return comparePart(x, y);
  }
  return 0;
};

const comparePart = (x: string, y: string): number => {
  const [isX, isY] = [/^\d+$/.test(x), /^\d+$/.test(y)];
  if (isX && isY) return Number(x) - Number(y);
  if (isX !== isY) return isX ? -1 : 1;
  return x < y ? -1 : 1;
};

const partsOf = (version: string): { numbers: number[]; before: string[] } => {
  const [plain = ''] = version.split('+');
  const dash = plain.indexOf('-');
  const numbers = (dash < 0 ? plain : plain.slice(0, dash)).split('.').map(Number);
  return { numbers, before: dash < 0 ? [] : plain.slice(dash + 1).split('.') };
};

/** Whether a version is no release but one on trial. */
export const isTrial = (version: string): boolean => partsOf(version).before.length > 0;
