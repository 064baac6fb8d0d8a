import { expect, test } from 'vitest';

type View = { x: number; y: number; width: number; height: number };
type Point = readonly [number, number];
const { mayMove, nearestIn, zoomedView } = (await import(
  new URL('../../../public/map-explore.mjs', import.meta.url).href
)) as {
  mayMove: (key: string) => boolean;
  nearestIn: (arrow: string, from: Point, points: readonly Point[]) => number | null;
  zoomedView: (whole: View, now: View, zoom: number, around: Point | null) => View;
};

test('an arrow key leads to the nearest road that lies that way, and nowhere at the edge', () => {
  const points = [
    [0, 0],
    [10, 1],
    [30, 2],
    [0, 12],
    [9, 9.5],
  ] as const;
  expect(nearestIn('ArrowRight', [0, 0], points)).toBe(1);
  expect(nearestIn('ArrowDown', [0, 0], points)).toBe(3);
  expect(nearestIn('ArrowLeft', [0, 0], points)).toBeNull();
  expect(nearestIn('ArrowLeft', [30, 2], points)).toBe(1);
  expect([mayMove('ArrowUp'), mayMove('Enter'), mayMove('toString')]).toEqual([true, false, false]);
});

test('closer stays within the drawing and looks at the road in hand', () => {
  const whole = { x: 0, y: 0, width: 1000, height: 500 };
  expect(zoomedView(whole, whole, 2, null)).toEqual({ x: 250, y: 125, width: 500, height: 250 });
  expect(zoomedView(whole, whole, 2, [990, 10])).toEqual({ x: 500, y: 0, width: 500, height: 250 });
  expect(zoomedView(whole, { x: 500, y: 0, width: 500, height: 250 }, 1, null)).toEqual(whole);
});
