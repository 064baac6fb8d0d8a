import { staffIdOf } from '../auth/roles.rules';
import { findCampaign, type CampaignRow } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { proposeRefund } from '../donations/refund.commands';
import { allocated, unallocated } from '../ledger/accounts.rules';
import { lockAccounts, post } from '../ledger/ledger.commands';
import { redesignate } from '../ledger/redesignation.store';
import { followFunding, publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment, type SegmentRow } from '../segments/segment.store';
import { contentHash } from '../shared/canonical';
import { sumMinor } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { changeReasonForm, returnGiftsForm, settlementDecisionForm, settlementForm } from './change.form';
import { decideSettlement, outcomeOf } from './change.rules';
import {
  accountsOfRoad,
  giftsOfChange,
  lockChange,
  lotsOfRoad,
  type ChangeRow,
  type GiftOfChange,
  type HeldLot,
} from './change.store';

/** Proposes how a changed plan ends, with the words that become public. Nothing moves yet. */
export const proposeSettlement = defineCommand({
  name: 'plan-change.propose',
  permission: 'plan-change:work',
  events: ['settlement_proposed'],
  input: settlementForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const change = await lockChange(ctx.trx, input.change);
    if (!change) return refuse('not_found', {}, 'change');
    if (change.status !== 'open') return refuse('illegal_state_change', { from: change.status });
    const segment = await lockSegment(ctx.trx, { id: change.segmentId });
    if (!segment) return refuse('not_found');
    const gifts = await giftsOfChange(ctx.trx, change.id);
    const allowed = decideSettlement({
      kind: change.kind,
      segmentStatus: segment.status,
      decision: input.decision,
      gifts,
    });
    if (!allowed.ok) return allowed;
    const hash = contentHash({
      ...input,
      basis: change.basis,
      toSegment: change.toSegment,
      gifts: gifts.map(({ subject, amountMinor, answer }) => ({ subject, amountMinor, answer })),
    });
    await ctx.trx
      .updateTable('plan_change')
      .set({
        status: 'proposed',
        decision: input.decision,
        keep_until: input.decision === 'keep' ? input.keepUntil : null,
        outcome: input.outcome,
        content_hash: hash,
        proposed_by: person,
        proposed_on: input.on,
      })
      .where('id', '=', change.id)
      .execute();
    ctx.record({
      event: 'settlement_proposed',
      subjectKind: 'plan_change',
      subjectId: change.code,
      details: { decision: input.decision, gifts: gifts.length },
    });
    return ok({ code: change.code, contentHash: hash });
  },
});

/** The checker sends a settlement back; answers can be recorded again. */
export const returnSettlement = defineCommand({
  name: 'plan-change.return',
  permission: 'plan-change:decide',
  events: ['settlement_returned'],
  input: changeReasonForm,
  run: async (ctx, input) => {
    const change = await lockChange(ctx.trx, input.change);
    if (!change) return refuse('not_found', {}, 'change');
    if (change.status !== 'proposed') return refuse('illegal_state_change', { from: change.status });
    if (staffIdOf(ctx.actor) === change.proposedBy) return refuse('maker_is_checker');
    await ctx.trx.updateTable('plan_change').set({ status: 'open' }).where('id', '=', change.id).execute();
    ctx.record({
      event: 'settlement_returned',
      subjectKind: 'plan_change',
      subjectId: change.code,
      details: { reason: input.reason },
    });
    return ok({ code: change.code });
  },
});

/**
 * Decides a settlement exactly as it was seen. With `move`, all money of the list leaves the road for the fund: what
 * was agreed or filed may serve the new purpose, what is to go back stays bound until its refund takes it.
 * Refuses `changed_since_seen` when money of a gift has moved meanwhile.
 */
