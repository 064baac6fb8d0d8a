import { accountIdOf, staffIdOf } from '../auth/roles.rules';
import { findCampaign, type CampaignRow } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { lockDonation, type DonationRow } from '../donations/donation.store';
import { designationNow, lotOfGift } from '../donations/refund.store';
import { placesHeldStill } from '../donations/return.commands';
import { allocated, unallocated } from '../ledger/accounts.rules';
import { post } from '../ledger/ledger.commands';
import { ofLot } from '../ledger/posting.rules';
import { redesignate } from '../ledger/redesignation.store';
import { decideOpenFor } from '../pledges/giving.rules';
import { findRoad } from '../pledges/pledge.store';
import { actLeaf } from '../proof/leaf';
import { followFunding, publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { ok, refuse, type Result } from '../shared/result';
import { accountingDate } from '../shared/time';
import { answerRequestForm, askMoveForm } from './giver.form';
import { decideGiftMove, type MovePlan } from './move.rules';
import { lockOwnGift } from './own.store';
import {
  closeRequest,
  findRequest,
  hasOpenRequest,
  insertRequest,
  nextRequestCode,
  type RequestRow,
} from './request.store';

/**
 * A giver asks that a gift of theirs serve another road. While it lies in the fund it goes there at once: its use is
 * the giver's to say. When a road was already promised it, taking it away is an approver's decision, and this asks.
 *
 * Refuses `gift_already_committed` once a contract has taken any of it, and what `decideOpenFor` refuses.
 */
export const askGiftMove = defineCommand({
  name: 'donor.ask_move',
  permission: 'donor:own',
  events: ['gift_move_asked', 'gift_moved'],
  input: askMoveForm,
  run: async (ctx, input) => {
    const account = accountIdOf(ctx.actor);
    const gift = account === null ? null : await lockOwnGift(ctx.trx, input.donation, account);
    if (!gift || account === null) return refuse('not_found', {}, 'donation');
    const campaign = await findCampaign(ctx.trx, { id: gift.campaignId });
    if (!campaign) return refuse('not_found');
    if (await hasOpenRequest(ctx.trx, gift.id, 'move')) return refuse('request_open');
    const today = accountingDate(ctx.now, campaign.timeZone);
    const plan = await planMove(ctx, campaign, gift, input.designation);
    if (!plan.ok) return plan;
    const request: RequestRow = {
      id: ctx.newId(),
      code: await nextRequestCode(ctx.trx),
      donationId: gift.id,
      kind: 'move',
      amountMinor: null,
      designation: input.designation,
      reason: null,
      askedBy: account,
      status: 'open',
    };
    await insertRequest(ctx.trx, { ...request, askedOn: today });
    ctx.record({
      event: 'gift_move_asked',
      subjectKind: 'donation',
      subjectId: gift.code,
      details: { request: request.code, to: input.designation },
    });
    const atOnce = plan.value.release.length === 0;
    if (atOnce) {
      const moved = await carryOut(ctx, campaign, gift, request, plan.value, today);
      if (!moved.ok) return moved;
    }
    return ok({ request: request.code, moved: atOnce });
  },
});

/** An approver carries out what a giver asked for: the gift leaves the road it was promised to and is for the other. */
export const moveGift = defineCommand({
  name: 'donor.move_gift',
  permission: 'donor:move',
  events: ['gift_moved', 'segment_moved'],
  input: answerRequestForm,
  run: async (ctx, input) => {
    const request = await findRequest(ctx.trx, input.request);
    const gift = request && (await lockDonation(ctx.trx, { id: request.donationId }));
    if (!request || !gift || request.kind !== 'move') return refuse('not_found', {}, 'request');
    if (request.status !== 'open')
      return refuse('illegal_state_change', { from: request.status, event: 'do' });
    if (request.askedBy === staffIdOf(ctx.actor)) return refuse('maker_is_checker');
    const campaign = await findCampaign(ctx.trx, { id: gift.campaignId });
    if (!campaign) return refuse('not_found');
    const plan = await planMove(ctx, campaign, gift, request.designation);
    return plan.ok ? carryOut(ctx, campaign, gift, request, plan.value, input.on) : plan;
  },
});

const planMove = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  gift: DonationRow,
  to: string | null,
): Promise<Result<MovePlan>> => {
  if (gift.receivedOn === null) return refuse('illegal_state_change', { from: gift.status, event: 'move' });
  const road = to === null ? null : await findRoad(ctx.trx, to);
  const today = accountingDate(ctx.now, campaign.timeZone);
  const open = decideOpenFor({ ...campaign, endsOn: today }, { designation: to, road }, today, ctx.now);
  if (!open.ok) return open;
  const lotId = await lotOfGift(ctx.trx, gift.code);
  const places = await placesHeldStill(ctx, lotId);
  return decideGiftMove(
    places.map((place) => ({ ...place.account, heldMinor: place.heldMinor })),
    await designationNow(ctx.trx, lotId),
    to,
  );
};

const carryOut = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  gift: DonationRow,
  request: RequestRow,
  { release }: MovePlan,
  on: string,
): Promise<Result<{ request: string }>> => {
  const lotId = await lotOfGift(ctx.trx, gift.code);
  for (const { segment: code, amountMinor } of release) {
    const segment = await lockSegment(ctx.trx, { code });
    if (!segment) return refuse('not_found', {}, 'segment');
    const entry = await post(ctx, {
      kind: 'allocation_released',
      campaign,
      subjectKind: 'segment',
      subject: segment.code,
      date: on,
      postings: [
        {
          from: allocated(segment.code),
          to: unallocated(campaign.slug),
          amountMinor,
          lots: ofLot(lotId, amountMinor),
        },
      ],
    });
    if (!entry.ok) return entry;
    publishSegmentAct(ctx, campaign, {
      event: 'allocation_released',
      subject: segment.code,
      on,
      facts: { amount: amountMinor, currency: campaign.currency },
    });
    const funded = await followFunding(ctx, campaign, segment, { on });
    if (!funded.ok) return funded;
  }
  const by = staffIdOf(ctx.actor);
  const from = await designationNow(ctx.trx, lotId);
  await redesignate(ctx.trx, {
    lotIds: [lotId],
    from,
    to: request.designation,
    cause: { basis: 'wish', requestId: request.id },
    on,
  });
  if (!(await closeRequest(ctx.trx, request.id, { status: 'done', by, on, answer: null })))
    return refuse('changed_since_seen');
  ctx.record({
    event: 'gift_moved',
    subjectKind: 'donation',
    subjectId: gift.code,
    details: { request: request.code, from, to: request.designation },
  });
  ctx.publish(
    actLeaf({
      event: 'gift_moved',
      subject: gift.code,
      date: on,
      recorded: ctx.now.toISOString().slice(0, 10),
      campaign: campaign.slug,
      facts: { from, to: request.designation },
    }),
  );
  return ok({ request: request.code });
};
