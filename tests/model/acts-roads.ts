import {
  approveAllocation,
  proposeAllocation,
  releaseAllocation,
  returnAllocation,
  withdrawAllocation,
} from '@/lib/allocations/allocation.commands';
import { changePeriod } from '../support/period';
import { approveBudget, changeSegment, proposeBudget, proposeSegment } from '@/lib/segments/segment.commands';
import { seen, words, type Draw, type Kind } from './kind';
import * as model from './roads';
import { on, type Road } from './state';

const ROADS_AT_ONCE = 6;
const isOver = (road: Road): boolean => ['closed', 'cancelled'].includes(road.status);

const anyRoad = ({ state, random }: Draw, fits: (road: Road) => boolean): Road | null =>
  random.fitting(state.roads, fits);

/** How much a road still lacks. */
const room = ({ state }: Draw, road: Road): bigint => road.budgetMinor - model.assigned(state, road);

/** The events a road may be asked to go through by hand, the likely ones first. */
const EVENTS = [
  'start',
  'ask_inspection',
  'begin_warranty',
  'close',
  'suspend',
  'resume_approved',
  'resume_funded',
  'resume_contracted',
  'resume_in_progress',
  'resume_inspection',
  'resume_rework',
  'ask_rework',
  'cancel',
] as const;

const USUAL: Readonly<Record<string, (typeof EVENTS)[number]>> = {
  contracted: 'start',
  in_progress: 'ask_inspection',
  rework: 'ask_inspection',
  accepted: 'begin_warranty',
  in_warranty: 'close',
};

const usualEvent = (road: Road, { state, random }: Draw): (typeof EVENTS)[number] => {
  if (random.chance(12)) return random.pick(EVENTS);
  if (road.status === 'suspended' && road.heldBefore)
    return `resume_${road.heldBefore}` as (typeof EVENTS)[number];
  const usual = USUAL[road.status] ?? random.pick(['suspend', 'cancel', 'start']);
  const bound = model.contractsOf(state, road).some((one) => state.books.balance(on.committed(one)) > 0n);
  return usual === 'close' && bound && !random.chance(10) ? 'ask_rework' : usual;
};

