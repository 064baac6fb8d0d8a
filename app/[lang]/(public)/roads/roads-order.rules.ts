import type { RoadState } from '../../../_ui/chip/component';
import type { ListedRoad } from './road-list';

/** How the list of roads can be ordered and narrowed; the words stand in the address. */
export const ROAD_ORDERS = ['code', 'name', 'length', 'budget', 'missing', 'paid'] as const;
export type RoadOrder = (typeof ROAD_ORDERS)[number];

export type RoadsAsked = {
  readonly state: string | null;
  readonly order: RoadOrder;
  /** Part of a name or code. */
  readonly text: string | null;
};

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

const one = (value: Params[string]): string | null => {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text.slice(0, 60);
};

/** Reads the address; an order that is not known is the usual one. */
export const roadsAsked = (params: Params): RoadsAsked => ({
  state: one(params['state']),
  order: ROAD_ORDERS.find((order) => order === params['sort']) ?? 'code',
  text: one(params['q']),
});

type Road = ListedRoad & { readonly name: string };

/** The roads asked for, in the order asked for; equal ones by their code. */
export const chosenRoads = <Listed extends Road>(
  roads: readonly Listed[],
  asked: RoadsAsked,
): readonly Listed[] => {
  const text = asked.text?.toLowerCase() ?? '';
  return roads
    .filter((road) => asked.state === null || road.state === (asked.state as RoadState))
    .filter((road) => road.name.toLowerCase().includes(text) || road.code.toLowerCase().includes(text))
    .toSorted((a, b) => compare(asked.order, a, b) || (a.code < b.code ? -1 : 1));
};

/** Money and length: the largest first; names and codes as people read them. */
const compare = (order: RoadOrder, a: Road, b: Road): number => {
  switch (order) {
    case 'code':
      return 0;
    case 'name':
      return a.name.localeCompare(b.name, 'zh');
    case 'length':
      return b.lengthMm - a.lengthMm;
    case 'budget':
      return sign(b.budgetMinor - a.budgetMinor);
    case 'missing':
      return sign(b.budgetMinor - b.allocatedMinor - (a.budgetMinor - a.allocatedMinor));
    case 'paid':
      return sign(b.paidMinor - a.paidMinor);
  }
};
const sign = (difference: bigint): number => (difference === 0n ? 0 : difference > 0n ? 1 : -1);
