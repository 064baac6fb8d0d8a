import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { contentHash } from '../shared/canonical';
import { sumMinor } from '../shared/money';
import { ok, refuse } from '../shared/result';
import { followFunding, moveSegment, publishSegmentAct } from './segment-move.commands';
import { budgetDecisionForm, budgetForm, segmentForm, segmentMoveForm } from './segment.form';
import { mayBeBudgeted } from './segment.rules';
import { lockSegment, newestBudget } from './segment.store';

/** Enters a road as proposed: visible to staff, not yet to be funded. */
export const proposeSegment = defineCommand({
  name: 'segment.propose',
  permission: 'segment:propose',
  events: ['segment_proposed'],
  input: segmentForm,
  run: async (ctx, input) => {
    const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
    if (!campaign) return refuse('not_found', {}, 'campaign');
    const id = ctx.newId();
    const inserted = await ctx.trx
      .insertInto('segment')
      .values({
        id,
        campaign_id: campaign.id,
        code: input.code,
        name: input.name,
        location: input.location,
        length_mm: input.lengthMm,
        width_mm: input.widthMm,
        thickness_mm: input.thicknessMm,
        road_class: input.roadClass,
        surface: input.surface,
        households: input.households,
        line_privacy: input.linePrivacy,
        geometry: JSON.stringify(input.geometry),
        status: 'proposed',
      })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!inserted) return refuse('duplicate_submission', {}, 'code');
    ctx.record({ event: 'segment_proposed', subjectKind: 'segment', subjectId: input.code });
    return ok({ id, code: input.code });
  },
});

/** Proposes a budget, or an amendment of it with a reason. A second person approves it. */
export const proposeBudget = defineCommand({
  name: 'budget.propose',
  permission: 'budget:propose',
  events: ['budget_proposed'],
  input: budgetForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    if (!mayBeBudgeted(segment.status)) return refuse('illegal_state_change', { from: segment.status });
    const newest = await newestBudget(ctx.trx, segment.id);
    if (newest?.status === 'proposed') return refuse('illegal_state_change', { from: 'proposed' });
    const version = (newest?.version ?? 0) + 1;
    if (version > 1 && !input.reason) return refuse('reason_required', {}, 'reason');
    const totalMinor = sumMinor(input.lines.map((line) => line.amountMinor));
    const hash = contentHash({ segment: segment.code, version, lines: input.lines, reason: input.reason });
    const id = ctx.newId();
    await ctx.trx
      .insertInto('budget')
      .values({
        id,
        segment_id: segment.id,
        version,
        total_minor: totalMinor,
        reason: input.reason,
        status: 'proposed',
        content_hash: hash,
        proposed_by: person,
        proposed_on: input.on,
      })
      .execute();
    await ctx.trx
      .insertInto('budget_line')
      .values(
        input.lines.map((line, index) => ({
          budget_id: id,
          line_no: index + 1,
          item: line.item,
          unit: line.unit,
          quantity_milli: line.quantityMilli,
          amount_minor: line.amountMinor,
        })),
      )
      .execute();
    ctx.record({
      event: 'budget_proposed',
      subjectKind: 'segment',
      subjectId: segment.code,
      details: { version, totalMinor },
    });
    return ok({ version, totalMinor, contentHash: hash });
  },
});

/** Approves the budget a person has seen. The first approval also approves the road itself. */
export const approveBudget = defineCommand({
  name: 'budget.approve',
  permission: 'budget:approve',
  events: ['budget_approved', 'segment_moved'],
  input: budgetDecisionForm,
  run: async (ctx, input) => {
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    if (!mayBeBudgeted(segment.status)) return refuse('illegal_state_change', { from: segment.status });
    const budget = await newestBudget(ctx.trx, segment.id);
    if (!budget || budget.version !== input.version || budget.status !== 'proposed')
      return refuse('changed_since_seen');
    if (budget.content_hash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === budget.proposed_by) return refuse('maker_is_checker');
    const campaign = await findCampaign(ctx.trx, { id: segment.campaignId });
    if (!campaign) return refuse('not_found');
    await ctx.trx
      .updateTable('budget')
      .set({ status: 'approved', decided_by: person, decided_on: input.on })
      .where('id', '=', budget.id)
      .execute();
    await ctx.trx
      .updateTable('segment')
      .set({ budget_minor: budget.total_minor })
      .where('id', '=', segment.id)
      .execute();
    const details = { version: budget.version, totalMinor: budget.total_minor };
    ctx.record({ event: 'budget_approved', subjectKind: 'segment', subjectId: segment.code, details });
    publishSegmentAct(ctx, campaign, {
      event: 'budget_approved',
      subject: segment.code,
      on: input.on,
      facts: {
        version: budget.version,
        amount: budget.total_minor,
        currency: campaign.currency,
        lengthMm: segment.lengthMm,
      },
    });
    const budgeted = { ...segment, budgetMinor: budget.total_minor };
    const moved =
      segment.status === 'proposed'
        ? await moveSegment(ctx, campaign, budgeted, 'approve', { on: input.on })
        : await followFunding(ctx, campaign, budgeted, { on: input.on, reason: budget.reason });
    return moved.ok ? ok({ version: budget.version }) : moved;
  },
});

/** Moves a road by an event a person decides: start, inspection, rework, warranty, close, suspend, cancel. */
export const changeSegment = defineCommand({
  name: 'segment.move',
  permission: 'segment:progress',
  events: ['segment_moved'],
  input: segmentMoveForm,
  run: async (ctx, input) => {
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    const campaign = await findCampaign(ctx.trx, { id: segment.campaignId });
    if (!campaign) return refuse('not_found');
    if (['suspend', 'cancel', 'ask_rework'].includes(input.event) && !input.reason)
      return refuse('reason_required', {}, 'reason');
    // Without its end the retention money could never be paid.
    if (input.event === 'begin_warranty' && input.warrantyUntil === null)
      return refuse('invalid_input', { reason: 'required' }, 'warrantyUntil');
    const moved = await moveSegment(ctx, campaign, segment, input.event, {
      on: input.on,
      reason: input.reason,
      ...(input.event === 'begin_warranty' && { warrantyUntil: input.warrantyUntil }),
    });
    if (!moved.ok) return moved;
    // A road that rested may have lost money or got another budget meanwhile.
    const settled = await followFunding(
      ctx,
      campaign,
      { ...segment, status: moved.value },
      { on: input.on, reason: input.reason },
    );
    return settled.ok ? ok({ status: settled.value }) : settled;
  },
});
