import type { Actor } from '@/lib/auth/roles.rules';
import type { Line } from './books';
import { dated, isClosed, on, Verdict, type Gift, type Hole, type State } from './state';

const RANK = ['unallocated', 'allocated', 'committed', 'certified', 'paid', 'fees'];
const rank = (code: string): number => RANK.indexOf(code.slice(0, code.indexOf(':')));

/** What the model cannot know before the answer: the number of each hole, in the order of opening. */
export type HoleCodes = (n: number) => string;

/**
 * Part of a gift goes back. What no road was promised goes first; whatever was promised leaves a named hole of the
 * same size in its place. A fee nobody gave for is a hole of its own.
 */
export const takeBack = (
  state: State,
  gift: Gift,
  back: {
    amountMinor: bigint;
    feeMinor: bigint;
    out: string;
    financial: Line;
    codes: HoleCodes;
    day: string;
  },
): Hole[] => {
  const { lot, campaign } = gift;
  if (!lot) throw new Error(`${gift.code} has no lot`);
  let left = back.amountMinor;
  const taken: { code: string; amountMinor: bigint }[] = [];
  const places = state.books.placesOf(lot).filter((place) => rank(place.code) >= 0);
  for (const place of places.sort((a, b) => rank(a.code) - rank(b.code))) {
    const amountMinor = place.heldMinor < left ? place.heldMinor : left;
    if (amountMinor > 0n) taken.push({ code: place.code, amountMinor });
    left -= amountMinor;
  }
  const leave = (place: { code: string; amountMinor: bigint }): Line => ({
    from: place.code,
    to: back.out,
    amountMinor: place.amountMinor,
    lots: [{ lot, amountMinor: place.amountMinor }],
  });
  const free = taken.filter((place) => rank(place.code) === 0);
  const promised = taken.filter((place) => rank(place.code) > 0);
  state.books.write([back.financial, ...free.map(leave)]);
  const holes: Hole[] = [];
  const open = (places: typeof taken, ofFee: boolean): void => {
    const code = back.codes(holes.length);
    const hole = state.books.openLot({
      kind: 'shortfall',
      subject: code,
      day: back.day,
      designation: ofFee ? null : gift.designation,
    });
    state.books.write(
      places.flatMap((place) => [
        ...(ofFee ? [] : [leave(place)]),
        {
          from: on.hole(campaign),
          to: place.code,
          amountMinor: place.amountMinor,
          lots: [{ lot: hole, amountMinor: place.amountMinor }],
        },
      ]),
    );
    holes.push({ code, lot: hole, campaign, ofFee, filledBy: [], resolved: false });
  };
  if (promised.length > 0) open(promised, false);
  if (back.feeMinor > 0n) open([{ code: on.fees(campaign), amountMinor: back.feeMinor }], true);
  state.holes.push(...holes);
  return holes;
};

/** The gift is here again: it returns to where its holes are now, and what no hole waits for to the fund. */
export const giveBack = (
  state: State,
  gift: Gift,
  back: {
    amountMinor: bigint;
    out: string;
    financial: readonly Line[];
    holes: readonly Hole[];
    feeToo: boolean;
  },
): void => {
  const { lot, campaign } = gift;
  if (!lot) throw new Error(`${gift.code} has no lot`);
  const lines: Line[] = [...back.financial];
  let rest = back.amountMinor;
  for (const hole of back.holes) {
    if (hole.ofFee && !back.feeToo) continue;
    // A fee that gifts have borne in the meantime goes back to where they were: the fund.
    if (hole.ofFee && hole.resolved) {
      const amountMinor = hole.filledBy.reduce((sum, share) => sum + share.amountMinor, 0n);
      const lots = state.books.standIns(on.fees(campaign), hole.filledBy, lines);
      lines.push({ from: on.fees(campaign), to: on.fund(campaign), amountMinor, lots });
    }
    if (hole.resolved) continue;
    for (const { code, heldMinor: amountMinor } of state.books.placesOf(hole.lot)) {
      if (!hole.ofFee) {
        lines.push({ from: back.out, to: code, amountMinor, lots: [{ lot, amountMinor }] });
        rest -= amountMinor;
      }
      lines.push({ from: code, to: on.hole(campaign), amountMinor, lots: [{ lot: hole.lot, amountMinor }] });
    }
    hole.resolved = true;
  }
  if (rest > 0n)
    lines.push({
      from: back.out,
      to: on.fund(campaign),
      amountMinor: rest,
      lots: [{ lot, amountMinor: rest }],
    });
  state.books.write(lines);
};

/** A person fills a hole from the fund, with gifts that may go where the hole is. */
export const resolveShortfall = (
  state: State,
  input: { shortfall: string; on: string },
  _who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const hole = state.holes.find((one) => one.code === input.shortfall);
  if (!hole) return verdict.refused('not_found');
  const { campaign, lot } = hole;
  const fund = on.fund(campaign);
  verdict.when(hole.resolved, 'illegal_state_change');
  // Nothing lies in a hole that was filled. A closed month is found by the database, after the fund was asked.
  if (hole.resolved) return verdict;
  verdict.when(isClosed(campaign, input.on), 'period_closed');
  const plan = fillings(state, hole);
  verdict.when(plan === null, 'exceeds_unallocated');
  return verdict.otherwise(() => {
    for (const place of plan ?? []) {
      const amountMinor = place.heldMinor;
      const road = roadOf(state, place.code);
      const leave: Line = {
        from: place.code,
        to: on.hole(campaign),
        amountMinor,
        lots: [{ lot, amountMinor }],
      };
      const lots = place.code === fund ? [] : state.books.fromFund(fund, road, amountMinor);
      const fill = { from: fund, to: place.code, amountMinor, lots };
      state.books.write(place.code === fund ? [leave] : [fill, leave]);
      hole.filledBy.push(...lots);
    }
    dated(campaign, input.on);
    hole.resolved = true;
  });
};

/** The places of a hole, its part of the fund first, or null when the fund cannot fill the others with gifts that may go there. */
const fillings = (state: State, hole: Hole): { code: string; heldMinor: bigint }[] | null => {
  const fund = on.fund(hole.campaign);
  const all = state.books.placesOf(hole.lot);
  const places = [
    ...all.filter((place) => place.code === fund),
    ...all.filter((place) => place.code !== fund),
  ];
  const bound = new Map<string, bigint>();
  let free = state.books.usableFor(fund, null);
  for (const { code, heldMinor } of places) {
    if (code === fund) {
      // The hole itself is nothing to fill another with.
      if (hole.lot.designation === null) free -= heldMinor;
      else bound.set(hole.lot.designation, ownOf(state, fund, hole.lot.designation) - heldMinor);
      continue;
    }
    const road = roadOf(state, code);
    const own = road === null ? 0n : (bound.get(road) ?? ownOf(state, fund, road));
    const ofOwn = own < heldMinor ? own : heldMinor;
    if (road !== null) bound.set(road, own - ofOwn);
    free -= heldMinor - ofOwn;
    if (free < 0n) return null;
  }
  return places;
};

const ownOf = (state: State, fund: string, road: string): bigint =>
  state.books.usableFor(fund, road) - state.books.usableFor(fund, null);

const roadOf = (state: State, code: string): string | null => {
  const [kind, subject = ''] = code.split(':');
  if (kind === 'allocated') return subject;
  return state.contracts.find((one) => one.code === subject)?.road.code ?? null;
};
