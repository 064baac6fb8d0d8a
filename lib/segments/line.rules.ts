import { ok, refuse, type Result } from '../shared/result';
import { ellipsoidMetres, lengthMm, type Position } from './ellipsoid.rules';

export type Line = readonly Position[];

/** A road is at least a metre; the campaign's roads lie within a day's walk of each other. */
const SHORTEST_MM = 1000;
const FAR_METRES = 50_000;
/** Stated and computed length may differ by a twentieth, or two metres on short roads: the drawing follows the middle. */
const DIFFERENCE_SHARE = 20;
const DIFFERENCE_LEAST_MM = 2000;

/** The same line without points that repeat the one before. */
const withoutRepeats = (line: Line): Line =>
  line.filter((point, index) => {
    const before = line[index - 1];
    return before?.[0] !== point[0] || before[1] !== point[1];
  });

const side = (a: Position, b: Position, c: Position): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
const within = (a: Position, b: Position, c: Position): boolean =>
  Math.min(a[0], b[0]) <= c[0] &&
  c[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= c[1] &&
  c[1] <= Math.max(a[1], b[1]);

/** Whether two stretches meet anywhere, ends included. */
const meet = (a: Position, b: Position, c: Position, d: Position): boolean => {
  const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (abc !== abd && cda !== cdb) return true;
  return (
    (abc === 0 && within(a, b, c)) ||
    (abd === 0 && within(a, b, d)) ||
    (cda === 0 && within(c, d, a)) ||
    (cdb === 0 && within(c, d, b))
  );
};

/** Whether a line crosses or touches itself. A loop may come back to its own first point. */
export const crossesItself = (line: Line): boolean => {
  const last = line.length - 2;
  for (let i = 0; i <= last; i += 1)
    for (let j = i + 1; j <= last; j += 1) {
      const [a, b, c, d] = [line[i], line[i + 1], line[j], line[j + 1]];
      if (!a || !b || !c || !d) continue;
      // Neighbours share a point; they overlap only when the line turns straight back.
      if (j === i + 1) {
        if (side(a, b, d) === 0 && (b[0] - a[0]) * (d[0] - b[0]) + (b[1] - a[1]) * (d[1] - b[1]) < 0)
          return true;
      } else if (!(i === 0 && j === last && a[0] === d[0] && a[1] === d[1]) && meet(a, b, c, d)) return true;
    }
  return false;
};

const near = (line: Line, around: Position): boolean =>
  line.every((point) => !(ellipsoidMetres(around, point) > FAR_METRES));

const valid = ([longitude, latitude]: Position): boolean =>
  Number.isFinite(longitude) &&
  Number.isFinite(latitude) &&
  Math.abs(longitude) <= 180 &&
  Math.abs(latitude) <= 90;

/**
 * Is this the line of a road of this campaign? Answers it without repeated points, with its length. Refuses
 * `line_axes_swapped` when only latitude-first makes sense of it, `line_not_on_earth`, `line_far_away`,
 * `line_too_short` and `line_crosses_itself`.
 *
 * @param around a point of the campaign's other roads; null for its first road, which may lie anywhere
 */
export const checkLine = (
  drawn: Line,
  around: Position | null,
): Result<{ readonly line: Line; readonly lengthMm: number }> => {
  const swapped = drawn.map(([first, second]): Position => [second, first]);
  const seemsSwapped =
    swapped.every(valid) &&
    (!drawn.every(valid) || (around !== null && !near(drawn, around))) &&
    (around === null || near(swapped, around));
  if (seemsSwapped) return refuse('line_axes_swapped');
  if (!drawn.every(valid)) return refuse('line_not_on_earth');
  if (around !== null && !near(drawn, around)) return refuse('line_far_away');
  const line = withoutRepeats(drawn);
  const length = lengthMm(line);
  if (line.length < 2 || length < SHORTEST_MM) return refuse('line_too_short', { lengthMm: length });
  if (crossesItself(line)) return refuse('line_crosses_itself');
  return ok({ line, lengthMm: length });
};

/** Does the length people state belong to this drawing? */
export const lengthsAgree = (statedMm: number, computedMm: number): boolean =>
  Math.abs(statedMm - computedMm) <= Math.max(DIFFERENCE_LEAST_MM, Math.floor(computedMm / DIFFERENCE_SHARE));

/** The line in two at a chainage, measured along it from its first point; the point of the cut belongs to both. */
export const cutLine = (line: Line, atMm: number): Result<readonly [Line, Line]> => {
  let gone = 0;
  for (let index = 1; index < line.length; index += 1) {
    const [from, to] = [line[index - 1], line[index]];
    if (!from || !to) break;
    const stretch = ellipsoidMetres(from, to) * 1000;
    if (gone + stretch > atMm && atMm > gone) {
      const share = (atMm - gone) / stretch;
      const cut: Position = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
      return ok([
        [...line.slice(0, index), cut],
        [cut, ...line.slice(index)],
      ]);
    }
    if (gone + stretch === atMm && index < line.length - 1)
      return ok([line.slice(0, index + 1), line.slice(index)]);
    gone += stretch;
  }
  return refuse('line_too_short', { lengthMm: Math.round(gone) });
};

const JOINT_METRES = 5;

/** Two lines as one, whichever way each was drawn. Refuses `lines_do_not_meet` when no two ends are within 5 m. */
export const joinLines = (a: Line, b: Line): Result<Line> => {
  const turned = (line: Line): Line => line.toReversed();
  const ways = [
    [a, b],
    [a, turned(b)],
    [turned(a), b],
    [turned(a), turned(b)],
  ] as const;
  const gap = ([first, second]: (typeof ways)[number]): number => {
    const [end, start] = [first.at(-1), second[0]];
    return end && start ? ellipsoidMetres(end, start) : Number.POSITIVE_INFINITY;
  };
  const [nearest] = ways.toSorted((one, other) => gap(one) - gap(other));
  if (nearest && gap(nearest) <= JOINT_METRES) return ok(withoutRepeats([...nearest[0], ...nearest[1]]));
  return refuse('lines_do_not_meet');
};
