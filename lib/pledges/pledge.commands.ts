import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { actLeaf, type LeafCommitments } from '../proof/leaf';
import { ok, refuse, type Result } from '../shared/result';
import { enterDonor, enterRecognition, enterSharers, eventOf } from './giver.commands';
import { decideOpenFor } from './giving.rules';
import { pledgeEndForm, pledgeForm, pledgeReleaseForm, type PledgeForm } from './pledge.form';
import { decideEnd, decideInstalments } from './pledge.rules';
import {
  appliedMinor,
  findRoad,
  insertPledge,
  insertRelease,
  lockPledge,
  movePledgeRow,
  nextPledgeNumbers,
  type PledgeRow,
} from './pledge.store';

/**
 * Takes a promise (认捐): from the donor's own form, from the hall, or typed from a paper card by staff. It is
 * disclosed and never booked. Answers its number and the payment reference that goes onto card, QR and reminder.
 *
 * Refuses `campaign_not_open`, `date_in_future`, `currency_differs` (promises are made in the book currency; paying
 * in another is possible), `segment_not_open`, `instalments_do_not_add_up`.
 */
export const makePledge = defineCommand({
  name: 'pledge.make',
  permission: 'pledge:make',
  events: ['pledge_made'],
  input: pledgeForm,
  run: (ctx, input) => enterPledge(ctx, input),
});

export type EnteredPledge = {
  readonly pledgeId: string;
  readonly donorId: string;
  readonly code: string;
  readonly reference: string;
};

/** The making of a promise, also of one among many on a batch of cards; `batchId` names the batch. */
export const enterPledge = async (
  ctx: CommandContext,
  input: PledgeForm,
  batchId: string | null = null,
): Promise<Result<EnteredPledge>> => {
  const campaign = await findCampaign(ctx.trx, { slug: input.campaign });
  if (!campaign) return refuse('not_found', {}, 'campaign');
  if (input.currency !== campaign.currency)
    return refuse('currency_differs', { expected: campaign.currency }, 'currency');
  const road = input.designation === null ? null : await findRoad(ctx.trx, input.designation);
  const open = decideOpenFor(campaign, { designation: input.designation, road }, input.pledgedOn, ctx.now);
  if (!open.ok) return open;
  const planned = decideInstalments(input.amountMinor, input.instalments, input.pledgedOn);
  if (!planned.ok) return planned;
  const event = await eventOf(ctx, input.event, campaign.id);
  if (!event.ok) return event;

  const donorId = await enterDonor(ctx, input.donor);
  const recognition = await enterRecognition(ctx, donorId, input.recognition, {
    day: input.pledgedOn,
    timeZone: campaign.timeZone,
  });
  const numbers = await nextPledgeNumbers(ctx.trx);
  const id = ctx.newId();
  await insertPledge(ctx.trx, {
    ...numbers,
    id,
    campaignId: campaign.id,
    donorId,
    recognitionId: recognition?.id ?? null,
    designation: input.designation,
    currency: input.currency,
    amountMinor: input.amountMinor,
    pledgedOn: input.pledgedOn,
    ifNotBuilt: input.ifNotBuilt,
    source: input.source,
    instalments: input.instalments,
    hallEventId: event.value,
    batchId,
  });
  const shared = await enterSharers(ctx, { pledgeId: id }, input.sharers, input.amountMinor);
  if (!shared.ok) return shared;
  ctx.record({
    event: 'pledge_made',
    subjectKind: 'pledge',
    subjectId: numbers.code,
    details: { amountMinor: input.amountMinor, currency: input.currency, source: input.source },
  });
  publishPledge(ctx, 'pledge_made', {
    code: numbers.code,
    on: input.pledgedOn,
    campaign: campaign.slug,
    amountMinor: input.amountMinor,
    currency: input.currency,
    commitments: recognition?.commitments,
  });
  return ok({ pledgeId: id, donorId, ...numbers });
};

