import { z } from 'zod';
import { toWgs84, type Grid } from './chinese-grid.rules';
import type { Position } from './ellipsoid.rules';
import { checkLine, lengthsAgree, type Line } from './line.rules';
import {
  HOUSEHOLDS_MAX,
  LINE_PRIVACIES,
  ROAD_CLASSES,
  SURFACES,
  THICKNESS_MM,
  type LinePrivacy,
  type RoadClass,
  type Surface,
} from '../shared/road-facts';

/** One road as a file states it, its line already in WGS 84; `problem` is the name of why it cannot be taken. */
export type RoadInFile = {
  readonly code: string;
  readonly name: string;
  readonly widthMm: number;
  readonly thicknessMm: number | null;
  readonly roadClass: RoadClass | null;
  readonly surface: Surface | null;
  readonly households: number | null;
  readonly linePrivacy: LinePrivacy;
  readonly statedMm: number | null;
  readonly lengthMm: number;
  readonly line: Line;
  readonly problem: RoadProblem | null;
};
export type RoadProblem =
  | 'line_axes_swapped'
  | 'line_not_on_earth'
  | 'line_far_away'
  | 'line_too_short'
  | 'line_crosses_itself'
  | 'length_differs'
  | 'invalid_input'
  | 'duplicate_submission';

export const ROADS_MAX = 500;
const WIDTH_MM = 3000;
const CODE = /^[A-Z]{2,6}-[0-9]{2,4}$/;

/** Names of the columns of a CSV file, and of the properties of a feature. */
const NAMES = {
  code: 'code',
  name: 'name',
  width: 'width_m',
  length: 'length_m',
  thickness: 'thickness_mm',
  roadClass: 'class',
  surface: 'surface',
  households: 'households',
  privacy: 'privacy',
} as const;

type Raw = Readonly<Record<keyof typeof NAMES, string>> & {
  readonly points: readonly Position[] | null;
};

const feature = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z
    .object({ type: z.literal('LineString'), coordinates: z.array(z.array(z.number()).min(2)) })
    .nullish(),
});
const collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.unknown()).max(ROADS_MAX),
});

/** Every named value of a road, as text. */
const named = (value: (name: string) => string): Readonly<Record<keyof typeof NAMES, string>> => ({
  code: value(NAMES.code),
  name: value(NAMES.name),
  width: value(NAMES.width),
  length: value(NAMES.length),
  thickness: value(NAMES.thickness),
  roadClass: value(NAMES.roadClass),
  surface: value(NAMES.surface),
  households: value(NAMES.households),
  privacy: value(NAMES.privacy),
});

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

const fromGeoJson = (file: string): Raw[] | null => {
  let json: unknown;
  try {
    json = JSON.parse(file);
  } catch {
    return null;
  }
  const whole = collection.safeParse(json);
  if (!whole.success) return null;
  return whole.data.features.map((one) => {
    const read = feature.safeParse(one);
    const facts = read.success ? (read.data.properties ?? {}) : {};
    const values = named((name) => text(facts[name]));
    return {
      ...values,
      code: values.code || (read.success ? text(read.data.id) : ''),
      points: read.success && read.data.geometry ? pairs(read.data.geometry.coordinates) : null,
    };
  });
};

const pairs = (points: readonly (readonly number[])[]): Position[] =>
  points.map(([first = Number.NaN, second = Number.NaN]): Position => [first, second]);

