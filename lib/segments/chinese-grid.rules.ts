import type { Position } from './ellipsoid.rules';

/**
 * Which grid coordinates were taken in. Nothing in the figures says it, so whoever brings a file is asked: GPS
 * devices and OpenStreetMap give WGS 84; Chinese maps (AMap, Tencent) give GCJ-02, Baidu BD-09, some 100 to 700 m off.
 */
export const GRIDS = ['wgs84', 'gcj02', 'bd09'] as const;
export type Grid = (typeof GRIDS)[number];

// The figures of the Krasovsky 1940 ellipsoid with which the offset of GCJ-02 is computed.
const KRASOVSKY_A = 6_378_245;
const KRASOVSKY_E2 = 0.006_693_421_622_965_943;
const BAIDU_TURN = (Math.PI * 3000) / 180;
const PLACES = 1e7;

const { PI, sin, cos, sqrt, abs, atan2 } = Math;

const waves = (x: number): number => (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * (2 / 3);

/** How far GCJ-02 lies from WGS 84 at a point, in degrees. */
const offset = ([longitude, latitude]: Position): Position => {
  const [x, y] = [longitude - 105, latitude - 35];
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * sqrt(abs(x)) +
    waves(x) +
    ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3 +
    ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * sqrt(abs(x)) +
    waves(x) +
    ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3 +
    ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3;
  const angle = (latitude / 180) * PI;
  const curve = 1 - KRASOVSKY_E2 * sin(angle) ** 2;
  return [
    (east * 180) / ((KRASOVSKY_A / sqrt(curve)) * cos(angle) * PI),
    (north * 180) / (((KRASOVSKY_A * (1 - KRASOVSKY_E2)) / (curve * sqrt(curve))) * PI),
  ];
};

/** The offset is applied inside this rectangle only. */
const inChina = ([longitude, latitude]: Position): boolean =>
  longitude >= 72.004 && longitude <= 137.8347 && latitude >= 0.8293 && latitude <= 55.8271;

export const toGcj02 = (point: Position): Position => {
  if (!inChina(point)) return point;
  const [east, north] = offset(point);
  return [point[0] + east, point[1] + north];
};

/** The way back has no formula: the guess is mended until it leads to the point again, below a millimetre. */
const fromGcj02 = (point: Position): Position => {
  if (!inChina(point)) return point;
  let guess: Position = point;
  for (let turn = 0; turn < 20; turn += 1) {
    const there = toGcj02(guess);
    const [east, north] = [there[0] - point[0], there[1] - point[1]];
    guess = [guess[0] - east, guess[1] - north];
    if (abs(east) < 1e-9 && abs(north) < 1e-9) break;
  }
  return guess;
};

const bd09ToGcj02 = ([longitude, latitude]: Position): Position => {
  const [x, y] = [longitude - 0.0065, latitude - 0.006];
  const far = sqrt(x * x + y * y) - 0.000_02 * sin(y * BAIDU_TURN);
  const turned = atan2(y, x) - 0.000_003 * cos(x * BAIDU_TURN);
  return [far * cos(turned), far * sin(turned)];
};

export const toBd09 = (point: Position): Position => {
  const [x, y] = toGcj02(point);
  const far = sqrt(x * x + y * y) + 0.000_02 * sin(y * BAIDU_TURN);
  const turned = atan2(y, x) + 0.000_003 * cos(x * BAIDU_TURN);
  return [far * cos(turned) + 0.0065, far * sin(turned) + 0.006];
};

const rounded = (degrees: number): number => Math.round(degrees * PLACES) / PLACES;

/** A point of any of the three grids in WGS 84, to seven places (a centimetre) when it was converted. */
export const toWgs84 = (point: Position, grid: Grid): Position => {
  if (grid === 'wgs84') return point;
  const [longitude, latitude] = fromGcj02(grid === 'bd09' ? bd09ToGcj02(point) : point);
  return [rounded(longitude), rounded(latitude)];
};
