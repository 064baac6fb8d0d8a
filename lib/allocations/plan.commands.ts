import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { allocated, unallocated } from '../ledger/accounts.rules';
import { post, type CampaignBooks } from '../ledger/ledger.commands';
import { followFunding, publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment, segmentFacts, type SegmentRow } from '../segments/segment.store';
import { contentHash } from '../shared/canonical';
import { ok, refuse, type Result } from '../shared/result';
import { decideAllocation } from './allocation.rules';
import { nextAllocationNo } from './allocation.store';
import { allocationPlanDecisionForm, allocationPlanForm, allocationPlanReturnForm } from './plan.form';
import { splitPlan, type PlanLine, type PlanRoad } from './plan.rules';
import { linesOfPlan, lockPlan, nextPlanCode, planFacts } from './plan.store';

/** The roads of a plan in the order asked for; for the whole campaign all that may be given money. */
const chosenRoads = <Road extends PlanRoad>(
  roads: readonly Road[],
  codes: readonly string[],
  whole: boolean,
): Result<Road[]> => {
  if (whole) return ok([...roads]);
  const chosen: Road[] = [];
  for (const code of new Set(codes)) {
    const road = roads.find((one) => one.code === code);
    if (!road) return refuse('segment_not_open', { segment: code }, 'segments');
    chosen.push(road);
  }
  return ok(chosen);
};

const sameLines = (
  lines: readonly PlanLine[],
  seen: readonly { segment: string; amountMinor: bigint }[] | null,
): boolean =>
  seen === null ||
  (seen.length === lines.length &&
    lines.every(
      (line, index) => seen[index]?.segment === line.code && seen[index].amountMinor === line.amountMinor,
    ));

/**
 * Proposes one amount over several roads, split exactly as the preview showed it. Moves nothing yet. Refuses
 * `changed_since_seen` when the fund or a road has changed so that the split would be another one now.
 */
export const proposePlan = defineCommand({
  name: 'allocation-plan.propose',
  permission: 'allocation:propose',
  events: ['allocation_plan_proposed'],
  input: allocationPlanForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    const facts = await planFacts(ctx.trx, campaign.slug);
    const roads = chosenRoads(facts.roads, input.segments, input.method === 'whole_campaign');
    if (!roads.ok) return roads;
    const split = splitPlan({ ...input, roads: roads.value, freeMinor: facts.freeMinor });
    if (!split.ok) return split;
    if (!sameLines(split.value, input.seenLines)) return refuse('changed_since_seen');
    const code = await nextPlanCode(ctx.trx);
    const hash = contentHash({
      code,
      campaign: campaign.slug,
      method: input.method,
      note: input.note,
      lines: split.value.map((line) => ({ segment: line.code, amountMinor: line.amountMinor })),
    });
    const id = ctx.newId();
    await ctx.trx
      .insertInto('allocation_plan')
      .values({
        id,
        code,
        campaign_id: campaign.id,
        method: input.method,
        amount_minor: input.amountMinor,
        note: input.note,
        status: 'proposed',
        content_hash: hash,
        proposed_by: person,
        proposed_on: input.on,
      })
      .execute();
    await ctx.trx
      .insertInto('allocation_plan_line')
      .values(
        split.value.map((line, index) => ({
          plan_id: id,
          line_no: index + 1,
          segment_id: roads.value.find((road) => road.code === line.code)?.id ?? '',
          amount_minor: line.amountMinor,
          designated_minor: line.designatedMinor,
        })),
      )
      .execute();
    ctx.record({
      event: 'allocation_plan_proposed',
      subjectKind: 'allocation_plan',
      subjectId: code,
      details: { method: input.method, amountMinor: input.amountMinor, roads: split.value.length },
    });
    return ok({ code, contentHash: hash });
  },
});

