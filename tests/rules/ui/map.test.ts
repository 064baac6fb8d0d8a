import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeUp, drawRoads, smoothPath } from '@/app/_ui/map/map.rules';
import { exampleRoads } from '@/app/_ui/examples/roads';

const GRID = { width: 1050, height: 590, margin: 46 };
const lines = exampleRoads.map((road) => road.line);

describe('the village map', () => {
  it('keeps every road inside its margins', () => {
    for (const { mark, box } of drawRoads(lines, GRID).roads) {
      expect(box.x).toBeGreaterThanOrEqual(GRID.margin - 0.001);
      expect(box.x + box.width).toBeLessThanOrEqual(GRID.width - GRID.margin + 0.001);
      expect(box.y).toBeGreaterThanOrEqual(GRID.margin - 0.001);
      expect(box.y + box.height).toBeLessThanOrEqual(GRID.height - GRID.margin + 0.001);
      expect(mark[0]).toBeGreaterThan(0);
    }
  });

  it('has a scale bar that agrees with the lengths of the roads', () => {
    const { roads, scale } = drawRoads(lines, GRID);
    expect(scale?.metres).toBe(50);
    // ML-02 is 50 m and nearly straight, so on the map it is nearly as long as the scale bar.
    const [second] = [roads[1]?.box];
    expect(Math.hypot(second?.width ?? 0, second?.height ?? 0)).toBeCloseTo(scale?.units ?? 0, -1);
  });

  it('draws nothing where there is no road, and survives a road without length', () => {
    expect(drawRoads([], GRID)).toEqual({ roads: [], scale: null });
    const [road] = drawRoads([[[113.36, 22.47]]], GRID).roads;
    expect(road?.path).not.toContain('NaN');
  });

  it('passes through every point', () => {
    expect(smoothPath([])).toBe('');
    expect(smoothPath([[1, 2]])).toBe('M1.0 2.0');
    const path = smoothPath([
      [0, 0],
      [10, 10],
      [20, 0],
    ]);
    expect(path).toMatch(/^M0\.0 0\.0C.* 10\.0 10\.0C.* 20\.0 0\.0$/);
  });

  it('shows a neighbourhood that stays on the map', () => {
    const side = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(side, side, side, side, (x, y, width, height) => {
        const view = closeUp({ x, y, width, height }, GRID, 1.65);
        expect(view.x).toBeGreaterThanOrEqual(0);
        expect(view.x + view.width).toBeLessThanOrEqual(GRID.width + 0.001);
        expect(view.width / view.height).toBeCloseTo(1.65);
      }),
    );
  });
});