/** Cancels a promise at the donor's wish; what was already given stays given. */
export const cancelPledge = defineCommand({
  name: 'pledge.cancel',
  permission: 'pledge:manage',
  events: ['pledge_cancelled'],
  input: pledgeEndForm,
  run: (ctx, input) => endPledge(ctx, input, 'cancel', 'pledge_cancelled'),
});

/** Writes off a promise that will not be kept. It leaves the reminders and the matching list; money may still come. */
export const writeOffPledge = defineCommand({
  name: 'pledge.write_off',
  permission: 'pledge:release',
  events: ['pledge_written_off'],
  input: pledgeEndForm,
  run: (ctx, input) => endPledge(ctx, input, 'write_off', 'pledge_written_off'),
});

/** Releases a donor in hardship from a promise (慈善法 art 41), with the filing's number and the public explanation. */
export const releasePledge = defineCommand({
  name: 'pledge.release',
  permission: 'pledge:release',
  events: ['pledge_released'],
  input: pledgeReleaseForm,
  run: async (ctx, input) => {
    const ended = await endPledge(ctx, input, 'release', 'pledge_released');
    if (ended.ok)
      await insertRelease(ctx.trx, {
        pledgeId: ended.value.pledgeId,
        filingReference: input.filingReference,
        publicText: input.publicText,
        releasedOn: input.on,
      });
    return ended;
  },
});

const endPledge = async (
  ctx: CommandContext,
  input: { readonly pledge: string; readonly on: string; readonly reason: string },
  event: 'cancel' | 'write_off' | 'release',
  done: 'pledge_cancelled' | 'pledge_written_off' | 'pledge_released',
): Promise<Result<{ pledgeId: string; code: string; endedMinor: bigint }>> => {
  const pledge = await lockPledge(ctx.trx, { code: input.pledge });
  if (!pledge) return refuse('not_found', {}, 'pledge');
  const decided = decideEnd(pledge.status, event);
  if (!decided.ok) return decided;
  const campaign = await findCampaign(ctx.trx, { id: pledge.campaignId });
  if (!campaign) return refuse('not_found');
  const endedMinor = pledge.amountMinor - (await appliedMinor(ctx.trx, pledge.id));
  const moved = await movePledgeRow(
    ctx.trx,
    pledge.id,
    { event, from: pledge.status, to: decided.value },
    {
      on: input.on,
      byPerson: staffIdOf(ctx.actor),
      reason: input.reason,
      amountMinor: endedMinor,
    },
  );
  if (!moved) return refuse('changed_since_seen');
  ctx.record({
    event: done,
    subjectKind: 'pledge',
    subjectId: pledge.code,
    details: { endedMinor, from: pledge.status },
  });
  publishEnd(ctx, done, pledge, input.on, campaign.slug, endedMinor);
  return ok({ pledgeId: pledge.id, code: pledge.code, endedMinor });
};

const publishEnd = (
  ctx: CommandContext,
  event: string,
  pledge: PledgeRow,
  on: string,
  campaign: string,
  endedMinor: bigint,
): void =>
  publishPledge(ctx, event, {
    code: pledge.code,
    on,
    campaign,
    amountMinor: endedMinor,
    currency: pledge.currency,
  });

/**
 * The pledged number can be recomputed from the log: sum of pledge_made and pledge_reopened, less pledge_cancelled,
 * pledge_written_off and pledge_released (each with the part that fell away). Only the day is told: the second in
 * which a small promise was made could say whose it is.
 */
const publishPledge = (
  ctx: CommandContext,
  event: string,
  act: {
    readonly code: string;
    readonly on: string;
    readonly campaign: string;
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly commitments?: LeafCommitments | undefined;
  },
): void =>
  ctx.publish(
    actLeaf({
      event,
      subject: act.code,
      date: act.on,
      recorded: ctx.now.toISOString().slice(0, 10),
      campaign: act.campaign,
      facts: { amount: act.amountMinor, currency: act.currency },
      commitments: act.commitments,
    }),
  );
