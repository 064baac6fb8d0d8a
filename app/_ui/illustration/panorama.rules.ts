/**
 * The picture over the home page: five staff lines swing in from the left and become the two edges, the lanes and
 * the centre line of a road. Worked out once from a handful of points instead of being kept as long paths.
 */
type Point = readonly [x: number, y: number];

/** Points the middle of staff and road passes through, and half its width there. */
const COURSE: readonly (readonly [x: number, y: number, half: number])[] = [
  [-60, 246, 46],
  [110, 216, 46],
  [290, 228, 47],
  [470, 278, 48],
  [640, 304, 50],
  [780, 306, 51],
  [900, 288, 44],
  [1010, 262, 35],
  [1110, 252, 27],
  [1220, 254, 20],
  [1320, 240, 14],
  [1400, 206, 10],
  [1490, 184, 6.5],
  [1640, 160, 4],
];

const STEP = 16;

const catmullRom = (a: number, b: number, c: number, d: number, t: number): number =>
  0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);

/** Middle and half width at x. The course runs strictly from left to right, so x names one place on it. */
const at = (x: number): { readonly y: number; readonly half: number } => {
  const found = COURSE.findIndex(([from], index) => {
    const next = COURSE[index + 1];
    return next !== undefined && x >= from && x <= next[0];
  });
  const index = found < 0 ? 0 : found;
  const pick = (step: number) => {
    const point = COURSE[Math.max(0, Math.min(COURSE.length - 1, index + step))];
    return point ?? ([0, 0, 0] as const);
  };
  const [a, b, c, d] = [pick(-1), pick(0), pick(1), pick(2)];
  const t = (x - b[0]) / (c[0] - b[0]);
  return { y: catmullRom(a[1], b[1], c[1], d[1], t), half: catmullRom(a[2], b[2], c[2], d[2], t) };
};

/** A point beside the middle; `side` −1 is the far edge, 1 the near one, measured across the course. */
export const beside = (x: number, side: number): Point => {
  const { y, half } = at(x);
  const slope = (at(Math.min(x + 4, 1636)).y - at(Math.max(x - 4, -56)).y) / 8;
  const length = Math.hypot(1, slope);
  return [x - (slope / length) * half * side, y + (half * side) / length];
};

const written = ([x, y]: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
const range = (from: number, to: number): number[] => [
  ...Array.from({ length: Math.ceil((to - from) / STEP) }, (_, index) => from + index * STEP),
  to,
];

/** A line along the course. */
export const along = (from: number, to: number, side: number): string =>
  `M${range(from, to)
    .map((x) => written(beside(x, side)))
    .join('L')}`;

/**
 * A piece of the road between two cuts. Cuts lean against the direction of travel, as the layers of a real road
 * are stepped back one behind the other.
 */
export const piece = (from: number, to: number): string => {
  const lean = (x: number): number => Math.min(46, at(x).half * 0.9);
  const far = range(from - lean(from), to - lean(to)).map((x) => written(beside(x, -1)));
  const near = range(from, to).map((x) => written(beside(x, 1)));
  return `M${[...far, ...near.reverse()].join('L')}z`;
};
