import { idOf } from './people';
import { dated, isClosed, on, text, Verdict, type Campaign, type Road, type State } from './state';
import type { Actor } from '@/lib/auth/roles.rules';

/** What may happen to a road, from DESIGN section 5: from → what → to. */
const STEPS: readonly (readonly [string, string, string])[] = [
  ['proposed', 'approve', 'approved'],
  ['approved', 'fund', 'funded'],
  ['funded', 'unfund', 'approved'],
  ['funded', 'contract', 'contracted'],
  ['contracted', 'start', 'in_progress'],
  ['in_progress', 'ask_inspection', 'inspection'],
  ['rework', 'ask_inspection', 'inspection'],
  ['inspection', 'ask_rework', 'rework'],
  ['inspection', 'accept', 'accepted'],
  ['accepted', 'begin_warranty', 'in_warranty'],
  ['in_warranty', 'close', 'closed'],
  ...['proposed', 'approved', 'funded', 'contracted', 'in_progress', 'inspection', 'rework', 'suspended'].map(
    (from) => [from, 'cancel', 'cancelled'] as const,
  ),
  ...['approved', 'funded', 'contracted', 'in_progress', 'inspection', 'rework'].flatMap((from) => [
    [from, 'suspend', 'suspended'] as const,
    ['suspended', `resume_${from}`, from] as const,
  ]),
];

export const stepFrom = (from: string, event: string): string | null =>
  STEPS.find((step) => step[0] === from && step[1] === event)?.[2] ?? null;

export const FUNDABLE = ['approved', 'funded', 'contracted', 'in_progress', 'inspection', 'rework'];
const OVER = ['closed', 'cancelled'];

export const contractsOf = (state: State, road: Road) =>
  state.contracts.filter((contract) => contract.road === road);

/** What a road's contracts hold at one stage. */
const inContracts = (state: State, road: Road, stage: 'committed' | 'certified' | 'paid'): bigint =>
  state.books.sumOf(contractsOf(state, road).map((contract) => on[stage](contract)));

/** Everything assigned to a road that is still here or was spent on it. */
export const assigned = (state: State, road: Road): bigint =>
  state.books.balance(on.allocated(road)) +
  inContracts(state, road, 'committed') +
  inContracts(state, road, 'certified') +
  inContracts(state, road, 'paid');

/** A road is funded exactly when what was assigned covers its approved budget. */
export const followFunding = (state: State, road: Road): void => {
  const covered = assigned(state, road) >= road.budgetMinor;
  if (road.status === 'approved' && covered) road.status = 'funded';
  else if (road.status === 'funded' && !covered) road.status = 'approved';
};

export const proposeSegment = (
  state: State,
  input: { campaign: string; code: string },
  _who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const campaign = state.campaign(input.campaign);
  if (!campaign) return verdict.refused('not_found');
  verdict.when(state.road(input.code) !== undefined, 'duplicate_submission');
  return verdict.otherwise(() =>
    state.roads.push({
      code: input.code,
      campaign,
      status: 'proposed',
      budgetMinor: 0n,
      budgets: [],
      heldBefore: null,
      warrantyUntil: null,
    }),
  );
};

export const proposeBudget = (
  state: State,
  input: { segment: string; lines: readonly { amountMinor: bigint }[]; reason: string | null },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  if (!road) return verdict.refused('not_found');
  const newest = road.budgets.at(-1);
  verdict.when(newest?.status === 'proposed', 'illegal_state_change');
  verdict.when(OVER.includes(road.status), 'illegal_state_change');
  verdict.when(newest !== undefined && !input.reason, 'reason_required');
  const totalMinor = input.lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  const version = road.budgets.length + 1;
  return verdict.otherwise(
    (answer) =>
      road.budgets.push({
        version,
        totalMinor,
        status: 'proposed',
        hash: text(answer, 'contentHash'),
        by: idOf(who),
      }),
    { version, totalMinor },
  );
};

