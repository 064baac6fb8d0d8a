import type { Position } from './ellipsoid.rules';
import type { Line } from './line.rules';

/**
 * A line as people write it: one point a line (or parted by semicolons), longitude then latitude in degrees, parted by
 * blanks or a comma. Null when something in it is no point; whether it is a road is for `checkLine` to say.
 */
export const lineFromText = (text: string): Line | null => {
  const points = text
    .split(/[\n;；]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => /^(-?\d{1,3}(?:\.\d{1,15})?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d{1,15})?)$/.exec(one))
    .map((found): Position | null => (found ? [Number(found[1]), Number(found[2])] : null));
  return points.length > 0 && points.every((point) => point !== null) ? points : null;
};

export const lineToText = (line: Line): string => line.map((point) => point.join(' ')).join('\n');

// Of a degree on the ellipsoid near the equator; a gesture on a map needs no better, the length is computed after.
const METRES_OF_DEGREE = 111_200;
const PLACES = 1e7;

const rounded = (degrees: number): number => Math.round(degrees * PLACES) / PLACES;

/** The point some metres east and north of another, to seven places (a centimetre). */
export const moved = ([longitude, latitude]: Position, east: number, north: number): Position => [
  rounded(longitude + east / (METRES_OF_DEGREE * Math.cos((latitude * Math.PI) / 180))),
  rounded(latitude + north / METRES_OF_DEGREE),
];

/** The line with one more point half-way behind this one, or beyond the last one when it is the last. */
export const withPointAfter = (line: Line, index: number): Line => {
  const [here, next, before] = [line[index], line[index + 1], line[index - 1]];
  if (!here) return line;
  const added: Position = next
    ? [rounded((here[0] + next[0]) / 2), rounded((here[1] + next[1]) / 2)]
    : before
      ? [rounded(here[0] + (here[0] - before[0]) / 4), rounded(here[1] + (here[1] - before[1]) / 4)]
      : moved(here, 10, 0);
  return line.toSpliced(index + 1, 0, added);
};

/** The line without one point; a line keeps two. */
export const withoutPoint = (line: Line, index: number): Line =>
  line.length > 2 ? line.toSpliced(index, 1) : line;

export type Sketch = {
  readonly width: number;
  readonly height: number;
  readonly draw: (point: Position) => readonly [x: number, y: number];
  readonly find: (x: number, y: number) => Position;
};

/** A plan north up on which these lines fit with room around, and back from a place on it to the ground. */
export const sketchOf = (lines: readonly Line[], width = 720, height = 420): Sketch => {
  const all = lines.flat();
  const [lons, lats] = [all.map(([longitude]) => longitude), all.map(([, latitude]) => latitude)];
  const middle = (values: readonly number[]): number =>
    values.length === 0 ? 0 : (Math.min(...values) + Math.max(...values)) / 2;
  const [lon0, lat0] = [middle(lons), middle(lats)];
  const narrow = Math.cos((lat0 * Math.PI) / 180);
  const span = (values: readonly number[]): number =>
    values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
  // At least some sixty metres, with a fifth of air on each side.
  const perUnit = Math.max((span(lons) * narrow) / width, span(lats) / height, 0.0006 / width) * 1.4;
  return {
    width,
    height,
    draw: ([longitude, latitude]) => [
      width / 2 + ((longitude - lon0) * narrow) / perUnit,
      height / 2 - (latitude - lat0) / perUnit,
    ],
    find: (x, y) => [
      rounded(lon0 + ((x - width / 2) * perUnit) / narrow),
      rounded(lat0 - (y - height / 2) * perUnit),
    ],
  };
};
