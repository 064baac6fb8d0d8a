import { geoDistance, geoMercator } from 'd3-geo';
import type { Position } from 'geojson';

/** A road as drawn: a smooth path, the place of its number, and its box, in units of the map's own grid. */
export type DrawnRoad = {
  readonly path: string;
  readonly mark: readonly [x: number, y: number];
  readonly box: Box;
};

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type MapGrid = { readonly width: number; readonly height: number; readonly margin: number };

const EARTH_RADIUS_M = 6_371_008.8;

/**
 * Projects WGS84 lines into the grid so that all of them fit, north up. Returns the roads in the order given and
 * the length of a scale bar with its metres, a round number near an eighth of the width.
 */
export const drawRoads = (
  lines: readonly (readonly Position[])[],
  { width, height, margin }: MapGrid,
): { readonly roads: readonly DrawnRoad[]; readonly scale: { metres: number; units: number } | null } => {
  const all = lines.flat();
  if (all.length === 0) return { roads: [], scale: null };
  const projection = geoMercator().fitExtent(
    [
      [margin, margin],
      [width - margin, height - margin],
    ],
    { type: 'MultiPoint', coordinates: withRoom(all) },
  );
  const roads = lines.map((line) => {
    const points = line.map(([lon = 0, lat = 0]) => projection([lon, lat]) ?? ([0, 0] as const));
    return { path: smoothPath(points), mark: middle(points), box: boxOf(points) };
  });
  return { roads, scale: scaleBar(projection.invert?.bind(projection), width, height) };
};

/** About thirty metres each way: a single dot, or a road of two metres, is not blown up to the whole map. */
const ROOM_DEGREES = 0.0003;

const withRoom = (positions: readonly Position[]): Position[] => {
  const lons = positions.map(([lon = 0]) => lon);
  const lats = positions.map(([, lat = 0]) => lat);
  const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const [lon, lat] = [middle(lons), middle(lats)];
  return [
    ...positions.map((position) => [...position]),
    [lon - ROOM_DEGREES, lat - ROOM_DEGREES],
    [lon + ROOM_DEGREES, lat + ROOM_DEGREES],
  ];
};

type Point = readonly [number, number];

const fixed = (value: number): string => value.toFixed(1);

/** A curve through all points (Catmull–Rom written as cubic Béziers): village roads have no corners. */
export const smoothPath = (points: readonly Point[]): string => {
  const [first] = points;
  if (!first) return '';
  const at = (index: number): Point => points[Math.max(0, Math.min(points.length - 1, index))] ?? first;
  const pieces = points.slice(1).map((to, index) => {
    const [before, from, after] = [at(index - 1), at(index), at(index + 2)];
    const leave = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const enter = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    return `C${[...leave, ...enter, ...to].map(fixed).join(' ')}`;
  });
  return `M${first.map(fixed).join(' ')}${pieces.join('')}`;
};

/** The point half-way along the line, where the number of the road stands. */
const middle = (points: readonly Point[]): Point => {
  const steps = points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    return { from, to, length: Math.hypot(to[0] - from[0], to[1] - from[1]) };
  });
  let left = steps.reduce((sum, step) => sum + step.length, 0) / 2;
  for (const { from, to, length } of steps) {
    if (left <= length && length > 0) {
      const share = left / length;
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    }
    left -= length;
  }
  return points[0] ?? [0, 0];
};

const boxOf = (points: readonly Point[]): Box => {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

const ROUND_METRES = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

const scaleBar = (
  invert: ((point: [number, number]) => [number, number] | null) | undefined,
  width: number,
  height: number,
): { metres: number; units: number } | null => {
  const from = invert?.([0, height / 2]);
  const to = invert?.([width, height / 2]);
  if (!from || !to) return null;
  const metresAcross = geoDistance(from, to) * EARTH_RADIUS_M;
  if (!(metresAcross > 0)) return null;
  const metres = ROUND_METRES.findLast((round) => round <= metresAcross / 6) ?? 5;
  return { metres, units: (metres / metresAcross) * width };
};

/** The part of the map shown around one road: its box with air, at the shape of the frame. */
export const closeUp = (box: Box, grid: MapGrid, shape: number): Box => {
  const width = Math.min(grid.width, Math.max(box.width * 2.2, box.height * 2.2 * shape, 330));
  const height = width / shape;
  return {
    x: clamp(box.x + box.width / 2 - width / 2, 0, grid.width - width),
    y: clamp(box.y + box.height / 2 - height / 2, 0, Math.max(0, grid.height - height)),
    width,
    height,
  };
};

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
