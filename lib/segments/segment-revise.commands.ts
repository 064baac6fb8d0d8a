import { staffIdOf } from '../auth/roles.rules';
import { findCampaign } from '../campaigns/campaign.store';
import { defineCommand } from '../context';
import { ok, refuse } from '../shared/result';
import { checkLine } from './line.rules';
import { publishSegmentAct } from './segment-move.commands';
import { segmentRevisionForm } from './segment.form';
import { lockSegment, pointOfCampaign } from './segment.store';
import { mayBeBudgeted, mayBeRedrawn } from './segment.rules';
import { factsOfSegment, supersede } from './revision.store';

/**
 * Changes a road's line or its facts. The row before is kept with the reason; the length follows the line. A line is
 * refused for what is wrong with it (`checkLine`) and, once a contract is about it, altogether.
 */
export const reviseSegment = defineCommand({
  name: 'segment.revise',
  permission: 'segment:propose',
  events: ['segment_revised'],
  input: segmentRevisionForm,
  run: async (ctx, input) => {
    const person = staffIdOf(ctx.actor);
    if (person === null) return refuse('not_permitted');
    const segment = await lockSegment(ctx.trx, { code: input.segment });
    if (!segment) return refuse('not_found', {}, 'segment');
    if (!mayBeBudgeted(segment.status)) return refuse('illegal_state_change', { from: segment.status });
    if (segment.version !== input.seenVersion) return refuse('changed_since_seen');
    const campaign = await findCampaign(ctx.trx, { id: segment.campaignId });
    if (!campaign) return refuse('not_found');
    const before = await factsOfSegment(ctx.trx, segment.id);
    const drawn = input.line ?? before.line;
    const lineChanged = JSON.stringify(drawn) !== JSON.stringify(before.line);
    let after: { readonly line: typeof before.line; readonly lengthMm: number } = {
      line: before.line,
      lengthMm: segment.lengthMm,
    };
    if (lineChanged) {
      if (!mayBeRedrawn(segment.status))
        return refuse('illegal_state_change', { from: segment.status }, 'line');
      const checked = checkLine(drawn, await pointOfCampaign(ctx.trx, campaign.id));
      if (!checked.ok) return refuse(checked.refusal.name, checked.refusal.details ?? {}, 'line');
      after = checked.value;
    }
    const { widthMm, thicknessMm, roadClass, surface, households, linePrivacy } = input;
    await supersede(ctx.trx, {
      segmentId: segment.id,
      before,
      after: { ...after, widthMm, thicknessMm, roadClass, surface, households, linePrivacy },
      lineChanged,
      reason: input.reason,
      on: input.on,
      byPerson: person,
    });
    const lengths = { before: before.lengthMm, after: after.lengthMm };
    ctx.record({
      event: 'segment_revised',
      subjectKind: 'segment',
      subjectId: segment.code,
      details: {
        lineChanged,
        lengthBeforeMm: lengths.before,
        lengthAfterMm: lengths.after,
        reason: input.reason,
      },
    });
    publishSegmentAct(ctx, campaign, {
      event: 'segment_revised',
      subject: segment.code,
      on: input.on,
      facts: { lengthBeforeMm: lengths.before, lengthMm: lengths.after, widthMm },
    });
    return ok({ code: segment.code, lengthMm: after.lengthMm });
  },
});
