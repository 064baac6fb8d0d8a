import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelStep, roadBar, textWidthEm, type RoadBarFigures } from '@/app/_ui/road-bar/road-bar.rules';

const maling: RoadBarFigures = {
  targetMinor: 32_400_000n,
  pledgedMinor: 31_240_000n,
  receivedMinor: 30_000_000n,
  allocatedMinor: 28_640_000n,
  committedMinor: 25_540_000n,
  paidMinor: 20_268_600n,
};

describe('the road bar', () => {
  it('lays each kind of money as a layer of its share', () => {
    const bar = roadBar(maling);
    expect(bar.layers.map(({ name, width }) => [name, width])).toEqual([
      ['earth', 100],
      ['gravel', 92.592],
      ['base', 88.395],
      ['binder', 78.827],
      ['asphalt', 62.557],
    ]);
    expect(bar.pledged).toBe(96.419);
    expect(bar.gap).toBeNull();
  });

  it('leaves out a layer of nothing, and shows one fen', () => {
    const bar = roadBar({
      ...maling,
      receivedMinor: 1n,
      allocatedMinor: 0n,
      committedMinor: 0n,
      paidMinor: 0n,
    });
    expect(bar.layers.map(({ name }) => name)).toEqual(['earth', 'gravel']);
    expect(bar.layers[1]?.width).toBeGreaterThan(1);
  });

  it('takes promises as the measure when they exceed the target', () => {
    const bar = roadBar({ ...maling, pledgedMinor: 64_800_000n });
    expect(bar.pledged).toBe(100);
    expect(bar.layers[0]).toMatchObject({ name: 'earth', width: 50 });
  });

  it('has no gravel and no survey line for a single road', () => {
    const bar = roadBar({ targetMinor: 100n, allocatedMinor: 100n, committedMinor: 100n, paidMinor: 97n });
    expect(bar.layers.map(({ name }) => name)).toEqual(['earth', 'base', 'binder', 'asphalt']);
    expect(bar.pledged).toBeNull();
  });

  it('draws a shortfall as a gap after the part that is covered', () => {
    const bar = roadBar({ ...maling, shortfall: { layer: 'binder', minor: 1_200_000n, code: 'SF-0001' } });
    expect(bar.layers.find(({ name }) => name === 'binder')?.width).toBe(75.123);
    expect(bar.gap).toMatchObject({ layer: 'binder', from: 75.123, width: 3.703 });
  });

  it('never leaves the picture', () => {
    const minor = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(minor, minor, minor, (targetMinor, pledgedMinor, receivedMinor) => {
        const figures = { ...maling, targetMinor, pledgedMinor, receivedMinor };
        const bar = roadBar({ ...figures, allocatedMinor: 0n, committedMinor: 0n, paidMinor: 0n });
        for (const { width } of bar.layers) {
          expect(width).toBeGreaterThan(0);
          expect(width).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});

describe('labels', () => {
  it('are shown only where the layer is wider than they are', () => {
    const label = textWidthEm('已付款 ¥202,686.00');
    expect(label).toBeGreaterThan(8);
    expect(labelStep(label, 100)).toBe(16);
    expect(labelStep(label, 60)).toBe(20);
    expect(labelStep(label, 20)).toBe(60);
    expect(labelStep(label, 5)).toBeNull();
  });
});
