import type { Updateable } from 'kysely';
import type { ConcernTable } from '@/db/tables';
import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { publishSegmentAct } from '../segments/segment-move.commands';
import { lockSegment } from '../segments/segment.store';
import { ok, refuse, type Result } from '../shared/result';
import {
  declineConcernForm,
  inspectConcernForm,
  reportConcernForm,
  settleConcernForm,
  takeUpForm,
} from './concern.form';
import { decideConcern, type ConcernEvent } from './concern.rules';
import { insertStep, lockConcern, nextConcernCode } from './concern.store';

/** Anyone reports a defect of a road or an irregularity, with or without a name. Nothing of it is public yet. */
export const reportConcern = defineCommand({
  name: 'concern.report',
  permission: 'concern:report',
  events: ['concern_reported'],
  input: reportConcernForm,
  run: async (ctx, input) => {
    const segment = input.segment === null ? null : await lockSegment(ctx.trx, { code: input.segment });
    if (input.segment !== null && (!segment || segment.status === 'proposed'))
      return refuse('not_found', {}, 'segment');
    const campaign = await findCampaign(
      ctx.trx,
      segment ? { id: segment.campaignId } : { slug: input.campaign ?? '' },
    );
    if (!campaign) return refuse('not_found', {}, 'campaign');
    const code = await nextConcernCode(ctx.trx);
    await ctx.trx
      .insertInto('concern')
      .values({
        id: ctx.newId(),
        code,
        kind: input.kind,
        campaign_id: campaign.id,
        segment_id: segment?.id ?? null,
        about_role: input.aboutRole,
        told: input.told,
        contact: input.contact,
        picture_sha256: input.pictureSha256,
        status: 'received',
        received_on: input.on,
      })
      .execute();
    ctx.record({
      event: 'concern_reported',
      subjectKind: 'concern',
      subjectId: code,
      details: { kind: input.kind },
    });
    return ok({ code });
  },
});

type Step = {
  readonly concern: string;
  readonly event: ConcernEvent;
  readonly audit: 'concern_taken_up' | 'concern_declined' | 'concern_inspected' | 'concern_settled';
  readonly note: string | null;
  readonly set: Updateable<ConcernTable>;
  readonly on: string;
  /** A decline stays internal: what was declined was never public. */
  readonly open: boolean;
};

/** One step of following up, by someone it is not about, with its audit event and, when public, its leaf. */
const step = async (ctx: CommandContext, what: Step): Promise<Result<{ code: string }>> => {
  const concern = await lockConcern(ctx.trx, what.concern);
  if (!concern) return refuse('not_found', {}, 'concern');
  const { actor } = ctx;
  const to = decideConcern(concern, what.event, actor.kind === 'person' ? actor.roles : []);
  if (!to.ok) return to;
  const campaign = await findCampaign(ctx.trx, { id: concern.campaignId });
  if (!campaign) return refuse('not_found');
  await ctx.trx
    .updateTable('concern')
    .set({ ...what.set, status: to.value })
    .where('id', '=', concern.id)
    .execute();
  await insertStep(ctx.trx, concern.id, {
    event: what.event,
    from: concern.status,
    to: to.value,
    note: what.note,
    by: staffIdOf(actor),
    on: what.on,
  });
  ctx.record({
    event: what.audit,
    subjectKind: 'concern',
    subjectId: concern.code,
    details: { to: to.value },
  });
  if (what.open)
    publishSegmentAct(ctx, campaign, {
      event: what.audit,
      subject: concern.code,
      on: what.on,
      facts: { kind: concern.kind, status: to.value },
    });
  return ok({ code: concern.code });
};

/** Takes a report up. For a defect the summary, in words without names, is public from now on. */
export const takeUpConcern = defineCommand({
  name: 'concern.take_up',
  permission: 'concern:handle',
  events: ['concern_taken_up'],
  input: takeUpForm,
  run: async (ctx, input) => {
    const concern = await lockConcern(ctx.trx, input.concern);
    return step(ctx, {
      concern: input.concern,
      event: 'take_up',
      audit: 'concern_taken_up',
      note: null,
      set: concern?.kind === 'defect' ? { summary: input.summary } : {},
      on: input.on,
      open: true,
    });
  },
});

/** Declines a report that is none (nothing said, a joke, advertising), with the reason. */
export const declineConcern = defineCommand({
  name: 'concern.decline',
  permission: 'concern:handle',
  events: ['concern_declined'],
  input: declineConcernForm,
  run: async (ctx, input) =>
    step(ctx, {
      concern: input.concern,
      event: 'decline',
      audit: 'concern_declined',
      note: input.reason,
      set: {},
      on: input.on,
      open: false,
    }),
});

/** Someone has looked: at the road again, or into the matter. */
export const inspectConcern = defineCommand({
  name: 'concern.inspect',
  permission: 'concern:handle',
  events: ['concern_inspected'],
  input: inspectConcernForm,
  run: async (ctx, input) =>
    step(ctx, {
      concern: input.concern,
      event: 'inspect',
      audit: 'concern_inspected',
      note: input.note,
      set: { finding: input.finding },
      on: input.on,
      open: true,
    }),
});

/** Ends a report with its outcome, public and without names. The reporter's contact is forgotten. */
export const settleConcern = defineCommand({
  name: 'concern.settle',
  permission: 'concern:handle',
  events: ['concern_settled'],
  input: settleConcernForm,
  run: async (ctx, input) =>
    step(ctx, {
      concern: input.concern,
      event: 'settle',
      audit: 'concern_settled',
      note: null,
      set: { outcome: input.outcome, settled_on: input.on, contact: null },
      on: input.on,
      open: true,
    }),
});