export const approveBudget = (
  state: State,
  input: { segment: string; version: number; seenHash: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  if (!road) return verdict.refused('not_found');
  const budget = road.budgets.at(-1);
  const current = budget?.version === input.version && budget.status === 'proposed';
  if (verdict.when(!budget || !current || budget.hash !== input.seenHash, 'changed_since_seen') && !budget)
    return verdict;
  verdict.when(budget?.by === idOf(who), 'maker_is_checker');
  verdict.when(OVER.includes(road.status), 'illegal_state_change');
  return verdict.otherwise(() => {
    if (!budget) return;
    budget.status = 'approved';
    road.budgetMinor = budget.totalMinor;
    if (road.status === 'proposed') road.status = 'approved';
    followFunding(state, road);
  });
};

export const moveSegment = (
  state: State,
  input: { segment: string; event: string; reason: string | null; warrantyUntil: string | null },
  _who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  if (!road) return verdict.refused('not_found');
  const { event } = input;
  const to = stepFrom(road.status, event);
  verdict.when(['suspend', 'cancel', 'ask_rework'].includes(event) && !input.reason, 'reason_required');
  verdict.when(event === 'begin_warranty' && input.warrantyUntil === null, 'invalid_input');
  if (verdict.when(to === null, 'illegal_state_change') || to === null) return verdict;
  verdict.when(event.startsWith('resume_') && to !== road.heldBefore, 'illegal_state_change');
  const free = state.books.balance(on.allocated(road));
  const bound = inContracts(state, road, 'committed') + inContracts(state, road, 'certified');
  if (event === 'start')
    verdict.when(!contractsOf(state, road).some((one) => one.status === 'signed'), 'contract_missing');
  if (event === 'close') {
    verdict.when(bound > 0n, 'retention_not_paid');
    verdict.when(free > 0n, 'surplus_undecided');
  }
  if (event === 'cancel') verdict.when(free + bound > 0n, 'allocations_remain');
  return verdict.otherwise(() => {
    if (event === 'suspend') road.heldBefore = road.status;
    if (event === 'begin_warranty') road.warrantyUntil = input.warrantyUntil;
    road.status = to;
    followFunding(state, road);
  });
};

export const proposeAllocation = (
  state: State,
  input: { segment: string; amountMinor: bigint },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  if (!road) return verdict.refused('not_found');
  fundable(verdict, state, road, input.amountMinor);
  return verdict.otherwise((answer) =>
    state.allocations.push({
      code: text(answer, 'code'),
      road,
      amountMinor: input.amountMinor,
      status: 'proposed',
      hash: text(answer, 'contentHash'),
      by: idOf(who),
    }),
  );
};

const fundable = (verdict: Verdict, state: State, road: Road, amountMinor: bigint): void => {
  verdict.when(!FUNDABLE.includes(road.status), 'segment_not_open');
  verdict.when(assigned(state, road) + amountMinor > road.budgetMinor, 'exceeds_budget');
};

export const approveAllocation = (
  state: State,
  input: { allocation: string; seenHash: string; on: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const allocation = state.allocations.find((one) => one.code === input.allocation);
  if (!allocation) return verdict.refused('not_found');
  const { road, amountMinor } = allocation;
  const fund = on.fund(road.campaign);
  verdict.when(allocation.status !== 'proposed', 'illegal_state_change');
  verdict.when(allocation.hash !== input.seenHash, 'changed_since_seen');
  verdict.when(allocation.by === idOf(who), 'maker_is_checker');
  fundable(verdict, state, road, amountMinor);
  verdict.when(state.books.usableFor(fund, road.code) < amountMinor, 'exceeds_unallocated');
  verdict.when(isClosed(road.campaign, input.on), 'period_closed');
  return verdict.otherwise(() => {
    const lots = state.books.fromFund(fund, road.code, amountMinor);
    state.books.write([{ from: fund, to: on.allocated(road), amountMinor, lots }]);
    dated(road.campaign, input.on);
    allocation.status = 'approved';
    followFunding(state, road);
  });
};

export const endAllocation =
  (to: 'returned' | 'withdrawn') =>
  (state: State, input: { allocation: string }, who: Actor): Verdict => {
    const verdict = new Verdict();
    const allocation = state.allocations.find((one) => one.code === input.allocation);
    if (!allocation) return verdict.refused('not_found');
    verdict.when(allocation.status !== 'proposed', 'illegal_state_change');
    const own = allocation.by === idOf(who);
    verdict.when(to === 'returned' && own, 'maker_is_checker');
    verdict.when(to === 'withdrawn' && !own, 'not_permitted');
    return verdict.otherwise(() => {
      allocation.status = to;
    });
  };

export const releaseAllocation = (
  state: State,
  input: { segment: string; amountMinor: bigint; on: string },
  _who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  if (!road) return verdict.refused('not_found');
  const { amountMinor } = input;
  verdict.when(state.books.balance(on.allocated(road)) < amountMinor, 'exceeds_allocated');
  verdict.when(isClosed(road.campaign, input.on), 'period_closed');
  return verdict.otherwise(() => {
    const lots = state.books.inOrder(on.allocated(road), amountMinor);
    state.books.write([{ from: on.allocated(road), to: on.fund(road.campaign), amountMinor, lots }]);
    dated(road.campaign, input.on);
    followFunding(state, road);
  });
};

export const changePeriod = (
  state: State,
  input: { campaign: string; month: string; to: 'open' | 'soft_closed' | 'closed' },
  _who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const campaign: Campaign | undefined = state.campaign(input.campaign);
  if (!campaign) return verdict.refused('not_found');
  const month = input.month.slice(0, 7);
  const from = campaign.months.get(month) ?? 'open';
  verdict.when(from === input.to, 'illegal_state_change');
  return verdict.otherwise(
    () => {
      if (input.to === 'open') campaign.months.delete(month);
      else campaign.months.set(month, input.to);
    },
    { from, to: input.to },
  );
};
