/**
 * What the road bar draws, worked out from whole minor units. The money's path is a road seen from its side:
 * earth (target), gravel (received), base (allocated), binder (committed), asphalt (paid); over it the dashed
 * survey line of what is pledged, which is no layer because a promise is no money.
 */
export type LayerName = 'earth' | 'gravel' | 'base' | 'binder' | 'asphalt';

/** Minor units of one currency. `received` and `pledged` are left out for a single road, which has neither. */
export type RoadBarFigures = {
  readonly targetMinor: bigint;
  readonly pledgedMinor?: bigint | undefined;
  readonly receivedMinor?: bigint | undefined;
  readonly allocatedMinor: bigint;
  readonly committedMinor: bigint;
  readonly paidMinor: bigint;
  readonly shortfall?: Shortfall | undefined;
};

/** Money that a layer counts on but that is no longer below it: a gift that came back after it was committed. */
export type Shortfall = {
  readonly layer: Exclude<LayerName, 'earth' | 'gravel'>;
  readonly minor: bigint;
  readonly code: string;
};

export type Layer = {
  readonly name: LayerName;
  readonly minor: bigint;
  /** Width in percent of the picture, never below the smallest that can be seen. */
  readonly width: number;
};

export type RoadBar = {
  /** From below, as they are laid; a layer of nothing is absent. */
  readonly layers: readonly Layer[];
  readonly pledged: number | null;
  readonly gap: { readonly layer: LayerName; readonly from: number; readonly width: number } | null;
};

/** Four pixels of the narrowest picture (320 px), in percent: whatever is not nothing can be seen. */
const NARROWEST = 1.25;

export const roadBar = (figures: RoadBarFigures): RoadBar => {
  const scale = [figures.targetMinor, figures.pledgedMinor ?? 0n, figures.receivedMinor ?? 0n].reduce(
    (a, b) => (a > b ? a : b),
  );
  const { shortfall } = figures;
  const covered = (name: LayerName, minor: bigint): bigint =>
    shortfall?.layer === name ? minor - shortfall.minor : minor;
  const stack: readonly (readonly [LayerName, bigint | undefined])[] = [
    ['earth', figures.targetMinor],
    ['gravel', figures.receivedMinor],
    ['base', covered('base', figures.allocatedMinor)],
    ['binder', covered('binder', figures.committedMinor)],
    ['asphalt', covered('asphalt', figures.paidMinor)],
  ];
  const layers = stack.flatMap(([name, minor]) =>
    minor === undefined || minor <= 0n ? [] : [{ name, minor, width: share(minor, scale) }],
  );
  return {
    layers,
    pledged: figures.pledgedMinor ? share(figures.pledgedMinor, scale) : null,
    gap: shortfall
      ? {
          layer: shortfall.layer,
          from: layers.find((layer) => layer.name === shortfall.layer)?.width ?? 0,
          width: Math.max(share(shortfall.minor, scale), 2 * NARROWEST),
        }
      : null,
  };
};

/** Percent with three decimals, from whole numbers only. */
const share = (minor: bigint, scale: bigint): number =>
  scale <= 0n ? 0 : Math.max(Number((minor * 100_000n) / scale) / 1000, NARROWEST);

/**
 * The container widths, in rem, at which a label begins to be shown; styles.css has one rule for each. A label
 * stands inside its layer only where the layer is wider than the label; the list below always has it.
 */
export const LABEL_STEPS = [16, 18, 20, 24, 30, 38, 48, 60] as const;

/** The smallest step at which a text of this width (em) fits a layer of this share, or null for never. */
export const labelStep = (widthEm: number, sharePercent: number): (typeof LABEL_STEPS)[number] | null => {
  const needed = ((widthEm + 2) * 100) / sharePercent;
  return LABEL_STEPS.find((step) => step >= needed) ?? null;
};

/** Roughly how wide a text is set, in em: Chinese characters are square, figures and letters narrower. */
export const textWidthEm = (text: string): number =>
  [...text].reduce(
    (sum, char) => sum + (/[\u2e80-\uffef]/u.test(char) ? 1 : /[\s.,·]/.test(char) ? 0.3 : 0.6),
    0,
  );
