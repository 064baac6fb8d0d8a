import type { Chance } from './chance';
import { banana, bamboo, banyan, newHouse, oldHouse, pole, tower } from './things';
import {
  ellipse,
  FAR,
  horizon,
  PICTURE,
  polygon,
  polyline,
  project,
  rect,
  standing,
  type Point,
} from './view';

export type Stage = 'before' | 'during' | 'after';

/** How the road runs: metres to the right of the camera's axis at a distance. */
export type Course = (z: number) => number;

export const ROAD_HALF_WIDTH = 1.75;

const SKY: Readonly<Record<Stage, readonly [sky: string, low: string, cloud: string]>> = {
  before: ['#C9D0CF', '#D9DCD6', '#E4E5DF'],
  during: ['#CFDADC', '#E3E4D8', '#EFEEE4'],
  after: ['#AFCFDC', '#D3E2DF', '#F4F4EC'],
};

/** Sky, hills and the flat land, the same for the three pictures of a road but for the weather. */
export const drawLand = (chance: Chance, stage: Stage): string => {
  const [sky, low, cloud] = SKY[stage];
  let drawn = rect(0, 0, PICTURE.width, horizon + 2, `fill="${sky}"`);
  drawn += rect(0, horizon - 120, PICTURE.width, 124, `fill="${low}" fill-opacity=".7"`);
  for (let count = 0; count < 4; count += 1) {
    const x = chance.between(-100, PICTURE.width);
    const y = chance.between(60, 300);
    for (let puff = 0; puff < 5; puff += 1)
      drawn += ellipse(
        x + puff * 62,
        y + (puff % 2) * 16,
        chance.between(60, 105),
        chance.between(18, 30),
        `fill="${cloud}" fill-opacity=".8"`,
      );
  }
  drawn += hills(chance, 130, '#A8B7AE') + hills(chance, 75, '#8FA590');
  drawn += rect(0, horizon, PICTURE.width, PICTURE.height - horizon, 'fill="#B9C795"');
  return drawn + fields(chance);
};

const hills = (chance: Chance, height: number, colour: string): string => {
  const points: Point[] = [[0, horizon + 2]];
  let level = chance.between(0.3, 0.9);
  for (let x = 0; x <= PICTURE.width; x += 80) {
    level = Math.min(1, Math.max(0.15, level + chance.between(-0.28, 0.28)));
    points.push([x, horizon - height * level]);
  }
  return polygon([...points, [PICTURE.width, horizon + 2]], `fill="${colour}"`);
};

const FIELD_COLOURS = ['#A9BD80', '#C5CF9D', '#B3C48A', '#CBC98F', '#9DB47A'] as const;

/** Paddies on both sides; one of them is a fish pond. */
const fields = (chance: Chance): string => {
  let drawn = '';
  const rows = [7, 11, 17, 27, 45, 80, FAR];
  const pond = chance.pick([3, 4]);
  const pondSide = chance.pick([-1, 1]);
  for (const side of [-1, 1])
    rows.slice(0, -1).forEach((from, index) => {
      const to = rows[index + 1] ?? FAR;
      const isPond = index === pond && side === pondSide;
      // Nothing stands in the pond: it lies behind what stands along the road.
      const inner = isPond ? 19 : 3.4 + index * 0.4;
      const outer = 34 + to * 1.4;
      const colour = isPond ? '#A9C6C4' : chance.pick(FIELD_COLOURS);
      const corner = (x: number, z: number): Point => project(side * x, z);
      drawn += polygon(
        [corner(inner, from), corner(outer, from), corner(outer, to * 0.985), corner(inner, to * 0.985)],
        `fill="${colour}"`,
      );
      if (isPond)
        for (let line = 0; line < 7; line += 1) {
          const z = chance.between(from, to);
          const x = chance.between(inner + 1, inner + 12);
          drawn += polyline(
            [corner(x, z), corner(x + chance.between(2, 6), z)],
            'stroke="#D8E6E2" stroke-width="2" stroke-opacity=".8"',
          );
        }
      else
        for (let row = inner + 0.6; row < inner + 26; row += 1.1)
          drawn += polyline(
            [corner(row, from), corner(row, to)],
            'stroke="#8CA265" stroke-width="1.2" stroke-opacity=".45"',
          );
    });
  return drawn;
};

type Placed = { readonly x: number; readonly z: number; readonly drawn: string };

/** Houses, trees and poles along the road, from far to near. */
export const drawSurroundings = (chance: Chance, course: Course): string => {
  const things: Placed[] = [];
  const place = (side: number, z: number, away: number, drawn: string): void => {
    things.push({ x: course(z) + side * away, z, drawn });
  };
  if (chance.between(0, 1) > 0.5)
    place(chance.pick([-1, 1]), chance.between(120, 170), chance.between(20, 50), tower());
  for (const side of [-1, 1]) {
    for (let z = chance.between(95, 120); z > 30; z -= chance.between(13, 22)) {
      const house = chance.between(0, 1) > 0.45 ? newHouse(chance) : oldHouse(chance);
      place(side, z, chance.between(10, 17), house);
    }
    place(
      side,
      chance.between(19, 27),
      chance.between(8.5, 11),
      chance.pick([banyan, bamboo, banana])(chance),
    );
    place(side, chance.between(34, 60), chance.between(7, 9), chance.pick([banyan, bamboo])(chance));
    place(side, chance.between(9, 13), chance.between(5.4, 6.6), banana(chance));
    for (let z = 60; z < 160; z += chance.between(14, 26))
      place(side, z, chance.between(22, 46), chance.pick([banyan, bamboo])(chance));
  }
  const poleSide = chance.pick([-1, 1]);
  const poles = [9.5, 21, 40, 75, 140].map((z) => ({ x: course(z) + poleSide * 3.6, z, drawn: pole() }));
  things.push(...poles);
  things.sort((a, b) => b.z - a.z);
  const wires = [-0.7, 0.7].map((arm) =>
    polyline(
      poles.flatMap(({ x, z }, index): Point[] => {
        const next = poles[index + 1];
        const here = project(x + arm, z, 7.3);
        if (!next) return [here];
        // A wire hangs through between two poles.
        const middle = project((x + next.x) / 2 + arm, 2 / (1 / z + 1 / next.z), 6.7);
        return [here, middle];
      }),
      'stroke="#4E5456" stroke-width="2" stroke-opacity=".7"',
    ),
  );
  return things.map(({ x, z, drawn }) => standing(x, z, drawn)).join('') + wires.join('');
};
