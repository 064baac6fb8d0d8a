/** Gifts of one month that came the same way. */
export type GiftCell = {
  readonly campaign: string;
  /** YYYY-MM; null: months that are too small to stand alone. */
  readonly month: string | null;
  /** null: ways that are too small to stand alone. */
  readonly channel: string | null;
  readonly currency: string;
  readonly count: number;
  readonly minor: bigint;
};

/** Fewer donors than this could recognise each other's gifts in a sum. */
export const LEAST_IN_CELL = 5;

/**
 * Groups of fewer than five gifts are put together, first the ways of one month, then the months of a campaign; what is
 * still too small then takes the smallest group that could have stood alone with it, so that it cannot be found by
 * subtraction. Sums are never changed. A campaign with fewer than five unnamed gifts is left as one group without its
 * number of gifts (count 0): the total is public in the books anyway.
 */
export const groupSmallCells = (cells: readonly GiftCell[]): GiftCell[] =>
  [...new Set(cells.map(({ campaign, currency }) => `${campaign} ${currency}`))].flatMap((key) => {
    const own = cells.filter(({ campaign, currency }) => `${campaign} ${currency}` === key);
    return pooled(
      [...new Set(own.map(({ month }) => month))].flatMap((month) =>
        pooled(
          own.filter((cell) => cell.month === month),
          (cell) => ({ ...cell, channel: null }),
        ),
      ),
      (cell) => ({ ...cell, month: null, channel: null }),
    ).map((cell) => (cell.count < LEAST_IN_CELL ? { ...cell, count: 0 } : cell));
  });

const pooled = (cells: readonly GiftCell[], name: (cell: GiftCell) => GiftCell): GiftCell[] => {
  const large = cells.filter(({ count }) => count >= LEAST_IN_CELL).sort((a, b) => a.count - b.count);
  const small = cells.filter(({ count }) => count < LEAST_IN_CELL);
  if (small.length === 0) return [...cells];
  if (sum(small) < LEAST_IN_CELL && large[0]) small.push(...large.splice(0, 1));
  const [first] = small;
  if (!first) return large;
  const pool = name({
    ...first,
    count: sum(small),
    minor: small.reduce((total, cell) => total + cell.minor, 0n),
  });
  return [...large, pool];
};

const sum = (cells: readonly GiftCell[]): number => cells.reduce((total, { count }) => total + count, 0);
