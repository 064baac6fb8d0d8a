import { minMinor, splitByWeight, sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { stateTable } from '../shared/state-table';

/**
 * A plan over several roads: proposed by one person, decided whole by another.
 *
 * @public
 */
export const ALLOCATION_PLAN_STATES = stateTable(
  'allocation_plan',
  ['proposed', 'approved', 'returned', 'withdrawn'],
  ['proposed'],
  [
    ['proposed', 'approve', 'approved'],
    ['proposed', 'return', 'returned'],
    ['proposed', 'withdraw', 'withdrawn'],
  ],
);

export const PLAN_METHODS = ['even', 'by_length', 'by_cost', 'by_priority', 'whole_campaign'] as const;
export type PlanMethod = (typeof PLAN_METHODS)[number];

/** What a plan must know of a road: how much it still needs and what was given for it alone. */
export type PlanRoad = {
  readonly code: string;
  readonly lengthMm: number;
  /** Approved budget less everything assigned so far. */
  readonly roomMinor: bigint;
  /** Money in the fund that may pave this road only. */
  readonly designatedMinor: bigint;
};

export type PlanLine = {
  readonly code: string;
  readonly amountMinor: bigint;
  /** The part that gifts for this very road bear; the rest comes from gifts for wherever it is needed. */
  readonly designatedMinor: bigint;
};

/** The most a plan over these roads can assign: their own gifts as far as they have room, and the free ones. */
export const usableMinor = (roads: readonly PlanRoad[], freeMinor: bigint): bigint => {
  const own = sumMinor(roads.map((road) => minMinor(road.designatedMinor, road.roomMinor)));
  const room = sumMinor(roads.map((road) => road.roomMinor));
  return minMinor(own + freeMinor, room);
};

const weight = (road: PlanRoad, method: PlanMethod): bigint => {
  switch (method) {
    case 'even':
    case 'by_priority':
      return 1n;
    case 'by_length':
      return BigInt(road.lengthMm);
    case 'by_cost':
    case 'whole_campaign':
      return road.roomMinor;
  }
};

/**
 * Splits by weight with a ceiling for each road: whoever would get more than its room gets its room, and the rest is
 * split again among the others, until nothing spills over. Largest remainder at every step, so it adds up to the fen.
 */
const splitWithin = (amountMinor: bigint, roads: readonly PlanRoad[], method: PlanMethod): bigint[] => {
  const parts = roads.map(() => 0n);
  let open = roads.map((_, index) => index).filter((index) => (roads[index]?.roomMinor ?? 0n) > 0n);
  let left = amountMinor;
  while (open.length > 0 && left > 0n) {
    const shares = splitByWeight(
      left,
      open.map((index) => weight(roads[index] as PlanRoad, method)),
    );
    const full = open.filter((index, n) => (shares[n] ?? 0n) > (roads[index]?.roomMinor ?? 0n));
    if (full.length === 0) {
      open.forEach((index, n) => (parts[index] = shares[n] ?? 0n));
      break;
    }
    for (const index of full) {
      parts[index] = roads[index]?.roomMinor ?? 0n;
      left -= parts[index];
    }
    open = open.filter((index) => !full.includes(index));
  }
  return parts;
};

const fillInOrder = (amountMinor: bigint, roads: readonly PlanRoad[]): bigint[] => {
  let left = amountMinor;
  return roads.map((road) => {
    const part = minMinor(road.roomMinor, left);
    left -= part;
    return part;
  });
};

/**
 * The exact split of an amount over roads, roads that get nothing left out. Refuses `exceeds_budget` when the roads
 * have no room for it, `exceeds_unallocated` when the fund cannot give it to these roads, and `plan_impossible` when
 * this way of splitting would need gifts that were given for another road; `details` say which road lacks how much.
 */
export const splitPlan = (plan: {
  readonly method: PlanMethod;
  readonly amountMinor: bigint;
  readonly roads: readonly PlanRoad[];
  readonly freeMinor: bigint;
}): Result<readonly PlanLine[]> => {
  const { method, amountMinor, roads, freeMinor } = plan;
  if (roads.length === 0) return refuse('invalid_input', { reason: 'roads' }, 'segments');
  if (amountMinor <= 0n) return refuse('amount_must_be_positive', {}, 'amountMinor');
  const roomMinor = sumMinor(roads.map((road) => road.roomMinor));
  if (amountMinor > roomMinor)
    return refuse('exceeds_budget', { roomMinor, askedMinor: amountMinor }, 'amountMinor');
  const availableMinor = usableMinor(roads, freeMinor);
  if (amountMinor > availableMinor)
    return refuse('exceeds_unallocated', { availableMinor, askedMinor: amountMinor }, 'amountMinor');
  const parts =
    method === 'by_priority' ? fillInOrder(amountMinor, roads) : splitWithin(amountMinor, roads, method);
  const lines = roads.flatMap((road, index): PlanLine[] => {
    const part = parts[index] ?? 0n;
    const designatedMinor = minMinor(part, road.designatedMinor);
    return part > 0n ? [{ code: road.code, amountMinor: part, designatedMinor }] : [];
  });
  const neededMinor = sumMinor(lines.map((line) => line.amountMinor - line.designatedMinor));
  if (neededMinor <= freeMinor) return ok(lines);
  const idle = roads.filter((road, index) => (parts[index] ?? 0n) < road.designatedMinor);
  return refuse(
    'plan_impossible',
    {
      neededMinor,
      freeMinor,
      lacking: lines
        .filter((line) => line.amountMinor > line.designatedMinor)
        .map((line) => line.code)
        .join(' '),
      boundElsewhere: idle.map((road) => road.code).join(' '),
    },
    'method',
  );
};
