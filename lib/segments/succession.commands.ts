import { z } from 'zod';
import { staffIdOf } from '../auth/roles.rules';
import { findCampaign, type CampaignRow } from '../campaigns/campaign.store';
import { defineCommand, type CommandContext } from '../context';
import { day, localText, reason, segmentCode } from '../shared/form-parts';
import { ok, refuse, type Result } from '../shared/result';
import { lengthMm } from './ellipsoid.rules';
import { cutLine, joinLines } from './line.rules';
import { factsOfSegment, type RoadFacts } from './revision.store';
import { LINE_PRIVACIES } from '../shared/road-facts';
import { decideSuccession } from './segment.rules';
import { moveSegment, publishSegmentAct } from './segment-move.commands';
import { lockSegment, waitingForRoad, type SegmentRow } from './segment.store';

const part = z.object({ code: segmentCode, name: localText });
const splitForm = z.object({
  segment: segmentCode,
  /** Chainage of the cut, from the first point of the line. */
  atMm: z.number().int().positive(),
  first: part,
  second: part,
  reason,
  on: day,
});
const mergeForm = z.object({ segments: z.tuple([segmentCode, segmentCode]), into: part, reason, on: day });

/** Locks a road that may end in favour of others. */
const mayEnd = async (ctx: CommandContext, code: string): Promise<Result<SegmentRow>> => {
  const segment = await lockSegment(ctx.trx, { code });
  if (!segment) return refuse('not_found', {}, 'segment');
  const may = decideSuccession({
    status: segment.status,
    leftMinor: await waitingForRoad(ctx.trx, code),
  });
  return may.ok ? ok(segment) : may;
};

const enter = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  { code, name }: z.infer<typeof part>,
  shape: Omit<RoadFacts, 'lengthMm'>,
): Promise<Result<{ id: string; code: string }>> => {
  const id = ctx.newId();
  const inserted = await ctx.trx
    .insertInto('segment')
    .values({
      id,
      campaign_id: campaign.id,
      code,
      name,
      location: null,
      length_mm: lengthMm(shape.line),
      width_mm: shape.widthMm,
      thickness_mm: shape.thicknessMm,
      road_class: shape.roadClass,
      surface: shape.surface,
      households: shape.households,
      line_privacy: shape.linePrivacy,
      geometry: JSON.stringify({ type: 'LineString', coordinates: shape.line }),
      status: 'proposed',
    })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return refuse('duplicate_submission', {}, 'code');
  ctx.record({ event: 'segment_proposed', subjectKind: 'segment', subjectId: code });
  return ok({ id, code });
};

/** What both roads agree about; the narrower width; the more private line; the households of both. */
const joinedFacts = (a: RoadFacts, b: RoadFacts, line: RoadFacts['line']): Omit<RoadFacts, 'lengthMm'> => ({
  line,
  widthMm: Math.min(a.widthMm, b.widthMm),
  thicknessMm: a.thicknessMm === b.thicknessMm ? a.thicknessMm : null,
  roadClass: a.roadClass === b.roadClass ? a.roadClass : null,
  surface: a.surface === b.surface ? a.surface : null,
  households: a.households === null || b.households === null ? null : a.households + b.households,
  linePrivacy: LINE_PRIVACIES[
    Math.max(LINE_PRIVACIES.indexOf(a.linePrivacy), LINE_PRIVACIES.indexOf(b.linePrivacy))
  ] as RoadFacts['linePrivacy'],
});

