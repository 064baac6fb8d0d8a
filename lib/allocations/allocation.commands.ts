import { later } from '@/db/dialect';
import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { allocated, unallocated } from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import { followFunding, publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment, lockSegmentWithFacts } from '../segments/segment.store';
import { contentHash } from '../shared/canonical';
import { ok, refuse, type Result } from '../shared/result';
import { allocationDecisionForm, allocationForm, allocationReturnForm, releaseForm } from './allocation.form';
import { decideAllocation } from './allocation.rules';
import { lockAllocation, nextAllocationNo } from './allocation.store';

/** Proposes to assign money from the fund to one road. Moves nothing yet. */
export const proposeAllocation = defineCommand({
  name: 'allocation.propose',
  permission: 'allocation:propose',
  events: ['allocation_proposed'],
  input: allocationForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const road = await lockSegmentWithFacts(ctx.trx, input.segment);
    if (!road) return refuse('not_found', {}, 'segment');
    const { segment, facts } = road;
    const allowed = decideAllocation(facts, input.amountMinor);
    if (!allowed.ok) return allowed;
    const code = `A-${segment.code}-${await nextAllocationNo(ctx.trx, segment.id)}`;
    const hash = contentHash({
      code,
      segment: segment.code,
      amountMinor: input.amountMinor,
      note: input.note,
    });
    await ctx.trx
      .insertInto('allocation')
      .values({
        id: ctx.newId(),
        code,
        campaign_id: segment.campaignId,
        segment_id: segment.id,
        amount_minor: input.amountMinor,
        note: input.note,
        status: 'proposed',
        content_hash: hash,
        proposed_by: person,
        proposed_on: input.on,
      })
      .execute();
    ctx.record({
      event: 'allocation_proposed',
      subjectKind: 'allocation',
      subjectId: code,
      details: { segment: segment.code, amountMinor: input.amountMinor },
    });
    return ok({ code, contentHash: hash });
  },
});

/**
 * Approves what the checker has seen and moves the lots: gifts for this road first, then free ones, oldest first.
 * A road whose budget is now covered becomes funded.
 */
export const approveAllocation = defineCommand({
  name: 'allocation.approve',
  permission: 'allocation:approve',
  events: ['allocation_approved', 'segment_moved'],
  input: allocationDecisionForm,
  run: async (ctx, input) => {
    const allocation = await lockAllocation(ctx.trx, input.allocation);
    if (!allocation) return refuse('not_found', {}, 'allocation');
    if (allocation.status !== 'proposed') return refuse('illegal_state_change', { from: allocation.status });
    if (allocation.content_hash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === allocation.proposed_by) return refuse('maker_is_checker');
    // Asked before the road is locked: from then on others who assign money to it wait.
    const campaign = await findCampaign(ctx.trx, { id: allocation.campaign_id });
    const road = await lockSegmentWithFacts(ctx.trx, allocation.segment_code);
    if (!road || !campaign) return refuse('not_found');
    const { segment, facts } = road;
    const allowed = decideAllocation(facts, allocation.amount_minor);
    if (!allowed.ok) return allowed;

    const entry = await post(ctx, {
      kind: 'allocation_approved',
      campaign,
      subjectKind: 'allocation',
      subject: allocation.code,
      date: input.on,
      postings: [
        {
          from: unallocated(campaign.slug),
          to: allocated(segment.code),
          amountMinor: allocation.amount_minor,
          lots: { kind: 'in_order', forSegment: segment.code },
        },
      ],
    });
    if (!entry.ok) return entry;
    await later(
      ctx.trx,
      ctx.trx
        .updateTable('allocation')
        .set({
          status: 'approved',
          decided_by: person,
          decided_on: input.on,
          decision_note: input.note,
          entry_id: entry.value.id,
        })
        .where('id', '=', allocation.id),
    );
    ctx.record({
      event: 'allocation_approved',
      subjectKind: 'allocation',
      subjectId: allocation.code,
      details: { segment: segment.code, amountMinor: allocation.amount_minor, entry: entry.value.number },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'allocation_approved',
      subject: allocation.code,
      on: input.on,
      facts: { segment: segment.code, amount: allocation.amount_minor, currency: campaign.currency },
    });
    const funded = await followFunding(ctx, campaign, segment, {
      on: input.on,
      allocatedMinor: facts.allocatedMinor + allocation.amount_minor,
    });
    if (!funded.ok) return funded;
    return ok({ code: allocation.code, entry: entry.value.number });
  },
});

const close = async (
  ctx: CommandContext,
  input: { allocation: string; reason: string; on: string },
  to: 'returned' | 'withdrawn',
): Promise<Result<{ code: string }>> => {
  const allocation = await lockAllocation(ctx.trx, input.allocation);
  if (!allocation) return refuse('not_found', {}, 'allocation');
  if (allocation.status !== 'proposed') return refuse('illegal_state_change', { from: allocation.status });
  const person = staffIdOf(ctx.actor);
  if (to === 'returned' && person === allocation.proposed_by) return refuse('maker_is_checker');
  if (to === 'withdrawn' && person !== allocation.proposed_by) return refuse('not_permitted');
  await ctx.trx
    .updateTable('allocation')
    .set({ status: to, decided_by: person, decided_on: input.on, decision_note: input.reason })
    .where('id', '=', allocation.id)
    .execute();
  ctx.record({
    event: `allocation_${to}`,
    subjectKind: 'allocation',
    subjectId: allocation.code,
    details: { reason: input.reason },
  });
  return ok({ code: allocation.code });
};

/** The checker sends a proposal back with a reason. */
export const returnAllocation = defineCommand({
  name: 'allocation.return',
  permission: 'allocation:approve',
  events: ['allocation_returned'],
  input: allocationReturnForm,
  run: (ctx, input) => close(ctx, input, 'returned'),
});

/** The maker takes a proposal back. */
export const withdrawAllocation = defineCommand({
  name: 'allocation.withdraw',
  permission: 'allocation:propose',
  events: ['allocation_withdrawn'],
  input: allocationReturnForm,
  run: (ctx, input) => close(ctx, input, 'withdrawn'),
});

/** Gives money a road no longer needs back to the fund: surplus of a finished road, or all of a cancelled one. */
export const releaseAllocation = defineCommand({
  name: 'allocation.release',
  permission: 'allocation:approve',
  events: ['allocation_released', 'segment_moved'],
  input: releaseForm,
  run: async (ctx, input) => {
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    const campaign = await findCampaign(ctx.trx, { id: segment.campaignId });
    if (!campaign) return refuse('not_found');
    const entry = await post(ctx, {
      kind: 'allocation_released',
      campaign,
      subjectKind: 'segment',
      subject: segment.code,
      date: input.on,
      postings: [
        {
          from: allocated(segment.code),
          to: unallocated(campaign.slug),
          amountMinor: input.amountMinor,
          lots: { kind: 'in_order' },
        },
      ],
    });
    if (!entry.ok) return entry;
    ctx.record({
      event: 'allocation_released',
      subjectKind: 'segment',
      subjectId: segment.code,
      details: { amountMinor: input.amountMinor, reason: input.reason, entry: entry.value.number },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'allocation_released',
      subject: segment.code,
      on: input.on,
      facts: { amount: input.amountMinor, currency: campaign.currency },
    });
    const funded = await followFunding(ctx, campaign, segment, { on: input.on, reason: input.reason });
    if (!funded.ok) return funded;
    return ok({ entry: entry.value.number });
  },
});
