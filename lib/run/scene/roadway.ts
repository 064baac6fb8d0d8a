import type { Chance } from './chance';
import { ROAD_HALF_WIDTH, type Course, type Stage } from './scenery';
import { barrier, cone, cyclist, heap, milestone, person, roller } from './things';
import {
  coordinate,
  distances,
  ellipse,
  FAR,
  NEAR,
  polygon,
  polyline,
  project,
  scaleAt,
  standing,
  type Point,
} from './view';

/** Where in the picture something may be written on the milestone, and how large. */
export type MilestonePlace = { readonly x: number; readonly y: number; readonly scale: number };

const MILESTONE_Z = 8.4;
const MILESTONE_AWAY = 2.75;

export const milestonePlace = (course: Course, side: number): MilestonePlace => {
  const [x, y] = project(course(MILESTONE_Z) + side * MILESTONE_AWAY, MILESTONE_Z);
  return { x, y, scale: scaleAt(MILESTONE_Z) };
};

/** A strip along the road, from `left` to `right` metres of its middle; a rough one wanders a little. */
const strip = (
  course: Course,
  left: number,
  right: number,
  from: number,
  to: number,
  paint: string,
  rough?: Chance,
): string => {
  const line = distances(from, to, 60);
  const edge = (offset: number): Point[] => {
    const [one, two] = rough ? [rough.between(0, 6), rough.between(0, 6)] : [0, 0];
    const stray = (z: number): number =>
      rough ? 0.09 * Math.sin(z * 2.3 + one) + 0.07 * Math.sin(z * 0.9 + two) : 0;
    return line.map((z) => project(course(z) + offset + stray(z), z));
  };
  return polygon([...edge(left), ...edge(right).toReversed()], paint);
};

/** The road itself at one stage of its life, and who is on it. */
export const drawRoad = (chance: Chance, course: Course, stage: Stage, side: number): string => {
  const verge = strip(course, -3.1, 3.1, NEAR, FAR, 'fill="#A3A678"', chance) + grass(chance, course);
  const stone = standing(course(MILESTONE_Z) + side * MILESTONE_AWAY, MILESTONE_Z, milestone());
  switch (stage) {
    case 'before':
      return verge + earth(chance, course, NEAR, FAR) + stone;
    case 'during':
      return (
        verge +
        earth(chance, course, 20, FAR) +
        base(chance, course, NEAR, 21) +
        site(chance, course, side) +
        stone
      );
    case 'after':
      return verge + paved(course) + traffic(course) + stone;
  }
};

const grass = (chance: Chance, course: Course): string => {
  let drawn = '';
  for (let tuft = 0; tuft < 260; tuft += 1) {
    const z = 1 / chance.between(1 / 60, 1 / NEAR);
    const away = chance.between(1.95, 3.4) * chance.pick([-1, 1]);
    const [x, y] = project(course(z) + away, z);
    const high = scaleAt(z) * chance.between(0.08, 0.22);
    drawn += polyline(
      [
        [x - high * 0.3, y - high * 0.8],
        [x, y],
        [x + high * 0.25, y - high],
      ],
      `stroke="${chance.pick(['#7E9355', '#8FA463', '#6F8449'])}" stroke-width="${coordinate(Math.max(1, scaleAt(z) * 0.02), 10)}"`,
    );
  }
  return drawn;
};

/** Mud: ragged edges, two ruts, puddles and stones. */
const earth = (chance: Chance, course: Course, from: number, to: number): string => {
  let drawn = strip(course, -ROAD_HALF_WIDTH, ROAD_HALF_WIDTH, from, to, 'fill="#B98A63"', chance);
  drawn += strip(course, -0.35, 0.35, from, to, 'fill="#C69C77"', chance);
  for (const rut of [-0.85, 0.8]) {
    drawn += strip(course, rut - 0.26, rut + 0.26, from, to, 'fill="#8F6646"', chance);
    drawn += strip(course, rut - 0.12, rut + 0.12, from, to, 'fill="#7A5439"', chance);
  }
  for (let puddle = 0; puddle < 7; puddle += 1) {
    const z = 1 / chance.between(1 / 45, 1 / (from + 1.4));
    const [x, y] = project(course(z) + chance.pick([-0.85, 0.8]) + chance.between(-0.2, 0.2), z);
    const wide = scaleAt(z) * chance.between(0.3, 0.62);
    drawn +=
      ellipse(x, y, wide, wide * 0.2, 'fill="#6D5A4B"') +
      ellipse(x, y - 1, wide * 0.9, wide * 0.16, 'fill="#AEBBBA"');
  }
  return drawn + speckle(chance, course, from, 120, ['#A57750', '#D0AA86', '#8B7A68'], 0.05);
};