/** Fields of one CSV line (RFC 4180), quotes doubled inside quotes. */
const fields = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((found) =>
    (found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim(),
  );

/** Columns by name in any order, those that are known; the line as "lon lat; lon lat". */
const fromCsv = (file: string): Raw[] | null => {
  const [head = '', ...lines] = file
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const names = fields(head).map((name) => name.toLowerCase());
  if (!names.includes('code') || !names.includes('line') || lines.length > ROADS_MAX) return null;
  return lines.map((line) => {
    const cells = fields(line);
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    const points = cell('line')
      .split(/[;；]/)
      .filter((point) => point.trim() !== '')
      .map((point) => point.trim().split(/\s+/).map(Number));
    return { ...named(cell), points: pairs(points) };
  });
};

/** Metres with up to three places as millimetres; null when it is no such figure. */
const millimetres = (metres: string): number | null => {
  const shape = /^(\d{1,6})(?:\.(\d{1,3})\d*)?$/.exec(metres);
  return shape ? Number.parseInt((shape[1] ?? '') + (shape[2] ?? '').padEnd(3, '0'), 10) : null;
};

/** One of these words, null when nothing is said, undefined when it is none of them. */
const oneOf = <Word extends string>(list: readonly Word[], said: string): Word | null | undefined =>
  said === '' ? null : list.find((word) => word === said);

/** A whole number within bounds, null when nothing is said, undefined when it is none. */
const whole = (said: string, least: number, most: number): number | null | undefined => {
  if (said === '') return null;
  const value = /^\d{1,6}$/.test(said) ? Number.parseInt(said, 10) : -1;
  return value >= least && value <= most ? value : undefined;
};

/** Thickness, class, surface, households and privacy as a file says them; null when one of them is not to be read. */
const factsOf = (
  raw: Raw,
): Pick<RoadInFile, 'thicknessMm' | 'roadClass' | 'surface' | 'households' | 'linePrivacy'> | null => {
  const thicknessMm = whole(raw.thickness, THICKNESS_MM.least, THICKNESS_MM.most);
  const roadClass = oneOf(ROAD_CLASSES, raw.roadClass);
  const surface = oneOf(SURFACES, raw.surface);
  const households = whole(raw.households, 0, HOUSEHOLDS_MAX);
  const privacy = oneOf(LINE_PRIVACIES, raw.privacy);
  if (
    thicknessMm === undefined ||
    roadClass === undefined ||
    surface === undefined ||
    households === undefined ||
    privacy === undefined
  )
    return null;
  return { thicknessMm, roadClass, surface, households, linePrivacy: privacy ?? 'exact' };
};

const NO_FACTS = {
  thicknessMm: null,
  roadClass: null,
  surface: null,
  households: null,
  linePrivacy: 'exact',
} as const;

/**
 * Reads roads from GeoJSON (RFC 7946: a FeatureCollection of LineStrings) or CSV, converts their lines from the grid
 * they were taken in, computes each length on the ellipsoid and compares it with the stated one. Answers every road
 * with what is wrong with it, or null when the file is neither.
 *
 * @param around a point of the campaign's other roads; null when there are none, then the file's first road
 * @param known codes that are taken
 */
export const readRoads = (
  file: string,
  grid: Grid,
  around: Position | null,
  known: ReadonlySet<string>,
): RoadInFile[] | null => {
  const raw = file.trimStart().startsWith('{') ? fromGeoJson(file) : fromCsv(file);
  if (raw === null) return null;
  const seen = new Set(known);
  let centre = around;
  return raw.map((one) => {
    const drawn = (one.points ?? []).map((point) => toWgs84(point, grid));
    const checked = checkLine(drawn, centre);
    const width = one.width === '' ? WIDTH_MM : millimetres(one.width);
    const statedMm = one.length === '' ? null : millimetres(one.length);
    const facts = factsOf(one);
    const taken = seen.has(one.code);
    seen.add(one.code);
    if (checked.ok) centre ??= checked.value.line[0] ?? null;
    const problem = ((): RoadProblem | null => {
      if (!CODE.test(one.code) || one.name === '' || width === null || width < 500 || width > 50_000)
        return 'invalid_input';
      if (facts === null || (one.length !== '' && statedMm === null)) return 'invalid_input';
      if (taken) return 'duplicate_submission';
      if (!checked.ok) return checked.refusal.name as RoadProblem;
      return statedMm !== null && !lengthsAgree(statedMm, checked.value.lengthMm) ? 'length_differs' : null;
    })();
    return {
      code: one.code,
      name: one.name,
      widthMm: width ?? WIDTH_MM,
      ...(facts ?? NO_FACTS),
      statedMm,
      lengthMm: checked.ok ? checked.value.lengthMm : 0,
      line: checked.ok ? checked.value.line : drawn,
      problem,
    };
  });
};