/** Ends the old roads in favour of the new ones, with the links that keep old numbers alive. */
const succeed = async (
  ctx: CommandContext,
  campaign: CampaignRow,
  what: {
    readonly kind: 'split' | 'merge';
    readonly old: readonly SegmentRow[];
    readonly new: readonly { readonly id: string; readonly code: string }[];
    readonly reason: string;
    readonly on: string;
  },
): Promise<Result<{ roads: string[] }>> => {
  const person = staffIdOf(ctx.actor);
  if (person === null) return refuse('not_permitted');
  for (const old of what.old) {
    const ended = await moveSegment(ctx, campaign, old, 'cancel', { on: what.on, reason: what.reason });
    if (!ended.ok) return ended;
    await ctx.trx
      .insertInto('segment_succession')
      .values(
        what.new.map((one) => ({
          from_segment: old.id,
          to_segment: one.id,
          kind: what.kind,
          reason: what.reason,
          happened_on: what.on,
          by_person: person,
        })),
      )
      .execute();
    const roads = what.new.map((one) => one.code).join(' ');
    const event = what.kind === 'split' ? 'segment_split' : 'segment_merged';
    ctx.record({ event, subjectKind: 'segment', subjectId: old.code, details: { roads } });
    publishSegmentAct(ctx, campaign, {
      event,
      subject: old.code,
      on: what.on,
      facts: Object.fromEntries(what.new.map((one, index) => [`road${index + 1}`, one.code])),
    });
  }
  return ok({ roads: what.new.map((one) => one.code) });
};

/** Splits a road at a chainage into two new ones. The old number stays and leads to both. */
export const splitSegment = defineCommand({
  name: 'segment.split',
  permission: 'segment:propose',
  events: ['segment_split', 'segment_proposed', 'segment_moved'],
  input: splitForm,
  run: async (ctx, input) => {
    const old = await mayEnd(ctx, input.segment);
    if (!old.ok) return old;
    const campaign = await findCampaign(ctx.trx, { id: old.value.campaignId });
    if (!campaign) return refuse('not_found');
    // How many of the households lie at which part nobody has said yet.
    const shape = { ...(await factsOfSegment(ctx.trx, old.value.id)), households: null };
    const cut = cutLine(shape.line, input.atMm);
    if (!cut.ok) return cut;
    const [line1, line2] = cut.value;
    const first = await enter(ctx, campaign, input.first, { ...shape, line: line1 });
    if (!first.ok) return first;
    const second = await enter(ctx, campaign, input.second, { ...shape, line: line2 });
    if (!second.ok) return second;
    const { reason: why, on } = input;
    return succeed(ctx, campaign, {
      kind: 'split',
      old: [old.value],
      new: [first.value, second.value],
      reason: why,
      on,
    });
  },
});

/** Joins two roads that meet into a new one as wide as the narrower. Both old numbers stay and lead to it. */
export const mergeSegments = defineCommand({
  name: 'segment.merge',
  permission: 'segment:propose',
  events: ['segment_merged', 'segment_proposed', 'segment_moved'],
  input: mergeForm,
  run: async (ctx, input) => {
    // In one order whoever asks, so that two who join the same roads wait for each other.
    const [a, b] = input.segments.toSorted();
    if (a === undefined || b === undefined || a === b) return refuse('invalid_input', {}, 'segments');
    const one = await mayEnd(ctx, a);
    if (!one.ok) return one;
    const other = await mayEnd(ctx, b);
    if (!other.ok) return other;
    if (one.value.campaignId !== other.value.campaignId) return refuse('not_found', {}, 'segments');
    const campaign = await findCampaign(ctx.trx, { id: one.value.campaignId });
    if (!campaign) return refuse('not_found');
    const [shape1, shape2] = [
      await factsOfSegment(ctx.trx, one.value.id),
      await factsOfSegment(ctx.trx, other.value.id),
    ];
    const line = joinLines(shape1.line, shape2.line);
    if (!line.ok) return line;
    const made = await enter(ctx, campaign, input.into, joinedFacts(shape1, shape2, line.value));
    if (!made.ok) return made;
    const { reason: why, on } = input;
    return succeed(ctx, campaign, {
      kind: 'merge',
      old: [one.value, other.value],
      new: [made.value],
      reason: why,
      on,
    });
  },
});