export const ROAD_ACTS: readonly Kind[] = [
  {
    name: 'segment.propose',
    command: proposeSegment,
    weight: 20,
    judge: model.proposeSegment,
    draw: ({ state, random, fresh }) => {
      const campaign = random.pick(state.campaigns);
      const going = state.roads.filter((road) => road.campaign === campaign && !isOver(road));
      const again = state.roads.length > 0 && random.chance(10);
      if (going.length >= ROADS_AT_ONCE && !again) return null;
      return {
        campaign: random.chance(3) ? 'no-such-campaign' : campaign.slug,
        code: again ? random.pick(state.roads).code : `ML-${String(fresh()).padStart(4, '0')}`,
        name: words('马岭路'),
        location: null,
        lengthMm: 48_000,
        widthMm: 3_000,
        geometry: {
          type: 'LineString',
          coordinates: [
            [113.35, 22.46],
            [113.36, 22.47],
          ],
        },
      };
    },
  },
  {
    name: 'budget.propose',
    command: proposeBudget,
    weight: 22,
    judge: model.proposeBudget,
    draw: (draw) => {
      const { random } = draw;
      // An amendment is rare, else no road would ever be funded.
      const road = anyRoad(draw, (one) => one.budgets.length === 0 || random.chance(4));
      if (!road || (road.budgets.length > 0 && random.chance(60))) return null;
      const assigned = model.assigned(draw.state, road);
      const totalMinor =
        assigned > 0n && random.chance(70)
          ? random.near(assigned) + 1n
          : 5_000n + random.upTo(random.chance(85) ? 30_000n : 150_000n);
      const first = random.chance(50) ? random.upTo(totalMinor - 1n) : totalMinor;
      const lines = [first, ...(first < totalMinor ? [totalMinor - first] : [])];
      return {
        segment: road.code,
        lines: lines.map((amountMinor) => ({
          item: words('混凝土'),
          unit: 'm3',
          quantityMilli: 1_000n,
          amountMinor,
        })),
        reason: random.chance(88) && road.budgets.length > 0 ? '材料涨价' : null,
        on: draw.day(),
      };
    },
  },
  {
    name: 'budget.approve',
    command: approveBudget,
    weight: 25,
    judge: model.approveBudget,
    draw: (draw) => {
      const road = anyRoad(draw, (one) => one.budgets.at(-1)?.status === 'proposed');
      const budget = road?.budgets.at(-1);
      if (!road || !budget) return null;
      return {
        segment: road.code,
        version: draw.random.chance(3) ? budget.version + 1 : budget.version,
        seenHash: seen(draw.random, draw.random.chance(3) ? (road.budgets[0]?.hash ?? '') : budget.hash),
        on: draw.day(),
      };
    },
  },
  {
    name: 'segment.move',
    command: changeSegment,
    weight: 75,
    judge: model.moveSegment,
    draw: (draw) => {
      const { random } = draw;
      const road = anyRoad(draw, (one) => one.status in USUAL || one.status === 'suspended');
      if (!road) return null;
      const event = usualEvent(road, draw);
      // Suspending, cancelling and closing too soon are tried, but must not swallow the roads.
      if (['suspend', 'cancel', 'ask_rework'].includes(event) && !random.chance(20)) return null;
      const day = draw.day();
      return {
        segment: road.code,
        event,
        on: day,
        reason: random.chance(90) ? '雨季' : null,
        warrantyUntil:
          event === 'begin_warranty' && random.chance(93) ? (random.chance(80) ? '2023-12-31' : day) : null,
      };
    },
  },
  {
    name: 'allocation.propose',
    command: proposeAllocation,
    weight: 80,
    judge: model.proposeAllocation,
    draw: (draw) => {
      const { state, random } = draw;
      const road = anyRoad(draw, (one) => room(draw, one) > 0n && model.FUNDABLE.includes(one.status));
      if (!road) return null;
      const usable = state.books.usableFor(on.fund(road.campaign), road.code);
      const lacking = room(draw, road);
      const limit = random.chance(35) ? lacking : usable < lacking ? usable : lacking;
      if (limit <= 0n && !random.chance(10)) return null;
      return {
        segment: road.code,
        amountMinor: random.chance(55) ? limit : random.near(limit),
        note: null,
        on: draw.day(),
      };
    },
  },
  {
    name: 'allocation.approve',
    command: approveAllocation,
    weight: 100,
    judge: model.approveAllocation,
    draw: ({ state, random, day }) => {
      const allocation = random.fitting(state.allocations, (one) => one.status === 'proposed');
      if (!allocation) return random.chance(5) ? decision('A-ML-0001-77', shaOfNone, day()) : null;
      return decision(allocation.code, seen(random, allocation.hash), day());
    },
  },
  ...(['returned', 'withdrawn'] as const).map((to): Kind => ({
    name: to === 'returned' ? 'allocation.return' : 'allocation.withdraw',
    command: to === 'returned' ? returnAllocation : withdrawAllocation,
    weight: 8,
    judge: model.endAllocation(to),
    draw: ({ state, random, day }) => {
      const allocation = random.fitting(state.allocations, (one) => one.status === 'proposed');
      return allocation && { allocation: allocation.code, reason: '改路', on: day() };
    },
  })),
  {
    name: 'allocation.release',
    command: releaseAllocation,
    weight: 28,
    judge: model.releaseAllocation,
    draw: (draw) => {
      const { state, random } = draw;
      const free = (road: Road): bigint => state.books.balance(on.allocated(road));
      const done = ['accepted', 'in_warranty', 'suspended'];
      const road = anyRoad(draw, (one) => free(one) > 0n && (done.includes(one.status) || random.chance(15)));
      if (!road) return null;
      return {
        segment: road.code,
        amountMinor: random.near(free(road)),
        reason: '结余',
        on: draw.day(),
      };
    },
  },
  {
    name: 'period.change',
    command: changePeriod,
    weight: 12,
    judge: model.changePeriod,
    draw: ({ state, random, day }) => {
      const campaign = random.pick(state.campaigns);
      const shut = [...campaign.months.keys()];
      // A year with most months closed would refuse everything.
      const reopen = shut.length > 0 && (shut.length > 3 || random.chance(30));
      const month = reopen ? random.pick(shut) : day().slice(0, 7);
      return {
        campaign: random.chance(3) ? 'no-such-campaign' : campaign.slug,
        month: `${month}-01`,
        to: reopen ? 'open' : random.pick(['soft_closed', 'closed', 'closed', 'open']),
        reason: '月结',
      };
    },
  },
];

const shaOfNone = '0'.repeat(64);
const decision = (allocation: string, seenHash: string, day: string) => ({
  allocation,
  seenHash,
  on: day,
  note: null,
});
