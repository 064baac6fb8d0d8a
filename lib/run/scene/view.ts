/**
 * A camera on a village road: metres on the ground become pixels of the picture. `x` counts metres to the right of the
 * camera's axis, `z` metres away from it, `up` metres above the ground.
 */
export const PICTURE = { width: 1600, height: 1200 } as const;

const HORIZON = 505;
const NEAREST = 5;
const EYE_HEIGHT = 2.7;
const DEPTH = (PICTURE.height - HORIZON) * NEAREST;
const FOCUS = DEPTH / EYE_HEIGHT;

export const NEAR = 4.6;
export const FAR = 260;

/** Pixels of one metre at this distance. */
export const scaleAt = (z: number): number => FOCUS / z;

export type Point = readonly [x: number, y: number];

export const project = (x: number, z: number, up = 0): Point => [
  PICTURE.width / 2 + x * scaleAt(z),
  HORIZON + DEPTH / z - up * scaleAt(z),
];

export const horizon = HORIZON;

/** A coordinate with one or two decimals; more would only make the drawing longer. */
export const coordinate = (value: number, per = 100): string => String(Math.round(value * per) / per);

const number = (value: number): string => coordinate(value, 10);

export const polygon = (points: readonly Point[], paint: string): string =>
  `<polygon points="${points.map(([x, y]) => `${number(x)},${number(y)}`).join(' ')}" ${paint}/>`;

export const polyline = (points: readonly Point[], paint: string): string =>
  `<polyline points="${points.map(([x, y]) => `${number(x)},${number(y)}`).join(' ')}" fill="none" ${paint}/>`;

export const ellipse = (x: number, y: number, rx: number, ry: number, paint: string): string =>
  `<ellipse cx="${number(x)}" cy="${number(y)}" rx="${number(rx)}" ry="${number(ry)}" ${paint}/>`;

export const rect = (x: number, y: number, width: number, height: number, paint: string): string =>
  `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" ${paint}/>`;

/** Something upright standing on the ground, drawn in metres with y upwards turned down: (0, 0) is its foot. */
export const standing = (x: number, z: number, drawn: string): string => {
  const [px, py] = project(x, z);
  return `<g transform="translate(${number(px)} ${number(py)}) scale(${coordinate(scaleAt(z), 1000)})">${drawn}</g>`;
};

/** Distances from near to far, closer together where they show more. */
export const distances = (from: number, to: number, steps: number): number[] =>
  Array.from({ length: steps + 1 }, (_, index) => 1 / (1 / from + ((1 / to - 1 / from) * index) / steps));