const speckle = (
  chance: Chance,
  course: Course,
  from: number,
  count: number,
  colours: readonly [string, ...string[]],
  size: number,
  to = 60,
): string => {
  let drawn = '';
  for (let stone = 0; stone < count; stone += 1) {
    const z = 1 / chance.between(1 / to, 1 / from);
    const [x, y] = project(course(z) + chance.between(-1.6, 1.6), z);
    const wide = Math.max(0.8, scaleAt(z) * size * chance.between(0.5, 1.4));
    drawn += ellipse(x, y, wide, wide * 0.55, `fill="${chance.pick(colours)}"`);
  }
  return drawn;
};

/** The crushed-stone base between its formwork. */
const base = (chance: Chance, course: Course, from: number, to: number): string =>
  strip(course, -ROAD_HALF_WIDTH - 0.12, ROAD_HALF_WIDTH + 0.12, from, to, 'fill="#8F7A5C"') +
  strip(course, -ROAD_HALF_WIDTH, ROAD_HALF_WIDTH, from, to, 'fill="#ADA797"') +
  speckle(chance, course, from, 520, ['#8C8678', '#C7C1B0', '#9C9585', '#7B766A'], 0.045, to) +
  [-1, 1].map((edge) => strip(course, edge * 1.78, edge * 1.86, from, to, 'fill="#C49A5E"')).join('');

const WORKER =
  '<path d="M.2-1.1L.75-.02" stroke="#7A5439" stroke-width=".05"/><path d="M.66-.12l.2.06-.1.16z" fill="#6C7375"/>';

const site = (chance: Chance, course: Course, side: number): string => {
  const at = (offset: number, z: number, drawn: string): string => standing(course(z) + offset, z, drawn);
  const pegs = [7, 10, 14, 19]
    .map((z) =>
      at(
        -side * 2.15,
        z,
        '<rect x="-.03" y="-.7" width=".06" height=".7" fill="#fff"/><rect x="-.03" y="-.7" width=".06" height=".22" fill="#A32A1C"/>',
      ),
    )
    .join('');
  return (
    at(side * 0.35, 24, barrier()) +
    at(-side * 0.15, 20.5, roller()) +
    at(side * 4.3, 13.5, heap(chance, '#A49D8C')) +
    at(-side * 2.5, 16, person('#D9742B', '#E0A81E', WORKER)) +
    at(side * 2.4, 18, person('#2E6B8F', '#E0A81E', WORKER)) +
    pegs +
    at(side * 1.55, 11.5, cone()) +
    at(-side * 1.5, 9.2, cone()) +
    at(side * 1.6, 7.4, cone())
  );
};

/** Asphalt with its kerb ditch and the yellow line. */
const paved = (course: Course): string => {
  let drawn =
    strip(course, -2.3, -1.95, NEAR, FAR, 'fill="#C9C5B8"') +
    strip(course, 1.95, 2.3, NEAR, FAR, 'fill="#C9C5B8"');
  drawn +=
    strip(course, -2.2, -2.05, NEAR, FAR, 'fill="#77756C"') +
    strip(course, 2.05, 2.2, NEAR, FAR, 'fill="#77756C"');
  drawn += strip(course, -1.95, 1.95, NEAR, FAR, 'fill="#565D5F"');
  drawn += strip(course, -ROAD_HALF_WIDTH, ROAD_HALF_WIDTH, NEAR, FAR, 'fill="#33393C"');
  drawn +=
    strip(course, -1.1, -0.4, NEAR, FAR, 'fill="#3B4245" fill-opacity=".7"') +
    strip(course, 0.4, 1.1, NEAR, FAR, 'fill="#3B4245" fill-opacity=".7"');
  for (let z = NEAR; z < 150; z += 4) drawn += strip(course, -0.06, 0.06, z, z + 2, 'fill="#F4BC16"');
  for (const edge of [-1.62, 1.54])
    drawn += strip(course, edge, edge + 0.08, NEAR, FAR, 'fill="#E9E7DE" fill-opacity=".85"');
  return drawn;
};

const traffic = (course: Course): string =>
  standing(course(13) + 0.75, 13, cyclist()) +
  standing(course(26) - 0.8, 26, person('#A32A1C', '#D9C68A')) +
  standing(course(26.4) - 0.3, 26.4, person('#55728A', '#3B4245'));
