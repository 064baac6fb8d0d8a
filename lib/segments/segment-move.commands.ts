import { staffIdOf } from '../auth/roles.rules';
import type { CampaignBooks } from '../ledger/ledger.commands';
import type { CommandContext } from '../context';
import { actLeaf, type FactValue } from '../proof/leaf';
import { toSecond } from '../shared/instant';
import { ok, refuse, type Result } from '../shared/result';
import { decideSegmentMove, fundingEvent, type SegmentEvent, type SegmentStatus } from './segment.rules';
import { moveSegmentRow, segmentFacts, type SegmentRow } from './segment.store';

/** Drafts a public act of a segment for the log. */
export const publishSegmentAct = (
  ctx: CommandContext,
  campaign: CampaignBooks,
  act: {
    readonly event: string;
    readonly subject: string;
    readonly on: string;
    readonly facts: Record<string, FactValue>;
  },
): void =>
  ctx.publish(
    actLeaf({
      event: act.event,
      subject: act.subject,
      date: act.on,
      recorded: toSecond(ctx.now),
      campaign: campaign.slug,
      facts: act.facts,
    }),
  );

/**
 * Moves a locked segment along its state table within a larger act, with history, audit line and public leaf.
 * Refuses as `decideSegmentMove` does.
 */
export const moveSegment = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  segment: SegmentRow,
  event: SegmentEvent,
  move: { readonly on: string; readonly reason?: string | null; readonly warrantyUntil?: string | null },
): Promise<Result<SegmentStatus>> => {
  const decided = decideSegmentMove(await segmentFacts(ctx.trx, segment), event);
  if (!decided.ok) return decided;
  const to = decided.value;
  const moved = await moveSegmentRow(ctx.trx, segment, {
    event,
    to,
    on: move.on,
    byPerson: staffIdOf(ctx.actor),
    reason: move.reason ?? null,
    warrantyUntil: move.warrantyUntil,
  });
  if (!moved) return refuse('changed_since_seen');
  ctx.record({
    event: 'segment_moved',
    subjectKind: 'segment',
    subjectId: segment.code,
    details: { event, from: segment.status, to },
  });
  publishSegmentAct(ctx, campaign, {
    event: 'segment_moved',
    subject: segment.code,
    on: move.on,
    facts: { event, from: segment.status, to },
  });
  return ok(to);
};

/**
 * Moves a road between approved and funded when its money or its budget has changed (`fundingEvent`). Answers where
 * it stands then. Who has held the road since it read what is allocated, and knows what it added, need not ask again.
 */
export const followFunding = async (
  ctx: CommandContext,
  campaign: CampaignBooks,
  segment: SegmentRow,
  move: { readonly on: string; readonly reason?: string | null; readonly allocatedMinor?: bigint },
): Promise<Result<SegmentStatus>> => {
  if (segment.status !== 'approved' && segment.status !== 'funded') return ok(segment.status);
  const allocatedMinor = move.allocatedMinor ?? (await segmentFacts(ctx.trx, segment)).allocatedMinor;
  const due = fundingEvent({ ...segment, allocatedMinor });
  return due === null ? ok(segment.status) : moveSegment(ctx, campaign, segment, due, move);
};
