import { sankey, sankeyLeft, type SankeyLink, type SankeyNode } from 'd3-sankey';

/** A place where money rests, and what moved between two of them. Amounts are minor units of one currency. */
export type FlowNode = { readonly id: string; readonly label: string; readonly minor: bigint };
export type FlowMaterial = 'gravel' | 'base' | 'binder' | 'asphalt';
export type FlowLink = {
  readonly from: string;
  readonly to: string;
  readonly minor: bigint;
  /** What the money is while it goes this way. */
  readonly material: FlowMaterial;
};

export type DrawnNode = FlowNode & {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly place: 'first' | 'middle' | 'aside' | 'last';
};
export type DrawnLink = FlowLink & {
  readonly ribbon: string;
  readonly middle: string;
  readonly thickness: number;
};

type Node = SankeyNode<FlowNode, FlowLink>;
type Link = SankeyLink<FlowNode, FlowLink>;

/** The smallest distance between two labels under one another, and the thinnest ribbon that can be seen. */
const LABEL_PITCH = 42;
const THINNEST = 1.5;
/** How far below the main way money comes to rest that goes no further: so that its label stays clear of the ribbons. */
const AIR = 24;

/**
 * Places nodes in columns from left to right and makes ribbons whose width is money. The main way runs straight
 * along the top; what branches off hangs below it, the earlier the lower: its label stands to the right, where the
 * ribbons to later places come down. Floats only place the drawing: every amount that is written
 * stays the exact integer it came as.
 */
export const drawFlow = (
  nodes: readonly FlowNode[],
  links: readonly FlowLink[],
  { width, height }: { readonly width: number; readonly height: number },
): {
  readonly nodes: readonly DrawnNode[];
  readonly links: readonly DrawnLink[];
  readonly height: number;
} => {
  const known = links.filter(({ minor }) => minor > 0n);
  if (known.length === 0) return { nodes: [], links: [], height };
  const layout = sankey<FlowNode, FlowLink>()
    .nodeId((node) => node.id)
    .nodeAlign(sankeyLeft)
    .nodeSort(null as never)
    .linkSort(null as never)
    .nodeWidth(12)
    .nodePadding(14)
    .iterations(0)
    .extent([
      [0, 0],
      [width, height],
    ]);
  const graph = layout({
    nodes: nodes
      .filter(({ id }) => known.some(({ from, to }) => from === id || to === id))
      .map((node) => ({ ...node })),
    links: known.map((link) => ({ ...link, source: link.from, target: link.to, value: Number(link.minor) })),
  });
  const columns = Math.max(0, ...graph.nodes.map((node) => node.depth ?? 0)) + 1;
  let below = 0;
  for (let depth = columns - 1; depth >= 0; depth -= 1) {
    const column = graph.nodes.filter((node) => node.depth === depth);
    const ends = (node: Node): boolean => depth < columns - 1 && (node.sourceLinks ?? []).length === 0;
    const goesOn = column.filter((node) => !ends(node));
    const aside = column.filter(ends);
    stack(goesOn, 0);
    // Where money comes in, labels stand to the left and are in nobody's way.
    if (depth > 0) below = Math.max(below, bottomOf(goesOn));
    stack(aside, below + AIR);
    below = Math.max(below, bottomOf(aside));
  }
  layout.update(graph);
  const drawn = graph.nodes.map((node) => drawnNode(node, graph.nodes, columns));
  return {
    nodes: drawn,
    links: graph.links.map(drawnLink),
    height: Math.max(height, ...drawn.map((node) => node.y + node.height + 26)),
  };
};

const bottomOf = (column: readonly Node[]): number => Math.max(0, ...column.map((node) => node.y1 ?? 0));

const stack = (column: readonly Node[], from: number): void => {
  let next = from;
  for (const node of column) {
    const tall = (node.y1 ?? 0) - (node.y0 ?? 0);
    node.y0 = next;
    node.y1 = next + tall;
    next += Math.max(tall + 14, LABEL_PITCH);
  }
};

const drawnNode = (node: Node, all: readonly Node[], columns: number): DrawnNode => {
  const { id, label, minor, depth = 0, x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
  const top = all.find((other) => other.depth === depth) === node;
  return {
    id,
    label,
    minor,
    x: x0,
    y: y0,
    width: x1 - x0,
    height: Math.max(y1 - y0, THINNEST),
    place: depth === 0 ? 'first' : depth === columns - 1 ? 'last' : top ? 'middle' : 'aside',
  };
};

const drawnLink = (link: Link): DrawnLink => {
  const from = link.source as Node;
  const to = link.target as Node;
  const [x0, x1, y0, y1] = [from.x1 ?? 0, to.x0 ?? 0, link.y0 ?? 0, link.y1 ?? 0];
  const half = Math.max(link.width ?? 0, THINNEST) / 2;
  const mid = (x0 + x1) / 2;
  const edge = (a: number, b: number): string => `C${mid} ${a} ${mid} ${b}`;
  return {
    from: link.from,
    to: link.to,
    minor: link.minor,
    material: link.material,
    thickness: half * 2,
    middle: `M${x0} ${y0}${edge(y0, y1)} ${x1} ${y1}`,
    ribbon:
      `M${x0} ${y0 - half}${edge(y0 - half, y1 - half)} ${x1} ${y1 - half}` +
      `V${y1 + half}${edge(y1 + half, y0 + half)} ${x0} ${y0 + half}z`,
  };
};