/** Approves a plan as it was seen: every road gets its part, or none gets anything. */
export const approvePlan = defineCommand({
  name: 'allocation-plan.approve',
  permission: 'allocation:approve',
  events: ['allocation_plan_approved', 'allocation_approved', 'segment_moved'],
  input: allocationPlanDecisionForm,
  run: async (ctx, input) => {
    const plan = await lockPlan(ctx.trx, input.plan);
    if (!plan) return refuse('not_found', {}, 'plan');
    if (plan.status !== 'proposed') return refuse('illegal_state_change', { from: plan.status });
    if (plan.content_hash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    if (person === plan.proposed_by) return refuse('maker_is_checker');
    const campaign = await findCampaign(ctx.trx, { id: plan.campaign_id });
    if (!campaign) return refuse('not_found');
    const lines = await linesOfPlan(ctx.trx, plan.id);
    // All roads first, always in the order of their codes, and only then the accounts: no two plans wait for each other.
    const segments = new Map<string, SegmentRow>();
    for (const code of lines.map((line) => line.segment).sort()) {
      const segment = await lockSegment(ctx.trx, { code });
      if (!segment) return refuse('not_found', {}, 'segment');
      segments.set(code, segment);
    }
    const codes: string[] = [];
    for (const line of lines) {
      const segment = segments.get(line.segment);
      if (!segment) return refuse('not_found', {}, 'segment');
      const assigned = await assignLine(ctx, campaign, segment, {
        ...line,
        planId: plan.id,
        planCode: plan.code,
        proposedBy: plan.proposed_by,
        proposedOn: plan.proposed_on,
        person,
        on: input.on,
      });
      if (!assigned.ok) return assigned;
      codes.push(assigned.value);
    }
    await ctx.trx
      .updateTable('allocation_plan')
      .set({ status: 'approved', decided_by: person, decided_on: input.on })
      .where('id', '=', plan.id)
      .execute();
    ctx.record({
      event: 'allocation_plan_approved',
      subjectKind: 'allocation_plan',
      subjectId: plan.code,
      details: { amountMinor: plan.amount_minor, allocations: codes.join(' ') },
    });
    return ok({ code: plan.code, allocations: codes });
  },
});

type Line = {
  readonly lineNo: number;
  readonly amountMinor: bigint;
  readonly planId: string;
  readonly planCode: string;
  readonly proposedBy: string;
  readonly proposedOn: string;
  readonly person: string;
  readonly on: string;
};

const assignLine = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  segment: SegmentRow,
  line: Line,
): Promise<Result<string>> => {
  const facts = await segmentFacts(ctx.trx, segment);
  const allowed = decideAllocation(facts, line.amountMinor);
  if (!allowed.ok) return allowed;
  const code = `A-${segment.code}-${await nextAllocationNo(ctx.trx, segment.id)}`;
  const entry = await post(ctx, {
    kind: 'allocation_approved',
    campaign,
    subjectKind: 'allocation',
    subject: code,
    date: line.on,
    postings: [
      {
        from: unallocated(campaign.slug),
        to: allocated(segment.code),
        amountMinor: line.amountMinor,
        lots: { kind: 'in_order', forSegment: segment.code },
      },
    ],
  });
  if (!entry.ok) return entry;
  const id = ctx.newId();
  await ctx.trx
    .insertInto('allocation')
    .values({
      id,
      code,
      campaign_id: campaign.id,
      segment_id: segment.id,
      amount_minor: line.amountMinor,
      note: line.planCode,
      status: 'approved',
      content_hash: contentHash({ code, plan: line.planCode, amountMinor: line.amountMinor }),
      proposed_by: line.proposedBy,
      proposed_on: line.proposedOn,
      decided_by: line.person,
      decided_on: line.on,
      entry_id: entry.value.id,
      plan_id: line.planId,
    })
    .execute();
  await ctx.trx
    .updateTable('allocation_plan_line')
    .set({ allocation_id: id })
    .where('plan_id', '=', line.planId)
    .where('line_no', '=', line.lineNo)
    .execute();
  ctx.record({
    event: 'allocation_approved',
    subjectKind: 'allocation',
    subjectId: code,
    details: { segment: segment.code, amountMinor: line.amountMinor, entry: entry.value.number },
  });
  publishSegmentAct(ctx, campaign, {
    event: 'allocation_approved',
    subject: code,
    on: line.on,
    facts: {
      segment: segment.code,
      plan: line.planCode,
      amount: line.amountMinor,
      currency: campaign.currency,
    },
  });
  const funded = await followFunding(ctx, campaign, segment, {
    on: line.on,
    allocatedMinor: facts.allocatedMinor + line.amountMinor,
  });
  return funded.ok ? ok(code) : funded;
};

const closePlan = async (
  ctx: CommandContext,
  input: { plan: string; reason: string; on: string },
  to: 'returned' | 'withdrawn',
): Promise<Result<{ code: string }>> => {
  const plan = await lockPlan(ctx.trx, input.plan);
  if (!plan) return refuse('not_found', {}, 'plan');
  if (plan.status !== 'proposed') return refuse('illegal_state_change', { from: plan.status });
  const person = staffIdOf(ctx.actor);
  if (to === 'returned' && person === plan.proposed_by) return refuse('maker_is_checker');
  if (to === 'withdrawn' && person !== plan.proposed_by) return refuse('not_permitted');
  await ctx.trx
    .updateTable('allocation_plan')
    .set({ status: to, decided_by: person, decided_on: input.on, decision_note: input.reason })
    .where('id', '=', plan.id)
    .execute();
  ctx.record({
    event: `allocation_plan_${to}`,
    subjectKind: 'allocation_plan',
    subjectId: plan.code,
    details: { reason: input.reason },
  });
  return ok({ code: plan.code });
};

/** The checker sends a plan back with a reason. */
export const returnPlan = defineCommand({
  name: 'allocation-plan.return',
  permission: 'allocation:approve',
  events: ['allocation_plan_returned'],
  input: allocationPlanReturnForm,
  run: (ctx, input) => closePlan(ctx, input, 'returned'),
});

/** The maker takes a plan back. */
export const withdrawPlan = defineCommand({
  name: 'allocation-plan.withdraw',
  permission: 'allocation:propose',
  events: ['allocation_plan_withdrawn'],
  input: allocationPlanReturnForm,
  run: (ctx, input) => closePlan(ctx, input, 'withdrawn'),
});
