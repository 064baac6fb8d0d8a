import { describe, expect, it } from 'vitest';
import { drawFlow } from '@/app/_ui/flow/flow.rules';
import { flowOf } from '@/app/[lang]/(public)/ledger/ledger-flow';
import { exampleLedger } from '@/app/[lang]/(public)/ledger/ledger-examples';
import { sumMinor } from '@/lib/shared/money';

const SIZE = { width: 1010, height: 290 };
const { flow } = exampleLedger('en');
const { nodes, links } = flowOf('en', flow);

describe('the flow picture', () => {
  it('lets out of every place exactly what came in, to the fen', () => {
    for (const node of nodes) {
      const into = links.filter((link) => link.to === node.id).map((link) => link.minor);
      const from = links.filter((link) => link.from === node.id).map((link) => link.minor);
      if (into.length > 0) expect(sumMinor(into), node.label).toBe(node.minor);
      if (from.length > 0) expect(sumMinor(from), node.label).toBe(node.minor);
    }
  });

  it('makes widths of money: twice the money, twice the width', () => {
    const drawn = drawFlow(nodes, links, SIZE);
    const width = (id: string) => drawn.nodes.find((node) => node.id === id)?.height ?? 0;
    expect(width('received') / width('paid')).toBeCloseTo(30_000_000 / 20_268_600, 3);
  });

  it('keeps labels apart', () => {
    const drawn = drawFlow(nodes, links, SIZE);
    const columns = new Map<number, number[]>();
    for (const node of drawn.nodes) columns.set(node.x, [...(columns.get(node.x) ?? []), node.y]);
    for (const ys of columns.values()) {
      ys.sort((a, b) => a - b);
      ys.slice(1).forEach((y, index) => expect(y - (ys[index] ?? 0)).toBeGreaterThanOrEqual(41));
    }
  });

  it('keeps a label to the right of its place clear of what comes down to later places', () => {
    const aside = drawFlow(nodes, links, SIZE).nodes.filter(({ place }) => place === 'aside');
    expect(new Set(aside.map(({ x }) => x)).size).toBeGreaterThan(1);
    for (const node of aside)
      for (const later of aside.filter(({ x }) => x > node.x))
        expect(node.y + node.height / 2 - 18, `${node.label}, ${later.label}`).toBeGreaterThan(
          later.y + later.height,
        );
  });

  it('leaves out ways and places without money', () => {
    const drawn = drawFlow(
      [
        { id: 'a', label: 'a', minor: 5n },
        { id: 'b', label: 'b', minor: 5n },
        { id: 'c', label: 'c', minor: 0n },
      ],
      [
        { from: 'a', to: 'b', minor: 5n, material: 'gravel' },
        { from: 'a', to: 'c', minor: 0n, material: 'gravel' },
      ],
      SIZE,
    );
    expect(drawn.nodes.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(drawn.links).toHaveLength(1);
  });

  it('draws nothing before the first gift', () => {
    expect(drawFlow([], [], SIZE)).toMatchObject({ nodes: [], links: [] });
  });
});
