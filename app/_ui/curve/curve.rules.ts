/** Running totals at the end of each month. Minor units. */
export type CurvePoint = {
  /** YYYY-MM */
  readonly month: string;
  readonly receivedMinor: bigint;
  readonly allocatedMinor: bigint;
  readonly committedMinor: bigint;
  readonly paidMinor: bigint;
};

export const CURVE = { width: 960, height: 320, left: 12, right: 12, top: 18, bottom: 34 } as const;

export type CurveArea = 'receivedMinor' | 'allocatedMinor' | 'committedMinor' | 'paidMinor';
/** What lies lower is drawn first and is the largest: the same layers as the road bar. */
export const CURVE_AREAS = ['receivedMinor', 'allocatedMinor', 'committedMinor', 'paidMinor'] as const;

/** Every month from the first to the last, so that a quiet month is as wide as a busy one. */
export const withQuietMonths = (points: readonly CurvePoint[]): readonly CurvePoint[] => {
  const filled: CurvePoint[] = [];
  for (const point of points) {
    let last = filled.at(-1);
    while (last && nextMonth(last.month) < point.month) {
      last = { ...last, month: nextMonth(last.month) };
      filled.push(last);
    }
    filled.push(point);
  }
  return filled;
};

const nextMonth = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

/** Monthly movements to running totals. */
export const runningTotals = (moves: readonly CurvePoint[]): readonly CurvePoint[] => {
  let sum = { receivedMinor: 0n, allocatedMinor: 0n, committedMinor: 0n, paidMinor: 0n };
  return moves.map(({ month, ...move }) => {
    sum = {
      receivedMinor: sum.receivedMinor + move.receivedMinor,
      allocatedMinor: sum.allocatedMinor + move.allocatedMinor,
      committedMinor: sum.committedMinor + move.committedMinor,
      paidMinor: sum.paidMinor + move.paidMinor,
    };
    return { month, ...sum };
  });
};

/** The area below one running total as an SVG path: steps, because money stands between two months. */
export const areaPath = (points: readonly CurvePoint[], area: CurveArea, topMinor: bigint): string => {
  const step = stepOf(points.length);
  const floor = CURVE.height - CURVE.bottom;
  const y = (minor: bigint) => yOf(minor, topMinor);
  const path = points.map(
    (point, index) =>
      `H${pixel(CURVE.left + index * step)}V${y(point[area])}H${pixel(CURVE.left + (index + 1) * step)}`,
  );
  return `M${CURVE.left} ${floor}${path.join('')}V${floor}Z`;
};

/** Height of an amount in the drawing; only the pixels are floats, never the money. */
export const yOf = (minor: bigint, topMinor: bigint): string => {
  const room = CURVE.height - CURVE.top - CURVE.bottom;
  const thousandths = topMinor === 0n ? 0 : Number((minor * 1000n) / topMinor);
  return pixel(CURVE.height - CURVE.bottom - (room * thousandths) / 1000);
};

export const stepOf = (months: number): number =>
  (CURVE.width - CURVE.left - CURVE.right) / Math.max(1, months);

/** A place in the drawing to a tenth of a unit, as text. */
export const pixel = (place: number): string => String(Math.round(place * 10) / 10);
