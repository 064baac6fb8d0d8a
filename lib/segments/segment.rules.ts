import { ok, refuse, type Result } from '../shared/result';
import { nextState, stateTable, terminalStates } from '../shared/state-table';

/** The life of a road segment (DESIGN section 5). Checks, buttons, pages and tests read this table. */
export const SEGMENT_STATES = stateTable(
  'segment',
  [
    'proposed',
    'approved',
    'funded',
    'contracted',
    'in_progress',
    'inspection',
    'rework',
    'accepted',
    'in_warranty',
    'closed',
    'suspended',
    'cancelled',
  ],
  ['proposed'],
  [
    ['proposed', 'approve', 'approved'],
    ['approved', 'fund', 'funded'],
    ['funded', 'unfund', 'approved'],
    ['funded', 'contract', 'contracted'],
    ['contracted', 'start', 'in_progress'],
    ['in_progress', 'ask_inspection', 'inspection'],
    ['inspection', 'ask_rework', 'rework'],
    ['rework', 'ask_inspection', 'inspection'],
    ['inspection', 'accept', 'accepted'],
    ['accepted', 'begin_warranty', 'in_warranty'],
    ['in_warranty', 'close', 'closed'],
    ['proposed', 'cancel', 'cancelled'],
    ['approved', 'cancel', 'cancelled'],
    ['funded', 'cancel', 'cancelled'],
    ['contracted', 'cancel', 'cancelled'],
    ['in_progress', 'cancel', 'cancelled'],
    ['inspection', 'cancel', 'cancelled'],
    ['rework', 'cancel', 'cancelled'],
    ['suspended', 'cancel', 'cancelled'],
    ['approved', 'suspend', 'suspended'],
    ['funded', 'suspend', 'suspended'],
    ['contracted', 'suspend', 'suspended'],
    ['in_progress', 'suspend', 'suspended'],
    ['inspection', 'suspend', 'suspended'],
    ['rework', 'suspend', 'suspended'],
    ['suspended', 'resume_approved', 'approved'],
    ['suspended', 'resume_funded', 'funded'],
    ['suspended', 'resume_contracted', 'contracted'],
    ['suspended', 'resume_in_progress', 'in_progress'],
    ['suspended', 'resume_inspection', 'inspection'],
    ['suspended', 'resume_rework', 'rework'],
  ],
);
export type SegmentStatus = (typeof SEGMENT_STATES.states)[number];
export type SegmentEvent = (typeof SEGMENT_STATES.edges)[number]['event'];

/** What is known about a segment when someone wants to move it. */
export type SegmentFacts = {
  readonly status: SegmentStatus;
  readonly budgetMinor: bigint;
  /** Everything ever assigned and still here or spent: allocated + committed + certified + paid. */
  readonly allocatedMinor: bigint;
  /** Allocated money no contract has taken. */
  readonly freeMinor: bigint;
  readonly committedMinor: bigint;
  readonly certifiedMinor: bigint;
  readonly contractInForce: boolean;
  readonly afterPhotographs: number;
  readonly signedSheet: boolean;
  readonly heldBeforeSuspension: SegmentStatus | null;
};

/**
 * A road is funded exactly while what was assigned to it covers its approved budget. The move that is due when either
 * side has changed, or null; every act that changes one asks.
 */
export const fundingEvent = (
  facts: Pick<SegmentFacts, 'status' | 'budgetMinor' | 'allocatedMinor'>,
): 'fund' | 'unfund' | null => {
  const covered = facts.allocatedMinor >= facts.budgetMinor;
  if (facts.status === 'approved' && covered) return 'fund';
  return facts.status === 'funded' && !covered ? 'unfund' : null;
};

/** A road that is finished or given up keeps the budget it ended with. */
export const mayBeBudgeted = (status: SegmentStatus): boolean =>
  !terminalStates(SEGMENT_STATES).includes(status);

/** Once a contract is about a road, its line stays as it was tendered. */
export const mayBeRedrawn = (status: SegmentStatus): boolean =>
  ['proposed', 'approved', 'funded', 'suspended'].includes(status);

/**
 * May this road end in favour of others? Before its works (later there is a contract about it as it is), and without
 * money: gifts that lie with it or wait for it alone are settled first, by a change of the plan, so that none is left
 * in limbo.
 */
export const decideSuccession = (road: {
  readonly status: SegmentStatus;
  /** Lies with the road or waits for it alone. */
  readonly leftMinor: bigint;
}): Result<null> => {
  if (!['proposed', 'approved', 'suspended'].includes(road.status))
    return refuse('illegal_state_change', { from: road.status });
  return road.leftMinor === 0n ? ok(null) : refuse('allocations_remain', { leftMinor: road.leftMinor });
};

/** Where an event leads from here, or why it may not happen: the table first, then the guards of DESIGN section 5. */
export const decideSegmentMove = (facts: SegmentFacts, event: SegmentEvent): Result<SegmentStatus> => {
  const to = nextState(SEGMENT_STATES, facts.status, event);
  if (to === null) return refuse('illegal_state_change', { from: facts.status, event });
  switch (event) {
    case 'approve':
      return facts.budgetMinor > 0n ? ok(to) : refuse('exceeds_budget', { budgetMinor: 0n });
    case 'fund':
      return facts.allocatedMinor >= facts.budgetMinor
        ? ok(to)
        : refuse('not_fully_funded', {
            allocatedMinor: facts.allocatedMinor,
            budgetMinor: facts.budgetMinor,
          });
    case 'contract':
    case 'start':
      return facts.contractInForce ? ok(to) : refuse('contract_missing');
    case 'accept':
      if (!facts.signedSheet) return refuse('acceptance_sheet_missing');
      return facts.afterPhotographs > 0 ? ok(to) : refuse('after_photographs_missing');
    case 'close':
      if (facts.committedMinor > 0n || facts.certifiedMinor > 0n)
        return refuse('retention_not_paid', { leftMinor: facts.committedMinor + facts.certifiedMinor });
      return facts.freeMinor === 0n ? ok(to) : refuse('surplus_undecided', { leftMinor: facts.freeMinor });
    case 'cancel':
      return facts.freeMinor + facts.committedMinor + facts.certifiedMinor === 0n
        ? ok(to)
        : refuse('allocations_remain', {
            leftMinor: facts.freeMinor + facts.committedMinor + facts.certifiedMinor,
          });
    default:
      if (event.startsWith('resume_')) return decideResume(facts, event, to);
      return ok(to);
  }
};

const BEFORE_CONTRACT: readonly SegmentStatus[] = ['approved', 'funded'];

/**
 * A suspended road goes back to where it stood. When its contract has ended meanwhile it begins again as approved:
 * nothing may be built without a contract.
 */
const decideResume = (facts: SegmentFacts, event: SegmentEvent, to: SegmentStatus): Result<SegmentStatus> => {
  const held = facts.heldBeforeSuspension;
  const contractEnded = held !== null && !BEFORE_CONTRACT.includes(held) && !facts.contractInForce;
  return to === (contractEnded ? 'approved' : held)
    ? ok(to)
    : refuse('illegal_state_change', { from: facts.status, event });
};