export const decideChange = defineCommand({
  name: 'plan-change.decide',
  permission: 'plan-change:decide',
  events: ['plan_change_settled', 'segment_moved'],
  input: settlementDecisionForm,
  run: async (ctx, input) => {
    const change = await lockChange(ctx.trx, input.change);
    if (!change) return refuse('not_found', {}, 'change');
    if (change.status !== 'proposed') return refuse('illegal_state_change', { from: change.status });
    if (change.contentHash !== input.seenHash) return refuse('changed_since_seen');
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    if (person === change.proposedBy) return refuse('maker_is_checker');
    const segment = await lockSegment(ctx.trx, { id: change.segmentId });
    const campaign = await findCampaign(ctx.trx, { id: change.campaignId });
    if (!segment || !campaign) return refuse('not_found');
    const gifts = await giftsOfChange(ctx.trx, change.id);
    const moved =
      change.decision === 'move'
        ? await moveGifts(ctx, campaign, segment, change, gifts, input.on)
        : ok(null);
    if (!moved.ok) return moved;
    for (const gift of gifts)
      await ctx.trx
        .updateTable('plan_change_gift')
        .set({ outcome: change.decision === 'move' ? outcomeOf(gift.answer, change.basis) : 'kept' })
        .where('plan_change_id', '=', change.id)
        .where('lot_id', '=', gift.lotId)
        .execute();
    await ctx.trx
      .updateTable('plan_change')
      .set({ status: 'settled', decided_by: person, decided_on: input.on, entry_id: moved.value })
      .where('id', '=', change.id)
      .execute();
    const counted = (answer: string): number => gifts.filter((gift) => gift.answer === answer).length;
    const facts = {
      segment: segment.code,
      decision: change.decision ?? '',
      given: counted('given'),
      refused: counted('refused'),
      noReply: counted('no_reply'),
    };
    ctx.record({
      event: 'plan_change_settled',
      subjectKind: 'plan_change',
      subjectId: change.code,
      details: facts,
    });
    publishSegmentAct(ctx, campaign, {
      event: 'plan_change_settled',
      subject: change.code,
      on: input.on,
      facts,
    });
    const funded = await followFunding(ctx, campaign, segment, { on: input.on, reason: change.code });
    if (!funded.ok) return funded;
    return ok({ code: change.code });
  },
});

const unchanged = (gifts: readonly GiftOfChange[], held: readonly HeldLot[]): boolean =>
  gifts.length === held.length &&
  gifts.every((gift) => {
    const lot = held.find((one) => one.lotId === gift.lotId);
    return lot !== undefined && lot.onRoadMinor + lot.inFundMinor === gift.amountMinor;
  });

const moveGifts = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  segment: SegmentRow,
  change: ChangeRow,
  gifts: readonly GiftOfChange[],
  on: string,
): Promise<Result<bigint | null>> => {
  const road = { code: segment.code, campaign: campaign.slug };
  await lockAccounts(ctx, await accountsOfRoad(ctx.trx, road));
  const held = await lotsOfRoad(ctx.trx, road);
  if (!unchanged(gifts, held)) return refuse('changed_since_seen');
  await redesignate(ctx.trx, {
    lotIds: gifts
      .filter((gift) => gift.designation === segment.code && outcomeOf(gift.answer, change.basis) === 'moved')
      .map((gift) => gift.lotId),
    from: segment.code,
    to: change.toSegment,
    cause: { basis: change.basis, changeId: change.id },
    on,
  });
  const shares = held
    .filter((lot) => lot.onRoadMinor > 0n)
    .map((lot) => ({ lotId: lot.lotId, amountMinor: lot.onRoadMinor }));
  if (shares.length === 0) return ok(null);
  const entry = await post(ctx, {
    kind: 'allocation_released',
    campaign,
    subjectKind: 'plan_change',
    subject: change.code,
    date: on,
    postings: [
      {
        from: allocated(segment.code),
        to: unallocated(campaign.slug),
        amountMinor: sumMinor(shares.map((share) => share.amountMinor)),
        lots: { kind: 'named', shares },
      },
    ],
  });
  return entry.ok ? ok(entry.value.id) : entry;
};

/** Proposes the refund of every gift whose giver refused, each to be approved like any refund. */
export const returnGifts = defineCommand({
  name: 'plan-change.refund',
  permission: 'refund:propose',
  events: ['refund_proposed'],
  input: returnGiftsForm,
  run: async (ctx, input) => {
    const change = await lockChange(ctx.trx, input.change);
    if (!change) return refuse('not_found', {}, 'change');
    if (change.status !== 'settled') return refuse('illegal_state_change', { from: change.status });
    const refunds: string[] = [];
    const gifts = await giftsOfChange(ctx.trx, change.id);
    for (const gift of gifts.filter((one) => one.outcome === 'to_return' && one.refundId === null)) {
      const refund = await proposeRefund.run(ctx, {
        donation: gift.subject,
        amountMinor: gift.amountMinor,
        reason: change.code,
        on: input.on,
      });
      if (!refund.ok) return refund;
      await ctx.trx
        .updateTable('plan_change_gift')
        .set({ refund_id: refund.value.refundId })
        .where('plan_change_id', '=', change.id)
        .where('lot_id', '=', gift.lotId)
        .execute();
      refunds.push(refund.value.code);
    }
    return refunds.length === 0 ? refuse('not_found', {}, 'gift') : ok({ refunds });
  },
});
